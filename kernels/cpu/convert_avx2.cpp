#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/words.h"

#include <cstring>

// Equal to the reference bit for bit: the same divisions, the same rounding.
namespace ponder::kernels::avx2 {

namespace {

// Bits of the largest magnitude of 8 · vectors floats. As integers, NaN and infinity are the largest of all.
std::uint32_t largestMagnitudeBits(const float* x, int vectors) {
    const __m256i magnitude = _mm256_set1_epi32(0x7FFFFFFF);
    __m256i largest = _mm256_setzero_si256();
    for (int i = 0; i < vectors; ++i) {
        largest = _mm256_max_epi32(largest, _mm256_and_si256(loadBytes(x + 8 * i), magnitude));
    }
    __m128i four = _mm_max_epi32(_mm256_castsi256_si128(largest), _mm256_extracti128_si256(largest, 1));
    four = _mm_max_epi32(four, _mm_unpackhi_epi64(four, four));
    return static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_max_epi32(four, _mm_shuffle_epi32(four, 1))));
}

struct Scale {
    float scale;
    float inverse;
};

Scale scaleFor(const float* x, int vectors, float most) {
    std::uint32_t bits = largestMagnitudeBits(x, vectors);
    if (bits >= 0x7F800000) bits = 0x7FC00000;
    float largest;
    std::memcpy(&largest, &bits, sizeof largest);
    return {largest / most, largest > 0x1p-120f ? most / largest : 0};
}

// Rounds 32 floats to bytes. Returns their sum in eight parts.
__m256i quantize32(const float* x, float inverse, std::int8_t* values) {
    const __m256 factor = _mm256_set1_ps(inverse);
    const __m256i a = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x), factor));
    const __m256i b = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x + 8), factor));
    const __m256i c = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x + 16), factor));
    const __m256i d = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x + 24), factor));
    const __m256i bytes = _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
    // Packing works in 128-bit halves and leaves four-byte groups in the order 0 2 4 6 1 3 5 7.
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(values), _mm256_permutevar8x32_epi32(bytes, order));
    return _mm256_add_epi32(_mm256_add_epi32(a, b), _mm256_add_epi32(c, d));
}

void zero32(std::int8_t* values) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(values), _mm256_setzero_si256());
}

void convertToQ8_0(const float* x, std::int64_t columns, void* converted) {
    const std::int64_t blocks = columns / 32;
    auto* scales = static_cast<float*>(converted);
    auto* sums = scales + blocks;
    auto* starts = reinterpret_cast<std::int32_t*>(sums + blocks);
    auto* values = reinterpret_cast<std::int8_t*>(starts + blocks);
    for (std::int64_t b = 0; b < blocks; ++b) {
        const Scale scale = scaleFor(x + 32 * b, 4, 127);
        scales[b] = scale.scale;
        if (scale.inverse == 0) {
            zero32(values + 32 * b);
            sums[b] = scale.scale * 0;
            starts[b] = 0;
        } else {
            const int sum = horizontalSum(quantize32(x + 32 * b, scale.inverse, values + 32 * b));
            sums[b] = scale.scale * static_cast<float>(sum);
            starts[b] = -128 * sum;
        }
    }
}

void convertToQ8_K(const float* x, std::int64_t columns, void* converted) {
    auto* scales = static_cast<float*>(converted);
    auto* groupSums = reinterpret_cast<std::int16_t*>(scales + columns / 256);
    auto* values = reinterpret_cast<std::int8_t*>(groupSums + columns / 16);
    for (std::int64_t b = 0; b < columns / 256; ++b) {
        const Scale scale = scaleFor(x + 256 * b, 32, 127);
        scales[b] = scale.scale;
        for (std::int64_t i = 256 * b; i < 256 * (b + 1); i += 32) {
            if (scale.inverse == 0)
                zero32(values + i);
            else
                quantize32(x + i, scale.inverse, values + i);
        }
    }
    for (std::int64_t g = 0; g < columns / 16; ++g) {
        const __m256i wide = _mm256_cvtepi8_epi16(loadBytes16(values + 16 * g));
        groupSums[g] =
            static_cast<std::int16_t>(horizontalSum(_mm256_madd_epi16(wide, _mm256_set1_epi16(1))));
    }
}

// A segment. Returns its scale.
float convertToWords(const float* x, std::int16_t* values) {
    const Scale scale = scaleFor(x, kWordSegment / 8, kMostWord);
    const __m256 factor = _mm256_set1_ps(scale.inverse);
    for (int i = 0; i < kWordSegment; i += 16) {
        __m256i words = _mm256_setzero_si256();
        if (scale.inverse != 0) {
            const __m256i a = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x + i), factor));
            const __m256i b = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x + i + 8), factor));
            // Packing works in 128-bit halves.
            words = _mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xD8);
        }
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(values + i), words);
    }
    return scale.scale;
}

void convertToWords(const float* x, std::int64_t columns, void* converted) {
    auto* scales = static_cast<float*>(converted);
    auto* values = reinterpret_cast<std::int16_t*>(scales + wordSegments(columns));
    std::int64_t first = 0;
    for (; first + kWordSegment <= columns; first += kWordSegment)
        *scales++ = convertToWords(x + first, values + first);
    if (first == columns) return;
    float last[kWordSegment] = {};
    std::memcpy(last, x + first, static_cast<std::size_t>(columns - first) * sizeof *last);
    *scales = convertToWords(last, values + first);
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

} // namespace ponder::kernels::avx2
