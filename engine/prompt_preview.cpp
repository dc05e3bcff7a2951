#include "engine/prompt_preview.h"

#include "engine/prompt.h"
#include "engine/text/utf8.h"

#include <algorithm>

namespace ponder::engine {

namespace {

PreviewSegment described(PromptSegment& segment) {
    const bool isMarkup = segment.source < 0;
    return {.origin = isMarkup                  ? PromptOrigin::Markup
                      : segment.source % 2 == 0 ? PromptOrigin::Text
                                                : PromptOrigin::Reasoning,
            .message = isMarkup ? -1 : segment.source / 2,
            .text = std::move(segment.text),
            .tokens = 0};
}

/// `cached` says of the tokens how many would not be evaluated again.
template <typename Cached>
PromptPreview preview(const LoadedModel& loaded, const ChatRequest& request, TokenRange listed,
                      const Cached& cached) {
    PromptText prompt = composePrompt(loaded, request);
    std::vector<PlacedToken> tokens = loaded.tokenizer.placePrompt(prompt.segments, prompt.answerSegment);
    if (request.continued && !request.continued->tokens.empty()) {
        const auto segment = static_cast<int>(prompt.segments.size());
        for (const TokenId id : request.continued->tokens) tokens.push_back({id, segment, 0});
        prompt.segments.push_back({PromptSegment::Kind::Content,
                                   utf8Repaired(loaded.tokenizer.decode(request.continued->tokens)),
                                   2 * static_cast<int>(request.messages.size())});
    }
    PromptPreview preview;
    preview.totalTokens = static_cast<int>(tokens.size());
    preview.messageTokens.assign(request.messages.size() + (request.continued ? 1 : 0), 0);
    for (PromptSegment& segment : prompt.segments) preview.segments.push_back(described(segment));

    const int first = std::clamp(listed.first, 0, preview.totalTokens);
    const int end =
        first + std::clamp(listed.count, 0, std::min(kMostListedTokens, preview.totalTokens - first));
    for (int i = 0; i < preview.totalTokens; ++i) {
        const PlacedToken& token = tokens[static_cast<std::size_t>(i)];
        int message = -1;
        if (token.segment >= 0) {
            PreviewSegment& segment = preview.segments[static_cast<std::size_t>(token.segment)];
            ++segment.tokens;
            message = segment.message;
        }
        if (message >= 0)
            ++preview.messageTokens[static_cast<std::size_t>(message)];
        else
            ++preview.markupTokens;
        if (i >= first && i < end)
            preview.tokens.push_back({token.id, utf8Repaired(loaded.tokenizer.bytes(token.id)), message});
    }
    std::vector<TokenId> ids;
    for (const PlacedToken& token : tokens) ids.push_back(token.id);
    preview.cachedTokens = cached(ids);
    return preview;
}

} // namespace

PromptPreview previewPrompt(const LoadedModel& loaded, const ChatRequest& request, TokenRange listed) {
    PromptPreview made = preview(loaded, request, listed, [](const std::vector<TokenId>&) { return 0; });
    made.contextTokens = loaded.model.config().trainedContext;
    return made;
}

PromptPreview previewPrompt(const LoadedModel& loaded, const Timeline& timeline, const PrefixStore& prefixes,
                            const ChatRequest& request, TokenRange listed) {
    PromptPreview made = preview(loaded, request, listed, [&](const std::vector<TokenId>& ids) {
        return std::max(timeline.reusable(ids), prefixes.reusable(ids));
    });
    made.contextTokens = timeline.contextTokens();
    return made;
}

} // namespace ponder::engine
