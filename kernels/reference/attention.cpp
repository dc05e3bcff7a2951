#include "kernels/attention.h"

#include "kernels/attention_room.h"
#include "kernels/half.h"
#include "kernels/reference/reference.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace ponder::kernels::reference {

namespace {

constexpr std::int64_t kBlock = 32;
constexpr std::int64_t kBlockBytes = 34;
constexpr std::uint16_t kHalfNan = 0x7E00;

/// Number `i` of the row `bytes` behind `rows`.
float cached(CacheType type, const void* rows, std::int64_t bytes, std::int64_t i) {
    const auto* row = static_cast<const std::byte*>(rows) + bytes;
    if (type == CacheType::F32) return reinterpret_cast<const float*>(row)[i];
    if (type == CacheType::F16) return halfToFloat(reinterpret_cast<const std::uint16_t*>(row)[i]);
    if (type == CacheType::Words) {
        const std::byte* block = row + i / kWordSegment * kWordBlockBytes;
        float scale;
        std::int16_t word;
        std::memcpy(&scale, block, sizeof scale);
        std::memcpy(&word, block + sizeof scale + 2 * (i % kWordSegment), sizeof word);
        return scale * static_cast<float>(word);
    }
    const std::byte* block = row + i / kBlock * kBlockBytes;
    std::uint16_t scale;
    std::memcpy(&scale, block, sizeof scale);
    return halfToFloat(scale) * static_cast<float>(static_cast<std::int8_t>(block[2 + i % kBlock]));
}

} // namespace

void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch) {
    const PlacedHeads placed = placeHeads(heads, count, scratch);
    for (std::int64_t i = 0; i < count; ++i) {
        const AttentionHead& head = heads[i];
        const PlacedHead& place = placed.heads[i];
        for (std::int64_t row = std::max(rows.begin, place.begin); row < std::min(rows.end, place.end);
             ++row) {
            const std::int64_t at = (row - place.begin) * head.keyStride;
            double sum = 0;
            for (std::int64_t k = 0; k < head.keyLength; ++k)
                sum += static_cast<double>(head.query[k]) * cached(head.cacheType, head.keys, at, k);
            place.scores[row] = static_cast<float>(sum) * head.scale;
        }
    }
}

void weighHeads(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* scratch) {
    const PlacedHeads placed = placeHeads(heads, count, scratch);
    for (std::int64_t i = which.begin; i < std::min(which.end, count); ++i) {
        const PlacedHead& place = placed.heads[i];
        SoftmaxState state = heads[i].state ? *heads[i].state : SoftmaxState{};
        const float before = state.largest;
        if (heads[i].sink) state.largest = std::max(state.largest, *heads[i].sink);
        for (std::int64_t row = place.begin; row < place.end; ++row)
            state.largest = std::max(state.largest, place.scores[row]);
        const double kept = static_cast<double>(state.total) * std::exp(before - state.largest);
        double total = kept;
        if (heads[i].sink) total += std::exp(*heads[i].sink - state.largest);
        for (std::int64_t row = place.begin; row < place.end; ++row) {
            place.scores[row] = std::exp(place.scores[row] - state.largest);
            total += place.scores[row];
        }
        state.total = static_cast<float>(total);
        if (heads[i].state) *heads[i].state = state;
        *place.kept = static_cast<float>(kept);
        *place.factor = static_cast<float>(1 / total);
    }
}

void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch) {
    const PlacedHeads placed = placeHeads(heads, count, scratch);
    for (std::int64_t i = 0; i < count; ++i) {
        const AttentionHead& head = heads[i];
        const PlacedHead& place = placed.heads[i];
        for (std::int64_t k = columns.begin; k < std::min(columns.end, head.valueLength); ++k) {
            // A fresh state's output may hold anything.
            double sum = *place.kept == 0 ? 0 : static_cast<double>(*place.kept) * head.output[k];
            for (std::int64_t row = place.begin; row < place.end; ++row) {
                const std::int64_t at = (row - place.begin) * head.valueStride;
                sum += static_cast<double>(place.scores[row]) * cached(head.cacheType, head.values, at, k);
            }
            head.output[k] = static_cast<float>(sum * *place.factor);
        }
    }
}

void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers) {
    std::vector<float> scratch;
    for (std::int64_t i = 0; i < count; ++i) {
        const SplitAnswer answer = splitAnswer(heads, i, answers);
        *answer.state = {};
        AttentionHead part = partOfSplit(heads[i], split);
        if (part.positions <= 0) continue;
        part.output = answer.output;
        part.state = answer.state;
        scratch.resize(static_cast<std::size_t>(attentionScratch(&part, 1)));
        reference::scoreHeads(&part, 1, {0, part.positions}, scratch.data());
        reference::weighHeads(&part, 1, {0, 1}, scratch.data());
        reference::mixHeads(&part, 1, {0, part.valueLength}, scratch.data());
    }
}

void attendMany(const AttentionHead* heads, std::int64_t count, float*) {
    std::vector<float> scratch;
    for (const AttentionHead* head = heads; head < heads + count; ++head) {
        scratch.resize(static_cast<std::size_t>(head->positions + kScoresBeyond));
        reference::scoreHeads(head, 1, {0, head->positions}, scratch.data());
        reference::weighHeads(head, 1, {0, 1}, scratch.data());
        reference::mixHeads(head, 1, {0, head->valueLength}, scratch.data());
    }
}

void joinSplit(const AttentionHead& head, SoftmaxState& before, const float* output,
               const SoftmaxState& state) {
    const JoinedSplits joined = joinStates(before, state);
    for (std::int64_t k = 0; k < head.valueLength; ++k)
        head.output[k] =
            joined.before == 0 ? output[k] : joined.before * head.output[k] + joined.now * output[k];
}

void convertToF16(const float* x, std::uint16_t* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] = floatToHalf(x[i]);
}

void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] = halfToFloat(x[i]);
}

void convertToQ8_0(const float* x, void* y, std::int64_t n) {
    auto* block = static_cast<std::uint8_t*>(y);
    for (std::int64_t first = 0; first < n; first += kBlock, block += kBlockBytes) {
        const std::int64_t count = std::min(kBlock, n - first);
        float largest = 0;
        bool broken = false;
        for (std::int64_t i = 0; i < count; ++i) {
            largest = std::max(largest, std::fabs(x[first + i]));
            broken = broken || !std::isfinite(x[first + i]);
        }
        const std::uint16_t scale = broken ? kHalfNan : floatToHalf(largest / 127);
        std::memcpy(block, &scale, sizeof scale);
        // Rounded by the scale as it is stored, whose own rounding then costs nothing.
        const float stored = halfToFloat(scale);
        const float inverse = broken || !std::isfinite(stored) || stored == 0 ? 0 : 1 / stored;
        for (std::int64_t i = 0; i < kBlock; ++i) {
            const float level = i < count && inverse != 0 ? std::nearbyint(x[first + i] * inverse) : 0;
            block[2 + i] =
                static_cast<std::uint8_t>(static_cast<std::int8_t>(std::clamp(level, -127.0f, 127.0f)));
        }
    }
}

} // namespace ponder::kernels::reference
