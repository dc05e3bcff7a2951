#include "kernels/matmul.h"

#include "kernels/activation_row.h"
#include "kernels/panel.h"
#include "kernels/reference/reference.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace ponder::kernels::reference {

namespace {

constexpr int kLargestBlock = 256;

// The largest magnitude, or NaN if one of them is not finite.
float largestMagnitude(const float* x, int n) {
    float largest = 0;
    for (int i = 0; i < n; ++i) {
        if (!std::isfinite(x[i])) return std::numeric_limits<float>::quiet_NaN();
        largest = std::max(largest, std::fabs(x[i]));
    }
    return largest;
}

// Rounds x / scale to nearest even, the scale being such that the largest becomes ±127. Returns the scale.
float quantize(const float* x, int n, std::int8_t* values) {
    const float largest = largestMagnitude(x, n);
    const float inverse = largest > 0x1p-120f ? 127 / largest : 0; // NaN and vanishing blocks: all zero
    for (int i = 0; i < n; ++i) {
        values[i] = inverse == 0 ? 0 : static_cast<std::int8_t>(std::lrint(x[i] * inverse));
    }
    return largest / 127;
}

void convertToQ8_0(const float* x, std::int64_t columns, void* converted) {
    const std::int64_t blocks = columns / 32;
    auto* scales = static_cast<float*>(converted);
    auto* sums = scales + blocks;
    auto* starts = reinterpret_cast<std::int32_t*>(sums + blocks);
    auto* values = reinterpret_cast<std::int8_t*>(starts + blocks);
    for (std::int64_t b = 0; b < blocks; ++b) {
        scales[b] = quantize(x + 32 * b, 32, values + 32 * b);
        int sum = 0;
        for (int i = 0; i < 32; ++i) sum += values[32 * b + i];
        sums[b] = scales[b] * static_cast<float>(sum);
        starts[b] = -128 * sum;
    }
}

void convertToQ8_K(const float* x, std::int64_t columns, void* converted) {
    auto* scales = static_cast<float*>(converted);
    auto* groupSums = reinterpret_cast<std::int16_t*>(scales + columns / 256);
    auto* values = reinterpret_cast<std::int8_t*>(groupSums + columns / 16);
    for (std::int64_t b = 0; b < columns / 256; ++b) scales[b] = quantize(x + 256 * b, 256, values + 256 * b);
    for (std::int64_t g = 0; g < columns / 16; ++g) {
        int sum = 0;
        for (int i = 0; i < 16; ++i) sum += values[16 * g + i];
        groupSums[g] = static_cast<std::int16_t>(sum);
    }
}

// Activation `column` of a converted row.
double activation(ActivationFormat format, const void* row, std::int64_t columns, std::int64_t column) {
    switch (format) {
    case ActivationFormat::F32:
        break;
    case ActivationFormat::Q8_0: {
        const Q8_0Row parts = q8_0Row(row, columns);
        return static_cast<double>(parts.scales[column / 32]) * parts.values[column];
    }
    case ActivationFormat::Q8_K: {
        const Q8_KRow parts = q8_KRow(row, columns);
        return static_cast<double>(parts.scales[column / 256]) * parts.values[column];
    }
    }
    return static_cast<const float*>(row)[column];
}

const std::uint8_t* panelOf(const MatmulRange& range, std::int64_t row) {
    return static_cast<const std::uint8_t*>(range.weights) +
           static_cast<std::size_t>(row / kPanelRows) * panelBytes(range.type, range.columns);
}

} // namespace

void convertActivations(ActivationFormat format, const float* x, std::int64_t columns, void* converted) {
    switch (format) {
    case ActivationFormat::F32:
        std::memcpy(converted, x, static_cast<std::size_t>(columns) * sizeof(float));
        return;
    case ActivationFormat::Q8_0:
        return convertToQ8_0(x, columns, converted);
    case ActivationFormat::Q8_K:
        return convertToQ8_K(x, columns, converted);
    }
}

void multiplyTransposed(const TransposedProduct& product) {
    for (std::int64_t t = 0; t < product.tokens; ++t) {
        for (std::int64_t c = 0; c < product.columns; ++c) {
            double sum = 0;
            for (std::int64_t r = 0; r < product.rows; ++r)
                sum += static_cast<double>(product.input[t * product.inputStride + r]) *
                       product.weights[r * product.columns + c];
            product.output[t * product.outputStride + c] = static_cast<float>(sum);
        }
    }
}

void matmul(const MatmulRange& range) {
    const TypeLayout& layout = typeLayout(range.type);
    const ActivationFormat format = activationFormat(range.type);
    std::vector<std::uint8_t> unpacked(range.inPanels ? rowBytes(range.type, range.columns) : 0);
    for (std::int64_t row = range.rowBegin; row < range.rowEnd; ++row) {
        if (range.inPanels)
            unpackPanelRow(range.type, panelOf(range, row), row % kPanelRows, range.columns, unpacked.data());
        for (std::int64_t token = 0; token < range.tokens; ++token) {
            const void* activations = activationRow(range, token);
            const std::uint8_t* block = range.inPanels ? unpacked.data() : weightRow(range, row);
            double sum = 0;
            for (std::int64_t column = 0; column < range.columns; column += layout.elements) {
                float weights[kLargestBlock];
                dequantizeBlock(range.type, block, weights);
                block += layout.bytes;
                for (int i = 0; i < layout.elements; ++i) {
                    sum += weights[i] * activation(format, activations, range.columns, column + i);
                }
            }
            range.output[token * range.outputStride + row] = static_cast<float>(sum);
        }
    }
}

} // namespace ponder::kernels::reference
