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
};

} // namespace ponder::engine
