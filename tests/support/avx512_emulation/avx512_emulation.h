#pragma once

#include "kernels/cpu/vector_avx2.h"
#include "kernels/half.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string_view>

/// The AVX-512 instructions that kernels/ uses, in plain C++, lane by lane after the operation sections of
/// Intel's intrinsics guide. Included before every file of kernels/ (see tests/kernels/CMakeLists.txt), it
/// puts its functions in the place of the compiler's, so that the same sources run on a processor without
/// AVX-512. An instruction that is missing here does not compile.
namespace ponder::emulation {

template <class Lane, class Vector>
using Lanes = std::array<Lane, sizeof(Vector) / sizeof(Lane)>;

template <class Lane, class Vector>
Lanes<Lane, Vector> lanes(Vector vector) {
    return std::bit_cast<Lanes<Lane, Vector>>(vector);
}

/// A vector whose lane i is value(i).
template <class Vector, class Lane, class Value>
Vector fill(Value value) {
    Lanes<Lane, Vector> result;
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = value(i);
    return std::bit_cast<Vector>(result);
}

// 32-bit arithmetic wraps around.
inline std::int32_t wrap(std::int64_t value) {
    return static_cast<std::int32_t>(value);
}

inline __m512 setzero_ps() {
    return fill<__m512, float>([](std::size_t) { return 0.0f; });
}
inline __m512i setzero_si512() {
    return fill<__m512i, std::int32_t>([](std::size_t) { return 0; });
}
inline __m512 set1_ps(float x) {
    return fill<__m512, float>([&](std::size_t) { return x; });
}
inline __m512i set1_epi32(int x) {
    return fill<__m512i, std::int32_t>([&](std::size_t) { return x; });
}

inline __m512 loadu_ps(const void* address) {
    __m512 result;
    std::memcpy(&result, address, sizeof result);
    return result;
}

inline void mask_storeu_ps(void* address, __mmask16 mask, __m512 x) {
    const auto ours = lanes<float>(x);
    for (std::size_t i = 0; i < 16; ++i) {
        if (mask >> i & 1)
            std::memcpy(static_cast<std::byte*>(address) + i * sizeof(float), &ours[i], sizeof(float));
    }
}

inline __m512 castsi512_ps(__m512i x) {
    return std::bit_cast<__m512>(x);
}
inline int reduce_max_epi32(__m512i x) {
    const auto ours = lanes<std::int32_t>(x);
    return *std::max_element(ours.begin(), ours.end());
}
/// In each quarter the first's four, then the second's, as near as 16 bits come.
inline __m512i packs_epi32(__m512i a, __m512i b) {
    return fill<__m512i, std::int16_t>([&](std::size_t i) {
        const std::int32_t x = lanes<std::int32_t>(i % 8 < 4 ? a : b)[i / 8 * 4 + i % 4];
        return static_cast<std::int16_t>(std::clamp(x, -32768, 32767));
    });
}
inline __m512i castps_si512(__m512 x) {
    return std::bit_cast<__m512i>(x);
}
inline __m256 castps512_ps256(__m512 x) {
    return fill<__m256, float>([&](std::size_t i) { return lanes<float>(x)[i]; });
}
inline __m256 extractf32x8_ps(__m512 x, int half) {
    return fill<__m256, float>(
        [&](std::size_t i) { return lanes<float>(x)[i + 8 * static_cast<std::size_t>(half)]; });
}

inline __m256i extracti64x4_epi64(__m512i x, int half) {
    return fill<__m256i, std::int64_t>(
        [&](std::size_t i) { return lanes<std::int64_t>(x)[i + 4 * static_cast<std::size_t>(half)]; });
}
inline __m256i castsi512_si256(__m512i x) {
    return extracti64x4_epi64(x, 0);
}

inline __m512i cvtepu16_epi32(__m256i x) {
    return fill<__m512i, std::int32_t>([&](std::size_t i) { return lanes<std::uint16_t>(x)[i]; });
}
inline __m512 cvtph_ps(__m256i x) {
    return fill<__m512, float>(
        [&](std::size_t i) { return kernels::halfToFloat(lanes<std::uint16_t>(x)[i]); });
}
/// To nearest even; what does not fit becomes the lowest number.
inline __m512i cvtps_epi32(__m512 x) {
    return fill<__m512i, std::int32_t>([&](std::size_t i) {
        const float rounded = std::nearbyint(lanes<float>(x)[i]);
        const bool fits = rounded >= -2147483648.0f && rounded < 2147483648.0f;
        return fits ? static_cast<std::int32_t>(rounded) : std::numeric_limits<std::int32_t>::min();
    });
}
inline __m512 cvtepi32_ps(__m512i x) {
    return fill<__m512, float>([&](std::size_t i) { return static_cast<float>(lanes<std::int32_t>(x)[i]); });
}

inline __m512 mul_ps(__m512 a, __m512 b) {
    return fill<__m512, float>([&](std::size_t i) { return lanes<float>(a)[i] * lanes<float>(b)[i]; });
}
inline __m512 div_ps(__m512 a, __m512 b) {
    return fill<__m512, float>([&](std::size_t i) { return lanes<float>(a)[i] / lanes<float>(b)[i]; });
}
inline __m512 sub_ps(__m512 a, __m512 b) {
    return fill<__m512, float>([&](std::size_t i) { return lanes<float>(a)[i] - lanes<float>(b)[i]; });
}
/// The second where one is no number.
inline __m512 max_ps(__m512 a, __m512 b) {
    return fill<__m512, float>([&](std::size_t i) {
        return lanes<float>(a)[i] > lanes<float>(b)[i] ? lanes<float>(a)[i] : lanes<float>(b)[i];
    });
}
inline __m512 fmadd_ps(__m512 a, __m512 b, __m512 c) {
    return fill<__m512, float>(
        [&](std::size_t i) { return std::fma(lanes<float>(a)[i], lanes<float>(b)[i], lanes<float>(c)[i]); });
}
inline __m512 fnmadd_ps(__m512 a, __m512 b, __m512 c) {
    return fill<__m512, float>(
        [&](std::size_t i) { return std::fma(-lanes<float>(a)[i], lanes<float>(b)[i], lanes<float>(c)[i]); });
}

inline __m512i add_epi32(__m512i a, __m512i b) {
    return fill<__m512i, std::int32_t>([&](std::size_t i) {
        return wrap(std::int64_t{lanes<std::int32_t>(a)[i]} + lanes<std::int32_t>(b)[i]);
    });
}
inline __m512i sub_epi32(__m512i a, __m512i b) {
    return fill<__m512i, std::int32_t>([&](std::size_t i) {
        return wrap(std::int64_t{lanes<std::int32_t>(a)[i]} - lanes<std::int32_t>(b)[i]);
    });
}
inline __m512i max_epi32(__m512i a, __m512i b) {
    return fill<__m512i, std::int32_t>(
        [&](std::size_t i) { return std::max(lanes<std::int32_t>(a)[i], lanes<std::int32_t>(b)[i]); });
}
inline __m512i max_epu16(__m512i a, __m512i b) {
    return fill<__m512i, std::uint16_t>(
        [&](std::size_t i) { return std::max(lanes<std::uint16_t>(a)[i], lanes<std::uint16_t>(b)[i]); });
}
inline __m512i mullo_epi32(__m512i a, __m512i b) {
    return fill<__m512i, std::int32_t>([&](std::size_t i) {
        return wrap(std::int64_t{lanes<std::int32_t>(a)[i]} * lanes<std::int32_t>(b)[i]);
    });
}
inline __m512i slli_epi32(__m512i x, unsigned count) {
    return fill<__m512i, std::uint32_t>(
        [&](std::size_t i) { return count > 31 ? 0u : lanes<std::uint32_t>(x)[i] << count; });
}
inline __m512i srai_epi32(__m512i x, unsigned count) {
    return fill<__m512i, std::int32_t>(
        [&](std::size_t i) { return lanes<std::int32_t>(x)[i] >> (count > 31 ? 31 : count); });
}

// The magnitude of -128 is 128, as an unsigned byte.
inline __m512i abs_epi8(__m512i x) {
    return fill<__m512i, std::uint8_t>(
        [&](std::size_t i) { return static_cast<std::uint8_t>(std::abs(int{lanes<std::int8_t>(x)[i]})); });
}
inline __mmask64 movepi8_mask(__m512i x) {
    __mmask64 mask = 0;
    for (std::size_t i = 0; i < 64; ++i) mask |= std::uint64_t{lanes<std::uint8_t>(x)[i]} >> 7 << i;
    return mask;
}
inline __m512i mask_sub_epi8(__m512i other, __mmask64 mask, __m512i a, __m512i b) {
    return fill<__m512i, std::uint8_t>([&](std::size_t i) {
        const int difference = lanes<std::uint8_t>(a)[i] - lanes<std::uint8_t>(b)[i];
        return mask >> i & 1 ? static_cast<std::uint8_t>(difference) : lanes<std::uint8_t>(other)[i];
    });
}

inline __m512i loadu_si512(const void* address) {
    __m512i result;
    std::memcpy(&result, address, sizeof result);
    return result;
}
inline __m512i set1_epi8(char x) {
    return fill<__m512i, std::uint8_t>([&](std::size_t) { return static_cast<std::uint8_t>(x); });
}
inline __m512i and_si512(__m512i a, __m512i b) {
    return fill<__m512i, std::uint64_t>(
        [&](std::size_t i) { return lanes<std::uint64_t>(a)[i] & lanes<std::uint64_t>(b)[i]; });
}
inline __m512i or_si512(__m512i a, __m512i b) {
    return fill<__m512i, std::uint64_t>(
        [&](std::size_t i) { return lanes<std::uint64_t>(a)[i] | lanes<std::uint64_t>(b)[i]; });
}
inline __m512i xor_si512(__m512i a, __m512i b) {
    return fill<__m512i, std::uint64_t>(
        [&](std::size_t i) { return lanes<std::uint64_t>(a)[i] ^ lanes<std::uint64_t>(b)[i]; });
}
inline __m512i sub_epi8(__m512i a, __m512i b) {
    return mask_sub_epi8(a, ~__mmask64{0}, a, b);
}
inline __m512i add_epi8(__m512i a, __m512i b) {
    return fill<__m512i, std::uint8_t>([&](std::size_t i) {
        return static_cast<std::uint8_t>(lanes<std::uint8_t>(a)[i] + lanes<std::uint8_t>(b)[i]);
    });
}
inline __m512i subs_epu8(__m512i a, __m512i b) {
    return fill<__m512i, std::uint8_t>([&](std::size_t i) {
        const std::uint8_t x = lanes<std::uint8_t>(a)[i], y = lanes<std::uint8_t>(b)[i];
        return static_cast<std::uint8_t>(x > y ? x - y : 0);
    });
}
inline __m512i min_epu8(__m512i a, __m512i b) {
    return fill<__m512i, std::uint8_t>(
        [&](std::size_t i) { return std::min(lanes<std::uint8_t>(a)[i], lanes<std::uint8_t>(b)[i]); });
}
inline __m512i srli_epi32(__m512i x, unsigned count) {
    return fill<__m512i, std::uint32_t>(
        [&](std::size_t i) { return count > 31 ? 0u : lanes<std::uint32_t>(x)[i] >> count; });
}
inline __m512i sllv_epi32(__m512i x, __m512i counts) {
    return fill<__m512i, std::uint32_t>([&](std::size_t i) {
        const std::uint32_t count = lanes<std::uint32_t>(counts)[i];
        return count > 31 ? 0u : lanes<std::uint32_t>(x)[i] << count;
    });
}
inline __m512i srai_epi16(__m512i x, unsigned count) {
    return fill<__m512i, std::int16_t>([&](std::size_t i) {
        return static_cast<std::int16_t>(lanes<std::int16_t>(x)[i] >> (count > 15 ? 15 : count));
    });
}
inline __m512i slli_epi16(__m512i x, unsigned count) {
    return fill<__m512i, std::uint16_t>([&](std::size_t i) {
        return static_cast<std::uint16_t>(count > 15 ? 0 : lanes<std::uint16_t>(x)[i] << count);
    });
}
inline __m512i srli_epi16(__m512i x, unsigned count) {
    return fill<__m512i, std::uint16_t>([&](std::size_t i) {
        return static_cast<std::uint16_t>(count > 15 ? 0 : lanes<std::uint16_t>(x)[i] >> count);
    });
}
inline __m512i mullo_epi16(__m512i a, __m512i b) {
    return fill<__m512i, std::uint16_t>([&](std::size_t i) {
        return static_cast<std::uint16_t>(lanes<std::int16_t>(a)[i] * lanes<std::int16_t>(b)[i]);
    });
}
inline __m512i mask_blend_epi8(__mmask64 mask, __m512i a, __m512i b) {
    return fill<__m512i, std::uint8_t>(
        [&](std::size_t i) { return lanes<std::uint8_t>(mask >> i & 1 ? b : a)[i]; });
}
inline __m512i mask_blend_epi16(__mmask32 mask, __m512i a, __m512i b) {
    return fill<__m512i, std::uint16_t>(
        [&](std::size_t i) { return lanes<std::uint16_t>(mask >> i & 1 ? b : a)[i]; });
}
inline __m512i set_epi64(std::int64_t h, std::int64_t g, std::int64_t f, std::int64_t e, std::int64_t d,
                         std::int64_t c, std::int64_t b, std::int64_t a) {
    const std::int64_t upwards[] = {a, b, c, d, e, f, g, h};
    return fill<__m512i, std::int64_t>([&](std::size_t i) { return upwards[i]; });
}
inline __m512i permutexvar_epi64(__m512i which, __m512i a) {
    return fill<__m512i, std::uint64_t>(
        [&](std::size_t i) { return lanes<std::uint64_t>(a)[lanes<std::uint64_t>(which)[i] & 7]; });
}
inline __m512i permutex2var_epi16(__m512i a, __m512i which, __m512i b) {
    return fill<__m512i, std::uint16_t>([&](std::size_t i) {
        const std::uint16_t from = lanes<std::uint16_t>(which)[i];
        return lanes<std::uint16_t>(from & 32 ? b : a)[from & 31];
    });
}
/// Within each quarter of eight words.
inline __m512i unpacklo_epi16(__m512i a, __m512i b) {
    return fill<__m512i, std::uint16_t>(
        [&](std::size_t i) { return lanes<std::uint16_t>(i % 2 == 0 ? a : b)[i / 8 * 8 + i % 8 / 2]; });
}
inline __m512i unpackhi_epi16(__m512i a, __m512i b) {
    return fill<__m512i, std::uint16_t>(
        [&](std::size_t i) { return lanes<std::uint16_t>(i % 2 == 0 ? a : b)[i / 8 * 8 + 4 + i % 8 / 2]; });
}
inline __m512i broadcast_i32x4(__m128i x) {
    return fill<__m512i, std::uint64_t>([&](std::size_t i) { return lanes<std::uint64_t>(x)[i % 2]; });
}
/// Within each quarter of 16 bytes; a pattern's top bit gives zero.
inline __m512i shuffle_epi8(__m512i x, __m512i pattern) {
    return fill<__m512i, std::uint8_t>([&](std::size_t i) {
        const std::uint8_t from = lanes<std::uint8_t>(pattern)[i];
        return from & 128 ? std::uint8_t{0} : lanes<std::uint8_t>(x)[i / 16 * 16 + (from & 15)];
    });
}
inline __mmask64 test_epi8_mask(__m512i a, __m512i b) {
    __mmask64 mask = 0;
    for (std::size_t i = 0; i < 64; ++i)
        mask |= std::uint64_t{(lanes<std::uint8_t>(a)[i] & lanes<std::uint8_t>(b)[i]) != 0} << i;
    return mask;
}
inline __m512i maskz_mov_epi8(__mmask64 mask, __m512i x) {
    return fill<__m512i, std::uint8_t>(
        [&](std::size_t i) { return mask >> i & 1 ? lanes<std::uint8_t>(x)[i] : std::uint8_t{0}; });
}
inline __m512i maskz_mov_epi32(__mmask16 mask, __m512i x) {
    return fill<__m512i, std::int32_t>(
        [&](std::size_t i) { return mask >> i & 1 ? lanes<std::int32_t>(x)[i] : 0; });
}
inline __mmask16 cmpgt_epi32_mask(__m512i a, __m512i b) {
    unsigned mask = 0;
    for (std::size_t i = 0; i < 16; ++i)
        mask |= unsigned{lanes<std::int32_t>(a)[i] > lanes<std::int32_t>(b)[i]} << i;
    return static_cast<__mmask16>(mask);
}
inline __m512i mask_blend_epi32(__mmask16 mask, __m512i a, __m512i b) {
    return fill<__m512i, std::int32_t>(
        [&](std::size_t i) { return lanes<std::int32_t>(mask >> i & 1 ? b : a)[i]; });
}
inline __m256i cvtepi32_epi16(__m512i x) {
    return fill<__m256i, std::uint16_t>(
        [&](std::size_t i) { return static_cast<std::uint16_t>(lanes<std::uint32_t>(x)[i]); });
}
inline __m512i cvtepu8_epi32(__m128i x) {
    return fill<__m512i, std::uint32_t>([&](std::size_t i) { return lanes<std::uint8_t>(x)[i]; });
}

inline __m512 add_ps(__m512 a, __m512 b) {
    return fill<__m512, float>([&](std::size_t i) { return lanes<float>(a)[i] + lanes<float>(b)[i]; });
}
inline void storeu_ps(void* address, __m512 x) {
    std::memcpy(address, &x, sizeof x);
}
inline void storeu_si512(void* address, __m512i x) {
    std::memcpy(address, &x, sizeof x);
}
inline __m512i cvtepi16_epi32(__m256i x) {
    return fill<__m512i, std::int32_t>([&](std::size_t i) { return lanes<std::int16_t>(x)[i]; });
}
inline __m512i cvtepi8_epi32(__m128i x) {
    return fill<__m512i, std::int32_t>([&](std::size_t i) { return lanes<std::int8_t>(x)[i]; });
}
/// Within each quarter of four floats.
inline __m512 unpacklo_ps(__m512 a, __m512 b) {
    return fill<__m512, float>(
        [&](std::size_t i) { return lanes<float>(i % 2 == 0 ? a : b)[i / 4 * 4 + i % 4 / 2]; });
}
inline __m512 unpackhi_ps(__m512 a, __m512 b) {
    return fill<__m512, float>(
        [&](std::size_t i) { return lanes<float>(i % 2 == 0 ? a : b)[i / 4 * 4 + 2 + i % 4 / 2]; });
}
inline __m512 shuffle_ps(__m512 a, __m512 b, unsigned choice) {
    return fill<__m512, float>([&](std::size_t i) {
        return lanes<float>(i % 4 < 2 ? a : b)[i / 4 * 4 + (choice >> (2 * (i % 4)) & 3)];
    });
}
/// Quarters of four floats.
inline __m512 shuffle_f32x4(__m512 a, __m512 b, unsigned choice) {
    return fill<__m512, float>([&](std::size_t i) {
        return lanes<float>(i < 8 ? a : b)[(choice >> (2 * (i / 4)) & 3) * 4 + i % 4];
    });
}

/// Adds four products of unsigned and signed bytes to each 32-bit lane, without saturation.
template <class Vector>
Vector dpbusd_epi32(Vector sums, Vector unsignedBytes, Vector signedBytes) {
    const auto a = lanes<std::uint8_t>(unsignedBytes);
    const auto b = lanes<std::int8_t>(signedBytes);
    return fill<Vector, std::int32_t>([&](std::size_t i) {
        std::int64_t sum = lanes<std::int32_t>(sums)[i];
        for (std::size_t j = 4 * i; j < 4 * i + 4; ++j) sum += a[j] * b[j];
        return wrap(sum);
    });
}

/// Adds two products of signed 16-bit numbers to each 32-bit lane, without saturation.
template <class Vector>
Vector dpwssd_epi32(Vector sums, Vector first, Vector second) {
    const auto a = lanes<std::int16_t>(first), b = lanes<std::int16_t>(second);
    return fill<Vector, std::int32_t>([&](std::size_t i) {
        const std::int64_t sum = lanes<std::int32_t>(sums)[i];
        return wrap(sum + a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1]);
    });
}

inline bool isEmulated(std::string_view feature) {
    return feature.starts_with("avx512");
}

} // namespace ponder::emulation

// The processor has what it has, and AVX-512.
#define __builtin_cpu_supports(feature)                                                                      \
    (ponder::emulation::isEmulated(feature) || __builtin_cpu_supports(feature))

// Some are macros of the compiler's too, some of these where it does not optimise.
#undef _mm256_dpbusd_epi32
#undef _mm256_dpwssd_epi32
#undef _mm512_extractf32x8_ps
#undef _mm512_shuffle_f32x4
#undef _mm512_shuffle_ps
#undef _mm512_slli_epi16
#undef _mm512_slli_epi32
#undef _mm512_srai_epi16
#undef _mm512_srai_epi32
#undef _mm512_srli_epi16
#undef _mm512_srli_epi32
#undef _mm512_cmpgt_epi32_mask
#define _mm256_dpbusd_epi32 ponder::emulation::dpbusd_epi32<__m256i>
#define _mm256_dpwssd_epi32 ponder::emulation::dpwssd_epi32<__m256i>
#define _mm512_abs_epi8 ponder::emulation::abs_epi8
#define _mm512_add_epi32 ponder::emulation::add_epi32
#define _mm512_add_epi8 ponder::emulation::add_epi8
#define _mm512_add_ps ponder::emulation::add_ps
#define _mm512_and_si512 ponder::emulation::and_si512
#define _mm512_broadcast_i32x4 ponder::emulation::broadcast_i32x4
#define _mm512_castps512_ps256 ponder::emulation::castps512_ps256
#define _mm512_castps_si512 ponder::emulation::castps_si512
#define _mm512_castsi512_ps ponder::emulation::castsi512_ps
#define _mm512_castsi512_si256 ponder::emulation::castsi512_si256
#define _mm512_cmpgt_epi32_mask ponder::emulation::cmpgt_epi32_mask
#define _mm512_cvtepi16_epi32 ponder::emulation::cvtepi16_epi32
#define _mm512_cvtepi32_epi16 ponder::emulation::cvtepi32_epi16
#define _mm512_cvtepi32_ps ponder::emulation::cvtepi32_ps
#define _mm512_cvtepi8_epi32 ponder::emulation::cvtepi8_epi32
#define _mm512_cvtepu16_epi32 ponder::emulation::cvtepu16_epi32
#define _mm512_cvtepu8_epi32 ponder::emulation::cvtepu8_epi32
#define _mm512_cvtph_ps ponder::emulation::cvtph_ps
#define _mm512_cvtps_epi32 ponder::emulation::cvtps_epi32
#define _mm512_div_ps ponder::emulation::div_ps
#define _mm512_dpbusd_epi32 ponder::emulation::dpbusd_epi32<__m512i>
#define _mm512_dpwssd_epi32 ponder::emulation::dpwssd_epi32<__m512i>
#define _mm512_extractf32x8_ps ponder::emulation::extractf32x8_ps
#undef _mm512_extracti64x4_epi64
#define _mm512_extracti64x4_epi64 ponder::emulation::extracti64x4_epi64
#define _mm512_fmadd_ps ponder::emulation::fmadd_ps
#define _mm512_fnmadd_ps ponder::emulation::fnmadd_ps
#define _mm512_loadu_ps ponder::emulation::loadu_ps
#define _mm512_loadu_si512 ponder::emulation::loadu_si512
#undef _mm512_mask_blend_epi16
#define _mm512_mask_blend_epi16 ponder::emulation::mask_blend_epi16
#define _mm512_mask_blend_epi32 ponder::emulation::mask_blend_epi32
#undef _mm512_mask_blend_epi8 // without optimisation the compiler's own is a macro
#define _mm512_mask_blend_epi8 ponder::emulation::mask_blend_epi8
#define _mm512_mask_storeu_ps ponder::emulation::mask_storeu_ps
#define _mm512_mask_sub_epi8 ponder::emulation::mask_sub_epi8
#define _mm512_maskz_mov_epi32 ponder::emulation::maskz_mov_epi32
#define _mm512_maskz_mov_epi8 ponder::emulation::maskz_mov_epi8
#define _mm512_max_epi32 ponder::emulation::max_epi32
#define _mm512_max_epu16 ponder::emulation::max_epu16
#define _mm512_max_ps ponder::emulation::max_ps
#define _mm512_min_epu8 ponder::emulation::min_epu8
#define _mm512_movepi8_mask ponder::emulation::movepi8_mask
#define _mm512_mul_ps ponder::emulation::mul_ps
#define _mm512_mullo_epi16 ponder::emulation::mullo_epi16
#define _mm512_mullo_epi32 ponder::emulation::mullo_epi32
#define _mm512_or_si512 ponder::emulation::or_si512
#define _mm512_packs_epi32 ponder::emulation::packs_epi32
#define _mm512_permutex2var_epi16 ponder::emulation::permutex2var_epi16
#define _mm512_permutexvar_epi64 ponder::emulation::permutexvar_epi64
#define _mm512_reduce_max_epi32 ponder::emulation::reduce_max_epi32
#define _mm512_set_epi64 ponder::emulation::set_epi64
#define _mm512_set1_epi32 ponder::emulation::set1_epi32
#define _mm512_set1_epi8 ponder::emulation::set1_epi8
#define _mm512_set1_ps ponder::emulation::set1_ps
#define _mm512_setzero_ps ponder::emulation::setzero_ps
#define _mm512_setzero_si512 ponder::emulation::setzero_si512
#define _mm512_shuffle_epi8 ponder::emulation::shuffle_epi8
#define _mm512_shuffle_f32x4 ponder::emulation::shuffle_f32x4
#define _mm512_shuffle_ps ponder::emulation::shuffle_ps
#define _mm512_slli_epi16 ponder::emulation::slli_epi16
#define _mm512_slli_epi32 ponder::emulation::slli_epi32
#define _mm512_sllv_epi32 ponder::emulation::sllv_epi32
#define _mm512_srai_epi16 ponder::emulation::srai_epi16
#define _mm512_srai_epi32 ponder::emulation::srai_epi32
#define _mm512_srli_epi16 ponder::emulation::srli_epi16
#define _mm512_srli_epi32 ponder::emulation::srli_epi32
#define _mm512_storeu_ps ponder::emulation::storeu_ps
#define _mm512_storeu_si512 ponder::emulation::storeu_si512
#define _mm512_sub_epi32 ponder::emulation::sub_epi32
#define _mm512_sub_epi8 ponder::emulation::sub_epi8
#define _mm512_sub_ps ponder::emulation::sub_ps
#define _mm512_subs_epu8 ponder::emulation::subs_epu8
#define _mm512_test_epi8_mask ponder::emulation::test_epi8_mask
#define _mm512_unpackhi_epi16 ponder::emulation::unpackhi_epi16
#define _mm512_unpackhi_ps ponder::emulation::unpackhi_ps
#define _mm512_unpacklo_epi16 ponder::emulation::unpacklo_epi16
#define _mm512_unpacklo_ps ponder::emulation::unpacklo_ps
#define _mm512_xor_si512 ponder::emulation::xor_si512
