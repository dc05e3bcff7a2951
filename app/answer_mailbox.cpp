#include "app/answer_mailbox.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ponder::app {

namespace {

/// True if `event` went into `last`.
bool join(EngineEvent& last, EngineEvent& event) {
    if (last.index() != event.index()) return false;
    if (auto* piece = std::get_if<engine::AnswerPiece>(&event)) {
        auto& before = std::get<engine::AnswerPiece>(last);
        if (before.kind != piece->kind) return false;
        before.text += piece->text;
        before.tokens += piece->tokens;
        return true;
    }
    if (auto* examined = std::get_if<TokensExamined>(&event)) {
        auto& before = std::get<TokensExamined>(last).tokens;
        std::move(examined->tokens.begin(), examined->tokens.end(), std::back_inserter(before));
        return true;
    }
    if (std::holds_alternative<LoadProgress>(event) || std::holds_alternative<PromptProgress>(event)) {
        last = std::move(event);
        return true;
    }
    return false;
}

} // namespace

void AnswerMailbox::post(RequestId request, EngineEvent event) {
    const std::lock_guard lock(mutex_);
    if (!waiting_.empty() && waiting_.back().request == request && join(waiting_.back().event, event)) return;
    waiting_.push_back({request, std::move(event)});
}

std::vector<Delivery> AnswerMailbox::collect() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

} // namespace ponder::app
