#include "kernels/reference/quantize_search.h"

#include <cstring>

// Super-blocks of 256 without minima: x ≈ scale · scales[g] · value of the code, scales[g] with a sign.
namespace ponder::kernels {

namespace {

template <int Groups>
struct ScaledBlock {
    float scale = 0;
    int scales[Groups] = {};
    std::uint8_t codes[kSuperBlock] = {};
    float error = 0;
};

template <typename Codes, int Groups, int LeastScale>
void chooseScales(const float* x, const float* weights, const float* fits, ScaledBlock<Groups>& block) {
    constexpr int kSize = kSuperBlock / Groups;
    block.error = 0;
    for (int g = 0; g < Groups; ++g) {
        const int near = nearest(std::clamp(fits[g] * inverseOf(block.scale), static_cast<float>(LeastScale),
                                            static_cast<float>(-LeastScale - 1)));
        const float* values = x + g * kSize;
        float best = -1;
        for (int scale = std::max(LeastScale, near - 1); scale <= std::min(-LeastScale - 1, near + 1);
             ++scale) {
            const float error = scaledError<Codes>(values, weights + g * kSize, kSize,
                                                   block.scale * static_cast<float>(scale));
            if (best >= 0 && !(error < best)) continue;
            best = error;
            block.scales[g] = scale;
        }
        const float inverse = inverseOf(block.scale * static_cast<float>(block.scales[g]));
        for (int i = 0; i < kSize; ++i)
            block.codes[g * kSize + i] = static_cast<std::uint8_t>(Codes::code(values[i] * inverse));
        block.error += std::max(best, 0.0f);
    }
}

template <typename Codes, int Groups>
float solveScale(const float* x, const float* weights, const ScaledBlock<Groups>& block) {
    constexpr int kSize = kSuperBlock / Groups;
    double products = 0, squares = 0;
    for (int i = 0; i < kSuperBlock; ++i) {
        const double value = block.scales[i / kSize] * static_cast<double>(Codes::value(block.codes[i]));
        products += weights[i] * value * x[i];
        squares += weights[i] * value * value;
    }
    return squares > 0 ? static_cast<float>(products / squares) : 0;
}

/// The group of the largest scale gets `LeastScale`, the number with the largest magnitude.
template <typename Codes, int Groups, int LeastScale>
ScaledBlock<Groups> scaledBlock(const float* x) {
    constexpr int kSize = kSuperBlock / Groups;
    float weights[kSuperBlock];
    quantizationWeights(x, kSuperBlock, weights);
    float fits[Groups];
    for (int g = 0; g < Groups; ++g) fits[g] = fitScale<Codes>(x + g * kSize, weights + g * kSize, kSize);
    ScaledBlock<Groups> best;
    best.scale = asHalf(farthest(fits, Groups) / LeastScale);
    chooseScales<Codes, Groups, LeastScale>(x, weights, fits, best);
    for (int round = 0; round < kRounds; ++round) {
        ScaledBlock<Groups> next = best;
        next.scale = asHalf(solveScale<Codes>(x, weights, best));
        chooseScales<Codes, Groups, LeastScale>(x, weights, fits, next);
        if (!(next.error < best.error)) break;
        best = next;
    }
    return best;
}

} // namespace

void quantizeQ3_K(const float* x, Byte* block) {
    const auto found = scaledBlock<LinearCodes<-4, 3>, 16, -32>(x);
    std::memset(block, 0, 110);
    for (int i = 0; i < kSuperBlock; ++i) {
        const int code = found.codes[i]; // 0 to 7; its third bit has a place of its own
        block[i % 32] |= static_cast<Byte>((code >> 2) << (i / 32));
        block[32 + 32 * (i / 128) + i % 32] |= static_cast<Byte>((code & 3) << (2 * (i / 32 % 4)));
    }
    for (int g = 0; g < 16; ++g) {
        const int scale = found.scales[g] + 32;
        block[96 + g % 8] |= static_cast<Byte>((scale & 15) << (g < 8 ? 0 : 4));
        block[104 + g % 4] |= static_cast<Byte>((scale >> 4) << (2 * (g / 4)));
    }
    writeScale(block + 108, found.scale);
}

void quantizeQ6_K(const float* x, Byte* block) {
    const auto found = scaledBlock<LinearCodes<-32, 31>, 16, -128>(x);
    std::memset(block, 0, 192);
    for (int i = 0; i < kSuperBlock; ++i) {
        const int half = i / 128, quarter = i / 32 % 4, code = found.codes[i];
        block[64 * half + i % 64] |= static_cast<Byte>((code & 15) << (4 * (quarter / 2)));
        block[128 + 32 * half + i % 32] |= static_cast<Byte>((code >> 4) << (2 * quarter));
    }
    for (int g = 0; g < 16; ++g) block[192 + g] = static_cast<Byte>(found.scales[g]);
    writeScale(block + 208, found.scale);
}

void quantizeIq4Nl(const float* x, Byte* block) {
    float weights[32];
    quantizationWeights(x, 32, weights);
    const float inverse = inverseOf(writeScale(block, fitScale<Iq4Codes>(x, weights, 32)));
    for (int j = 0; j < 16; ++j)
        block[2 + j] =
            static_cast<Byte>(Iq4Codes::code(x[j] * inverse) | Iq4Codes::code(x[j + 16] * inverse) << 4);
}

void quantizeIq4Xs(const float* x, Byte* block) {
    const auto found = scaledBlock<Iq4Codes, 8, -32>(x);
    std::memset(block, 0, 8);
    writeScale(block, found.scale);
    int high = 0;
    for (int g = 0; g < 8; ++g) {
        const int scale = found.scales[g] + 32;
        block[4 + g / 2] |= static_cast<Byte>((scale & 15) << (4 * (g % 2)));
        high |= scale >> 4 << (2 * g);
    }
    write16(block + 2, static_cast<std::uint16_t>(high));
    for (int i = 0; i < kSuperBlock / 2; ++i) {
        const std::uint8_t* pair = found.codes + 32 * (i / 16) + i % 16;
        block[8 + i] = static_cast<Byte>(pair[0] | pair[16] << 4);
    }
}

// The scale is a power of two: the usual one, or a neighbour that does better.
void quantizeMxfp4(const float* x, Byte* block) {
    constexpr int kLargestExponent = 254;
    float weights[32];
    quantizationWeights(x, 32, weights);
    float largest = 0;
    for (int j = 0; j < 32; ++j) largest = std::max(largest, std::abs(x[j]));
    int exponent = 0;
    std::frexp(largest, &exponent); // largest < 2^exponent, and the largest code is 12 halves
    const int usual = largest > 0 ? exponent - 3 + 127 : 0;
    float best = -1;
    for (int candidate = usual - 1; candidate <= usual + 2; ++candidate) {
        const int limited = std::clamp(candidate, 0, kLargestExponent);
        const float scale = mxfp4Scale(static_cast<Byte>(limited));
        const float inverse = 1 / scale;
        int codes[32];
        float error = 0;
        for (int j = 0; j < 32; ++j) {
            const float magnitude = std::abs(x[j]) * inverse;
            int code = 0; // how many of the middles between neighbours lie below
            for (const float middle : {0.5f, 1.5f, 2.5f, 3.5f, 5.0f, 7.0f, 10.0f}) code += magnitude > middle;
            codes[j] = x[j] < 0 ? code + 8 : code;
            const float difference = scale * static_cast<float>(kFp4Values[codes[j]]) - x[j];
            error += weights[j] * difference * difference;
        }
        if (best >= 0 && !(error < best)) continue;
        best = error;
        block[0] = static_cast<Byte>(limited);
        for (int j = 0; j < 16; ++j) block[1 + j] = static_cast<Byte>(codes[j] | codes[j + 16] << 4);
    }
}

} // namespace ponder::kernels
