#pragma once

#include "kernels/attention.h"
#include "kernels/inline.h"
#include "kernels/words.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace ponder::kernels {

/// Scores are computed eight positions at a time: so many may lie beyond the last. Behind them lie two
/// numbers of the softmax.
constexpr std::int64_t kScoresBeyond = 16;

/// A head's place among rows that it shares with others, and its part of the scratch.
struct PlacedHead {
    const AttentionHead* head;
    std::int64_t begin; ///< of the shared rows, the first that it sees
    std::int64_t end;
    float* scores; ///< [shared rows + kScoresBeyond], weights once they are normalised
    float* factor; ///< one over the softmax's total
    float* kept;   ///< the earlier positions' part of the total
};

/// Heads that look at rows of one cache.
struct PlacedHeads {
    PlacedHead heads[kMostHeads];
    std::int64_t count;
    std::int64_t rows; ///< from the first that one of them sees to the last
    const std::byte* keys;
    const std::byte* values;
};

/// Of a row whose numbers are kept for all heads, converted: see sharesRows.
constexpr std::int64_t kMostSharedNumbers = 1024;

/// What a head's positions of one split come to.
struct SplitAnswer {
    float* output;       ///< [valueLength]
    SoftmaxState* state; ///< of these positions alone; a total of 0: it sees none of them
};

/// A head's part of a split's answers.
PONDER_INLINE std::int64_t splitAnswerNumbers(const AttentionHead& head) {
    constexpr std::int64_t kLine = 16; // the state, and the next output on a line of its own
    return (head.valueLength + kLine - 1) / kLine * kLine + kLine;
}
PONDER_INLINE SplitAnswer splitAnswer(const AttentionHead* heads, std::int64_t i, float* answers) {
    const std::int64_t numbers = splitAnswerNumbers(*heads);
    float* output = answers + i * numbers;
    return {output, reinterpret_cast<SoftmaxState*>(output + numbers) - 1};
}

/// The head as it sees one split; what it sees may be nothing. The sink belongs to the first.
PONDER_INLINE AttentionHead partOfSplit(const AttentionHead& head, std::int64_t split) {
    const std::int64_t begin = split * kSplitPositions;
    const std::int64_t left = head.positions - begin;
    AttentionHead part = head;
    part.keys = static_cast<const std::byte*>(head.keys) + begin * head.keyStride;
    part.values = part.keys;
    part.positions = left < kSplitPositions ? left : kSplitPositions;
    if (split > 0) part.sink = nullptr;
    return part;
}

/// The shares that two answers have in one, and its state in `before`.
struct JoinedSplits {
    float before;
    float now;
};
PONDER_INLINE JoinedSplits joinStates(SoftmaxState& before, const SoftmaxState& now) {
    const float largest = now.largest > before.largest ? now.largest : before.largest;
    const float kept = before.total == 0 ? 0 : before.total * std::exp(before.largest - largest);
    const float added = now.total * std::exp(now.largest - largest);
    before = {.largest = largest, .total = kept + added};
    return {kept / before.total, added / before.total};
}

/// Requires: 1 to kMostHeads heads.
PONDER_INLINE PlacedHeads placeHeads(const AttentionHead* heads, std::int64_t count, float* scratch) {
    const auto bytes = [](const void* address) { return static_cast<const std::byte*>(address); };
    std::int64_t first = 0;
    for (std::int64_t i = 1; i < count; ++i)
        if (bytes(heads[i].keys) < bytes(heads[first].keys)) first = i;
    PlacedHeads placed{.heads = {},
                       .count = count,
                       .rows = 0,
                       .keys = bytes(heads[first].keys),
                       .values = bytes(heads[first].values)};
    for (std::int64_t i = 0; i < count; ++i) {
        PlacedHead& each = placed.heads[i];
        each.head = heads + i;
        each.begin = (bytes(heads[i].keys) - placed.keys) / heads[i].keyStride;
        each.end = each.begin + heads[i].positions;
        placed.rows = each.end > placed.rows ? each.end : placed.rows;
    }
    for (std::int64_t i = 0; scratch && i < count; ++i) {
        PlacedHead& each = placed.heads[i];
        each.scores = scratch + i * (placed.rows + kScoresBeyond);
        each.factor = each.scores + placed.rows + kScoresBeyond - 2;
        each.kept = each.factor + 1;
    }
    return placed;
}

/// A state with a head's sink in it, if it has one.
PONDER_INLINE SoftmaxState withSink(SoftmaxState state, const float* sink) {
    if (!sink) return state;
    const float largest = *sink > state.largest ? *sink : state.largest;
    const float kept = state.total == 0 ? 0 : state.total * std::exp(state.largest - largest);
    return {.largest = largest, .total = kept + std::exp(*sink - largest)};
}

/// Positions that attendMany takes at a time: their turned keys and their values stay in a second-level
/// cache.
constexpr std::int64_t kManyPositions = 64;

/// attendMany's heads and its part of the scratch.
struct ManyRoom {
    std::int64_t count;
    std::int64_t rows; ///< from the first that a head sees to the last
    const std::byte* firstKeys;
    const std::byte* firstValues;
    std::int64_t outputNumbers; ///< of a head: its value's length in whole vectors
    SoftmaxState* states;       ///< [head]
    float* keys;                ///< [number of a key][kManyPositions]
    float* values;              ///< [kManyPositions][outputNumbers]
    float* outputs;             ///< [head][outputNumbers], not yet divided by the total

    PONDER_INLINE std::int64_t begin(const AttentionHead& head) const {
        return (static_cast<const std::byte*>(head.keys) - firstKeys) / head.keyStride;
    }
    PONDER_INLINE float* output(std::int64_t head) const { return outputs + head * outputNumbers; }
};

/// Lanes of the widest vector, and a cache line.
constexpr std::int64_t kMostLanes = 16;

constexpr std::int64_t wholeVectors(std::int64_t numbers) {
    return (numbers + kMostLanes - 1) / kMostLanes * kMostLanes;
}
PONDER_INLINE std::int64_t manyOutputNumbers(const AttentionHead& head) {
    return wholeVectors(head.valueLength);
}
PONDER_INLINE std::int64_t manyNumbers(const AttentionHead* heads, std::int64_t count) {
    const std::int64_t output = manyOutputNumbers(*heads);
    return kManyPositions * (heads->keyLength + output) + count * (output + 2) + kMostLanes - 1;
}

/// Requires: at least one head.
PONDER_INLINE ManyRoom placeMany(const AttentionHead* heads, std::int64_t count, float* scratch) {
    const auto bytes = [](const void* address) { return static_cast<const std::byte*>(address); };
    // Wide loads that cross cache lines take twice as long.
    const auto beyond =
        static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(scratch) / sizeof(float)) % kMostLanes;
    if (beyond > 0) scratch += kMostLanes - beyond;
    ManyRoom room{.count = count,
                  .rows = 0,
                  .firstKeys = bytes(heads->keys),
                  .firstValues = bytes(heads->values),
                  .outputNumbers = manyOutputNumbers(*heads),
                  .states = nullptr,
                  .keys = scratch,
                  .values = nullptr,
                  .outputs = nullptr};
    room.values = room.keys + kManyPositions * heads->keyLength;
    room.outputs = room.values + kManyPositions * room.outputNumbers;
    room.states = reinterpret_cast<SoftmaxState*>(room.outputs + count * room.outputNumbers);
    for (std::int64_t i = 1; i < count; ++i) {
        if (bytes(heads[i].keys) >= room.firstKeys) continue;
        room.firstKeys = bytes(heads[i].keys);
        room.firstValues = bytes(heads[i].values);
    }
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t end = room.begin(heads[i]) + heads[i].positions;
        room.rows = end > room.rows ? end : room.rows;
    }
    return room;
}

/// The room of heads whose products are of 16-bit numbers. A lane is a head, kMostLanes of them beside one
/// another.
struct WordRoom {
    std::int64_t count;
    std::int64_t lanes; ///< count, in whole vectors
    std::int64_t rows;  ///< from the first that a head sees to the last
    const std::byte* firstKeys;
    const std::byte* firstValues;
    bool sharesRows;            ///< keys and values are the same
    std::int64_t keySegments;   ///< of a key
    std::int64_t valueSegments; ///< of a value
    std::int64_t outputNumbers; ///< of a head: its value's length in whole vectors
    float* outputs;             ///< [vector of heads][outputNumbers][lane], not yet divided by the total
    std::int32_t* queries;      ///< [vector of heads][segment][two numbers][lane]
    float* queryScales;         ///< [vector of heads][segment][lane]
    float* largest;             ///< [lane]
    float* totals;              ///< [lane]
    std::int32_t* begins;       ///< [lane], the first row that a head sees
    std::int32_t* ends;         ///< [lane], the one behind the last; a lane without a head sees none
    std::int32_t* keys;         ///< [segment][position][two numbers]
    float* keyScales;           ///< [segment][position]
    std::int32_t* values;       ///< [segment][two positions][number]
    float* valueScales;         ///< [segment][position]

    PONDER_INLINE std::int64_t begin(const AttentionHead& head) const {
        return (static_cast<const std::byte*>(head.keys) - firstKeys) / head.keyStride;
    }
    PONDER_INLINE float* output(std::int64_t lane) const { return outputs + lane * outputNumbers; }
    /// From one vector of heads to the next.
    PONDER_INLINE std::int64_t queryStride() const { return keySegments * kWordSegment / 2 * kMostLanes; }
    PONDER_INLINE std::int32_t* query(std::int64_t lane, std::int64_t segment) const {
        return queries + lane / kMostLanes * queryStride() + segment * kWordSegment / 2 * kMostLanes;
    }
    PONDER_INLINE float* queryScale(std::int64_t lane, std::int64_t segment) const {
        return queryScales + lane * keySegments + segment * kMostLanes;
    }
};

constexpr std::int64_t wordNumbers(std::int64_t keyLength, std::int64_t valueLength, std::int64_t count) {
    const std::int64_t keys = wordSegments(keyLength), values = wordSegments(valueLength);
    return wholeVectors(count) * (wholeVectors(valueLength) + keys * (kWordSegment / 2 + 1) + 4) +
           (keys + values) * kManyPositions * (kWordSegment / 2 + 1) + kMostLanes - 1;
}

/// Requires: at least one head.
PONDER_INLINE WordRoom placeWords(const AttentionHead* heads, std::int64_t count, float* scratch) {
    const ManyRoom many = placeMany(heads, count, scratch);
    float* at = many.keys; // on a cache line
    const auto take = [&](std::int64_t numbers) {
        float* const taken = at;
        at += numbers;
        return taken;
    };
    const auto takeWhole = [&](std::int64_t numbers) {
        return reinterpret_cast<std::int32_t*>(take(numbers));
    };
    const bool sharesRows = many.firstKeys == many.firstValues && heads->keyStride == heads->valueStride &&
                            heads->keyLength >= heads->valueLength;
    const std::int64_t lanes = wholeVectors(count);
    const std::int64_t keys = wordSegments(heads->keyLength), values = wordSegments(heads->valueLength);
    WordRoom room{.count = count,
                  .lanes = lanes,
                  .rows = many.rows,
                  .firstKeys = many.firstKeys,
                  .firstValues = many.firstValues,
                  .sharesRows = sharesRows,
                  .keySegments = keys,
                  .valueSegments = values,
                  .outputNumbers = many.outputNumbers,
                  .outputs = take(lanes * many.outputNumbers),
                  .queries = takeWhole(lanes * keys * kWordSegment / 2),
                  .queryScales = take(lanes * keys),
                  .largest = take(lanes),
                  .totals = take(lanes),
                  .begins = takeWhole(lanes),
                  .ends = takeWhole(lanes),
                  .keys = takeWhole(keys * kManyPositions * kWordSegment / 2),
                  .keyScales = take(keys * kManyPositions),
                  .values = takeWhole(values * kManyPositions * kWordSegment / 2),
                  .valueScales = nullptr};
    room.valueScales = sharesRows ? room.keyScales : take(values * kManyPositions);
    return room;
}

} // namespace ponder::kernels
