#pragma once

#include "kernels/cpu/attend.h"
#include "kernels/cpu/cached_rows.h"
#include "kernels/cpu/rows_to_come.h"

#include <cmath>
#include <cstdint>
#include <type_traits>

// Attention in products of 16-bit numbers: see attendMany. All in this file has internal linkage: see
// inline.h.
namespace ponder::kernels {
namespace {

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
        constexpr bool areWords = type == CacheType::Words;
        for (std::int64_t lane = 0; lane < room_.lanes; lane += Isa::lanes) start<areWords>(lane);
        for (std::int64_t first = 0; first < room_.rows; first += kManyPositions) {
            const std::int64_t left = room_.rows - first;
            lookAt<type>(first, left < kManyPositions ? left : kManyPositions);
            if constexpr (!areWords) prepare<type>();
            std::int64_t lane = 0;
            for (; lane + 4 * Isa::lanes <= room_.lanes; lane += 4 * Isa::lanes)
                attend<4, areWords>(first, lane);
            for (; lane + 2 * Isa::lanes <= room_.lanes; lane += 2 * Isa::lanes)
                attend<2, areWords>(first, lane);
            for (; lane < room_.lanes; lane += Isa::lanes) attend<1, areWords>(first, lane);
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

    std::int64_t headsFrom(std::int64_t lane) const {
        return room_.count - lane < Isa::lanes ? room_.count - lane : Isa::lanes;
    }

    // Queries become lanes, in the order of what they meet, and what comes before the first position the
    // states.
    template <bool areWords>
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
                for (int i = 0; i < kVectors / 2; ++i) {
                    const Pairs pairs =
                        packedOf(numbers[2 * i], numbers[2 * i + 1], Isa::all(kMostWord / largest));
                    rows[i][j] = areWords ? Words::unpacked(pairs) : pairs;
                }
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
    PONDER_INLINE void lookAt(std::int64_t first, std::int64_t positions) {
        const std::int64_t keyStride = heads_->keyStride, valueStride = heads_->valueStride;
        keys_ = {room_.firstKeys + first * keyStride, keyStride, heads_->keyLength, 0, positions};
        values_ = {room_.firstValues + first * valueStride, valueStride, heads_->valueLength, 0, positions};
        for (std::int64_t p = 0; type == CacheType::Words && p < kManyPositions; ++p) {
            keyRows_[p] = keys_.row(p);
            valueRows_[p] = values_.row(p);
        }
        const std::int64_t tiles = room_.lanes / kSums * (kManyPositions / Isa::lanes); // of a segment
        keysToCome_ = {keys_.first + kManyPositions * keyStride, keyStride,
                       RowsAhead::bytesOf<type>(heads_->keyLength),
                       tiles * (room_.keySegments + (room_.sharesRows ? room_.valueSegments : 0))};
        valuesToCome_ = {values_.first + kManyPositions * valueStride, valueStride,
                         room_.sharesRows ? 0 : RowsAhead::bytesOf<type>(heads_->valueLength),
                         tiles * room_.valueSegments};
    }

    template <CacheType type>
    PONDER_INLINE void prepare() {
        CachedRows keys = keys_, values = values_;
        for (std::int64_t p = 0; p < kManyPositions; p += Isa::lanes) {
            keys.p = values.p = p;
            for (std::int64_t s = 0; s < room_.keySegments; ++s)
                convert<type>(keys, s, room_.keyScales, true, room_.sharesRows && s < room_.valueSegments);
            for (std::int64_t s = 0; !room_.sharesRows && s < room_.valueSegments; ++s)
                convert<type>(values, s, room_.valueScales, false, true);
        }
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

    // Two rows' numbers of a segment.
    PONDER_INLINE void keep(const Pairs (&packed)[2][kVectors / 2], std::int64_t place, bool areKeys,
                            bool areValues) {
#pragma GCC unroll 2
        for (int i = 0; i < kVectors / 2; ++i) {
            if (areKeys) {
                std::int32_t* keys = room_.keys + place + i * Isa::lanes;
                Words::store(keys, packed[0][i]);
                Words::store(keys + kSegmentPairs, packed[1][i]);
            }
            if (areValues) {
                std::int32_t* values = room_.values + place + 2 * i * Isa::lanes;
                Words::store(values, Words::firstOfPacked(packed[0][i], packed[1][i]));
                Words::store(values + Isa::lanes, Words::secondOfPacked(packed[0][i], packed[1][i]));
            }
        }
    }

    // A segment of some rows, and its scales.
    template <CacheType type>
    PONDER_INLINE void convert(const CachedRows& rows, std::int64_t segment, float* scales, bool areKeys,
                               bool areValues) {
        Floats magnitudes[Isa::lanes];
#pragma GCC unroll 16
        for (int j = 0; j < Isa::lanes; ++j)
            magnitudes[j] = magnitudesOf<type>(rows.row(j), rows.length, segment);
        const Floats largest = Words::largestOfEach(magnitudes);
        Isa::store(scales + segment * kManyPositions + rows.p, scaleOf(largest));
        alignas(64) float factors[Isa::lanes];
        Isa::store(factors, Isa::quotient(Isa::all(kMostWord), largest));
        const std::int64_t place = (segment * kManyPositions + rows.p) * kSegmentPairs;
#pragma GCC unroll 8
        for (int j = 0; j < Isa::lanes; j += 2) {
            Pairs packed[2][kVectors / 2];
#pragma GCC unroll 2
            for (int r = 0; r < 2; ++r) {
                Floats numbers[kVectors];
                loadSegment<type>(rows.row(j + r), rows.length, segment, numbers);
#pragma GCC unroll 2
                for (int i = 0; i < kVectors / 2; ++i)
                    packed[r][i] = packedOf(numbers[2 * i], numbers[2 * i + 1], Isa::all(factors[j + r]));
            }
            keep(packed, place + j * kSegmentPairs, areKeys, areValues);
        }
    }

    /// A segment of the keys of a block, wherever they lie.
    struct KeySegment {
        const std::int32_t* pairs;
        std::int64_t stride; ///< from one position to the next
    };

    // Keys that are words are multiplied where they lie; of a last block that is not full a copy.
    PONDER_INLINE KeySegment keysInPlace(std::int64_t segment) {
        takeScales(keyRows_, segment, room_.keyScales);
        if (keys_.positions == kManyPositions)
            return {reinterpret_cast<const std::int32_t*>(WordBlock(keys_.first, segment).words()),
                    keys_.stride / static_cast<std::int64_t>(sizeof(std::int32_t))};
        std::int32_t* to = room_.keys;
        for (std::int64_t p = 0; p < kManyPositions; ++p, to += kSegmentPairs)
            std::memcpy(to, WordBlock(keyRows_[p], segment).words(), sizeof(std::int32_t) * kSegmentPairs);
        return {room_.keys, kSegmentPairs};
    }

    PONDER_INLINE static void takeScales(const std::byte* const (&rows)[kManyPositions], std::int64_t segment,
                                         float* scales) {
        scales += segment * kManyPositions;
        for (std::int64_t p = 0; p < kManyPositions; ++p) scales[p] = WordBlock(rows[p], segment).scale();
    }

    // Values that are words, two positions side by side. They stay near until they are multiplied, as those
    // of all segments would not.
    PONDER_INLINE const std::int32_t* valuesInPairs(std::int64_t segment) {
        if (!room_.sharesRows) takeScales(valueRows_, segment, room_.valueScales);
        const auto& rows = room_.sharesRows ? keyRows_ : valueRows_;
        for (std::int64_t p = 0; p < kManyPositions; p += 2) {
            Pairs packed[2][kVectors / 2];
#pragma GCC unroll 2
            for (int r = 0; r < 2; ++r) {
                const WordBlock block(rows[p + r], segment);
#pragma GCC unroll 2
                for (int i = 0; i < kVectors / 2; ++i)
                    packed[r][i] = Words::packed(block.words() + 4 * i * Isa::lanes);
            }
            keep(packed, p * kSegmentPairs, false, true);
        }
        return room_.values;
    }

    /// [vector][position or number][lane].
    template <int vectors>
    using Lanes = float[vectors][kWordSegment][Isa::lanes];

    // One block for `vectors` vectors of heads. Not inlined: once for each number of them is enough.
    template <int vectors, bool areWords>
    __attribute__((noinline)) void attend(std::int64_t first, std::int64_t lane) {
        if (!seesAny(first, lane, vectors)) return;
        alignas(64) Lanes<vectors> scores;
        score<vectors, areWords>(lane, scores);
        Floats kept[vectors], shares[vectors];
        for (int v = 0; v < vectors; ++v) weigh(first, lane + v * Isa::lanes, scores[v], kept[v], shares[v]);
        for (std::int64_t s = 0; s < room_.valueSegments; ++s)
            mix<vectors, areWords>(lane, s, scores, kept, shares);
    }

    bool seesAny(std::int64_t first, std::int64_t lane, int vectors) const {
        for (std::int64_t i = lane; i < lane + vectors * Isa::lanes; ++i)
            if (room_.begins[i] < first + kManyPositions && room_.ends[i] > first) return true;
        return false;
    }

    template <int vectors, bool areWords>
    PONDER_INLINE void score(std::int64_t lane, Lanes<vectors>& scores) {
        constexpr int rows = kSums / vectors;
        for (std::int64_t s = 0; s < room_.keySegments; ++s) {
            const KeySegment keys =
                areWords ? keysInPlace(s)
                         : KeySegment{room_.keys + s * kManyPositions * kSegmentPairs, kSegmentPairs};
            const float* keyScales = room_.keyScales + s * kManyPositions;
            for (std::int64_t p = 0; p < kManyPositions; p += rows) {
                alignas(64) std::int32_t sums[rows][vectors][Isa::lanes];
                multiplySegment<rows, vectors, 1>(keys.pairs + p * keys.stride, keys.stride,
                                                  room_.query(lane, s), room_.queryStride(), sums,
                                                  keysToCome_.next());
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
    template <int vectors, bool areWords>
    PONDER_INLINE void mix(std::int64_t lane, std::int64_t segment, const Lanes<vectors>& weights,
                           const Floats (&kept)[vectors], const Floats (&shares)[vectors]) {
        const std::int32_t* values =
            areWords ? valuesInPairs(segment) : room_.values + segment * kManyPositions * kSegmentPairs;
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
        const std::int64_t column = segment * kWordSegment, left = room_.outputNumbers - column;
        const std::int64_t count = left < kWordSegment ? left : kWordSegment;
        for (std::int64_t i = 0; i < count; i += rows) {
            alignas(64) std::int32_t sums[rows][vectors][Isa::lanes];
            multiplySegment<rows, vectors, kWordSegment>(
                values + i, std::integral_constant<std::int64_t, 1>(), pairs[0][0],
                kSegmentPairs * Isa::lanes, sums, (room_.sharesRows ? keysToCome_ : valuesToCome_).next());
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
    template <int rows, int vectors, int pairStride, class Stride>
    __attribute__((noinline)) static void multiplySegment(const std::int32_t* pairs, Stride rowStride,
                                                          const std::int32_t* lanes, std::int64_t laneStride,
                                                          std::int32_t (&to)[rows][vectors][Isa::lanes],
                                                          RowsToCome::Part toCome) {
        static_assert(kSegmentPairs == RowsToCome::kPlaces);
        Pairs sums[rows][vectors];
#pragma GCC unroll 16
        for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) sums[r][v] = Words::zero();
        }
        const std::int32_t* fours[rows / 4];
#pragma GCC unroll 4
        for (int f = 0; f < rows / 4; ++f) fours[f] = pairs + 4 * f * rowStride;
        for (std::int64_t k = 0; k < kSegmentPairs; ++k, lanes += Isa::lanes) {
            __builtin_prefetch(toCome.first + k * toCome.between, 0, 2);
            Pairs row[vectors];
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) row[v] = Words::load(lanes + v * laneStride);
#pragma GCC unroll 4
            for (int f = 0; f < rows / 4; ++f, fours[f - 1] += pairStride) {
                // Else GCC keeps an address for each row, which are too many.
                asm("" : "+r"(fours[f]));
#pragma GCC unroll 4
                for (int r = 4 * f; r < 4 * f + 4; ++r) {
                    const Pairs two = Words::all(fours[f][r % 4 * rowStride]);
#pragma GCC unroll 4
                    for (int v = 0; v < vectors; ++v) Words::addProducts(sums[r][v], two, row[v]);
                }
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
    CachedRows keys_;
    CachedRows values_;
    // Of words alone.
    const std::byte* keyRows_[kManyPositions];
    const std::byte* valueRows_[kManyPositions];
    RowsToCome keysToCome_;
    RowsToCome valuesToCome_;
};

} // namespace
} // namespace ponder::kernels
