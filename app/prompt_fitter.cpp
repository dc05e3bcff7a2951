#include "app/prompt_fitter.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <QLocale>

#include "ui/context/context_question.h"

namespace ponder::app {

namespace {

ContextPolicy policyFor(ui::ContextChoice choice) {
    switch (choice) {
    case ui::ContextChoice::LeaveOut:
        return ContextPolicy::DropOldest;
    case ui::ContextChoice::Summarise:
        return ContextPolicy::Summarise;
    case ui::ContextChoice::Stop:
        break;
    }
    return ContextPolicy::Stop;
}

int tokensOf(const engine::ChatRequest& request, const PromptCost& cost, std::size_t count) {
    const auto first = cost.messages.begin() + static_cast<std::ptrdiff_t>(systemMessages(request));
    return std::accumulate(first, first + static_cast<std::ptrdiff_t>(count), 0);
}

} // namespace

PromptFitter::PromptFitter(StoreThread& store, EngineClient& engine, ModelController& models,
                           ChatSaver& saver, RunningAnswers& answers, const Settings& settings,
                           ui::MainWindow& window)
    : models_(models), saver_(saver), answers_(answers), settings_(settings), window_(window),
      summaries_(store), writer_(engine, models) {
    connect(&answers_, &RunningAnswers::held, this, &PromptFitter::take);
    connect(&answers_, &RunningAnswers::closed, this, [this](const std::string& chat) {
        if (held_.erase(chat) == 0) return;
        writer_.cancel(chat);
        showQuestion();
        emit changed();
    });
    connect(&window_.contextQuestion(), &ui::ContextQuestion::chosen, this,
            [this](ui::ContextChoice choice) { choose(policyFor(choice)); });
}

void PromptFitter::open(const std::string& chat, ChatKeeping keeping) {
    open_ = chat;
    summaries_.open(chat, keeping);
    showQuestion();
}

void PromptFitter::take(const std::string& chat, const engine::ChatRequest& request, const PromptCost& cost) {
    held_[chat] = {request, cost};
    decide(chat, whenFullOf(chatSettingsFrom(answers_.conversation(chat)->header.settings), settings_));
}

void PromptFitter::decide(const std::string& chat, ContextPolicy policy) {
    switch (policy) {
    case ContextPolicy::Ask:
        return showQuestion();
    case ContextPolicy::DropOldest:
        return leaveOut(chat, LeftOutWay::Dropped);
    case ContextPolicy::Summarise:
        return summarise(chat);
    case ContextPolicy::Stop:
        return answers_.refuse(chat, tooLongToAnswer(held_.at(chat).cost).toStdString());
    }
}

void PromptFitter::showQuestion() {
    ui::ContextQuestion& question = window_.contextQuestion();
    const auto held = held_.find(open_);
    if (held == held_.end() || writer_.writes(open_)) return question.hide();
    question.ask(
        {.promptTokens = held->second.cost.total(),
         .contextTokens = held->second.cost.context,
         .summaries = models_.isStarter() ? ui::Summaries::NotByThisModel : ui::Summaries::Possible});
}

void PromptFitter::choose(ContextPolicy policy) {
    const std::string chat = open_;
    const auto conversation = answers_.conversation(chat);
    if (!held_.contains(chat) || !conversation) return;
    const bool everywhere = window_.contextQuestion().isForAllChats();
    ChatSettings own = chatSettingsFrom(conversation->header.settings);
    own.whenFull = policy;
    conversation->header.settings = chatSettingsText(own);
    saver_.save(conversation, {}, {});
    if (everywhere) emit policyChosen(policy);
    held_.erase(chat);
    showQuestion();
    // Perhaps it is another model by now, with a longer context.
    answers_.tryAgain(chat);
}

std::vector<int> PromptFitter::pathOf(const std::string& chat) const {
    const auto conversation = answers_.conversation(chat);
    return conversation->pathTo(conversation->turn(answers_.turnIn(chat)).parent);
}

void PromptFitter::leaveOut(const std::string& chat, LeftOutWay way) {
    const Held& held = held_.at(chat);
    const std::size_t count = leftOutOf(held.request, held.cost, 0);
    goOn(chat, withoutOldest(held.request, count), count, way);
}

void PromptFitter::goOn(const std::string& chat, engine::ChatRequest request, std::size_t count,
                        LeftOutWay way) {
    const Held& held = held_.at(chat);
    const LeftOut leftOut{pathOf(chat).at(count - 1), static_cast<int>(count),
                          tokensOf(held.request, held.cost, count), way};
    held_.erase(chat);
    answers_.goOn(chat, std::move(request), leftOut);
    emit fitted(chat);
}

void PromptFitter::summarise(const std::string& chat) {
    const QString instead = tr("They are left out of this prompt instead.");
    if (models_.isStarter()) {
        window_.showNotice(ui::NoticeKind::Information,
                           {tr("The built-in model cannot summarise the oldest messages."), instead, {}});
        return leaveOut(chat, LeftOutWay::NotSummarised);
    }
    summaries_.whenRead(chat, [this, chat] {
        const auto held = held_.find(chat);
        if (held == held_.end()) return; // stopped meanwhile
        const auto& [request, cost] = held->second;
        const std::size_t count = leftOutOf(request, cost, summaryRoom(cost.context));
        if (const Summary* summary = summaries_.through(chat, pathOf(chat).at(count - 1)))
            return goOn(chat, withSummary(request, count, summary->text), count, LeftOutWay::Summarised);
        writeSummary(chat, count);
    });
}

void PromptFitter::writeSummary(const std::string& chat, std::size_t count) {
    const Held& held = held_.at(chat);
    SummaryTask task{.request = held.request, .cost = held.cost, .to = count};
    const std::vector<int> path = pathOf(chat);
    for (std::size_t known = count - 1; known > 0 && task.from == 0; --known) {
        const Summary* summary = summaries_.through(chat, path.at(known - 1));
        if (!summary) continue;
        task.from = known;
        task.before = summary->text;
    }
    const auto done = [this, chat, through = path.at(count - 1)](const std::string& summary,
                                                                 const std::string& problem) {
        emit changed();
        if (problem.empty()) {
            summaries_.add(chat, {through, summary});
            held_.erase(chat);
            return answers_.tryAgain(chat);
        }
        window_.showNotice(ui::NoticeKind::Information, {tr("The oldest messages could not be summarised."),
                                                         tr("They are left out of this prompt instead."),
                                                         QString::fromStdString(problem)});
        leaveOut(chat, LeftOutWay::NotSummarised);
    };
    writer_.write(chat, std::move(task), done);
    emit changed();
}

engine::ChatRequest PromptFitter::asAnswered(const Conversation& chat, const Turn& answer,
                                             engine::ChatRequest whole) const {
    const std::optional<LeftOut> leftOut = recordedLeftOut(answer);
    if (!leftOut) return whole;
    const std::vector<int> path = chat.pathTo(answer.parent);
    const auto place = std::find(path.begin(), path.end(), leftOut->through);
    if (place == path.end()) return whole;
    const auto count = static_cast<std::size_t>(place - path.begin()) + 1;
    const Summary* summary = leftOut->way == LeftOutWay::Summarised
                                 ? summaries_.through(chat.header.id, leftOut->through)
                                 : nullptr;
    return summary ? withSummary(std::move(whole), count, summary->text)
                   : withoutOldest(std::move(whole), count);
}

void PromptFitter::foresee(const Conversation& chat, NextPrompt& next, const PromptCost& cost) const {
    next.sent = next.request;
    if (leavesRoom(next.request, cost)) return;
    const ContextPolicy policy = whenFullOf(chatSettingsFrom(chat.header.settings), settings_);
    const bool summarises = policy == ContextPolicy::Summarise && !models_.isStarter();
    const std::size_t count = leftOutOf(next.request, cost, summarises ? summaryRoom(cost.context) : 0);
    if (count == 0) return;
    if (policy == ContextPolicy::Ask || policy == ContextPolicy::Stop) {
        next.news = policy == ContextPolicy::Ask
                        ? tr("That leaves no room for an answer: you will be asked what to do.")
                        : tr("That leaves no room for an answer: nothing will be answered.");
        return;
    }
    next.leftOut = count;
    next.news =
        tr("%n message(s) are left out because the context is full.", nullptr, static_cast<int>(count));
    const Summary* summary =
        summarises ? summaries_.through(chat.header.id, chat.activePath().at(count - 1)) : nullptr;
    if (!summary) {
        next.sent = withoutOldest(std::move(next.sent), count);
        if (summarises) next.news += ' ' + tr("The model will summarise them first.");
        return;
    }
    next.summary = summary->text;
    next.sent = withSummary(std::move(next.sent), count, summary->text);
}

ContextPolicy whenFullOf(const ChatSettings& chat, const Settings& program) {
    return chat.whenFull.value_or(program.whenFull);
}

QString tooLongToAnswer(const PromptCost& cost) {
    const QLocale locale;
    return PromptFitter::tr("The conversation has %1 tokens; with the answer that is more than the %2 of the "
                            "model's context. Start a new chat, let the oldest messages be left out (in the "
                            "settings of this chat), or give the model a longer context.")
        .arg(locale.toString(cost.total()), locale.toString(cost.context));
}

} // namespace ponder::app
