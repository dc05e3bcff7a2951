#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <QObject>

#include "app/answer_builder.h"
#include "app/chat_saver.h"
#include "app/engine_client.h"
#include "app/model_controller.h"

namespace ponder::app {

/// The answers on their way, in the chat on the screen and in others. What changed is saved before the engine
/// hears of it; the turn grows by the engine's pieces, is saved every 200 ms meanwhile, and closed. An answer
/// whose prompt is too long is held until somebody has decided what becomes of it. Window's thread.
class RunningAnswers : public QObject {
    Q_OBJECT
public:
    RunningAnswers(EngineClient& engine, ModelController& models, ChatSaver& saver);

    /// Has `turn` of the chat answered, after `changed` and `choices` are on the disk.
    void start(std::shared_ptr<Conversation> chat, int turn, engine::ChatRequest request,
               std::vector<Turn> changed, std::vector<BranchChoice> choices);

    /// The held answer's prompt, made shorter, is sent as it is.
    void goOn(const std::string& chat, engine::ChatRequest request, const std::optional<LeftOut>& leftOut);
    /// The held answer's whole prompt is sent, and counted, once more.
    void tryAgain(const std::string& chat);
    /// The held answer is not begun.
    void refuse(const std::string& chat, const std::string& message);

    /// The turn that is being answered in this chat, 0: none.
    int turnIn(const std::string& chat) const;
    bool answersIn(const std::string& chat) const { return turnIn(chat) != 0; }
    /// The chat's answer waits for one in another chat.
    bool waitsIn(const std::string& chat) const;
    /// A chat with an answer, as it is in memory; null: it has none.
    std::shared_ptr<Conversation> conversation(const std::string& chat) const;
    const std::map<std::string, std::shared_ptr<Conversation>>& conversations() const { return chats_; }
    /// Chats that are being answered at this moment.
    std::set<std::string> generating() const;

    /// Ends the chat's answer; one that is only waiting ends at once.
    void stop(const std::string& chat);
    /// Ends the chat's answer as it stands, without the engine's last words on it.
    void abandon(const std::string& chat, TurnState state);
    void abandonAll(TurnState state);
    /// The chat is thrown away: its answer is not wanted any more.
    void cancel(const std::string& chat);

signals:
    /// An answer has begun, goes on instead of waiting, or is over.
    void changed();
    void grew(const std::string& chat, int turn, const engine::AnswerPiece& piece);
    /// The prompt leaves no room for an answer, which is held.
    void held(const std::string& chat, const engine::ChatRequest& request, const PromptCost& cost);
    /// The turn has its final state.
    void closed(const std::string& chat, int turn);
    /// The engine's process has ended, is back, or could not be started again.
    void engineLost(const std::string& message);
    void engineBack();
    void engineGone(const std::string& message);

private:
    using Clock = std::chrono::steady_clock;

    /// An answer on its way. Its conversation stays in memory until it is closed.
    struct Running {
        std::uint64_t number = 0; // of the attempt: a turn may be continued while its engine restarts
        RequestId request = 0;    // 0: the store is not done with the prompt yet
        std::string chat;
        int turn = 0;
        engine::ChatRequest prompt = {}; // whole
        int attempt = 0;                 // how often it has been sent
        bool held = false;               // it is too long, and nothing is under way
        bool started = false;            // the engine works on it, no longer waits for another
        bool closed = false;             // ended; the engine may still be opening its model again
        bool unsaved = false;            // has text the store has not been given
        bool saving = false;             // a checkpoint is under way
        bool stopAsked = false;          // perhaps before the engine knew of it
        bool engineLost = false;         // its process ended; it is being started again
        Clock::time_point savedAt;
    };

    const Running* runningIn(const std::string& chat) const;
    Running* runningIn(const std::string& chat);
    Running* running(std::uint64_t number);

    void begin(std::uint64_t number);
    void send(Running& running, engine::ChatRequest request, PromptRoom room);
    Running* heldIn(const std::string& chat);
    void onEvent(std::uint64_t number, int attempt, const EngineEvent& event);
    void remove(std::uint64_t number);
    void onOpenAnswer(Running& running, Turn& turn, const EngineEvent& event);
    void onClosedAnswer(const Running& running, const EngineEvent& event);
    void cancel(Running& running);
    void abandon(Running& running, TurnState state);
    void close(Running& running, Turn& turn);
    void checkpoint();

    EngineClient& engine_;
    ModelController& models_;
    ChatSaver& saver_;
    std::map<std::string, std::shared_ptr<Conversation>> chats_;
    std::vector<std::unique_ptr<Running>> running_;
    std::uint64_t lastNumber_ = 0;
};

} // namespace ponder::app
