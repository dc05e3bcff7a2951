#pragma once

#include <cstdint>

namespace ponder::kernels {

/// Codebooks of the IQ1, IQ2 and IQ3 types: published constants of the GGUF format, which no formula gives.
/// Their numbers are those of ggml (ggml-common.h), packed: an entry holds its values in order from the
/// lowest bits on, each as an index into the value list of its type: 2 bits × 8 values (IQ1, IQ2), 3 bits × 4
/// values (IQ3).
extern const std::uint16_t kGridIq2Xxs[256];
extern const std::uint16_t kGridIq2Xs[512];
extern const std::uint16_t kGridIq2S[1024];
extern const std::uint16_t kGridIq3Xxs[256];
extern const std::uint16_t kGridIq3S[512];
extern const std::uint16_t kGridIq1[2048];

inline constexpr std::uint8_t kIq2Values[4] = {8, 25, 43, 0};
inline constexpr std::uint8_t kIq3XxsValues[8] = {4, 12, 20, 28, 36, 44, 52, 62};
inline constexpr std::uint8_t kIq3SValues[8] = {1, 3, 5, 7, 9, 11, 13, 15};
inline constexpr std::int8_t kIq1Values[4] = {-1, 0, 1, 0};

/// Eight sign bits, of which seven are stored: the eighth makes their number even.
inline unsigned evenSigns(unsigned seven) {
    seven &= 127;
    return seven | (static_cast<unsigned>(__builtin_popcount(seven)) & 1) << 7;
}

} // namespace ponder::kernels
