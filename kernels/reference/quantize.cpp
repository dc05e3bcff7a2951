#include "kernels/quantize.h"

#include "kernels/reference/quantize_search.h"

#include <cstring>

namespace ponder::kernels {

namespace {

constexpr int kBlock = 32;
constexpr int kLargestBlock = 256;
// Above what any type's scales reach, and small enough that sums of squares stay finite.
constexpr float kLargestNumber = 1e9f;

void writeNibbles(const int* codes, Byte* bytes) {
    for (int j = 0; j < 16; ++j) bytes[j] = static_cast<Byte>((codes[j] & 15) | (codes[j + 16] & 15) << 4);
}

void writeFifthBits(const int* codes, Byte* bytes) {
    std::uint32_t high = 0;
    for (int j = 0; j < kBlock; ++j) high |= static_cast<std::uint32_t>(codes[j] >> 4 & 1) << j;
    std::memcpy(bytes, &high, sizeof high);
}

template <typename Codes>
void symmetricCodes(const float* x, Byte* scaleBytes, int* codes) {
    float weights[kBlock];
    quantizationWeights(x, kBlock, weights);
    const float inverse = inverseOf(writeScale(scaleBytes, fitScale<Codes>(x, weights, kBlock)));
    for (int j = 0; j < kBlock; ++j) codes[j] = Codes::code(x[j] * inverse);
}

void affineCodes(const float* x, int mostCode, Byte* scaleBytes, int* codes) {
    float weights[kBlock];
    quantizationWeights(x, kBlock, weights);
    const AffineFit fit = fitAffine(x, weights, kBlock, mostCode, Minimum::Any);
    const float inverse = inverseOf(writeScale(scaleBytes, fit.scale));
    const float minimum = writeScale(scaleBytes + 2, -fit.minimum);
    for (int j = 0; j < kBlock; ++j)
        codes[j] = nearest(std::clamp((x[j] - minimum) * inverse, 0.0f, static_cast<float>(mostCode)));
}

using Quantizer = void (*)(const float* values, Byte* block);

Quantizer quantizer(TensorType type) {
    using enum TensorType;
    switch (type) {
    case F32:
        return [](const float* x, Byte* block) { std::memcpy(block, x, sizeof *x); };
    case F16:
        return [](const float* x, Byte* block) { write16(block, floatToHalf(*x)); };
    case BF16:
        return [](const float* x, Byte* block) { write16(block, floatToBfloat(*x)); };
    case Q4_0:
        return quantizeQ4_0;
    case Q4_1:
        return quantizeQ4_1;
    case Q5_0:
        return quantizeQ5_0;
    case Q5_1:
        return quantizeQ5_1;
    case Q8_0:
        return quantizeQ8_0;
    case Q2_K:
        return quantizeQ2_K;
    case Q3_K:
        return quantizeQ3_K;
    case Q4_K:
        return quantizeQ4_K;
    case Q5_K:
        return quantizeQ5_K;
    case Q6_K:
        return quantizeQ6_K;
    case IQ4_NL:
        return quantizeIq4Nl;
    case IQ4_XS:
        return quantizeIq4Xs;
    case MXFP4:
        return quantizeMxfp4;
    default:
        return nullptr;
    }
}

} // namespace

void quantizeQ4_0(const float* x, Byte* block) {
    int codes[kBlock];
    symmetricCodes<LinearCodes<-8, 7>>(x, block, codes);
    writeNibbles(codes, block + 2);
}

void quantizeQ4_1(const float* x, Byte* block) {
    int codes[kBlock];
    affineCodes(x, 15, block, codes);
    writeNibbles(codes, block + 4);
}

void quantizeQ5_0(const float* x, Byte* block) {
    int codes[kBlock];
    symmetricCodes<LinearCodes<-16, 15>>(x, block, codes);
    writeFifthBits(codes, block + 2);
    writeNibbles(codes, block + 6);
}

void quantizeQ5_1(const float* x, Byte* block) {
    int codes[kBlock];
    affineCodes(x, 31, block, codes);
    writeFifthBits(codes, block + 4);
    writeNibbles(codes, block + 8);
}

// With 8 bits a search for the scale gains nothing that could be measured.
void quantizeQ8_0(const float* x, Byte* block) {
    float largest = 0;
    for (int j = 0; j < kBlock; ++j) largest = std::max(largest, std::abs(x[j]));
    const float inverse = inverseOf(writeScale(block, largest / 127));
    for (int j = 0; j < kBlock; ++j)
        block[2 + j] = static_cast<Byte>(nearest(std::clamp(x[j] * inverse, -127.0f, 127.0f)));
}

bool canQuantize(TensorType type) {
    return quantizer(type) != nullptr;
}

void quantizeRow(TensorType type, const float* values, void* blocks, std::int64_t count) {
    const TypeLayout& layout = typeLayout(type);
    const Quantizer quantize = quantizer(type);
    auto* block = static_cast<Byte*>(blocks);
    for (std::int64_t i = 0; i < count; i += layout.elements, block += layout.bytes) {
        float limited[kLargestBlock];
        const float* numbers = values + i;
        if (layout.elements > 1) {
            for (int j = 0; j < layout.elements; ++j)
                limited[j] = std::clamp(numbers[j], -kLargestNumber, kLargestNumber);
            numbers = limited;
        }
        quantize(numbers, block);
    }
}

} // namespace ponder::kernels
