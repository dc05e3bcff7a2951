#pragma once

#include <cstdint>

namespace ponder::kernels {

/// The codebooks of kernels/reference/iq_grids.h with their values written out, a byte each: eight values an
/// entry for IQ1 and IQ2, four for IQ3. Those of IQ1 are 8 · (value + 1): its delta of 1/8 is a whole
/// number, and none is negative.
struct IqTables {
    std::uint64_t iq1[2048];
    std::uint64_t iq2Xxs[256];
    std::uint64_t iq2Xs[512];
    std::uint64_t iq2S[1024];
    std::uint32_t iq3Xxs[256];
    std::uint32_t iq3S[512];
};

/// Filled before main begins.
extern const IqTables kIqTables;

} // namespace ponder::kernels
