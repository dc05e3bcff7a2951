#pragma once

#include "kernels/cpu/attend.h"

// Attention to rows that are key and value at once: see sharesRows. All in this file has internal linkage:
// see inline.h.
namespace ponder::kernels {
namespace {

/// Heads that share rows, and one split of what they see: a few rows at a time are converted, scored and
/// mixed (online softmax) while they are near.
template <class Isa>
class Split {
public:
    Split(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers) {
        for (std::int64_t i = 0; i < count; ++i) {
            const SplitAnswer answer = splitAnswer(heads, i, answers);
            *answer.state = {};
            parts_[i] = partOfSplit(heads[i], split);
            parts_[i].output = answer.output;
            parts_[i].state = answer.state;
        }
        count_ = count;
    }

    template <CacheType type>
    PONDER_INLINE void run() {
        for (std::int64_t i = 0, next; i < count_; i = next) {
            next = i + 1;
            while (next < count_ && parts_[next].keys == parts_[i].keys) ++next;
            runTogether<type>(parts_ + i, next - i);
        }
    }

private:
    // So many converted rows stay in a second-level cache of 512 KB; fewer would visit the outputs more
    // often.
    static constexpr std::int64_t kRows = 128;

    // Heads that see the same rows, each up to its own.
    template <CacheType type>
    PONDER_INLINE void runTogether(const AttentionHead* parts, std::int64_t count) {
        const auto* cached = static_cast<const std::byte*>(parts->keys);
        const std::int64_t stride = parts->keyStride, length = parts->keyLength;
        for (std::int64_t first = 0;; first += kRows) {
            std::int64_t seeing = 0;
            for (std::int64_t i = 0; i < count; ++i) {
                const std::int64_t left = parts[i].positions - first;
                if (left <= 0) continue;
                AttentionHead& part = seeing_[seeing++];
                part = parts[i];
                part.cacheType = CacheType::F32;
                part.keys = part.values = rows_;
                part.keyStride = part.valueStride = length * static_cast<std::int64_t>(sizeof(float));
                part.positions = left < kRows ? left : kRows;
                if (first > 0) part.sink = nullptr;
            }
            if (seeing == 0) return;
            const PlacedHeads placed = placeHeads(seeing_, seeing, scores_);
            Scores<Isa>(placed).template runCopied<type>(cached + first * stride, stride, rows_);
            for (std::int64_t i = 0; i < seeing; ++i) normalise(placed.heads[i], placed.rows);
            Mixture<Isa>(placed).template run<CacheType::F32>(0, parts->valueLength);
        }
    }

    alignas(64) float rows_[kRows * kMostSharedNumbers]; // of the cache, as floats
    float scores_[kMostHeads * (kRows + kScoresBeyond)];
    AttentionHead parts_[kMostHeads];
    AttentionHead seeing_[kMostHeads];
    std::int64_t count_;
};

template <class Isa>
void splitTogether(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers) {
    Split<Isa> work(heads, count, split, answers);
    withCacheType(*heads, [&]<CacheType type>() { work.template run<type>(); });
}

} // namespace
} // namespace ponder::kernels
