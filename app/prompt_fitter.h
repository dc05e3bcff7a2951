#pragma once

#include <map>
#include <string>
#include <vector>

#include <QObject>

#include "app/chat_saver.h"
#include "app/chat_settings.h"
#include "app/context_ledger.h"
#include "app/running_answers.h"
#include "app/summary_keeper.h"
#include "app/summary_writer.h"

namespace ponder::app {

/// Prompts that no longer fit into the model's context: what their chat's settings say is done with them, and
/// the person is asked where they say nothing. Whatever is left out stays in the chat; the answer's record
/// says that it was left out. Window's thread.
class PromptFitter : public QObject {
    Q_OBJECT
public:
    PromptFitter(StoreThread& store, EngineClient& engine, ModelController& models, ChatSaver& saver,
                 RunningAnswers& answers, const Settings& settings, ui::MainWindow& window);

    /// The chat is on the screen: a question that waits there is shown.
    void open(const std::string& chat, ChatKeeping keeping);
    /// The beginning of this chat is being summarised.
    bool summarises(const std::string& chat) const { return writer_.writes(chat); }

    /// The prompt of an answer, made shorter as it was for that answer.
    engine::ChatRequest asAnswered(const Conversation& chat, const Turn& answer,
                                   engine::ChatRequest whole) const;
    /// What would become of the next prompt, now that its cost is known.
    void foresee(const Conversation& chat, NextPrompt& next, const PromptCost& cost) const;

signals:
    /// A summary is begun or done with.
    void changed();
    /// The answer's prompt is settled, and its record says how.
    void fitted(const std::string& chat);
    /// To be the default of all chats.
    void policyChosen(ContextPolicy policy);

private:
    struct Held {
        engine::ChatRequest request;
        PromptCost cost;
    };

    void take(const std::string& chat, const engine::ChatRequest& request, const PromptCost& cost);
    void decide(const std::string& chat, ContextPolicy policy);
    void showQuestion();
    void choose(ContextPolicy policy);
    void leaveOut(const std::string& chat, LeftOutWay way);
    void summarise(const std::string& chat);
    void writeSummary(const std::string& chat, std::size_t count);
    void goOn(const std::string& chat, engine::ChatRequest request, std::size_t count, LeftOutWay way);
    std::vector<int> pathOf(const std::string& chat) const;

    ModelController& models_;
    ChatSaver& saver_;
    RunningAnswers& answers_;
    const Settings& settings_;
    ui::MainWindow& window_;
    SummaryKeeper summaries_;
    SummaryWriter writer_;
    std::map<std::string, Held> held_;
    std::string open_; // the chat on the screen
};

/// What is done in this chat when it becomes too long.
ContextPolicy whenFullOf(const ChatSettings& chat, const Settings& program);

/// "The conversation has … tokens …": why nothing is answered where nothing may be left out.
QString tooLongToAnswer(const PromptCost& cost);

} // namespace ponder::app
