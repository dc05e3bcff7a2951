#pragma once

#include "kernels/inline.h"

#include <cstddef>

// The instructions of AMX on the eight tile registers. A register's number is part of an instruction, so it
// is a template argument; the compiler is told what memory is read and written, which GCC 12's own functions
// do not.
namespace ponder::kernels {
namespace {

/// ldtilecfg: 64 bytes.
PONDER_INLINE void configureTiles(const void* configuration) {
    asm volatile("ldtilecfg (%0)" ::"r"(configuration) : "memory");
}
PONDER_INLINE void releaseTiles() {
    asm volatile("tilerelease");
}

template <int tile>
PONDER_INLINE void clearTile() {
    asm volatile("tilezero %%tmm%c0" ::"i"(tile));
}
template <int tile>
PONDER_INLINE void loadTile(const void* rows, std::size_t bytesBetweenRows) {
    asm volatile("tileloadd (%1,%2,1), %%tmm%c0" ::"i"(tile), "r"(rows), "r"(bytesBetweenRows) : "memory");
}
template <int tile>
PONDER_INLINE void storeTile(void* rows, std::size_t bytesBetweenRows) {
    asm volatile("tilestored %%tmm%c0, (%1,%2,1)" ::"i"(tile), "r"(rows), "r"(bytesBetweenRows) : "memory");
}

/// sums[m][n] += Σ a[m][4k + i] · b[k][4n + i], in 32 bits; bytes of both are signed.
template <int sums, int a, int b>
PONDER_INLINE void addSignedProducts() {
    asm volatile("tdpbssd %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(sums), "i"(a), "i"(b));
}
/// The same where those of b are unsigned.
template <int sums, int a, int b>
PONDER_INLINE void addUnsignedProducts() {
    asm volatile("tdpbsud %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(sums), "i"(a), "i"(b));
}

} // namespace
} // namespace ponder::kernels
