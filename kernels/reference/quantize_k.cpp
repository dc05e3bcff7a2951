#include "kernels/reference/quantize_search.h"

#include <cstring>

// The types with super-blocks of 256: a half-precision scale for all, and a small whole number a group, by
// which it is multiplied. First every group is fitted alone, then the whole numbers and the common scale are
// brought together, with codes chosen anew each time.
namespace ponder::kernels {

namespace {

/// What a super-block with minima is made of: x ≈ scale · scales[g] · code - minimum · minima[g].
template <int Groups>
struct AffineBlock {
    float scale = 0;
    float minimum = 0;
    int scales[Groups] = {};
    int minima[Groups] = {};
    std::uint8_t codes[kSuperBlock] = {};
    float error = 0;
};

void affineCodes(const AffineFit& fit, const float* x, int n, int mostCode, std::uint8_t* codes) {
    const float inverse = inverseOf(fit.scale);
    const auto most = static_cast<float>(mostCode);
    for (int i = 0; i < n; ++i)
        codes[i] = static_cast<std::uint8_t>(nearest(std::clamp((x[i] + fit.minimum) * inverse, 0.0f, most)));
}

/// Whole numbers and codes for all groups, given the common scale and minimum.
template <int Groups, int MostCode, int MostScale>
void chooseAffine(const float* x, const float* weights, const AffineFit* fits, AffineBlock<Groups>& block) {
    constexpr int kSize = kSuperBlock / Groups;
    block.error = 0;
    for (int g = 0; g < Groups; ++g) {
        const float* values = x + g * kSize;
        const float* counts = weights + g * kSize;
        const int nearScale =
            nearest(std::min(fits[g].scale * inverseOf(block.scale), static_cast<float>(MostScale)));
        const int nearMinimum =
            nearest(std::min(fits[g].minimum * inverseOf(block.minimum), static_cast<float>(MostScale)));
        const auto fitOf = [&block](int scale, int minimum) {
            return AffineFit{block.scale * static_cast<float>(scale),
                             block.minimum * static_cast<float>(minimum)};
        };
        float best = -1;
        for (int scale = std::max(0, nearScale - 1); scale <= std::min(MostScale, nearScale + 1); ++scale) {
            for (int minimum = std::max(0, nearMinimum - 1); minimum <= std::min(MostScale, nearMinimum + 1);
                 ++minimum) {
                const float error = affineError(fitOf(scale, minimum), values, counts, kSize, MostCode);
                if (best >= 0 && !(error < best)) continue;
                best = error;
                block.scales[g] = scale;
                block.minima[g] = minimum;
            }
        }
        affineCodes(fitOf(block.scales[g], block.minima[g]), values, kSize, MostCode,
                    block.codes + g * kSize);
        block.error += std::max(best, 0.0f);
    }
}

/// Common scale and minimum by least squares for the whole numbers and codes of `block`.
template <int Groups>
AffineFit solveAffine(const float* x, const float* weights, const AffineBlock<Groups>& block) {
    constexpr int kSize = kSuperBlock / Groups;
    double aa = 0, ab = 0, bb = 0, xa = 0, xb = 0;
    for (int i = 0; i < kSuperBlock; ++i) {
        const double a = block.scales[i / kSize] * block.codes[i], b = -block.minima[i / kSize];
        aa += weights[i] * a * a;
        ab += weights[i] * a * b;
        bb += weights[i] * b * b;
        xa += weights[i] * a * x[i];
        xb += weights[i] * b * x[i];
    }
    const double determinant = aa * bb - ab * ab;
    if (!(determinant > 1e-9 * aa * bb)) {
        return {aa > 0 ? static_cast<float>(xa / aa) : 0, block.minimum};
    }
    return {static_cast<float>((xa * bb - xb * ab) / determinant),
            static_cast<float>((xb * aa - xa * ab) / determinant)};
}

template <int Groups, int MostCode, int MostScale>
AffineBlock<Groups> affineBlock(const float* x) {
    constexpr int kSize = kSuperBlock / Groups;
    float weights[kSuperBlock];
    quantizationWeights(x, kSuperBlock, weights);
    AffineFit fits[Groups];
    float largestScale = 0, largestMinimum = 0;
    for (int g = 0; g < Groups; ++g) {
        fits[g] = fitAffine(x + g * kSize, weights + g * kSize, kSize, MostCode, Minimum::NotNegative);
        largestScale = std::max(largestScale, fits[g].scale);
        largestMinimum = std::max(largestMinimum, fits[g].minimum);
    }
    AffineBlock<Groups> best;
    best.scale = asHalf(largestScale / MostScale);
    best.minimum = asHalf(largestMinimum / MostScale);
    chooseAffine<Groups, MostCode, MostScale>(x, weights, fits, best);
    for (int round = 0; round < kRounds; ++round) {
        const AffineFit solved = solveAffine(x, weights, best);
        if (!(solved.scale > 0) || !(solved.minimum >= 0)) break;
        AffineBlock<Groups> next = best;
        next.scale = asHalf(solved.scale);
        next.minimum = asHalf(solved.minimum);
        chooseAffine<Groups, MostCode, MostScale>(x, weights, fits, next);
        if (!(next.error < best.error)) break;
        best = next;
    }
    return best;
}

/// Packs eight scales and minima of six bits; scaleAndMinimum reads them.
void packScalesAndMinima(const int* scales, const int* minima, Byte* packed) {
    for (int j = 0; j < 4; ++j) {
        packed[j] = static_cast<Byte>(scales[j] | scales[j + 4] >> 4 << 6);
        packed[j + 4] = static_cast<Byte>(minima[j] | minima[j + 4] >> 4 << 6);
        packed[j + 8] = static_cast<Byte>((scales[j + 4] & 15) | (minima[j + 4] & 15) << 4);
    }
}

/// Low nibbles of sub-block 2c and 2c + 1 share 32 bytes.
void packNibblePairs(const std::uint8_t* codes, Byte* bytes) {
    for (int i = 0; i < kSuperBlock / 2; ++i) {
        const std::uint8_t* pair = codes + 64 * (i / 32) + i % 32;
        bytes[i] = static_cast<Byte>((pair[0] & 15) | (pair[32] & 15) << 4);
    }
}

} // namespace

void quantizeQ4_K(const float* x, Byte* block) {
    const auto found = affineBlock<8, 15, 63>(x);
    writeScale(block, found.scale);
    writeScale(block + 2, found.minimum);
    packScalesAndMinima(found.scales, found.minima, block + 4);
    packNibblePairs(found.codes, block + 16);
}

void quantizeQ5_K(const float* x, Byte* block) {
    const auto found = affineBlock<8, 31, 63>(x);
    writeScale(block, found.scale);
    writeScale(block + 2, found.minimum);
    packScalesAndMinima(found.scales, found.minima, block + 4);
    std::memset(block + 16, 0, 32);
    for (int i = 0; i < kSuperBlock; ++i)
        block[16 + i % 32] |= static_cast<Byte>((found.codes[i] >> 4) << (i / 32));
    packNibblePairs(found.codes, block + 48);
}

void quantizeQ2_K(const float* x, Byte* block) {
    const auto found = affineBlock<16, 3, 15>(x);
    for (int g = 0; g < 16; ++g) block[g] = static_cast<Byte>(found.scales[g] | found.minima[g] << 4);
    std::memset(block + 16, 0, 64);
    for (int i = 0; i < kSuperBlock; ++i)
        block[16 + 32 * (i / 128) + i % 32] |= static_cast<Byte>(found.codes[i] << (2 * (i / 32 % 4)));
    writeScale(block + 80, found.scale);
    writeScale(block + 82, found.minimum);
}

} // namespace ponder::kernels
