#include "app/summary_writer.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ponder::app {

namespace {

constexpr int kQuestionTokens = 192; // the question below, in any vocabulary, and markup
constexpr int kThoughtTokens = 48;   // of a model that will not be kept from thinking
constexpr int kLeastPiece = 48;

constexpr const char* kQuestion =
    "Summarise our conversation so far. From now on you will see only your summary, not the messages above. "
    "Keep names, numbers, decisions, open questions and what I want from you. Be brief, write in the "
    "language of the conversation, and answer with the summary alone.";

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool startsCharacter(char letter) {
    return (static_cast<unsigned char>(letter) & 0xc0) != 0x80;
}

/// Beginning and end, `bytes` of them.
std::string withoutMiddle(const std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    std::size_t head = bytes / 2;
    std::size_t tail = text.size() - bytes / 2;
    while (head > 0 && !startsCharacter(text[head])) --head;
    while (tail < text.size() && !startsCharacter(text[tail])) ++tail;
    return text.substr(0, head) + "\n…\n" + text.substr(tail);
}

} // namespace

std::optional<SummaryStep> nextSummaryStep(const SummaryTask& task) {
    const std::vector<engine::Message>& all = task.request.messages;
    const std::size_t first = systemMessages(task.request);
    const int longest = summaryTokens(task.cost.context);
    const auto begin = task.cost.messages.begin();
    const int system = std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(first), 0);
    const int room = task.cost.context - task.cost.around - system - kQuestionTokens - longest -
                     kThoughtTokens - (task.before.empty() ? 0 : summaryRoom(task.cost.context));
    if (room < kLeastPiece) return std::nullopt;

    const auto tokensOf = [&](std::size_t from, std::size_t to) {
        return std::accumulate(begin + static_cast<std::ptrdiff_t>(from),
                               begin + static_cast<std::ptrdiff_t>(to), 0);
    };
    const auto endOfQuestion = [&](std::size_t place) {
        for (++place; place < first + task.to && all[place].role != engine::Role::User;) ++place;
        return place;
    };
    const std::size_t from = first + task.from;
    std::size_t to = endOfQuestion(from);
    while (to < first + task.to && tokensOf(from, endOfQuestion(to)) <= room) to = endOfQuestion(to);

    SummaryStep step;
    step.to = to - first;
    engine::ChatRequest& request = step.request;
    request.messages.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(to));
    if (const int tokens = tokensOf(from, to); tokens > room) {
        // Not every stretch of a text has as many tokens: a tenth is kept in reserve.
        const double part = 0.9 * room / tokens;
        for (std::size_t place = from; place < to; ++place) {
            engine::Message& message = request.messages[place];
            message.reasoning.clear();
            message.text = withoutMiddle(
                message.text, static_cast<std::size_t>(part * static_cast<double>(message.text.size())));
        }
    }
    if (task.from > 0) request = withSummary(std::move(request), task.from, task.before);
    request.messages.emplace_back().text = kQuestion;
    request.reasoning = engine::ReasoningMode::Off;
    request.reasoningBudget = kThoughtTokens;
    request.sampling.temperature = 0.3f;
    request.maximumTokens = longest + kThoughtTokens;
    return step;
}

void SummaryWriter::write(const std::string& chat, SummaryTask task, Done done) {
    cancel(chat);
    writing_.emplace(chat, Writing{.task = std::move(task), .done = std::move(done)});
    ask(chat);
}

void SummaryWriter::cancel(const std::string& chat) {
    const auto found = writing_.extract(chat);
    if (!found.empty()) engine_.cancel(found.mapped().request);
}

void SummaryWriter::ask(const std::string& chat) {
    Writing& writing = writing_.at(chat);
    const std::optional<SummaryStep> step = nextSummaryStep(writing.task);
    if (!step) return end(chat, {}, tr("The context is too small for a summary.").toStdString());
    writing.answer.clear();
    writing.problem.clear();
    const auto known = std::make_shared<RequestId>(0);
    writing.request = engine_.answer(
        models_.engineOptions(), step->request, PromptRoom::AsItIs,
        [this, chat, known, to = step->to](const EngineEvent& event) { onEvent(chat, *known, to, event); });
    *known = writing.request;
}

void SummaryWriter::onEvent(const std::string& chat, RequestId request, std::size_t to,
                            const EngineEvent& event) {
    models_.note(request, event);
    const auto found = writing_.find(chat);
    if (found == writing_.end() || found->second.request != request) return;
    Writing& writing = found->second;
    if (const auto* piece = std::get_if<engine::AnswerPiece>(&event)) {
        if (piece->kind == engine::PieceKind::TextWasReasoning) writing.answer.clear();
        if (piece->kind == engine::PieceKind::Text) writing.answer += piece->text;
    } else if (const auto* failed = std::get_if<AnswerFailed>(&event)) {
        writing.problem = failed->message;
    } else if (const auto* load = std::get_if<LoadFailed>(&event)) {
        writing.problem = load->message;
    } else if (std::holds_alternative<RequestDone>(event)) {
        const std::string summary = trimmed(writing.answer);
        if (!writing.problem.empty()) return end(chat, {}, writing.problem);
        if (summary.empty()) return end(chat, {}, tr("The model wrote nothing.").toStdString());
        if (to >= writing.task.to) return end(chat, summary, {});
        writing.task.from = to;
        writing.task.before = summary;
        ask(chat);
    }
}

void SummaryWriter::end(const std::string& chat, const std::string& summary, const std::string& problem) {
    const auto found = writing_.extract(chat);
    found.mapped().done(summary, problem);
}

} // namespace ponder::app
