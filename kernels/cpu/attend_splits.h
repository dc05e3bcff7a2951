#pragma once

#include "kernels/cpu/attend_words.h"

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
            if constexpr (inWords<type>)
                runInWords<type>(parts_ + i, next - i);
            else
                runTogether<type>(parts_ + i, next - i);
        }
    }

private:
    // So many converted rows stay in a second-level cache of 512 KB; fewer would visit the outputs more
    // often.
    static constexpr std::int64_t kRows = 128;

    template <CacheType type>
    static constexpr bool inWords = !std::is_void_v<typename Isa::Words> && type != CacheType::F32;

    template <CacheType type>
    PONDER_INLINE void runInWords(const AttentionHead* parts, std::int64_t count) {
        std::int64_t seeing = 0;
        for (std::int64_t i = 0; i < count; ++i)
            if (parts[i].positions > 0) seeing_[seeing++] = parts[i];
        if (seeing > 0) WordHeads<Isa>(seeing_, seeing, numbers_).template run<type>();
    }

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
                part.keys = part.values = numbers_;
                part.keyStride = part.valueStride = length * static_cast<std::int64_t>(sizeof(float));
                part.positions = left < kRows ? left : kRows;
                if (first > 0) part.sink = nullptr;
            }
            if (seeing == 0) return;
            const PlacedHeads placed = placeHeads(seeing_, seeing, numbers_ + kRows * kMostSharedNumbers);
            Scores<Isa>(placed).template runCopied<type>(cached + first * stride, stride, numbers_);
            for (std::int64_t i = 0; i < seeing; ++i) normalise(placed.heads[i], placed.rows);
            Mixture<Isa>(placed).template run<CacheType::F32>(0, parts->valueLength);
        }
    }

    static constexpr std::int64_t kNumbers =
        kRows * kMostSharedNumbers + kMostHeads * (kRows + kScoresBeyond);
    static constexpr std::int64_t kNumbersOfWords =
        wordNumbers(kMostSharedNumbers, kMostSharedNumbers, kMostHeads);

    // Rows of the cache as floats and scores behind them, or the room of WordHeads.
    alignas(64) float numbers_[kNumbers > kNumbersOfWords ? kNumbers : kNumbersOfWords];
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
