#include "kernels/reference/dequantize_iq.h"

#include "kernels/reference/block_codes.h"
#include "kernels/reference/iq_grids.h"

namespace ponder::kernels {

namespace {

float signedValue(float value, unsigned signs, int j) {
    return signs >> j & 1 ? -value : value;
}

// Eight values of an IQ2 codebook entry.
void writeIq2(unsigned entry, unsigned signs, float scale, float* y) {
    for (int j = 0; j < 8; ++j) y[j] = signedValue(scale * kIq2Values[entry >> (2 * j) & 3], signs, j);
}

// Four values of an IQ3 codebook entry.
void writeIq3(unsigned entry, const std::uint8_t* list, unsigned signs, float scale, float* y) {
    for (int j = 0; j < 4; ++j) y[j] = signedValue(scale * list[entry >> (3 * j) & 7], signs, j);
}

// Eight values of an IQ1 codebook entry, all moved by delta.
void writeIq1(unsigned entry, float delta, float scale, float* y) {
    for (int j = 0; j < 8; ++j) {
        y[j] = scale * (static_cast<float>(kIq1Values[entry >> (2 * j) & 3]) + delta);
    }
}

constexpr float kIq1Delta = 0.125f;

} // namespace

// f16 d, eight times: four codebook bytes, then a word of four 7-bit signs and a 4-bit scale.
void dequantizeIq2Xxs(const std::uint8_t* block, float* values) {
    const float d = readHalf(block);
    for (int b = 0; b < 8; ++b) {
        const std::uint8_t* codes = block + 2 + 8 * b;
        const std::uint32_t word = read32(codes + 4);
        const float scale = d * (0.5f + static_cast<float>(word >> 28)) * 0.25f;
        for (int g = 0; g < 4; ++g) {
            writeIq2(kGridIq2Xxs[codes[g]], evenSigns(word >> (7 * g)), scale, values + 32 * b + 8 * g);
        }
    }
}

// f16 d, 32 words of a 9-bit entry and 7 signs, 16 scales of 4 bits.
void dequantizeIq2Xs(const std::uint8_t* block, float* values) {
    const float d = readHalf(block);
    for (int g = 0; g < 32; ++g) {
        const unsigned word = read16(block + 2 + 2 * g);
        const int code = block[66 + g / 4] >> (4 * (g / 2 % 2)) & 15;
        const float scale = d * (0.5f + static_cast<float>(code)) * 0.25f;
        writeIq2(kGridIq2Xs[word & 511], evenSigns(word >> 9), scale, values + 8 * g);
    }
}

// f16 d, 32 low bytes of entries, 32 sign bytes, 2 high bits an entry, 16 scales of 4 bits.
void dequantizeIq2S(const std::uint8_t* block, float* values) {
    const float d = readHalf(block);
    for (int g = 0; g < 32; ++g) {
        const unsigned high = block[66 + g / 4] >> (2 * (g % 4)) & 3;
        const unsigned entry = block[2 + g] | high << 8;
        const int code = block[74 + g / 4] >> (4 * (g / 2 % 2)) & 15;
        const float scale = d * (0.5f + static_cast<float>(code)) * 0.25f;
        writeIq2(kGridIq2S[entry], block[34 + g], scale, values + 8 * g);
    }
}

// f16 d, 64 entries, then eight words of four 7-bit signs and a 4-bit scale.
void dequantizeIq3Xxs(const std::uint8_t* block, float* values) {
    const float d = readHalf(block);
    for (int g = 0; g < 32; ++g) {
        const std::uint32_t word = read32(block + 66 + 4 * (g / 4));
        const float scale = d * (0.5f + static_cast<float>(word >> 28)) * 0.5f;
        const unsigned signs = evenSigns(word >> (7 * (g % 4)));
        const std::uint8_t* codes = block + 2 + 2 * g;
        writeIq3(kGridIq3Xxs[codes[0]], kIq3XxsValues, signs, scale, values + 8 * g);
        writeIq3(kGridIq3Xxs[codes[1]], kIq3XxsValues, signs >> 4, scale, values + 8 * g + 4);
    }
}

// f16 d, 64 low bytes of entries, one high bit each, 32 sign bytes, 8 scales of 4 bits.
void dequantizeIq3S(const std::uint8_t* block, float* values) {
    const float d = readHalf(block);
    for (int g = 0; g < 32; ++g) {
        const int code = block[106 + g / 8] >> (4 * (g / 4 % 2)) & 15;
        const float scale = d * static_cast<float>(1 + 2 * code);
        const unsigned high = block[66 + g / 4] >> (2 * (g % 4));
        const unsigned signs = block[74 + g];
        const std::uint8_t* codes = block + 2 + 2 * g;
        writeIq3(kGridIq3S[codes[0] | (high & 1) << 8], kIq3SValues, signs, scale, values + 8 * g);
        writeIq3(kGridIq3S[codes[1] | (high & 2) << 7], kIq3SValues, signs >> 4, scale, values + 8 * g + 4);
    }
}

// f16 d, 32 low bytes of entries, eight words of four times 3 high bits, a 3-bit scale and the sign of delta.
void dequantizeIq1S(const std::uint8_t* block, float* values) {
    const float d = readHalf(block);
    for (int g = 0; g < 32; ++g) {
        const unsigned word = read16(block + 34 + 2 * (g / 4));
        const float scale = d * static_cast<float>(2 * (word >> 12 & 7) + 1);
        const unsigned entry = block[2 + g] | (word >> (3 * (g % 4)) & 7) << 8;
        writeIq1(kGridIq1[entry], word & 0x8000 ? -kIq1Delta : kIq1Delta, scale, values + 8 * g);
    }
}

// 32 low bytes of entries, 32 nibbles (3 high bits, sign of delta), 16 scales of 3 bits in four words; the
// top nibbles of those words together are the f16 d.
void dequantizeIq1M(const std::uint8_t* block, float* values) {
    const std::uint8_t* words = block + 48;
    std::uint16_t bits = 0;
    for (int i = 0; i < 4; ++i) bits |= static_cast<std::uint16_t>(read16(words + 2 * i) >> 12 << (4 * i));
    const float d = halfToFloat(bits);
    for (int g = 0; g < 32; ++g) {
        const unsigned code = read16(words + 2 * (g / 8)) >> (3 * (g / 2 % 4)) & 7;
        const float scale = d * static_cast<float>(2 * code + 1);
        const unsigned high = block[32 + g / 2] >> (4 * (g % 2)) & 15;
        const unsigned entry = block[g] | (high & 7) << 8;
        writeIq1(kGridIq1[entry], high & 8 ? -kIq1Delta : kIq1Delta, scale, values + 8 * g);
    }
}

} // namespace ponder::kernels
