#pragma once

#include "kernels/quant_blocks.h"

#include <cstdint>

namespace ponder::kernels {

/// The same word of four rows, a lane each.
using FourRows = std::uint32_t __attribute__((vector_size(16)));

/// Turns the words of a block (of four bytes, without its rest) from the file's into those that panels hold.
/// For most types they are the same. Where the bits of a code lie apart in the file they are not: three, five
/// or six bits are cheaper to take out when as many codes as possible lie in one piece. Same bits, same
/// number of words: first those with scales, then for each 64 columns, whose codes are written here as
/// sixteen words k of four columns:
///   Q3_K: twice { k0 | k1 << 3 | k6 << 6, k2 | k3 << 3 | k7 << 6, k4 | k5 << 3 | k6 >> 2 << 6 | k7 >> 2 << 7
///   }
///         of words { 0, 1, 4, 5, 8, 9, 12, 13 } and those two further on
///   Q5_K: twice { k0 | k5 << 5, k1 | k6 << 5, k2 | k7 << 5, k3 | k7 >> 3 << 5 | k5 >> 3 << 6,
///         k4 | k7 >> 4 << 5 | k6 >> 3 << 6 } of words { 0, 1, 2, 3, 8, 9, 10, 11 } and those four further on
///   Q6_K: four times { k0 | k3 << 6, k1 | k3 >> 2 << 6, k2 | k3 >> 4 << 6 } of words { 0, 4, 8, 12 } and the
///         next ones
/// Shifts are within bytes.
void turnForPanel(TensorType type, FourRows* words);

/// The same the other way, for one row.
void turnForFile(TensorType type, std::uint32_t* words);

} // namespace ponder::kernels
