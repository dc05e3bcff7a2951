#pragma once

#include "engine/model/rope_table.h"
#include "engine/text/tokenizer.h"

#include <cstdint>

namespace ponder::engine {

/// The tokens evaluated together: positions [position, position + tokens) of a conversation.
struct Step {
    std::int64_t position = 0;
    std::int64_t tokens = 0;
    const RopeTable* rope = nullptr; ///< prepared for these positions
    const TokenId* ids = nullptr;    ///< [tokens]

    /// From so many tokens on, forms of attention pay that prepare for many. Latent rows expanded behind 512
    /// positions, V2-Lite's layers: 64 tokens at 0.8 of the absorbed form's speed, 128 at 1.1, 240 at 1.2
    /// (AVX2, two threads).
    static constexpr std::int64_t kLongTokens = 96;
    /// That see so many positions: before, attention is a small part of a prompt's time, and a prompt keeps
    /// its bits however it is cut.
    static constexpr std::int64_t kLongPositions = 512;
    bool isLong() const { return tokens >= kLongTokens && position + tokens >= kLongPositions; }
};

} // namespace ponder::engine
