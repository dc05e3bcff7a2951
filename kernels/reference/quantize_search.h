#pragma once

#include "kernels/reference/block_codes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

/// How scales are found. Everywhere the codes follow from the scale (the nearest ones), and the best scale
/// for given codes from least squares; what is searched is where these two meet.
namespace ponder::kernels {

/// The nearest whole number. Requires: |value| < 2^22.
PONDER_INLINE int nearest(float value) {
    return std::bit_cast<std::int32_t>(value + 0x1.8p23f) - 0x4B400000;
}

/// Codes that are whole numbers from `Least` to `Most`.
template <int Least, int Most>
struct LinearCodes {
    static constexpr float kExtremes[] = {Least, -Least};
    static constexpr float kStep = 0.1f;
    static constexpr int kOffset = -Least; ///< a code is stored as its value plus this
    static int code(float value) {
        const float limited = std::clamp(value, static_cast<float>(Least), static_cast<float>(Most));
        return nearest(limited) + kOffset;
    }
    static float value(int code) { return static_cast<float>(code - kOffset); }
};

/// The 16 values of IQ4_NL and IQ4_XS.
struct Iq4Codes {
    static constexpr float kExtremes[] = {-127, 113, 127};
    static constexpr float kStep = 1.25f;
    static int code(float value);
    static float value(int code) { return static_cast<float>(kIq4Values[code]); }
};

/// How well a scale does: least squares leave Σwx² - gain.
struct ScaleFit {
    float scale = 0;
    float gain = 0;
};

/// The best scale for the codes that `inverse` gives.
template <typename Codes>
ScaleFit refit(const float* x, const float* weights, int n, float inverse) {
    float products = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
        const float value = Codes::value(Codes::code(x[i] * inverse));
        products += weights[i] * x[i] * value;
        squares += weights[i] * value * value;
    }
    if (!(squares > 0)) return {};
    const float scale = products / squares;
    return {scale, scale * products};
}

/// The scale for which x ≈ scale · code has the least weighted squared error. Tries the largest number at
/// either end of the codes, and a little inside and outside of it.
template <typename Codes>
float fitScale(const float* x, const float* weights, int n) {
    constexpr int kSteps = 9;
    constexpr int kRounds = 2;
    float extreme = 0;
    for (int i = 0; i < n; ++i)
        if (std::abs(x[i]) > std::abs(extreme)) extreme = x[i];
    if (std::abs(extreme) < 1e-30f) return 0;
    ScaleFit best;
    for (const float end : Codes::kExtremes) {
        for (int step = -kSteps; step <= kSteps; ++step) {
            const float inverse = (end + Codes::kStep * static_cast<float>(step)) / extreme;
            const ScaleFit fit = refit<Codes>(x, weights, n, inverse);
            if (fit.gain > best.gain) best = fit;
        }
    }
    for (int round = 0; round < kRounds && best.scale != 0; ++round) {
        const ScaleFit fit = refit<Codes>(x, weights, n, 1 / best.scale);
        if (!(fit.gain > best.gain)) break;
        best = fit;
    }
    return best.scale;
}

/// x ≈ scale · code - minimum, codes from 0.
struct AffineFit {
    float scale = 0;
    float minimum = 0;
};

enum class Minimum {
    NotNegative, ///< the numbers reach from zero or below upwards
    Any,
};

/// The scale and minimum with the least weighted squared error for codes from 0 to `mostCode`.
AffineFit fitAffine(const float* x, const float* weights, int n, int mostCode, Minimum kind);

/// How much the error of each of 256 numbers counts: more for large ones, which decide a product, and not
/// nothing for small ones.
void quantizationWeights(const float* x, int n, float* weights);

// Each writes one block. The layouts are those that dequantize.cpp reads.
void quantizeQ4_0(const float* x, std::uint8_t* block);
void quantizeQ4_1(const float* x, std::uint8_t* block);
void quantizeQ5_0(const float* x, std::uint8_t* block);
void quantizeQ5_1(const float* x, std::uint8_t* block);
void quantizeQ8_0(const float* x, std::uint8_t* block);
void quantizeQ2_K(const float* x, std::uint8_t* block);
void quantizeQ3_K(const float* x, std::uint8_t* block);
void quantizeQ4_K(const float* x, std::uint8_t* block);
void quantizeQ5_K(const float* x, std::uint8_t* block);
void quantizeQ6_K(const float* x, std::uint8_t* block);
void quantizeIq4Nl(const float* x, std::uint8_t* block);
void quantizeIq4Xs(const float* x, std::uint8_t* block);
void quantizeMxfp4(const float* x, std::uint8_t* block);

PONDER_INLINE void write16(std::uint8_t* bytes, std::uint16_t value) {
    bytes[0] = static_cast<std::uint8_t>(value);
    bytes[1] = static_cast<std::uint8_t>(value >> 8);
}

/// The scale as it will be read; one that half precision cannot hold becomes its largest.
PONDER_INLINE float writeScale(std::uint8_t* bytes, float scale) {
    constexpr float kLargestHalf = 65504;
    write16(bytes, floatToHalf(std::clamp(scale, -kLargestHalf, kLargestHalf)));
    return readHalf(bytes);
}

PONDER_INLINE float inverseOf(float scale) {
    return scale == 0 ? 0 : 1 / scale;
}

} // namespace ponder::kernels
