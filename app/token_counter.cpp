#include "app/token_counter.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace ponder::app {

namespace {

/// What the model reads of an attachment, its name included.
std::string textForModel(const Attachment& attachment) {
    Turn turn;
    turn.parts = {partOf(attachment)};
    return promptText(turn);
}

} // namespace

TokenCounter::TokenCounter(EngineClient& engine, ModelController& models) : engine_(engine), models_(models) {
    connect(&models_, &ModelController::chosen, this, &TokenCounter::forget);
    connect(&models_, &ModelController::loaded, this, [this] {
        if (std::exchange(ready_, true)) return; // it is said with every answer
        emit changed();
    });
}

ui::TokenFigure TokenCounter::figure(const Attachment& attachment) {
    const ui::TokenFigure estimate{.tokens = roughTokens(attachment.text)};
    if (!ready_) return estimate;
    std::string text = textForModel(attachment);
    const Key key = std::hash<std::string>()(text);
    if (const auto known = known_.find(key); known != known_.end())
        return known->second ? ui::TokenFigure{*known->second, true} : estimate;
    const bool asked = std::any_of(wanted_.begin(), wanted_.end(),
                                   [key](const Wanted& wanted) { return wanted.key == key; });
    if (!asked) wanted_.push_back({key, std::move(text)});
    countNext();
    return estimate;
}

void TokenCounter::countNext() {
    if (counting_ != 0 || wanted_.empty()) return;
    engine::ChatRequest request;
    request.messages.push_back({engine::Role::User, wanted_.front().text, {}});
    counting_ = engine_.preview(
        models_.engineOptions(), std::move(request), {},
        [this, key = wanted_.front().key, model = models_.current()](const EngineEvent& event) {
            if (model == models_.current()) takeCount(key, event);
            if (!std::holds_alternative<RequestDone>(event)) return;
            counting_ = 0;
            countNext();
        });
}

void TokenCounter::takeCount(Key key, const EngineEvent& event) {
    const auto* seen = std::get_if<PromptPreviewed>(&event);
    if (!seen && !std::holds_alternative<AnswerFailed>(event)) return;
    std::erase_if(wanted_, [key](const Wanted& wanted) { return wanted.key == key; });
    if (seen && !seen->preview) { // the model has been let go
        ready_ = false;
        wanted_.clear();
        return;
    }
    known_[key] = seen && !seen->preview->messageTokens.empty()
                      ? std::optional(seen->preview->messageTokens.front())
                      : std::nullopt;
    emit changed();
}

void TokenCounter::forget() {
    ready_ = false;
    known_.clear();
    wanted_.clear();
    emit changed();
}

} // namespace ponder::app
