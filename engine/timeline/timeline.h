#pragma once

#include "engine/model/decoder.h"
#include "engine/sampling/sampler.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace ponder::engine {

struct TimelineOptions {
    int contextTokens = 0; ///< most tokens the history can have
    kernels::CacheType cacheType = kernels::CacheType::F16;
};

/// One conversation's token history and its cache. Mutable, single-threaded.
class Timeline {
public:
    Timeline(const Model& model, Backend& backend, const TimelineOptions& options);

    /// Tokens so far; the last one may not be evaluated yet.
    const std::vector<TokenId>& tokens() const { return tokens_; }
    int contextTokens() const { return cache_.capacity(); }
    bool full() const { return static_cast<int>(tokens_.size()) >= cache_.capacity(); }

    struct Sync {
        StepResult result = StepResult::Done;
        int reused = 0; ///< tokens that were in the cache already
    };
    /// How many of `tokens` a `sync` would not have to evaluate.
    int reusable(std::span<const TokenId> tokens) const;

    /// Makes `tokens` the history. What it shares with the old one from the start is kept, the rest is
    /// evaluated in chunks; `progress` hears how many of them are done. Requires: at least one token, not
    /// more than the context.
    Sync sync(std::span<const TokenId> tokens, const std::function<void(int done, int total)>& progress,
              std::stop_token stop);

    /// Evaluates the last token if need be, draws the next one and appends it. Empty: stopped. Throws Error
    /// when the model's numbers are broken. Requires: a history that is not full.
    std::optional<TokenId> next(Sampler& sampler, std::stop_token stop);

    /// Cuts the history back to `position` tokens.
    void rewind(int position);

private:
    int shared(std::span<const TokenId> tokens) const;

    Decoder decoder_;
    KvCache cache_;
    std::vector<TokenId> tokens_;
};

} // namespace ponder::engine
