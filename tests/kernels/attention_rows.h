#pragma once

#include "kernels/attention.h"
#include "kernels/cpu/operations.h"
#include "tests/kernels/random_blocks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

namespace ponder::kernels {

/// A head, and random rows of a cache that it sees.
struct Attention {
    std::vector<float> query, keys, values, scratch, output;
    std::vector<std::byte> cachedKeys, cachedValues;
    AttentionHead head;

    Attention(CacheType type, std::int64_t length, std::int64_t positions, unsigned seed = 1) {
        std::mt19937 random(seed);
        query = randomFloats(length, random, 2);
        keys = randomFloats(length * positions, random);
        values = randomFloats(length * positions, random);
        output.resize(static_cast<std::size_t>(length));
        // Rows do not touch: whatever lies between them must not matter.
        const auto stride = static_cast<std::int64_t>(cacheRowBytes(type, length)) + 20;
        cachedKeys = cached(type, keys, length, stride);
        cachedValues = cached(type, values, length, stride);
        head = {.query = query.data(),
                .keyLength = length,
                .cacheType = type,
                .keys = cachedKeys.data(),
                .keyStride = stride,
                .values = cachedValues.data(),
                .valueStride = stride,
                .valueLength = length,
                .positions = positions,
                .scale = 1 / std::sqrt(static_cast<float>(length)),
                .output = output.data()};
        scratch.resize(static_cast<std::size_t>(attentionScratch(&head, 1)));
    }

    void attend(const Operations& with) { attendHeads(with, &head, 1, scratch.data()); }

    static std::vector<std::byte> cached(CacheType type, const std::vector<float>& numbers,
                                         std::int64_t length, std::int64_t stride) {
        const std::size_t rows = numbers.size() / static_cast<std::size_t>(length);
        std::vector<std::byte> bytes(rows * static_cast<std::size_t>(stride), std::byte{0x5A});
        for (std::size_t row = 0; row < rows; ++row) {
            storeCacheRow(type, numbers.data() + row * static_cast<std::size_t>(length),
                          bytes.data() + row * static_cast<std::size_t>(stride), length);
        }
        return bytes;
    }
};

/// A type of cache and an instruction set.
using AttentionCase = std::tuple<CacheType, InstructionSet>;
/// Whether many heads, or rows that are key and value, are multiplied as words of 16 bits there.
inline bool inWords(const AttentionCase& tested) {
    const auto& [type, set] = tested;
    return type != CacheType::F32 && (set == InstructionSet::Avx512 || set == InstructionSet::Amx);
}
/// Words round each number to 1/5792 of the largest of 64.
inline float toleranceOf(const AttentionCase& tested, float ofFloats) {
    return inWords(tested) ? 2e-3f : ofFloats;
}
inline std::string caseName(const testing::TestParamInfo<AttentionCase>& info) {
    constexpr const char* kNames[] = {"F32_", "F16_", "Q8_0_", "Words_"};
    return kNames[static_cast<int>(std::get<0>(info.param))] + setName(std::get<1>(info.param));
}

constexpr CacheType kCaches[] = {CacheType::F32, CacheType::F16, CacheType::Q8_0, CacheType::Words};

} // namespace ponder::kernels
