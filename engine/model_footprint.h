#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// How keys and values of a conversation are kept: as half-precision numbers, or as bytes in blocks of 32
/// with a scale, which takes half the memory for answers that are nearly the same.
enum class CacheType { F16, Q8_0 };
constexpr CacheType kCacheTypes[] = {CacheType::F16, CacheType::Q8_0};

/// "f16", "q8_0", as options and JSON spell it.
std::string_view cacheTypeName(CacheType type);
/// Throws Error for another name.
CacheType cacheTypeNamed(std::string_view name);

/// What a token is drawn from: more candidates take longer.
enum class DrawKind { BestFew, LikelyOnes, All };

/// Weight matrices of one type and row length that each token is multiplied with.
struct WeightShape {
    std::string type = {};    ///< "Q4_K"
    std::int64_t columns = 0; ///< of a row
    double rows = 0;          ///< all that a token meets; of experts as many as are chosen
    double bytes = 0;         ///< of these rows

    friend bool operator==(const WeightShape&, const WeightShape&) = default;
};

/// Layers that look back alike.
struct AttentionShape {
    int layers = 0;
    int window = 0;           ///< rows seen, 0: all; a delta rule sees its state as one row
    std::int64_t numbers = 0; ///< multiplied for a row, over all heads of a layer
    std::int64_t heads = 0;   ///< query heads of a layer
    std::int64_t sharing = 1; ///< of them, that look at the same rows
    int positions = 1;        ///< of the conversation to a row

    friend bool operator==(const AttentionShape&, const AttentionShape&) = default;
};

/// Layers that see the same number of positions and give back the cache's rows before them.
struct WindowFootprint {
    int window = 0;                  ///< positions
    std::uint64_t cacheBytesF16 = 0; ///< for a token, part of what the model takes for one
    std::uint64_t cacheBytesQ8_0 = 0;

    std::uint64_t cacheBytesPerToken(CacheType type) const {
        return type == CacheType::F16 ? cacheBytesF16 : cacheBytesQ8_0;
    }

    friend bool operator==(const WindowFootprint&, const WindowFootprint&) = default;
};

/// What a draft head takes beside the trunk, all in bytes; zeros: the file has none that is used. It is of
/// use only where all experts are in memory.
struct DraftFootprint {
    std::uint64_t weightBytes = 0;   ///< of the file
    std::uint64_t cacheBytesF16 = 0; ///< for a token of the conversation
    std::uint64_t cacheBytesQ8_0 = 0;
    std::uint64_t scratchBytes = 0;

    std::uint64_t cacheBytesPerToken(CacheType type) const {
        return type == CacheType::F16 ? cacheBytesF16 : cacheBytesQ8_0;
    }

    friend bool operator==(const DraftFootprint&, const DraftFootprint&) = default;
};

/// What a model takes of memory and of time, made from its header alone: it stays true as long as the file
/// does. All counts of bytes are of the file unless they say otherwise, and of the trunk. Plain values, to be
/// kept.
struct ModelFootprint {
    std::uint64_t denseBytes = 0;        ///< every token needs them; without the rows below
    std::uint64_t embeddingBytes = 0;    ///< a row is read for a token; 0 where the head is the same matrix
    std::uint64_t sharedExpertBytes = 0; ///< experts that every token meets
    std::uint64_t expertBytes = 0;       ///< of all experts that are chosen from
    int experts = 0;
    int expertsUsed = 0; ///< for a token

    int trainedContextTokens = 0;
    std::uint64_t cacheBytesF16 = 0; ///< of memory for a token of the conversation
    std::uint64_t cacheBytesQ8_0 = 0;
    std::uint64_t cacheFixedBytes = 0; ///< whatever the conversation's length: convolutions, states
    std::vector<WindowFootprint> windows = {};
    std::uint64_t vocabularyBytes = 0; ///< of memory for tokens, their index and merges, and small vectors
    std::uint64_t scratchBytes = 0;    ///< of memory to work in

    double denseBytesPerToken = 0; ///< read for a token, head and router among them
    double sharedBytesPerToken = 0;
    double expertBytesPerToken = 0;
    std::vector<WeightShape> products = {};
    std::vector<WeightShape> expertProducts = {}; ///< those of the chosen experts
    std::vector<AttentionShape> attention = {};
    double parallelLoops = 0;          ///< handed to the team of threads for a token
    double normedNumbers = 0;          ///< that one thread norms, rotates or adds for a token
    double activatedNumbers = 0;       ///< that one thread puts through the activation
    double convertedNumbers = 0;       ///< that one thread converts for products
    std::int64_t vocabulary = 0;       ///< numbers a token is drawn from
    DrawKind draw = DrawKind::BestFew; ///< by the model's own sampling
    DraftFootprint draft = {};

    std::uint64_t cacheBytesPerToken(CacheType type) const {
        return type == CacheType::F16 ? cacheBytesF16 : cacheBytesQ8_0;
    }
    /// Of memory for the trunk's cache of so many tokens. Windows give rows back only in contexts where that
    /// pays, with the same sum.
    std::uint64_t cacheBytes(CacheType type, int tokens) const;
    /// Of it, what a token behind so many others reads.
    std::uint64_t cacheBytesRead(CacheType type, int tokens) const;
    std::uint64_t weightBytes() const {
        return denseBytes + embeddingBytes + sharedExpertBytes + expertBytes;
    }

    friend bool operator==(const ModelFootprint&, const ModelFootprint&) = default;
};

/// The footprint of the model at `path`, the first part of a split one. Reads the header and nothing else.
/// Throws Error with the words `openEngine` would use.
ModelFootprint footprintOf(const std::string& path);

} // namespace ponder::engine
