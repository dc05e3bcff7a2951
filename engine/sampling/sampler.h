#pragma once

#include "engine/engine.h"
#include "engine/text/tokenizer.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ponder::engine {

/// Logits → token: bias, penalties, temperature, top-k, top-p, min-p, then one draw. The same seed, settings and
/// logits give the same tokens on every machine: own generator, no library distribution. Single thread.
class Sampler {
public:
    /// `settings` with every optional that matters filled (see `merged`); throws Error when a number is out of range.
    explicit Sampler(const SamplingSettings& settings);

    std::uint64_t seed() const { return seed_; }
    /// `history` are the tokens so far, prompt included. Throws Error when the logits are NaN or all -inf.
    /// `logits` is [vocabulary] and is used as working space.
    TokenId next(std::span<float> logits, std::span<const TokenId> history);

    /// `settings`, completed from `defaults`, then from ours (temperature 0.7, topK 40, topP 0.95, minP 0.05, no penalties).
    static SamplingSettings merged(const SamplingSettings& settings, const SamplingSettings& defaults);

private:
    std::uint64_t seed_ = 0;
};

} // namespace ponder::engine
