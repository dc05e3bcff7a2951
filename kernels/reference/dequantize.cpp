#include "kernels/dequantize.h"

#include "kernels/reference/block_codes.h"
#include "kernels/reference/dequantize_iq.h"
#include "kernels/reference/reference.h"

// One function a type, from the format's description. The order of the float operations is part of the format
// as far as other programs' results are to be met bit for bit: scale times code first, then the minimum.
namespace ponder::kernels {

namespace {

using Byte = std::uint8_t;

// 32-blocks keep code j in the low half of byte j, code j + 16 in the high half.
int nibble(const Byte* codes, int j) {
    return j < 16 ? codes[j] & 15 : codes[j - 16] >> 4;
}

int fiveBits(const Byte* codes, std::uint32_t highBits, int j) {
    return nibble(codes, j) | static_cast<int>(highBits >> j & 1) << 4;
}

void q4_0(const Byte* block, float* y) {
    const float scale = readHalf(block);
    for (int j = 0; j < 32; ++j) y[j] = static_cast<float>(nibble(block + 2, j) - 8) * scale;
}

void q4_1(const Byte* block, float* y) {
    const float scale = readHalf(block);
    const float minimum = readHalf(block + 2);
    for (int j = 0; j < 32; ++j) y[j] = static_cast<float>(nibble(block + 4, j)) * scale + minimum;
}

void q5_0(const Byte* block, float* y) {
    const float scale = readHalf(block);
    const std::uint32_t high = read32(block + 2);
    for (int j = 0; j < 32; ++j) y[j] = static_cast<float>(fiveBits(block + 6, high, j) - 16) * scale;
}

void q5_1(const Byte* block, float* y) {
    const float scale = readHalf(block);
    const float minimum = readHalf(block + 2);
    const std::uint32_t high = read32(block + 4);
    for (int j = 0; j < 32; ++j) y[j] = static_cast<float>(fiveBits(block + 8, high, j)) * scale + minimum;
}

void q8_0(const Byte* block, float* y) {
    const float scale = readHalf(block);
    for (int j = 0; j < 32; ++j) y[j] = static_cast<float>(static_cast<std::int8_t>(block[2 + j])) * scale;
}

void q2_K(const Byte* block, float* y) {
    const Byte* scales = block;
    const Byte* codes = block + 16;
    const float scale = readHalf(block + 80);
    const float minimum = readHalf(block + 82);
    for (int i = 0; i < 256; ++i) {
        const int half = i / 128, shift = 2 * (i / 32 % 4), group = scales[i / 16];
        const int code = codes[32 * half + i % 32] >> shift & 3;
        y[i] = scale * static_cast<float>(group & 15) * static_cast<float>(code) -
               minimum * static_cast<float>(group >> 4);
    }
}

void q3_K(const Byte* block, float* y) {
    const Byte* high = block;
    const Byte* codes = block + 32;
    const float scale = readHalf(block + 108);
    for (int i = 0; i < 256; ++i) {
        const int half = i / 128, shift = 2 * (i / 32 % 4);
        const int low = codes[32 * half + i % 32] >> shift & 3;
        const int code = low - (high[i % 32] >> (i / 32) & 1 ? 0 : 4);
        y[i] = scale * static_cast<float>(q3KScale(block + 96, i / 16)) * static_cast<float>(code);
    }
}

void q4_K(const Byte* block, float* y) {
    const float scale = readHalf(block);
    const float minimum = readHalf(block + 2);
    for (int i = 0; i < 256; ++i) {
        const auto group = scaleAndMinimum(block + 4, i / 32);
        const int code = block[16 + 32 * (i / 64) + i % 32] >> (4 * (i / 32 % 2)) & 15;
        y[i] = scale * static_cast<float>(group.scale) * static_cast<float>(code) -
               minimum * static_cast<float>(group.minimum);
    }
}

void q5_K(const Byte* block, float* y) {
    const float scale = readHalf(block);
    const float minimum = readHalf(block + 2);
    for (int i = 0; i < 256; ++i) {
        const auto group = scaleAndMinimum(block + 4, i / 32);
        const int low = block[48 + 32 * (i / 64) + i % 32] >> (4 * (i / 32 % 2)) & 15;
        const int code = low | (block[16 + i % 32] >> (i / 32) & 1) << 4;
        y[i] = scale * static_cast<float>(group.scale) * static_cast<float>(code) -
               minimum * static_cast<float>(group.minimum);
    }
}

void q6_K(const Byte* block, float* y) {
    const Byte* low = block;
    const Byte* high = block + 128;
    const auto* scales = reinterpret_cast<const std::int8_t*>(block + 192);
    const float scale = readHalf(block + 208);
    for (int i = 0; i < 256; ++i) {
        const int half = i / 128, quarter = i / 32 % 4;
        const int lowBits = low[64 * half + i % 64] >> (4 * (quarter / 2)) & 15;
        const int highBits = high[32 * half + i % 32] >> (2 * quarter) & 3;
        const int code = (lowBits | highBits << 4) - 32;
        y[i] = scale * static_cast<float>(scales[i / 16]) * static_cast<float>(code);
    }
}

void iq4_nl(const Byte* block, float* y) {
    const float scale = readHalf(block);
    for (int j = 0; j < 32; ++j) y[j] = scale * static_cast<float>(kIq4Values[nibble(block + 2, j)]);
}

void iq4_xs(const Byte* block, float* y) {
    const float scale = readHalf(block);
    for (int b = 0; b < 8; ++b) {
        const float group = scale * static_cast<float>(iq4XsScale(block, b));
        for (int j = 0; j < 32; ++j) {
            y[32 * b + j] = group * static_cast<float>(kIq4Values[nibble(block + 8 + 16 * b, j)]);
        }
    }
}

void mxfp4(const Byte* block, float* y) {
    const float scale = mxfp4Scale(block[0]);
    for (int j = 0; j < 32; ++j) y[j] = scale * static_cast<float>(kFp4Values[nibble(block + 1, j)]);
}

// Half of an unsigned E4M3 number with bias 7: the top bit is not looked at, and 127, not a number, counts as
// zero.
float nvfp4Scale(Byte code) {
    if ((code & 0x7F) == 0x7F) return 0;
    const int exponent = code >> 3 & 15;
    const auto mantissa = static_cast<float>(code & 7);
    const float value = exponent == 0 ? mantissa * 0x1p-9f
                                      : (1 + mantissa / 8) * std::bit_cast<float>((exponent + 120u) << 23);
    return value / 2;
}

void nvfp4(const Byte* block, float* y) {
    for (int group = 0; group < 4; ++group) {
        const float scale = nvfp4Scale(block[group]);
        for (int i = 0; i < 16; ++i) {
            const int code = block[4 + 8 * group + i % 8] >> (4 * (i / 8)) & 15;
            y[16 * group + i] = scale * static_cast<float>(kFp4Values[code]);
        }
    }
}

// Five base-3 digits a byte, stored as a fraction of 256: the n-th digit is the carry of 3 · (3^n · byte mod
// 256).
int ternaryDigit(Byte packed, int n) {
    constexpr int kPowers[] = {1, 3, 9, 27, 81};
    return (packed * kPowers[n] & 255) * 3 >> 8;
}

void tq1_0(const Byte* block, float* y) {
    const float scale = readHalf(block + 52);
    for (int i = 0; i < 256; ++i) {
        int digit;
        if (i < 160)
            digit = ternaryDigit(block[i % 32], i / 32);
        else if (i < 240)
            digit = ternaryDigit(block[32 + i % 16], (i - 160) / 16);
        else
            digit = ternaryDigit(block[48 + i % 4], (i - 240) / 4);
        y[i] = static_cast<float>(digit - 1) * scale;
    }
}

void tq2_0(const Byte* block, float* y) {
    const float scale = readHalf(block + 64);
    for (int i = 0; i < 256; ++i) {
        const int code = block[32 * (i / 128) + i % 32] >> (2 * (i / 32 % 4)) & 3;
        y[i] = static_cast<float>(code - 1) * scale;
    }
}

void q1_0(const Byte* block, float* y) {
    const float scale = readHalf(block);
    for (int i = 0; i < 128; ++i) y[i] = block[2 + i / 8] >> (i % 8) & 1 ? scale : -scale;
}

void q2_0(const Byte* block, float* y) {
    const float scale = readHalf(block);
    for (int i = 0; i < 64; ++i)
        y[i] = static_cast<float>((block[2 + i / 4] >> (2 * (i % 4)) & 3) - 1) * scale;
}

using Dequantizer = void (*)(const Byte* block, float* values);

Dequantizer dequantizer(TensorType type) {
    using enum TensorType;
    switch (type) {
    case F32:
        return [](const Byte* block, float* y) { std::memcpy(y, block, sizeof *y); };
    case F16:
        return [](const Byte* block, float* y) { *y = readHalf(block); };
    case BF16:
        return [](const Byte* block, float* y) { *y = bfloatToFloat(read16(block)); };
    case Q4_0:
        return q4_0;
    case Q4_1:
        return q4_1;
    case Q5_0:
        return q5_0;
    case Q5_1:
        return q5_1;
    case Q8_0:
        return q8_0;
    case Q2_K:
        return q2_K;
    case Q3_K:
        return q3_K;
    case Q4_K:
        return q4_K;
    case Q5_K:
        return q5_K;
    case Q6_K:
        return q6_K;
    case IQ4_NL:
        return iq4_nl;
    case IQ4_XS:
        return iq4_xs;
    case IQ2_XXS:
        return dequantizeIq2Xxs;
    case IQ2_XS:
        return dequantizeIq2Xs;
    case IQ2_S:
        return dequantizeIq2S;
    case IQ3_XXS:
        return dequantizeIq3Xxs;
    case IQ3_S:
        return dequantizeIq3S;
    case IQ1_S:
        return dequantizeIq1S;
    case IQ1_M:
        return dequantizeIq1M;
    case MXFP4:
        return mxfp4;
    case NVFP4:
        return nvfp4;
    case TQ1_0:
        return tq1_0;
    case TQ2_0:
        return tq2_0;
    case Q1_0:
        return q1_0;
    case Q2_0:
        return q2_0;
    case Q8_1:
    case Q8_K:
    case I8:
    case I16:
    case I32:
    case I64:
    case F64:
        return nullptr;
    }
    return nullptr;
}

} // namespace

bool isWeightType(TensorType type) {
    return dequantizer(type) != nullptr;
}

void dequantizeRow(TensorType type, const void* blocks, float* values, std::int64_t count) {
    const TypeLayout& layout = typeLayout(type);
    const Dequantizer dequantize = dequantizer(type);
    const auto* block = static_cast<const Byte*>(blocks);
    for (std::int64_t i = 0; i < count; i += layout.elements, block += layout.bytes)
        dequantize(block, values + i);
}

namespace reference {

void dequantizeBlock(TensorType type, const std::uint8_t* block, float* values) {
    dequantizer(type)(block, values);
}

} // namespace reference

} // namespace ponder::kernels
