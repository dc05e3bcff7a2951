#include "engine/timeline/timeline.h"

#include "engine/support/check.h"

#include <algorithm>

namespace ponder::engine {

namespace {

// The last chunk is short, so that a checkpoint lies before the words that open the answer: the next turn's
// prompt agrees up to there, not to the very end.
constexpr int kLastChunkTokens = 16;
// A row of logits for each of them: 10 MB for the largest vocabularies.
constexpr int kReplayTokens = 12;

} // namespace

Timeline::Timeline(const Model& model, Backend& backend, const TimelineOptions& options)
    : decoder_(model, backend, options.rotaryTokens > 0 ? options.rotaryTokens : options.contextTokens),
      cache_(model.config(), options.cacheType, options.contextTokens) {}

int Timeline::shared(std::span<const TokenId> tokens) const {
    const auto end = std::mismatch(tokens.begin(), tokens.end(), tokens_.begin(), tokens_.end()).first;
    // The last token is evaluated again even if it is known: its logits are wanted.
    return std::min(static_cast<int>(end - tokens.begin()), static_cast<int>(tokens.size()) - 1);
}

int Timeline::reusable(std::span<const TokenId> tokens) const {
    return tokens.empty() ? 0 : cache_.reachable(std::min(shared(tokens), cache_.length()));
}

Timeline::Sync Timeline::sync(std::span<const TokenId> tokens,
                              const std::function<void(int done, int total)>& progress,
                              std::stop_token stop) {
    CHECK(!tokens.empty() && static_cast<int>(tokens.size()) <= cache_.capacity());
    rewind(shared(tokens));
    const int reused = cache_.length();
    const int total = static_cast<int>(tokens.size()) - reused;
    while (cache_.length() < static_cast<int>(tokens.size())) {
        if (progress) progress(cache_.length() - reused, total);
        const int left = static_cast<int>(tokens.size()) - cache_.length();
        const int count = left > kLastChunkTokens ? std::min(kChunkTokens, left - kLastChunkTokens) : left;
        const auto chunk =
            tokens.subspan(static_cast<std::size_t>(cache_.length()), static_cast<std::size_t>(count));
        const LogitsOf wanted = count == left ? LogitsOf::LastToken : LogitsOf::NoToken;
        if (step(chunk, wanted, stop) == StepResult::Stopped) return {StepResult::Stopped, reused};
        cache_.checkpoint();
    }
    if (progress) progress(total, total);
    return {StepResult::Done, reused};
}

Timeline::Sync Timeline::replay(std::span<const TokenId> tokens, int first, const Visit& visit,
                                const std::function<void(int done, int total)>& progress,
                                std::stop_token stop) {
    const int last = static_cast<int>(tokens.size()) - 1; // nobody asks what follows it
    CHECK(first > 0 && first <= last && last < cache_.capacity());
    rewind(std::min(shared(tokens), first - 1));
    const int reused = cache_.length();
    while (cache_.length() < last) {
        const int at = cache_.length();
        if (progress) progress(at - reused, last - reused);
        const bool shows = at >= first - 1;
        const int count = shows ? std::min(kReplayTokens, last - at) : std::min(kChunkTokens, first - 1 - at);
        const auto chunk = tokens.subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(count));
        if (step(chunk, shows ? LogitsOf::EveryToken : LogitsOf::NoToken, stop) == StepResult::Stopped)
            return {StepResult::Stopped, reused};
        if (!shows) {
            cache_.checkpoint();
            continue;
        }
        const std::span<const float> logits = decoder_.logits();
        const std::size_t row = logits.size() / static_cast<std::size_t>(count);
        for (int i = 0; i < count; ++i)
            visit(at + i + 1, logits.subspan(static_cast<std::size_t>(i) * row, row));
    }
    tokens_.push_back(tokens.back());
    if (progress) progress(last - reused, last - reused);
    return {StepResult::Done, reused};
}

StepResult Timeline::step(std::span<const TokenId> tokens, LogitsOf wanted, std::stop_token stop) {
    const StepResult result = decoder_.forward(tokens, cache_, wanted, std::move(stop));
    if (result == StepResult::Done) tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
    return result;
}

void Timeline::fork(const Timeline& other, std::span<const TokenId> tokens) {
    CHECK(tokens_.empty());
    const int wanted = std::min({other.shared(tokens), other.cache_.length(), cache_.capacity()});
    const int copied = cache_.copy(other.cache_, std::max(0, wanted));
    tokens_.assign(tokens.begin(), tokens.begin() + copied);
}

void Timeline::append(TokenId token) {
    CHECK(!full());
    tokens_.push_back(token);
}

std::optional<TokenId> Timeline::next(Sampler& sampler, std::stop_token stop) {
    CHECK(!tokens_.empty() && !full());
    const auto evaluated = static_cast<std::size_t>(cache_.length());
    if (evaluated < tokens_.size()) {
        const auto pending = std::span(tokens_).subspan(evaluated);
        if (decoder_.forward(pending, cache_, LogitsOf::LastToken, stop) == StepResult::Stopped)
            return std::nullopt;
    }
    const TokenId token = sampler.next(decoder_.logits(), tokens_);
    tokens_.push_back(token);
    return token;
}

void Timeline::rewind(int position) {
    const int length = cache_.rewind(std::min(position, cache_.length()));
    tokens_.resize(static_cast<std::size_t>(length));
}

void Timeline::adopt(std::span<const TokenId> tokens, std::span<const float> carried) {
    CHECK(static_cast<int>(tokens_.size()) == cache_.length());
    cache_.restore(static_cast<int>(tokens.size()), carried);
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
}

} // namespace ponder::engine
