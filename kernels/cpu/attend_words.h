#pragma once

#include "kernels/cpu/attend.h"

#include <cmath>
#include <cstdint>
#include <type_traits>

// Attention in products of 16-bit numbers: see attendMany. All in this file has internal linkage: see
// inline.h.
namespace ponder::kernels {
namespace {

/// Whether rows hold no more digits than words do.
template <CacheType type>
PONDER_INLINE bool worksInWords(const AttentionHead& head) {
    return type != CacheType::F32 || head.areHalves;
}

/// Rows of the next block, asked for in even parts while this one is worked on.
class RowsToCome {
public:
    RowsToCome() = default;
    /// `bytes` of each of the rows from `first` on, in `steps` steps.
    RowsToCome(const std::byte* first, std::int64_t stride, std::int64_t bytes, std::int64_t steps)
        : first_(first), stride_(stride), linesOfRow_((bytes + kLine - 1) / kLine), steps_(steps) {}

    /// One more is done.
    PONDER_INLINE void ask() {
        ++done_;
        for (const std::int64_t wanted = kManyPositions * done_ / steps_; row_ < wanted; ++row_) {
            const std::byte* row = first_ + row_ * stride_;
            for (std::int64_t i = 0; i < linesOfRow_; ++i) __builtin_prefetch(row + i * kLine, 0, 2);
        }
    }

private:
    static constexpr std::int64_t kLine = 64;

    const std::byte* first_ = nullptr;
    std::int64_t stride_ = 0;
    std::int64_t linesOfRow_ = 0;
    std::int64_t steps_ = 1;
    std::int64_t done_ = 0;
    std::int64_t row_ = 0;
};

/// Heads that look at rows of one cache, a block of positions at a time, in numbers of 16 bits: an
/// instruction multiplies twice as many of them as of floats. Lanes are heads: no key is turned, and softmax
/// needs no sum across lanes. Every 64 numbers of a key, a value, a query and of a head's weights have a
/// scale of their own, so that what rounding adds is about what half precision has left out of the rows
/// before.
template <class Isa>
class WordHeads {
public:
    WordHeads(const AttentionHead* heads, std::int64_t count, float* scratch)
        : heads_(heads), room_(placeWords(heads, count, scratch)) {}

    template <CacheType type>
    PONDER_INLINE void run() {
        for (std::int64_t lane = 0; lane < room_.lanes; lane += Isa::lanes) start(lane);
        for (std::int64_t first = 0; first < room_.rows; first += kManyPositions) {
            const std::int64_t left = room_.rows - first;
            prepare<type>(first, left < kManyPositions ? left : kManyPositions);
            std::int64_t lane = 0;
            for (; lane + 4 * Isa::lanes <= room_.lanes; lane += 4 * Isa::lanes) attend<4>(first, lane);
            for (; lane + 2 * Isa::lanes <= room_.lanes; lane += 2 * Isa::lanes) attend<2>(first, lane);
            for (; lane < room_.lanes; lane += Isa::lanes) attend<1>(first, lane);
        }
        for (std::int64_t lane = 0; lane < room_.lanes; lane += Isa::lanes) finish(lane);
    }

private:
    using Floats = typename Isa::Floats;
    using Words = typename Isa::Words;
    using Pairs = typename Words::Pairs;
    static constexpr int kVectors = kWordSegment / Isa::lanes;
    static constexpr std::int64_t kSegmentPairs = kWordSegment / 2;
    static constexpr int kSums = 16; // of a tile, in registers
    static_assert(kManyPositions == kWordSegment);

    /// As many rows of the cache as a vector has lanes, from the p-th of the block on; behind the last there
    /// is it comes again.
    struct Rows {
        const std::byte* first;
        std::int64_t stride;
        std::int64_t length;
        std::int64_t p;
        std::int64_t positions;

        PONDER_INLINE const std::byte* row(std::int64_t j) const {
            return first + (p + j < positions ? p + j : positions - 1) * stride;
        }
    };

    std::int64_t headsFrom(std::int64_t lane) const {
        return room_.count - lane < Isa::lanes ? room_.count - lane : Isa::lanes;
    }

    // Queries become lanes, and what comes before the first position the states.
    PONDER_INLINE void start(std::int64_t lane) {
        const std::int64_t count = headsFrom(lane);
        for (std::int64_t s = 0; s < room_.keySegments; ++s) {
            Pairs rows[kVectors / 2][Isa::lanes];
            alignas(64) float scales[Isa::lanes] = {};
            for (std::int64_t j = 0; j < Isa::lanes; ++j) {
                Floats numbers[kVectors] = {};
                if (j < count) {
                    const auto* query = reinterpret_cast<const std::byte*>(heads_[lane + j].query);
                    loadSegment<CacheType::F32>(query, heads_->keyLength, s, numbers);
                }
                const float largest = Words::largest(largestOf(numbers));
                scales[j] = (largest * (1 / kMostWord) + 0 * largest) * heads_->scale;
                for (int i = 0; i < kVectors / 2; ++i)
                    rows[i][j] = packedOf(numbers[2 * i], numbers[2 * i + 1], Isa::all(kMostWord / largest));
            }
            Isa::store(room_.queryScale(lane, s), Isa::load(scales));
            std::int32_t* to = room_.query(lane, s);
            for (int i = 0; i < kVectors / 2; ++i) {
                Words::transpose(rows[i]);
                for (int k = 0; k < Isa::lanes; ++k, to += Isa::lanes) Words::store(to, rows[i][k]);
            }
        }
        bool isFresh = true;
        for (std::int64_t j = 0; j < Isa::lanes; ++j) {
            SoftmaxState state;
            std::int64_t begin = room_.rows + kManyPositions, end = begin; // behind every block
            if (j < count) {
                const AttentionHead& head = heads_[lane + j];
                begin = room_.begin(head);
                end = begin + head.positions;
                if (head.state) state = *head.state;
                isFresh = isFresh && state.total == 0;
                state = withSink(state, head.sink);
            }
            room_.largest[lane + j] = state.largest;
            room_.totals[lane + j] = state.total;
            room_.begins[lane + j] = static_cast<std::int32_t>(begin);
            room_.ends[lane + j] = static_cast<std::int32_t>(end);
        }
        float* to = room_.output(lane);
        for (std::int64_t k = 0; k < room_.outputNumbers; ++k, to += Isa::lanes) Isa::store(to, Isa::zero());
        // What lies in an output that nothing was written to yet may be anything.
        for (std::int64_t j = 0; !isFresh && j < count; ++j) {
            const AttentionHead& head = heads_[lane + j];
            if (head.state->total == 0) continue;
            const float kept = head.state->total * std::exp(head.state->largest - room_.largest[lane + j]);
            for (std::int64_t k = 0; k < head.valueLength; ++k)
                room_.output(lane)[k * Isa::lanes + j] = kept * head.output[k];
        }
    }

    PONDER_INLINE void finish(std::int64_t lane) {
        const std::int64_t count = headsFrom(lane);
        const Floats factor = Isa::quotient(Isa::all(1), Isa::load(room_.totals + lane));
        const float* from = room_.output(lane);
        for (std::int64_t k = 0; k < heads_->valueLength; k += Isa::lanes, from += Isa::lanes * Isa::lanes) {
            Floats rows[Isa::lanes];
#pragma GCC unroll 16
            for (int i = 0; i < Isa::lanes; ++i)
                rows[i] = Isa::times(Isa::load(from + i * Isa::lanes), factor);
            Isa::transpose(rows);
            const std::int64_t left = heads_->valueLength - k;
            for (std::int64_t j = 0; j < count; ++j) {
                float* to = heads_[lane + j].output + k;
                alignas(64) float numbers[Isa::lanes];
                Isa::store(left < Isa::lanes ? numbers : to, rows[j]);
                for (std::int64_t i = 0; left < Isa::lanes && i < left; ++i) to[i] = numbers[i];
            }
        }
        for (std::int64_t j = 0; j < count; ++j) {
            if (SoftmaxState* state = heads_[lane + j].state)
                *state = {.largest = room_.largest[lane + j], .total = room_.totals[lane + j]};
        }
    }

    // The rows behind these positions are asked for little by little while heads attend.
    template <CacheType type>
    PONDER_INLINE void prepare(std::int64_t first, std::int64_t positions) {
        const std::int64_t keyStride = heads_->keyStride, valueStride = heads_->valueStride;
        const std::byte* keys = room_.firstKeys + first * keyStride;
        const std::byte* values = room_.firstValues + first * valueStride;
        for (std::int64_t p = 0; p < kManyPositions; p += Isa::lanes) {
            const Rows keyRows{keys, keyStride, heads_->keyLength, p, positions};
            const Rows valueRows{values, valueStride, heads_->valueLength, p, positions};
            for (std::int64_t s = 0; s < room_.keySegments; ++s)
                convert<type>(keyRows, s, room_.keyScales, true, room_.sharesRows && s < room_.valueSegments);
            for (std::int64_t s = 0; !room_.sharesRows && s < room_.valueSegments; ++s)
                convert<type>(valueRows, s, room_.valueScales, false, true);
        }
        const std::int64_t tiles = room_.lanes / kSums * (kManyPositions / Isa::lanes); // of a segment
        keysToCome_ = {keys + kManyPositions * keyStride, keyStride,
                       RowsAhead::bytesOf<type>(heads_->keyLength), tiles * room_.keySegments};
        valuesToCome_ = {values + kManyPositions * valueStride, valueStride,
                         room_.sharesRows ? 0 : RowsAhead::bytesOf<type>(heads_->valueLength),
                         tiles * room_.valueSegments};
    }

    // A segment's numbers of a row, zero beyond the last.
    template <CacheType type>
    PONDER_INLINE static void loadSegment(const std::byte* row, std::int64_t length, std::int64_t segment,
                                          Floats (&numbers)[kVectors]) {
        const std::int64_t first = segment * kWordSegment, behind = length - first;
        if (behind >= kWordSegment) {
#pragma GCC unroll 4
            for (int i = 0; i < kVectors; ++i)
                numbers[i] = loadCached<Isa, type>(row, first + i * Isa::lanes);
            return;
        }
        for (int i = 0; i < kVectors; ++i) {
            const std::int64_t left = behind - i * Isa::lanes;
            numbers[i] = left <= 0 ? Isa::zero()
                                   : loadLastCached<Isa, type>(row, first + i * Isa::lanes,
                                                               left < Isa::lanes ? left : Isa::lanes);
        }
    }

    PONDER_INLINE static Floats largestOf(const Floats (&numbers)[kVectors]) {
        Floats largest = Isa::zero();
#pragma GCC unroll 4
        for (int i = 0; i < kVectors; ++i) largest = Words::larger(largest, numbers[i]);
        return largest;
    }

    // The largest magnitude of a segment is in one of the lanes.
    template <CacheType type>
    PONDER_INLINE static Floats magnitudesOf(const std::byte* row, std::int64_t length,
                                             std::int64_t segment) {
        if constexpr (type == CacheType::F16) {
            if ((segment + 1) * kWordSegment <= length) {
                const std::byte* halves = row + 2 * segment * kWordSegment;
                Pairs magnitudes = Words::zero();
#pragma GCC unroll 2
                for (int i = 0; i < kVectors / 2; ++i)
                    magnitudes = Words::largerHalves(magnitudes, halves + 4 * i * Isa::lanes);
                return Words::larger(Words::firstHalves(magnitudes), Words::lastHalves(magnitudes));
            }
        }
        Floats numbers[kVectors];
        loadSegment<type>(row, length, segment, numbers);
        return largestOf(numbers);
    }

    PONDER_INLINE static Pairs packedOf(Floats first, Floats second, Floats factor) {
        return Words::packed(Words::rounded(Isa::times(first, factor)),
                             Words::rounded(Isa::times(second, factor)));
    }

    // What is no number, or infinite, shows in the scale.
    PONDER_INLINE static Floats scaleOf(Floats largest) {
        return Isa::plus(Isa::times(largest, Isa::zero()), largest, Isa::all(1 / kMostWord));
    }

    // A segment of some rows, and its scales.
    template <CacheType type>
    PONDER_INLINE void convert(const Rows& rows, std::int64_t segment, float* scales, bool areKeys,
                               bool areValues) {
        Floats magnitudes[Isa::lanes];
#pragma GCC unroll 16
        for (int j = 0; j < Isa::lanes; ++j)
            magnitudes[j] = magnitudesOf<type>(rows.row(j), rows.length, segment);
        const Floats largest = Words::largestOfEach(magnitudes);
        Isa::store(scales + segment * kManyPositions + rows.p, scaleOf(largest));
        alignas(64) float factors[Isa::lanes];
        Isa::store(factors, Isa::quotient(Isa::all(kMostWord), largest));
        std::int32_t* keys = room_.keys + (segment * kManyPositions + rows.p) * kSegmentPairs;
        std::int32_t* values = room_.values + (segment * kManyPositions + rows.p) * kSegmentPairs;
#pragma GCC unroll 8
        for (int j = 0; j < Isa::lanes; j += 2) {
            Pairs packed[2][kVectors / 2];
#pragma GCC unroll 2
            for (int r = 0; r < 2; ++r) {
                Floats numbers[kVectors];
                loadSegment<type>(rows.row(j + r), rows.length, segment, numbers);
#pragma GCC unroll 2
                for (int i = 0; i < kVectors / 2; ++i) {
                    packed[r][i] = packedOf(numbers[2 * i], numbers[2 * i + 1], Isa::all(factors[j + r]));
                    if (areKeys) Words::store(keys + (j + r) * kSegmentPairs + i * Isa::lanes, packed[r][i]);
                }
            }
            if (!areValues) continue;
#pragma GCC unroll 2
            for (int i = 0; i < kVectors / 2; ++i) {
                std::int32_t* two = values + j * kSegmentPairs + 2 * i * Isa::lanes;
                Words::store(two, Words::firstOfPacked(packed[0][i], packed[1][i]));
                Words::store(two + Isa::lanes, Words::secondOfPacked(packed[0][i], packed[1][i]));
            }
        }
    }

    /// [vector][position or number][lane].
    template <int vectors>
    using Lanes = float[vectors][kWordSegment][Isa::lanes];

    // One block for `vectors` vectors of heads. Not inlined: once for each number of them is enough.
    template <int vectors>
    __attribute__((noinline)) void attend(std::int64_t first, std::int64_t lane) {
        if (!seesAny(first, lane, vectors)) return;
        alignas(64) Lanes<vectors> scores;
        score<vectors>(lane, scores);
        Floats kept[vectors], shares[vectors];
        for (int v = 0; v < vectors; ++v) weigh(first, lane + v * Isa::lanes, scores[v], kept[v], shares[v]);
        for (std::int64_t s = 0; s < room_.valueSegments; ++s) mix<vectors>(lane, s, scores, kept, shares);
    }

    bool seesAny(std::int64_t first, std::int64_t lane, int vectors) const {
        for (std::int64_t i = lane; i < lane + vectors * Isa::lanes; ++i)
            if (room_.begins[i] < first + kManyPositions && room_.ends[i] > first) return true;
        return false;
    }

    template <int vectors>
    PONDER_INLINE void score(std::int64_t lane, Lanes<vectors>& scores) {
        constexpr int rows = kSums / vectors;
        for (std::int64_t s = 0; s < room_.keySegments; ++s) {
            const std::int32_t* keys = room_.keys + s * kManyPositions * kSegmentPairs;
            const float* keyScales = room_.keyScales + s * kManyPositions;
            for (std::int64_t p = 0; p < kManyPositions; p += rows, keys += rows * kSegmentPairs) {
                keysToCome_.ask();
                alignas(64) std::int32_t sums[rows][vectors][Isa::lanes];
                multiplySegment<rows, vectors, kSegmentPairs, 1>(keys, room_.query(lane, s),
                                                                 room_.queryStride(), sums);
                for (int v = 0; v < vectors; ++v) {
                    const Floats scale = Isa::load(room_.queryScale(lane + v * Isa::lanes, s));
#pragma GCC unroll 16
                    for (int r = 0; r < rows; ++r) {
                        float* to = scores[v][p + r];
                        const Floats ours = Isa::times(scale, Isa::all(keyScales[p + r]));
                        Isa::store(to, Isa::plus(s == 0 ? Isa::zero() : Isa::load(to),
                                                 Words::toFloats(Words::load(sums[r][v])), ours));
                    }
                }
            }
        }
    }

    // Scores become weights, beside the largest of the block; `kept` and `share` are what the output so far
    // and the weights are multiplied by.
    PONDER_INLINE void weigh(std::int64_t first, std::int64_t lane, float (&scores)[kWordSegment][Isa::lanes],
                             Floats& kept, Floats& share) {
        hideUnseen(first, lane, scores);
        Floats own = Isa::all(kLowest);
#pragma GCC unroll 4
        for (int p = 0; p < kManyPositions; ++p) own = Words::maximum(own, Isa::load(scores[p]));
        Floats total = Isa::zero();
#pragma GCC unroll 4
        for (int p = 0; p < kManyPositions; ++p) {
            const Floats power = Words::exponential(Words::difference(Isa::load(scores[p]), own));
            Isa::store(scores[p], power);
            total = Words::sum(total, power);
        }
        const Floats before = Isa::load(room_.largest + lane);
        const Floats largest = Words::maximum(before, own);
        kept = Words::exponential(Words::difference(before, largest));
        share = Words::exponential(Words::difference(own, largest));
        Isa::store(room_.largest + lane, largest);
        Isa::store(room_.totals + lane,
                   Isa::plus(Isa::times(total, share), Isa::load(room_.totals + lane), kept));
    }

    PONDER_INLINE void hideUnseen(std::int64_t first, std::int64_t lane,
                                  float (&scores)[kWordSegment][Isa::lanes]) const {
        for (std::int64_t j = 0; j < Isa::lanes; ++j) {
            const std::int64_t begin = room_.begins[lane + j] - first, end = room_.ends[lane + j] - first;
            for (std::int64_t p = 0; p < begin && p < kManyPositions; ++p) scores[p][j] = -INFINITY;
            for (std::int64_t p = end < 0 ? 0 : end; p < kManyPositions; ++p) scores[p][j] = -INFINITY;
        }
    }

    // A segment's numbers of the outputs.
    template <int vectors>
    PONDER_INLINE void mix(std::int64_t lane, std::int64_t segment, const Lanes<vectors>& weights,
                           const Floats (&kept)[vectors], const Floats (&shares)[vectors]) {
        const float* scales = room_.valueScales + segment * kManyPositions;
        alignas(64) std::int32_t pairs[vectors][kSegmentPairs][Isa::lanes];
        Floats factors[vectors];
        for (int v = 0; v < vectors; ++v) {
            Floats largest = Isa::zero();
#pragma GCC unroll 8
            for (int p = 0; p < kManyPositions; ++p)
                largest = Words::larger(largest, Isa::times(Isa::load(weights[v][p]), Isa::all(scales[p])));
            factors[v] = Isa::times(scaleOf(largest), shares[v]);
            const Floats factor = Isa::quotient(Isa::all(kMostWord), largest);
#pragma GCC unroll 4
            for (int p = 0; p < kManyPositions; p += 2) {
                const auto word = [&](int at) __attribute__((always_inline)) {
                    return Words::rounded(
                        Isa::times(Isa::times(Isa::load(weights[v][at]), factor), Isa::all(scales[at])));
                };
                Words::store(pairs[v][p / 2], Words::lanesOf(word(p), word(p + 1)));
            }
        }
        constexpr int rows = kSums / vectors;
        const std::int32_t* values = room_.values + segment * kManyPositions * kSegmentPairs;
        const std::int64_t column = segment * kWordSegment, left = room_.outputNumbers - column;
        const std::int64_t count = left < kWordSegment ? left : kWordSegment;
        for (std::int64_t i = 0; i < count; i += rows) {
            valuesToCome_.ask();
            alignas(64) std::int32_t sums[rows][vectors][Isa::lanes];
            multiplySegment<rows, vectors, 1, kWordSegment>(values + i, pairs[0][0],
                                                            kSegmentPairs * Isa::lanes, sums);
            for (int v = 0; v < vectors; ++v) {
                float* to = room_.output(lane + v * Isa::lanes) + (column + i) * Isa::lanes;
#pragma GCC unroll 16
                for (int r = 0; r < rows; ++r, to += Isa::lanes) {
                    const Floats before = Isa::times(Isa::load(to), kept[v]);
                    Isa::store(to, Isa::plus(before, Words::toFloats(Words::load(sums[r][v])), factors[v]));
                }
            }
        }
    }

    // to[r][v] = Σ over pairs k of pairs[rowStride · r + pairStride · k] · lanes[v][k]. Not inlined: what
    // lies around it would take registers from the sums.
    template <int rows, int vectors, int rowStride, int pairStride>
    __attribute__((noinline)) static void multiplySegment(const std::int32_t* pairs,
                                                          const std::int32_t* lanes, std::int64_t laneStride,
                                                          std::int32_t (&to)[rows][vectors][Isa::lanes]) {
        Pairs sums[rows][vectors];
#pragma GCC unroll 16
        for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) sums[r][v] = Words::zero();
        }
        for (std::int64_t k = 0; k < kSegmentPairs; ++k, pairs += pairStride, lanes += Isa::lanes) {
            Pairs row[vectors];
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) row[v] = Words::load(lanes + v * laneStride);
#pragma GCC unroll 16
            for (int r = 0; r < rows; ++r) {
                const Pairs two = Words::all(pairs[r * rowStride]);
#pragma GCC unroll 4
                for (int v = 0; v < vectors; ++v) Words::addProducts(sums[r][v], two, row[v]);
            }
        }
#pragma GCC unroll 16
        for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) Words::store(to[r][v], sums[r][v]);
        }
    }

    static constexpr float kLowest = -3e38f;

    const AttentionHead* const heads_;
    const WordRoom room_;
    RowsToCome keysToCome_;
    RowsToCome valuesToCome_;
};

} // namespace
} // namespace ponder::kernels
