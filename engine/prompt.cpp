#include "engine/prompt.h"

#include "engine/support/error.h"

#include <algorithm>
#include <optional>

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

void requireKnown(const LoadedModel& loaded, const std::vector<TokenId>& tokens) {
    for (const TokenId token : tokens) {
        if (token < 0 || token >= loaded.tokenizer.size())
            throw Error("The answer to go on from is another model's. Choose that model, or ask again.");
    }
}

/// Thought and text so far, as whoever hears the pieces has them.
struct Heard {
    std::string reasoning;
    std::string text;

    void take(const std::vector<AnswerPiece>& pieces) {
        for (const AnswerPiece& piece : pieces) {
            if (piece.kind == PieceKind::TextWasReasoning) text.clear();
            (piece.kind == PieceKind::Text ? text : reasoning) += piece.text;
        }
    }
    bool is(const PartialAnswer& answer) const {
        return reasoning.size() == answer.reasoning.size() && text.size() == answer.text.size() &&
               reasoning == answer.reasoning && text == answer.text;
    }
};

/// The prompt when `history` ends with the very answer that is to be continued: what the tokenizer makes of
/// its text need not be what the model wrote.
std::optional<Prompt> promptFromHistory(const LoadedModel& loaded, const std::vector<TokenId>& opening,
                                        AnswerSplitter::Start start, const PartialAnswer& answer,
                                        std::span<const TokenId> history) {
    const bool isEmpty = answer.reasoning.empty() && answer.text.empty();
    if (isEmpty || history.size() <= opening.size() ||
        !std::equal(opening.begin(), opening.end(), history.begin()))
        return std::nullopt;
    AnswerSplitter splitter(loaded.reasoning, start);
    Heard heard;
    std::optional<Prompt> prompt;
    for (std::size_t i = opening.size(); i < history.size(); ++i) {
        if (loaded.tokenizer.endsAnswer(history[i])) break;
        heard.take(takeToken(loaded, splitter, history[i]));
        // The last match counts: a token behind it that says nothing yet belongs to the answer all the same.
        if (heard.is(answer))
            prompt =
                Prompt{{history.begin(), history.begin() + static_cast<std::ptrdiff_t>(i) + 1}, splitter};
    }
    if (!prompt || !answer.reasoningClosed || prompt->splitter.state() != "reasoning") return prompt;
    if (!prompt->splitter.closable()) return std::nullopt;
    for (const TokenId token : closingTokens(loaded, loaded.tokenizer.bytes(prompt->tokens.back()))) {
        takeToken(loaded, prompt->splitter, token);
        prompt->tokens.push_back(token);
    }
    return prompt;
}

Prompt promptWithTokens(const LoadedModel& loaded, std::vector<TokenId> tokens, AnswerSplitter::Start start,
                        const std::vector<TokenId>& answer) {
    Prompt prompt{std::move(tokens), AnswerSplitter(loaded.reasoning, start)};
    for (const TokenId token : answer) {
        prompt.tokens.push_back(token);
        prompt.ended = loaded.tokenizer.endsAnswer(token);
        if (prompt.ended) break;
        for (AnswerPiece& piece : takeToken(loaded, prompt.splitter, token))
            prompt.pieces.push_back(std::move(piece));
    }
    return prompt;
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
    const std::size_t answerSegment = request.continued ? segments.size() : std::string::npos;
    const int answerText = 2 * static_cast<int>(request.messages.size());
    bool inReasoning = promptOpensReasoning(loaded.reasoning, markupTail(segments));
    const Start templateStart = inReasoning ? Start::InReasoning : Start::InText;
    if (request.continued && !request.continued->tokens.empty()) {
        requireKnown(loaded, request.continued->tokens);
        return {std::move(segments), templateStart, answerSegment, templateStart};
    }
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
        const bool unwanted = request.reasoning == ReasoningMode::Off && partial.reasoning.empty();
        if (inReasoning && (partial.reasoningClosed || unwanted || !partial.text.empty()))
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
    return {std::move(segments), start, answerSegment, templateStart};
}

Prompt buildPrompt(const LoadedModel& loaded, const ChatRequest& request, std::span<const TokenId> history) {
    const PromptText text = composePrompt(loaded, request);
    if (request.continued) {
        const auto base = std::span(text.segments).first(text.answerSegment);
        const std::vector<TokenId> opening = loaded.tokenizer.encodePrompt(base);
        if (!request.continued->tokens.empty())
            return promptWithTokens(loaded, opening, text.templateStart, request.continued->tokens);
        if (const auto known =
                promptFromHistory(loaded, opening, text.templateStart, *request.continued, history))
            return *known;
    }
    return {loaded.tokenizer.encodePrompt(text.segments, text.answerSegment),
            AnswerSplitter(loaded.reasoning, text.start)};
}

std::vector<TokenId> closingTokens(const LoadedModel& loaded, std::string_view before) {
    std::string text = closingText(loaded.reasoning);
    const std::string& space = loaded.reasoning.afterOpener;
    if (!space.empty() && before.ends_with(space)) text.erase(0, space.size());
    return loaded.tokenizer.encode(text, SpecialTokens::Allowed);
}

std::vector<AnswerPiece> takeToken(const LoadedModel& loaded, AnswerSplitter& splitter, TokenId token) {
    const std::string_view bytes = loaded.tokenizer.bytes(token);
    const bool isSpecial =
        loaded.tokenizer.kind(token) == TokenKind::Control || loaded.reasoning.marks(bytes);
    return splitter.take(bytes, isSpecial);
}

} // namespace ponder::engine
