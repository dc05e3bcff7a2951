#pragma once

#include "kernels/cpu/attend_words.h"
#include "kernels/cpu/outer_product.h"

// Attention of a prompt's heads: see attendMany. All in this file has internal linkage: see inline.h.
namespace ponder::kernels {
namespace {

/// Heads of many tokens that look at rows of one cache, a block of positions at a time. A block's keys are
/// turned, so that lanes are positions and no score needs a sum across lanes; both products then run like
/// those of two matrices.
template <class Isa>
class ManyHeads {
public:
    ManyHeads(const AttentionHead* heads, std::int64_t count, float* scratch)
        : heads_(heads), room_(placeMany(heads, count, scratch)), keyLength_(heads->keyLength) {}

    template <CacheType type>
    PONDER_INLINE void run() {
        for (std::int64_t i = 0; i < room_.count; ++i) start(i);
        for (std::int64_t first = 0; first < room_.rows; first += kManyPositions) {
            const std::int64_t left = room_.rows - first;
            const std::int64_t positions = left < kManyPositions ? left : kManyPositions;
            turnKeys<type>(first, positions);
            convertValues<type>(first, positions);
            Seeing seeing[Isa::outerRows];
            int some = 0;
            for (std::int64_t i = 0; i < room_.count; ++i) {
                const std::int64_t begin = room_.begin(heads_[i]) - first;
                const std::int64_t end = begin + heads_[i].positions;
                if (end <= 0 || begin >= positions) continue;
                seeing[some++] = {i, begin > 0 ? begin : 0, end < positions ? end : positions};
                if (some < Isa::outerRows) continue;
                attend<Isa::outerRows>(seeing);
                some = 0;
            }
            attendFew<Isa::outerRows - 1>(seeing, some);
        }
        for (std::int64_t i = 0; i < room_.count; ++i) finish(i);
    }

private:
    using Floats = typename Isa::Floats;
    static constexpr int kVectors = 4;

    /// A head, and what it sees of a block.
    struct Seeing {
        std::int64_t head;
        std::int64_t begin;
        std::int64_t end;
    };

    PONDER_INLINE void start(std::int64_t i) {
        const AttentionHead& head = heads_[i];
        const SoftmaxState before = head.state ? *head.state : SoftmaxState{};
        room_.states[i] = withSink(before, head.sink);
        const float kept =
            before.total == 0 ? 0 : before.total * std::exp(before.largest - room_.states[i].largest);
        float* output = room_.output(i);
        // What lies in an output that nothing was written to yet may be anything.
        for (std::int64_t k = 0; k < room_.outputNumbers; ++k)
            output[k] = kept != 0 && k < head.valueLength ? kept * head.output[k] : 0;
    }

    PONDER_INLINE void finish(std::int64_t i) {
        const AttentionHead& head = heads_[i];
        const float factor = 1 / room_.states[i].total;
        const float* output = room_.output(i);
        for (std::int64_t k = 0; k < head.valueLength; ++k) head.output[k] = factor * output[k];
        if (head.state) *head.state = room_.states[i];
    }

    // room_.keys: [number of the key][position]; anything where there is no position.
    template <CacheType type>
    PONDER_INLINE void turnKeys(std::int64_t first, std::int64_t positions) {
        const std::int64_t stride = heads_->keyStride;
        for (std::int64_t p = 0; p < positions; p += Isa::lanes) {
            const std::byte* rows[Isa::lanes];
            for (int j = 0; j < Isa::lanes; ++j)
                rows[j] = room_.firstKeys + (first + (p + j < positions ? p + j : positions - 1)) * stride;
            for (std::int64_t k = 0; k < keyLength_; k += Isa::lanes) {
                const std::int64_t left = keyLength_ - k;
                const int numbers = left < Isa::lanes ? static_cast<int>(left) : Isa::lanes;
                Floats vectors[Isa::lanes];
#pragma GCC unroll 16
                for (int j = 0; j < Isa::lanes; ++j) {
                    vectors[j] = numbers == Isa::lanes ? loadCached<Isa, type>(rows[j], k)
                                                       : loadLastCached<Isa, type>(rows[j], k, left);
                }
                Isa::transpose(vectors);
#pragma GCC unroll 16
                for (int j = 0; j < Isa::lanes; ++j)
                    if (j < numbers) Isa::store(room_.keys + (k + j) * kManyPositions + p, vectors[j]);
            }
        }
    }

    // room_.values: [position][outputNumbers], zero beyond a value's length.
    template <CacheType type>
    PONDER_INLINE void convertValues(std::int64_t first, std::int64_t positions) {
        const std::int64_t length = heads_->valueLength, whole = length / Isa::lanes * Isa::lanes;
        for (std::int64_t p = 0; p < positions; ++p) {
            const std::byte* row = room_.firstValues + (first + p) * heads_->valueStride;
            float* numbers = room_.values + p * room_.outputNumbers;
            for (std::int64_t k = 0; k < whole; k += Isa::lanes)
                Isa::store(numbers + k, loadCached<Isa, type>(row, k));
            if (whole < length)
                Isa::store(numbers + whole, loadLastCached<Isa, type>(row, whole, length - whole));
        }
    }

    template <int most>
    PONDER_INLINE void attendFew(const Seeing* seeing, int some) {
        if (some == most) return attend<most>(seeing);
        if constexpr (most > 1) attendFew<most - 1>(seeing, some);
    }

    // Not inlined: once for each number of queries is enough.
    template <int queries>
    __attribute__((noinline)) void attend(const Seeing* seeing) {
        alignas(64) float scores[queries][kManyPositions];
        float kept[queries];
        std::int64_t from = seeing[0].begin, to = seeing[0].end;
        for (int q = 1; q < queries; ++q) {
            from = seeing[q].begin < from ? seeing[q].begin : from;
            to = seeing[q].end > to ? seeing[q].end : to;
        }
        score<queries>(seeing, to, scores);
        for (int q = 0; q < queries; ++q) kept[q] = weigh(seeing[q], from, to, scores[q]);
        std::int64_t column = 0;
        for (; column + kVectors * Isa::lanes <= room_.outputNumbers; column += kVectors * Isa::lanes)
            mix<queries, kVectors>(seeing, from, to, scores, kept, column);
        for (; column < room_.outputNumbers; column += Isa::lanes)
            mix<queries, 1>(seeing, from, to, scores, kept, column);
    }

    // Of the positions before `to`; anything behind.
    template <int queries>
    PONDER_INLINE void score(const Seeing* seeing, std::int64_t to,
                             float (&scores)[queries][kManyPositions]) {
        const float* query[queries];
#pragma GCC unroll 8
        for (int q = 0; q < queries; ++q) query[q] = heads_[seeing[q].head].query;
        const Floats scale = Isa::all(heads_->scale);
        for (std::int64_t p = 0; p < to; p += kVectors * Isa::lanes) {
            Floats sums[queries][kVectors];
#pragma GCC unroll 8
            for (int q = 0; q < queries; ++q) {
#pragma GCC unroll 4
                for (int v = 0; v < kVectors; ++v) sums[q][v] = Isa::zero();
            }
            const float* keys = room_.keys + p;
            for (std::int64_t k = 0; k < keyLength_; ++k, keys += kManyPositions)
                addOuterProduct<Isa>(sums, keys, [&](int q) { return query[q][k]; });
#pragma GCC unroll 8
            for (int q = 0; q < queries; ++q) {
#pragma GCC unroll 4
                for (int v = 0; v < kVectors; ++v)
                    Isa::store(scores[q] + p + v * Isa::lanes, Isa::times(sums[q][v], scale));
            }
        }
    }

    // Scores [from, to) become weights; returns what the output so far is multiplied by.
    PONDER_INLINE float weigh(const Seeing& seeing, std::int64_t from, std::int64_t to, float* scores) {
        SoftmaxState& state = room_.states[seeing.head];
        const std::int64_t own = seeing.end - seeing.begin;
        float largest = maximum(scores + seeing.begin, own);
        if (state.largest > largest) largest = state.largest;
        const float kept = state.total == 0 ? 0 : std::exp(state.largest - largest);
        const float total = exponentials(scores + seeing.begin, own, largest);
        state = {.largest = largest, .total = state.total * kept + total};
        for (std::int64_t p = from; p < seeing.begin; ++p) scores[p] = 0;
        for (std::int64_t p = seeing.end; p < to; ++p) scores[p] = 0;
        return kept;
    }

    template <int queries, int vectors>
    PONDER_INLINE void mix(const Seeing* seeing, std::int64_t from, std::int64_t to,
                           const float (&scores)[queries][kManyPositions], const float (&kept)[queries],
                           std::int64_t column) {
        Floats sums[queries][vectors];
        float* outputs[queries];
#pragma GCC unroll 8
        for (int q = 0; q < queries; ++q) {
            outputs[q] = room_.output(seeing[q].head) + column;
            const Floats factor = Isa::all(kept[q]);
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v)
                sums[q][v] = Isa::times(Isa::load(outputs[q] + v * Isa::lanes), factor);
        }
        const float* values = room_.values + from * room_.outputNumbers + column;
        for (std::int64_t p = from; p < to; ++p, values += room_.outputNumbers)
            addOuterProduct<Isa>(sums, values, [&](int q) { return scores[q][p]; });
#pragma GCC unroll 8
        for (int q = 0; q < queries; ++q) {
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) Isa::store(outputs[q] + v * Isa::lanes, sums[q][v]);
        }
    }

    const AttentionHead* heads_;
    const ManyRoom room_;
    const std::int64_t keyLength_;
};

/// Whether rows hold no more digits than words do.
template <CacheType type>
PONDER_INLINE bool worksInWords(const AttentionHead& head) {
    return type != CacheType::F32 || head.areHalves;
}

template <class Isa>
void attendManyTogether(const AttentionHead* heads, std::int64_t count, float* scratch) {
    withCacheType(*heads, [&]<CacheType type>() {
        if constexpr (!std::is_void_v<typename Isa::Words>)
            if (worksInWords<type>(*heads)) return WordHeads<Isa>(heads, count, scratch).template run<type>();
        ManyHeads<Isa>(heads, count, scratch).template run<type>();
    });
}

} // namespace
} // namespace ponder::kernels
