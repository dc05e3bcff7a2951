#pragma once

#include <cstdint>

namespace ponder::kernels {

/// The 256-blocks whose values come from codebooks: one block to 256 floats.
void dequantizeIq1S(const std::uint8_t* block, float* values);
void dequantizeIq1M(const std::uint8_t* block, float* values);
void dequantizeIq2Xxs(const std::uint8_t* block, float* values);
void dequantizeIq2Xs(const std::uint8_t* block, float* values);
void dequantizeIq2S(const std::uint8_t* block, float* values);
void dequantizeIq3Xxs(const std::uint8_t* block, float* values);
void dequantizeIq3S(const std::uint8_t* block, float* values);

} // namespace ponder::kernels
