#pragma once

#include "kernels/reference/block_codes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

/// How scales are found. Everywhere the codes follow from the scale (the nearest ones), and the best scale
/// for given codes from least squares; what is searched is where these two meet.
namespace ponder::kernels {

using Byte = std::uint8_t;

/// Numbers of a block with scales of groups, and how often these and the common scale are brought together.
inline constexpr int kSuperBlock = 256;
inline constexpr int kRounds = 2;

/// The nearest whole number. Requires: |value| < 2^22.
PONDER_INLINE int nearest(float value) {
    return std::bit_cast<std::int32_t>(value + 0x1.8p23f) - 0x4B400000;
}

/// The number that is farthest from zero. Not a loop with a condition: clang 19 (-O2) unrolls it wrongly.
PONDER_INLINE float farthest(const float* x, int n) {
    return *std::max_element(x, x + n, [](float a, float b) { return std::abs(a) < std::abs(b); });
}

PONDER_INLINE float inverseOf(float scale) {
    return scale == 0 ? 0 : 1 / scale;
}

/// Four numbers at once, in GCC's and Clang's own notation, which every processor can be compiled for.
using Lanes = float __attribute__((vector_size(16)));
inline constexpr int kLanes = 4;

PONDER_INLINE Lanes load(const float* values) {
    Lanes lanes;
    std::memcpy(&lanes, values, sizeof lanes);
    return lanes;
}

PONDER_INLINE float total(const Lanes& lanes) {
    return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
}

/// The nearest whole numbers from `least` to `most`, which are less than 2^22.
PONDER_INLINE Lanes nearest(const Lanes& values, float least, float most) {
    const Lanes low = Lanes{} + least, high = Lanes{} + most;
    const Lanes raised = values > low ? values : low;
    const Lanes limited = raised < high ? raised : high;
    return (limited + 0x1.8p23f) - 0x1.8p23f;
}

/// Codes that are whole numbers from `Least` to `Most`.
template <int Least, int Most>
struct LinearCodes {
    /// What the largest number may be: the lower end, and where codes are coarse the other side as well.
    static constexpr auto kEnds = [] {
        if constexpr (Least < -16)
            return std::array<float, 1>{Least};
        else
            return std::array<float, 2>{Least, -Least};
    }();
    static constexpr float kStep = 0.1f;
    static constexpr int kOffset = -Least; ///< a code is stored as its value plus this
    static int code(float value) {
        const float limited = std::clamp(value, static_cast<float>(Least), static_cast<float>(Most));
        return nearest(limited) + kOffset;
    }
    static float value(int code) { return static_cast<float>(code - kOffset); }
    /// The values of the nearest codes.
    static Lanes rounded(const Lanes& values) { return nearest(values, Least, Most); }
};

/// The nearest of the 16 values for every half from -128 to 127.5.
constexpr std::array<std::uint8_t, 512> iq4Table() {
    std::array<std::uint8_t, 512> table{};
    for (int i = 0; i < 512; ++i) {
        const int twice = i - 256;
        int best = 0;
        for (int code = 1; code < 16; ++code) {
            const int distance = twice - 2 * kIq4Values[code], least = twice - 2 * kIq4Values[best];
            if (distance * distance < least * least) best = code;
        }
        table[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(best);
    }
    return table;
}

inline constexpr std::array<std::uint8_t, 512> kIq4Table = iq4Table();

/// The 16 values of IQ4_NL and IQ4_XS.
struct Iq4Codes {
    static constexpr std::array<float, 2> kEnds{-127, 113};
    static constexpr float kStep = 1.25f;
    static int code(float value) {
        return kIq4Table[static_cast<std::size_t>(nearest(2 * std::clamp(value, -128.0f, 127.5f)) + 256)];
    }
    static float value(int code) { return static_cast<float>(kIq4Values[code]); }
    static Lanes rounded(const Lanes& values) {
        Lanes result;
        for (int lane = 0; lane < kLanes; ++lane) result[lane] = value(code(values[lane]));
        return result;
    }
};

/// How well a scale does: least squares leave Σwx² - gain.
struct ScaleFit {
    float scale = 0;
    float gain = 0;
};

/// The best scale for the codes that `inverse` gives. Requires, here and below: n is a multiple of kLanes.
template <typename Codes>
ScaleFit refit(const float* x, const float* weights, int n, float inverse) {
    Lanes products{}, squares{};
    for (int i = 0; i < n; i += kLanes) {
        const Lanes numbers = load(x + i);
        const Lanes values = Codes::rounded(numbers * inverse);
        const Lanes weighted = load(weights + i) * values;
        products += weighted * numbers;
        squares += weighted * values;
    }
    const float product = total(products), square = total(squares);
    if (!(square > 0)) return {};
    return {product / square, product * product / square};
}

/// Weighted squared error of the nearest codes.
template <typename Codes>
float scaledError(const float* x, const float* weights, int n, float scale) {
    const float inverse = inverseOf(scale);
    Lanes errors{};
    for (int i = 0; i < n; i += kLanes) {
        const Lanes numbers = load(x + i);
        const Lanes differences = scale * Codes::rounded(numbers * inverse) - numbers;
        errors += load(weights + i) * differences * differences;
    }
    return total(errors);
}

/// The scale for which x ≈ scale · code has the least weighted squared error. Tries the largest number at
/// either end of the codes, and a little inside and outside of it.
template <typename Codes>
float fitScale(const float* x, const float* weights, int n) {
    constexpr int kSteps = 9;
    constexpr int kRounds = 2;
    const float extreme = farthest(x, n);
    if (std::abs(extreme) < 1e-30f) return 0;
    ScaleFit best;
    for (const float end : Codes::kEnds) {
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

/// Weighted squared error of the nearest codes from 0 to `mostCode`.
float affineError(const AffineFit& fit, const float* x, const float* weights, int n, int mostCode);

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

/// What a number becomes as a half-precision scale.
PONDER_INLINE float asHalf(float value) {
    std::uint8_t bytes[2];
    return writeScale(bytes, value);
}

} // namespace ponder::kernels
