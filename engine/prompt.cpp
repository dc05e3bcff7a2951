#include "engine/prompt.h"

#include "engine/support/error.h"

#include <algorithm>

namespace ponder::engine {

namespace {

std::string tokenText(const Tokenizer& tokenizer, TokenId id) {
    return id < 0 ? std::string() : std::string(tokenizer.bytes(id));
}

std::optional<bool> thinkingWish(ReasoningMode mode) {
    switch (mode) {
    case ReasoningMode::On:
        return true;
    case ReasoningMode::Off:
        return false;
    case ReasoningMode::ModelDefault:
        return std::nullopt;
    }
    return std::nullopt;
}

/// The markup at the end of the prompt, where a template may have opened a thought.
std::string markupTail(const std::vector<PromptSegment>& segments) {
    if (segments.empty() || segments.back().kind != PromptSegment::Kind::Markup) return {};
    return segments.back().text;
}

} // namespace

PromptText composePrompt(const LoadedModel& loaded, const ChatRequest& request) {
    using Kind = PromptSegment::Kind;
    using Start = AnswerSplitter::Start;
    const Tokenizer& tokenizer = loaded.tokenizer;
    std::vector<PromptSegment> segments =
        loaded.chatTemplate.render({.messages = request.messages,
                                    .addGenerationPrompt = true,
                                    .enableThinking = thinkingWish(request.reasoning),
                                    .reasoningEffort = request.reasoningEffort,
                                    .bosToken = tokenText(tokenizer, tokenizer.bos()),
                                    .eosToken = tokenText(tokenizer, tokenizer.eos()),
                                    .now = 0});
    const std::size_t answerSegment = segments.size();
    const int answerText = 2 * static_cast<int>(request.messages.size());
    bool inReasoning = promptOpensReasoning(loaded.reasoning, markupTail(segments));
    const auto open = [&] {
        if (!inReasoning) segments.push_back({Kind::Markup, openingText(loaded.reasoning), -1});
        inReasoning = true;
    };
    const auto close = [&] {
        segments.push_back({Kind::Markup, closingText(loaded.reasoning), -1});
        inReasoning = false;
    };

    if (request.continued && loaded.reasoning.hasThoughts()) {
        const PartialAnswer& partial = *request.continued;
        if (!partial.reasoning.empty()) {
            open();
            segments.push_back({Kind::Content, partial.reasoning, answerText + 1});
        }
        if (inReasoning && (partial.reasoningClosed || !partial.text.empty()))
            close();
        else if (!partial.text.empty())
            segments.push_back({Kind::Markup, answerOpeningText(loaded.reasoning), -1});
    } else if (request.reasoning == ReasoningMode::Off && inReasoning) {
        // The template does not know the switch: the thought is closed before it begins.
        close();
    }
    if (request.continued && !request.continued->text.empty()) {
        segments.push_back({Kind::Content, request.continued->text, answerText});
    }
    const bool goesOn = segments.size() > 0 && segments.back().kind == Kind::Content;
    const Start start = inReasoning ? (goesOn ? Start::WithinReasoning : Start::InReasoning)
                                    : (goesOn ? Start::WithinText : Start::InText);
    return {std::move(segments), start, answerSegment};
}

Prompt buildPrompt(const LoadedModel& loaded, const ChatRequest& request) {
    const PromptText text = composePrompt(loaded, request);
    return {loaded.tokenizer.encodePrompt(text.segments), text.start};
}

} // namespace ponder::engine
