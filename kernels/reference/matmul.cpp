#include "kernels/matmul.h"

#include "kernels/activation_row.h"
#include "kernels/panel.h"
#include "kernels/reference/reference.h"

#include <algorithm>
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

// What the largest of some numbers becomes ±`most` by.
float inverseScale(float largest, float most) {
    return largest > 0x1p-120f ? most / largest : 0; // NaN and vanishing blocks: all zero
}

// Rounds x / scale to nearest even, the scale being such that the largest becomes ±`most`. Returns the scale.
template <typename Value>
float quantize(const float* x, int n, float most, Value* values) {
    const float largest = largestMagnitude(x, n);
    const float inverse = inverseScale(largest, most);
    for (int i = 0; i < n; ++i) {
        values[i] = inverse == 0 ? Value(0) : static_cast<Value>(std::lrint(x[i] * inverse));
    }
    return largest / most;
}

void convertToQ8_0(const float* x, std::int64_t columns, void* converted) {
    const std::int64_t blocks = columns / 32;
    auto* scales = static_cast<float*>(converted);
    auto* sums = scales + blocks;
    auto* starts = reinterpret_cast<std::int32_t*>(sums + blocks);
    auto* values = reinterpret_cast<std::int8_t*>(starts + blocks);
    for (std::int64_t b = 0; b < blocks; ++b) {
        scales[b] = quantize(x + 32 * b, 32, 127, values + 32 * b);
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
    for (std::int64_t b = 0; b < columns / 256; ++b)
        scales[b] = quantize(x + 256 * b, 256, 127, values + 256 * b);
    for (std::int64_t g = 0; g < columns / 16; ++g) {
        int sum = 0;
        for (int i = 0; i < 16; ++i) sum += values[16 * g + i];
        groupSums[g] = static_cast<std::int16_t>(sum);
    }
}

void convertToWords(const float* x, std::int64_t columns, void* converted) {
    const std::int64_t segments = wordSegments(columns);
    auto* scales = static_cast<float*>(converted);
    auto* values = reinterpret_cast<std::int16_t*>(scales + segments);
    std::fill_n(values, segments * kWordSegment, std::int16_t(0));
    for (std::int64_t first = 0; first < columns; first += kWordSegment) {
        const auto n = static_cast<int>(std::min(kWordSegment, columns - first));
        *scales++ = quantize(x + first, n, kMostWord, values + first);
    }
}

// Weights of 16 bits become words as activations do, except that each is multiplied and rounded in one step.
float roundWeights(const float* weights, int n, std::int16_t* values) {
    constexpr float kWhole = 0x1.8p23f; // floats around it are whole numbers
    const float largest = largestMagnitude(weights, n);
    const float inverse = inverseScale(largest, kMostWord);
    for (int i = 0; i < n; ++i) {
        const float rounded = inverse == 0 ? 0 : std::fma(weights[i], inverse, kWhole) - kWhole;
        values[i] = static_cast<std::int16_t>(rounded);
    }
    return largest / kMostWord;
}

// A row of 16-bit weights by a row of activations.
float multiplyHalves(TensorType type, const std::uint8_t* halves, const void* activations,
                     std::int64_t columns) {
    const WordsRow theirs = wordsRow(activations, columns);
    double sum = 0;
    for (std::int64_t first = 0; first < columns; first += kWordSegment) {
        const auto n = static_cast<int>(std::min(kWordSegment, columns - first));
        float weights[kWordSegment];
        std::int16_t ours[kWordSegment];
        for (int i = 0; i < n; ++i) dequantizeBlock(type, halves + 2 * (first + i), weights + i);
        const double scale = roundWeights(weights, n, ours);
        std::int32_t products = 0;
        for (int i = 0; i < n; ++i) products += ours[i] * theirs.values[first + i];
        sum += scale * theirs.scales[first / kWordSegment] * products;
    }
    return static_cast<float>(sum);
}

// Activation `column` of a converted row.
double activation(ActivationFormat format, const void* row, std::int64_t columns, std::int64_t column) {
    switch (format) {
    case ActivationFormat::F32:
    case ActivationFormat::Words: // multiplied as whole numbers
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
    case ActivationFormat::Words:
        return convertToWords(x, columns, converted);
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
            float& output = range.output[token * range.outputStride + row];
            if (format == ActivationFormat::Words) {
                output = multiplyHalves(range.type, block, activations, range.columns);
                continue;
            }
            double sum = 0;
            for (std::int64_t column = 0; column < range.columns; column += layout.elements) {
                float weights[kLargestBlock];
                dequantizeBlock(range.type, block, weights);
                block += layout.bytes;
                for (int i = 0; i < layout.elements; ++i) {
                    sum += weights[i] * activation(format, activations, range.columns, column + i);
                }
            }
            output = static_cast<float>(sum);
        }
    }
}

} // namespace ponder::kernels::reference
