#pragma once

#include "engine/model/model_config.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ponder::engine {

/// An expert chosen for a token and its share in the sum.
struct Choice {
    int expert = 0;
    float weight = 0;
};

/// Chooses experts from one token's router logits (architectures.md §1.1): scores by gate, bias moves the
/// choice only, optional groups (DeepSeek-V3, arXiv 2412.19437 §2.1.2: a group counts by its two best; V2's
/// softmax gate by its best), then the best `used`, best first, the lower index on ties. `logits` is working
/// space; `bias` may be empty.
void chooseExperts(const MixtureSettings& settings, std::span<float> logits, std::span<const float> bias,
                   std::vector<Choice>& choices);

/// The shares of `experts`, which something else has chosen, in their order. `logits` is working space.
void weighExperts(const MixtureSettings& settings, std::span<float> logits,
                  std::span<const std::int32_t> experts, std::vector<Choice>& choices);

} // namespace ponder::engine
