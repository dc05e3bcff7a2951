// What a person does with single messages of the open chat, and what the dialogs want to know of them.

#include <algorithm>
#include <utility>

#include "app/answer_builder.h"
#include "app/answer_reproduction.h"
#include "app/attachment_view.h"
#include "app/chat_controller.h"
#include "app/shown_message.h"

namespace ponder::app {

void ChatController::regenerate(int messageId) {
    const Turn* turn = shown_->find(messageId);
    if (!turn || turn->role != engine::Role::Assistant || turn->parent == 0 || !models_.hasModel()) return;
    const int prompt = turn->parent;
    answers_.abandon(shown_->header.id, TurnState::Stopped);
    ask(shown_, prompt);
}

void ChatController::reproduce(int messageId) {
    const Turn* found = shown_->find(messageId);
    if (!found || found->role != engine::Role::Assistant || found->parent == 0 || !models_.hasModel() ||
        answers_.answersIn(shown_->header.id))
        return;
    const Turn& answer = *found;
    engine::ChatRequest request = requestFor(*shown_, answer.parent);
    const auto& info = models_.info();
    const bool same =
        info ? info->identity == answer.answer.modelIdentity : models_.current() == answer.answer.modelPath;
    if (!askAgainAs(answer, request))
        return window_.showNotice(ui::NoticeKind::Information, notReproducible());
    if (!same) return window_.showNotice(ui::NoticeKind::Information, writtenByAnother(answer));
    window_.hideNotice(); // what was said of the last attempt
    const int parent = answer.parent;
    Turn& again = shown_->add(parent, engine::Role::Assistant, {});
    again.state = TurnState::Streaming;
    again.answer.settings = settingsJson(request);
    const int number = again.number;
    reproductions_[{shown_->header.id, number}] = messageId;
    start(shown_, number, std::move(request), {again}, {{parent, number}});
    refreshView();
}

void ChatController::judgeReproduction(const Conversation& chat, int turn) {
    const auto attempt = reproductions_.extract({chat.header.id, turn});
    if (attempt.empty() || chat.header.id != shown_->header.id) return;
    if (const auto verdict = verdictOn(chat.turn(attempt.mapped()), chat.turn(turn)))
        window_.showNotice(ui::NoticeKind::Information, *verdict);
}

void ChatController::editMessage(int messageId, const QString& text) {
    const Turn* turn = shown_->find(messageId);
    const std::string words = text.trimmed().toStdString();
    if (!turn || words.empty()) return;
    std::vector<Part> parts;
    const PartKind kept = turn->role == engine::Role::User ? PartKind::Attachment : PartKind::Reasoning;
    for (const Part& part : turn->parts)
        if (part.kind == kept) parts.push_back(part);
    parts.push_back(textPart(words));
    const int parent = turn->parent;
    if (turn->role == engine::Role::User) {
        if (!models_.hasModel()) return;
        answers_.abandon(shown_->header.id, TurnState::Stopped);
        return ask(shown_, shown_->add(parent, engine::Role::User, std::move(parts)).number);
    }
    const AnswerRecord record = turn->answer;
    Turn& edited = shown_->add(parent, engine::Role::Assistant, std::move(parts));
    edited.answer.modelName = record.modelName;
    edited.finishedMs = edited.createdMs;
    saver_.save(shown_, {edited}, {{parent, edited.number}});
    refreshView();
}

void ChatController::editThought(int messageId, const QString& text) {
    const Turn* turn = shown_->find(messageId);
    if (!turn || turn->role != engine::Role::Assistant || turn->parent == 0 || !models_.hasModel()) return;
    const int parent = turn->parent;
    answers_.abandon(shown_->header.id, TurnState::Stopped);
    engine::ChatRequest request = requestFor(*shown_, parent);
    request.continued = engine::PartialAnswer{.reasoning = text.toStdString()};
    Part thought = reasoningPart(text.toStdString());
    thought.startedMs = nowMilliseconds();
    Turn& edited = shown_->add(parent, engine::Role::Assistant, {std::move(thought)});
    edited.state = TurnState::Streaming;
    edited.answer.settings = settingsJson(request);
    const int number = edited.number;
    start(shown_, number, std::move(request), {edited}, {{parent, number}});
    refreshView();
}

void ChatController::chooseBranch(int messageId, int branch) {
    if (!shown_->find(messageId)) return;
    const std::vector<int> siblings = shown_->siblings(messageId);
    if (branch < 1 || branch > static_cast<int>(siblings.size())) return;
    const int chosen = siblings[static_cast<std::size_t>(branch - 1)];
    const int parent = shown_->turn(chosen).parent;
    shown_->select(chosen);
    saver_.save(shown_, {}, {{parent, chosen}});
    refreshView();
}

void ChatController::goTo(int messageId) {
    if (!shown_->find(messageId)) return;
    shown_->select(messageId);
    std::vector<BranchChoice> choices;
    for (int number = messageId; number != 0; number = shown_->turn(number).parent)
        choices.push_back({shown_->turn(number).parent, number});
    saver_.save(shown_, {}, std::move(choices));
    refreshView();
}

void ChatController::continueAnswer(int messageId) {
    const Turn* found = shown_->find(messageId);
    const std::vector<int> path = shown_->activePath();
    if (!found || found->role != engine::Role::Assistant || path.empty() || path.back() != messageId ||
        answers_.answersIn(shown_->header.id) || !models_.hasModel())
        return;
    goOn(shown_, messageId, ThoughtEnd::Open);
}

void ChatController::goOn(const Chat& chat, int answerNumber, ThoughtEnd thought) {
    engine::ChatRequest request = requestFor(*chat, chat->turn(answerNumber).parent);
    Turn& turn = chat->turn(answerNumber);
    if (!turn.parts.empty()) request.continued = partialAnswer(turn);
    if (request.continued && thought == ThoughtEnd::Closed) request.continued->reasoningClosed = true;
    reopenAnswer(turn);
    turn.answer.settings = settingsJson(request);
    if (chat == shown_) window_.transcript().beginAnswer(shownMessage(*chat, turn));
    start(chat, answerNumber, std::move(request), {turn}, {});
}

void ChatController::openAttachment(int messageId, int part) {
    const Turn* turn = shown_->find(messageId);
    if (!turn || part < 0 || part >= static_cast<int>(turn->parts.size())) return;
    const Part& sent = turn->parts[static_cast<std::size_t>(part)];
    if (sent.kind == PartKind::Attachment)
        viewAttachment({.name = sent.name, .text = sent.text}, counter_, window_);
}

void ChatController::answerNow(int messageId) {
    const std::string id = shown_->header.id;
    if (answers_.turnIn(id) != messageId) return;
    answersNow_[id] = messageId;
    answers_.stop(id);
}

NextPrompt ChatController::nextPrompt(const std::string& draft) const {
    NextPrompt next;
    const ChatSettings own = settingsHere();
    const std::vector<int> path = shown_->activePath();
    const PastThoughts thoughts = pastThoughtsOf(own, settings_);
    next.request.messages = messagesFor(*shown_, path, thoughts);
    applySettings(next.request, own, settings_);
    const std::size_t first = next.request.messages.size() - path.size(); // behind the system prompt, if any
    for (std::size_t i = 0; i < path.size(); ++i) {
        const Turn& turn = shown_->turn(path[i]);
        if (turn.role == engine::Role::Assistant && thoughts == PastThoughts::LeaveOut &&
            !joinedText(turn, PartKind::Reasoning).empty())
            next.withoutThoughts.insert(first + i);
    }
    next.request.messages.emplace_back().text = draft;
    return next;
}

engine::ChatRequest ChatController::requestWith(int answer) const {
    const Turn& turn = shown_->turn(answer);
    engine::ChatRequest request = fitter_.asAnswered(*shown_, turn, requestFor(*shown_, turn.parent));
    request.continued = partialAnswer(turn);
    return request;
}

void ChatController::branchAt(int answer, std::vector<std::int32_t> tokens) {
    const Turn* turn = shown_->find(answer);
    if (!turn || turn->parent == 0 || !models_.hasModel()) return;
    const int parent = turn->parent;
    answers_.abandon(shown_->header.id, TurnState::Stopped);
    engine::ChatRequest request = requestFor(*shown_, parent);
    request.continued = engine::PartialAnswer{};
    request.continued->tokens = std::move(tokens);
    Turn& branch = shown_->add(parent, engine::Role::Assistant, {});
    branch.state = TurnState::Streaming;
    branch.answer.settings = settingsJson(request);
    const int number = branch.number;
    start(shown_, number, std::move(request), {branch}, {{parent, number}});
    refreshView();
}

} // namespace ponder::app
