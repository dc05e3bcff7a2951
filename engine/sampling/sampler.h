#pragma once

#include "engine/engine.h"
#include "engine/sampling/token_mask.h"
#include "engine/text/tokenizer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ponder::engine {

/// Logits → token: bias, penalties, temperature, top-k, top-p, min-p, then one draw. The same seed, settings
/// and logits give the same tokens on every machine: own generator, own exponential, no library distribution.
/// Single thread.
class Sampler {
public:
    /// `settings` with every optional that matters filled (see `merged`); what is empty is off. Throws Error
    /// when a number is out of range.
    explicit Sampler(const SamplingSettings& settings);

    std::uint64_t seed() const { return seed_; }
    /// From now on only these tokens are drawn; null: any. The mask must outlive the next draw.
    void allowOnly(const TokenMask* mask) { allowed_ = mask; }
    /// `history` are the tokens so far, prompt included. Throws Error when the logits are NaN or all -inf.
    /// `logits` is [vocabulary] and is used as working space.
    TokenId next(std::span<float> logits, std::span<const TokenId> history);

    /// `settings`, completed from `defaults`, then from ours (temperature 0.7, topK 40, topP 0.95, minP 0.05,
    /// no penalties).
    static SamplingSettings merged(const SamplingSettings& settings, const SamplingSettings& defaults);

    /// Throws Error that names the first number out of range.
    static void check(const SamplingSettings& settings);

private:
    struct Candidate {
        TokenId id = 0;
        float logit = 0;
        double weight = 0; ///< probability × an unknown factor
    };
    static bool better(const Candidate& a, const Candidate& b) {
        return a.logit != b.logit ? a.logit > b.logit : a.id < b.id;
    }

    void addBias(std::span<float> logits) const;
    void penalise(std::span<float> logits, std::span<const TokenId> history);
    void chooseLargest(std::span<const float> logits, std::size_t count);
    void keepLargest(std::size_t count);
    void weigh(float largest);
    void weighAll(std::span<const float> logits, float largest);
    void chooseLikely(std::span<const float> logits);
    void keepNucleus();
    void dropUnlikely();
    TokenId draw();
    TokenId drawAny();
    double nextFraction();
    double share() const { return settings_.topP.value_or(1); }
    /// The best candidate weighs 1, so a share of its probability is a weight.
    double least() const { return settings_.minP.value_or(0); }

    SamplingSettings settings_;
    const TokenMask* allowed_ = nullptr;
    std::uint64_t seed_ = 0;
    std::uint64_t state_ = 0; ///< of the generator
    std::vector<Candidate> candidates_;
    std::vector<double> weights_; ///< of all tokens, where no top-k limits them
    double weight_ = 0;           ///< of all that top-p takes its share of
    std::vector<TokenId> recent_;
};

} // namespace ponder::engine
