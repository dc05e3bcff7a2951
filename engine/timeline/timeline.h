#pragma once

#include "engine/model/decoder.h"
#include "engine/sampling/sampler.h"
#include "engine/timeline/draft_meter.h"
#include "engine/timeline/drafter.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace ponder::engine {

/// Whether the model's draft head guesses tokens ahead while an answer is drawn.
enum class Drafting {
    Off,
    WherePays, ///< DraftMeter decides, once all experts that are kept in memory are there
    Always,
};

struct TimelineOptions {
    int contextTokens = 0; ///< most tokens the history can have
    int rotaryTokens = 0;  ///< the longest conversation the rotary factors are for; 0: contextTokens
    kernels::CacheType cacheType = kernels::CacheType::F16;
    Drafting drafting = Drafting::Off; ///< of a model without a draft head: no matter
    WindowLimits windows = {};         ///< what is kept of sliding windows
};

/// Guesses of the draft head so far.
struct DraftCounts {
    std::int64_t made = 0;
    std::int64_t right = 0;
};

/// One conversation's token history and its cache. Mutable, single-threaded.
///
/// With a draft head, `next` evaluates the last token and a guess of the one to come together. If the sampler
/// then draws the guess, the numbers for the token behind it are there already; if not, the guess's row is
/// forgotten. The sampler sees the same numbers in the same order as without: the tokens are the same at any
/// temperature, and so are the trunk's rows.
class Timeline {
public:
    /// Most tokens evaluated together. A stop is heard after a chunk's layer: short enough for that, long
    /// enough to keep the weights busy and to expand latent rows seldom.
    static constexpr int kChunkTokens = 512;
    static_assert(kChunkTokens <= WindowLimits{}.stride, "the memory planned for windows counts on it");

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

    /// Makes `tokens` the history and shows the model's numbers, [vocabulary], for each token from `first`
    /// on, before it. `progress` as in `sync`. Requires: 0 < first < tokens, not more than the context.
    using Visit = std::function<void(int position, std::span<const float> logits)>;
    Sync replay(std::span<const TokenId> tokens, int first, const Visit& visit,
                const std::function<void(int done, int total)>& progress, std::stop_token stop);

    /// Takes over what `other`, of the same model, has evaluated of `tokens`. Requires: an empty history.
    void fork(const Timeline& other, std::span<const TokenId> tokens);

    /// Appends a token nobody drew; it is evaluated with the next one. Requires: a history that is not full.
    void append(TokenId token);

    DraftCounts draftCounts() const { return counts_; }

    /// Evaluates the last token if need be, draws the next one and appends it. Empty: stopped. Throws Error
    /// when the model's numbers are broken. Requires: a history that is not full.
    std::optional<TokenId> next(Sampler& sampler, std::stop_token stop);

    /// Cuts the history back to `position` tokens, or to fewer where that is nearest (KvCache::rewind).
    void rewind(int position);

    const KvCache& cache() const { return cache_; }
    /// Where rows that were evaluated elsewhere go, to be adopted (KvCache::room).
    std::vector<std::span<std::byte>> room(int first, int count) { return cache_.room(first, count); }
    std::vector<std::span<std::byte>> windowRoom(int begin, int end) { return cache_.windowRoom(begin, end); }
    /// Appends tokens whose rows lie there, and what is carried behind them (KvCache::restore).
    /// Requires: all tokens so far are evaluated.
    void adopt(std::span<const TokenId> tokens, std::span<const float> carried);

private:
    int shared(std::span<const TokenId> tokens) const;
    StepResult step(std::span<const TokenId> tokens, LogitsOf wanted, std::stop_token stop,
                    const std::function<void(int evaluated)>& report);
    std::span<const TokenId> evaluated() const { return std::span(tokens_).first(length()); }
    std::size_t length() const { return static_cast<std::size_t>(cache_.length()); }
    DraftMeter::Pass nextPass() const;
    StepResult evaluateLast(std::stop_token stop);
    void judge(TokenId guess);
    bool measures() const;
    void follow(int first, int positions);

    const Model& model_;
    Decoder decoder_;
    KvCache cache_;
    std::vector<TokenId> tokens_;
    std::span<float> logits_; // behind the last evaluated token, in the decoder

    Drafting drafting_;
    std::optional<Drafter> drafter_;
    std::optional<TokenId> guess_; // evaluated behind the last token, but not counted
    double passSeconds_ = 0;       // of the pass that evaluated it
    DraftMeter meter_;
    DraftCounts counts_;
};

} // namespace ponder::engine
