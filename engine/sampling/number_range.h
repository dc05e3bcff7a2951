#pragma once

#include "engine/sampling/grammar.h"

#include <cstdint>

namespace ponder::engine {

/// Numbers from `least` to `most` in units of 10^-fractionDigits, both included, written without exponent.
struct NumberRange {
    static constexpr int kMostDigits = 18;

    std::int64_t least = 0; ///< at most 18 digits
    std::int64_t most = 0;
    int fractionDigits = 0; ///< at most so many are written; 0: integers, without a point
};

/// The numbers of the range as JSON spells them, digit by digit as tight as its ends ask for. Zero has no
/// sign.
NodeId numberBetween(Grammar& grammar, const NumberRange& range, NodeId next);

} // namespace ponder::engine
