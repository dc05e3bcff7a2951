#pragma once

#include "kernels/cpu/operations.h"
#include "kernels/quant_blocks.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace ponder::kernels {

/// Every type that weights may have.
std::vector<TensorType> weightTypes();

/// Name of a type for a test case.
std::string typeName(TensorType type);

/// A row's worth of random codes with scales near 0.02, as real weights have.
std::vector<std::uint8_t> randomBlocks(TensorType type, std::int64_t elements, std::mt19937& random);

std::vector<float> randomFloats(std::int64_t n, std::mt19937& random, float deviation = 1);

/// The instruction sets that this processor can run, the scalar reference first.
std::vector<InstructionSet> availableSets();

/// The same without the reference.
std::vector<InstructionSet> fastSets();

/// "Avx2" for a test case's name.
std::string setName(InstructionSet set);

} // namespace ponder::kernels
