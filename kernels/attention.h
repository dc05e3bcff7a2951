#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace ponder::kernels {

/// How cached keys and values are stored. Q8_0: int8 in blocks of 32 behind a half-precision scale, as GGUF
/// has them. Words: int16 in blocks of 64 behind a scale, see words.h: as precise as F16, and ready to be
/// multiplied as whole numbers. The last block of a row is filled up with zeros.
enum class CacheType { F32, F16, Q8_0, Words };

/// Bytes of `numbers` cached numbers of one head.
std::size_t cacheRowBytes(CacheType type, std::int64_t numbers);

/// How far the softmax of a head has come that is given its positions piece by piece (online softmax,
/// Milakov and Gimelshein 2018, arXiv 1805.02867).
struct SoftmaxState {
    float largest = -INFINITY; ///< score
    float total = 0;           ///< Σ e^(score - largest)
};

/// One query head against a run of cached positions.
struct AttentionHead {
    const float* query = nullptr; ///< [keyLength]
    std::int64_t keyLength = 0;
    CacheType cacheType = CacheType::F32;
    const void* keys = nullptr;   ///< [positions], the first keyLength numbers of each
    std::int64_t keyStride = 0;   ///< bytes between positions; of Words, like addresses, a multiple of 4
    const void* values = nullptr; ///< [positions], the first valueLength numbers of each
    std::int64_t valueStride = 0; ///< bytes between positions
    std::int64_t valueLength = 0;
    std::int64_t positions = 0;
    float scale = 1;
    bool areHalves = false; ///< rows of F32 hold no more digits than half precision: they come from such ones
    const float* sink = nullptr; ///< null, or one extra logit without a value (gpt-oss); once, in any piece
    float* output = nullptr;     ///< [valueLength]
    /// Null: these are all positions. Else a piece of them: `output` is the answer for the pieces before,
    /// fresh states begin, and becomes the answer with this one.
    SoftmaxState* state = nullptr;
};

/// Heads that attendHeads takes together.
constexpr std::int64_t kMostHeads = 16;

/// softmax(scale · q·k) · v for each head. The sink, if any, takes part in the softmax and contributes
/// nothing to the sum. The heads look at rows of one cache: they have lengths, strides and scale in common,
/// and their keys and values begin whole rows apart; rows that several see are read once for all of them
/// (flash attention's tiles, Dao et al. 2022, with the scores of all positions kept, but where sharesRows).
/// A result does not depend on the company, but its last bits on how the positions are cut into pieces.
/// `scratch` has attentionScratch(heads, count) floats. Requires: 1 to kMostHeads heads, alike in
/// sharesRows, each with positions >= 1. Any thread.
void attendHeads(const AttentionHead* heads, std::int64_t count, float* scratch);
std::int64_t attentionScratch(const AttentionHead* heads, std::int64_t count);

/// From `begin` to before `end`; what lies beyond the last one there is, is left out.
struct AttentionRange {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};
/// Where ranges may begin.
constexpr std::int64_t kAttentionGrain = 16;

/// attendHeads in its three steps, with the same heads and scratch and the same results, so that threads
/// share a few heads that see much. Each step needs the whole step before; its ranges are disjoint, on any
/// threads, and begin at multiples of kAttentionGrain. Scores of positions, counted from the first that one
/// of the heads sees.
void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch);
/// Softmax of the heads in `which`.
void weighHeads(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* scratch);
/// Columns of the output.
void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch);

/// Whether a row is key and value of a head at once (latent attention), and all its positions are given.
/// Longer rows than the fast versions have room for do not count.
/// attendHeads reads such rows once for both, split by split (Flash-Decoding, Dao et al. 2023), and threads
/// share a few heads that see much by splits instead of by the steps above; the results are the same.
bool sharesRows(const AttentionHead& head);
/// Positions of a split, counted from the first that a head sees.
constexpr std::int64_t kSplitPositions = 256;
/// Splits of the head that sees most.
std::int64_t attentionSplits(const AttentionHead* heads, std::int64_t count);
/// Floats of the answers of one split.
std::int64_t splitNumbers(const AttentionHead* heads, std::int64_t count);
/// The answers of one split: different splits on any threads. Requires: sharesRows of each head.
void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers);
/// The outputs of the heads in `which`, from the answers of all splits, one behind another.
void joinSplits(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* answers);

/// attendHeads for the heads of many tokens, a few dozen to some hundreds: keys and values of a block of
/// positions are prepared once for all of them, and an online softmax goes from block to block
/// (FlashAttention-2, Dao 2023, arXiv 2307.08691). Blocks are counted from the first position that one of
/// the heads sees: the last bits of a result depend on that, and differ from those of attendHeads. `scratch`
/// has manyScratch(heads, count) floats. Requires what attendHeads does, but for kMostHeads
/// and sharesRows.
///
/// With AVX-512, this and attendSplit multiply rows but those of F32 that are not areHalves as numbers of 16
/// bits, queries and weights too, with a scale for each 64 of them: an error of 1/5792 of the largest at
/// most, which in root mean square is what half precision costs.
void attendMany(const AttentionHead* heads, std::int64_t count, float* scratch);
std::int64_t manyScratch(const AttentionHead* heads, std::int64_t count);

/// Rounds to nearest even.
void convertToF16(const float* x, std::uint16_t* y, std::int64_t n);
void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n);

/// Writes cacheRowBytes(type, n) bytes. Values are rounded to nearest even; a block that holds a NaN or an
/// infinity becomes NaN.
void storeCacheRow(CacheType type, const float* x, void* y, std::int64_t n);

/// The first `n` numbers of a row that storeCacheRow wrote.
void loadCacheRow(CacheType type, const void* x, float* y, std::int64_t n);

} // namespace ponder::kernels
