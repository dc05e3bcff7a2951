#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <QObject>

#include "app/chat_saver.h"
#include "app/draft_keeper.h"
#include "app/engine_client.h"
#include "app/model_controller.h"
#include "app/settings.h"
#include "app/sidebar_controller.h"
#include "app/store_thread.h"
#include "ui/main_window.h"

namespace ponder::app {

/// The chats in the window: Enter → store → engine → view, and everything a person does with a message or a
/// chat. The prompt is on the disk before the engine hears of it, the answer every 200 ms while it grows.
/// Answers go on while another chat is read. The only class that sees store, engine and view. Window's
/// thread.
class ChatController : public QObject {
    Q_OBJECT
public:
    ChatController(StoreThread& store, EngineClient& engine, ModelController& models,
                   SidebarController& sidebar, const Settings& settings, ui::MainWindow& window);

    /// Reads the chats and opens the one last open; `ready` follows, whatever happens.
    void begin();
    /// Saves what is open before the program ends.
    void finish();

    void openChat(const std::string& id);
    void newChat();

    void submit(const QString& text);
    void stop();
    void regenerate(int messageId);
    void editPrompt(int messageId, const QString& text);
    void chooseBranch(int messageId, int branch);
    void continueAnswer(int messageId);

    void setReasoning(bool on);

    /// Chats held in memory: shown, being opened, answered, or not saved yet.
    std::set<std::string> openChats() const;
    /// Takes the list of chats anew, as the store has it.
    void takeList(std::vector<ChatHeader> chats);

signals:
    void ready();

private:
    using Clock = std::chrono::steady_clock;

    /// An answer on its way. Its conversation stays in memory until it is closed.
    struct Running {
        std::uint64_t number = 0; // of the attempt: a turn may be continued while its engine restarts
        RequestId request = 0;    // 0: the store is not done with the prompt yet
        std::string chat;
        int turn = 0;
        bool started = false;    // the engine works on it, no longer waits for another
        bool closed = false;     // ended; the engine may still be opening its model again
        bool unsaved = false;    // has text the store has not been given
        bool saving = false;     // a checkpoint is under way
        bool stopAsked = false;  // perhaps before the engine knew of it
        bool engineLost = false; // its process ended; it is being started again
        Clock::time_point savedAt;
    };

    std::shared_ptr<Conversation> conversation(const std::string& id) const;
    Running* runningIn(const std::string& chat);
    const Running* runningIn(const std::string& chat) const;
    Running* running(std::uint64_t number);
    bool streamsInView(const Running& running) const;

    void show(std::shared_ptr<Conversation> conversation);
    void refreshView();
    void refreshGenerating();
    void refreshComposer();
    void connectWindow();

    void ask(int promptNumber);
    void start(int turn, engine::ChatRequest request, std::vector<Turn> changed,
               std::vector<BranchChoice> choices);
    void send(std::uint64_t number, engine::ChatRequest request);
    void onEvent(std::uint64_t number, const EngineEvent& event);
    void onOpenAnswer(Running& running, Turn& turn, const EngineEvent& event);
    void onClosedAnswer(const Running& running, const EngineEvent& event);
    void close(Running& running, Turn& turn);
    void checkpoint();
    void cancel(Running& running);
    void abandon(Running& running, TurnState state);
    std::vector<ui::MessageContent> shown() const;
    engine::ChatRequest requestFor(const Conversation& conversation, int promptNumber) const;

    StoreThread& store_;
    EngineClient& engine_;
    ModelController& models_;
    SidebarController& sidebar_;
    const Settings& settings_;
    ui::MainWindow& window_;
    DraftKeeper drafts_;
    ChatSaver saver_;

    std::shared_ptr<Conversation> shown_; // never empty; a new chat has no turns
    std::map<std::string, std::shared_ptr<Conversation>> answering_;
    std::vector<std::unique_ptr<Running>> running_;
    engine::ReasoningMode reasoning_ = engine::ReasoningMode::ModelDefault;
    std::uint64_t lastNumber_ = 0;
    bool chatsRead_ = false;
    std::string opening_; // the chat being read from the store
};

} // namespace ponder::app
