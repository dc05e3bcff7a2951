#pragma once

#include <cstdint>

namespace ponder::kernels {

/// Scores are computed as many positions at a time as a vector has lanes: so many may lie beyond the last.
constexpr std::int64_t kScoresBeyond = 16;

} // namespace ponder::kernels
