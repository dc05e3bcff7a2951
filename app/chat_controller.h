#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <QObject>

#include "app/attachment_keeper.h"
#include "app/chat_saver.h"
#include "app/chat_settings.h"
#include "app/context_ledger.h"
#include "app/draft_keeper.h"
#include "app/engine_client.h"
#include "app/model_controller.h"
#include "app/prompt_fitter.h"
#include "app/prompt_queue.h"
#include "app/running_answers.h"
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
    /// Id of the chat that is seen; also a new one has one.
    const std::string& shownChat() const { return shown_->header.id; }
    void newChat(ChatKeeping keeping = ChatKeeping::OnDisk);
    void newChatIn(const std::string& folder);
    /// From now on the temporary chat is one like any other.
    void keepChat();

    /// Sends the prompt, or queues it while the chat is being answered.
    void submit(const QString& text);
    void stop();
    void regenerate(int messageId);
    /// A second version of the answer, drawn as the first was; says whether it came out alike.
    void reproduce(int messageId);
    /// A prompt is asked anew; an answer gets a second version with these words.
    void editMessage(int messageId, const QString& text);
    /// A second version of the answer that goes on from this thought.
    void editThought(int messageId, const QString& text);
    void chooseBranch(int messageId, int branch);
    /// The path that is read goes through this message from now on.
    void goTo(int messageId);
    void continueAnswer(int messageId);
    /// Shows what was attached to a message, as it was sent.
    void openAttachment(int messageId, int part);
    /// The model stops thinking and answers with what it has.
    void answerNow(int messageId);

    /// What the next prompt would be, with `draft` as its last message.
    NextPrompt nextPrompt(const std::string& draft) const;
    /// What would become of it: what is left out because the context is full.
    void foresee(NextPrompt& next, const PromptCost& cost) const { fitter_.foresee(*shown_, next, cost); }
    /// The request that led to this answer, with the answer as far as it goes.
    engine::ChatRequest requestWith(int answer) const;
    /// A second version of the answer that begins with these tokens.
    void branchAt(int answer, std::vector<std::int32_t> tokens);

    void setReasoning(bool on);
    /// The open chat; in memory, perhaps not begun yet.
    const Conversation& openConversation() const { return *shown_; }
    /// What is set for the open chat alone, its system prompt included.
    ChatSettings settingsHere() const { return chatSettingsFrom(shown_->header.settings); }
    void changeSettings(const std::string& system, const ChatSettings& settings);

    /// Chats held in memory: shown, being opened, answered, or not saved yet.
    std::set<std::string> openChats() const;
    /// Takes the list of chats anew, as the store has it.
    void takeList(std::vector<ChatHeader> chats);

    /// Gives a chat this title unless a person gave it one.
    void takeTitle(const std::string& chat, const std::string& title);

signals:
    void ready();
    /// An answer of this chat is complete.
    void answered(const Conversation& chat);
    void chatShown(const std::string& id);
    /// What a person wants done in every chat that becomes too long.
    void policyChosen(ContextPolicy policy);

private:
    std::shared_ptr<Conversation> conversation(const std::string& id) const;
    bool streamsInView(const std::string& chat, int turn) const;

    void show(std::shared_ptr<Conversation> conversation);
    void rememberAsLast(const std::string& chat);
    void refreshView();
    /// True where the line below what the model does not see has moved, and everything is shown anew.
    bool refreshCut();
    void refreshGenerating();
    void refreshComposer();
    void connectWindow();

    using Chat = std::shared_ptr<Conversation>;
    /// How a stopped thought goes on.
    enum class ThoughtEnd { Open, Closed };

    void addPrompt(const Chat& chat, const WaitingPrompt& prompt);
    void ask(const Chat& chat, int promptNumber);
    void goOn(const Chat& chat, int answerNumber, ThoughtEnd thought);
    void start(const Chat& chat, int turn, engine::ChatRequest request, std::vector<Turn> changed,
               std::vector<BranchChoice> choices);
    void sendNext(const std::string& chat);
    void connectAnswers();
    void connectQueue();
    void onGrew(const std::string& chat, int turn, const engine::AnswerPiece& piece);
    void onClosed(const std::string& chat, int turn);
    void judgeReproduction(const Conversation& chat, int turn);
    std::vector<ui::MessageContent> shown() const;
    engine::ChatRequest requestFor(const Conversation& conversation, int promptNumber) const;

    StoreThread& store_;
    ModelController& models_;
    SidebarController& sidebar_;
    const Settings& settings_;
    ui::MainWindow& window_;
    TokenCounter counter_;
    AttachmentKeeper attachments_;
    DraftKeeper drafts_;
    ChatSaver saver_;
    RunningAnswers answers_;
    PromptFitter fitter_;
    PromptQueue queue_;

    std::shared_ptr<Conversation> shown_;   // never empty; a new chat has no turns
    std::map<std::string, int> answersNow_; // chats whose thought is being closed, and the turn
    /// Answers that are drawn again, by chat and turn, and the turn they are to be like.
    std::map<std::pair<std::string, int>, int> reproductions_;
    bool chatsRead_ = false;
    std::string opening_; // the chat being read from the store
};

} // namespace ponder::app
