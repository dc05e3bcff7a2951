#pragma once

#include "engine/backend/backend.h"
#include "engine/model/model_config.h"
#include "engine/weights/lazy_memory.h"
#include "kernels/attention.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace ponder::engine {

/// Which layers a cache is for: a draft head's rows come and go by rules of their own.
enum class CacheOf { Trunk, DraftHead };

/// Keys and values of one conversation, [layer][position], keys rotated before storing. Latent layers keep
/// only the latent and its rotated key, indexed ones the indexer's key too; compressed layers keep one row a
/// position, key and value at once, and one for a block of positions. Convolutions, Gated DeltaNets and
/// compressors carry numbers from one position to the next, which cannot be cut back: checkpoints remember
/// them at places worth returning to. One thread.
class KvCache {
public:
    KvCache(const ModelConfig& config, kernels::CacheType type, int capacity, CacheOf of = CacheOf::Trunk);

    /// Bytes a position takes over all layers, its share of compressed rows among them. A sliding window
    /// saves none: a conversation may be cut back.
    static std::uint64_t bytesPerToken(const ModelConfig& config, kernels::CacheType type,
                                       CacheOf of = CacheOf::Trunk);
    /// Bytes that do not depend on the length: what is carried, and its checkpoints.
    static std::uint64_t fixedBytes(const ModelConfig& config);

    int length() const { return length_; }
    int capacity() const { return capacity_; }
    kernels::CacheType type() const { return type_; }

    /// Writes one position, possibly beyond `length()`: it counts from `commit` on.
    void storeKey(int layer, std::int64_t position, const float* key) {
        store(layers_[index(layer)].keys, position, key);
    }
    void storeValue(int layer, std::int64_t position, const float* value) {
        store(layers_[index(layer)].values, position, value);
    }
    /// Bytes from one position to the next.
    std::int64_t keyStride(int layer) const { return stride(layers_[index(layer)].keys); }
    std::int64_t valueStride(int layer) const { return stride(layers_[index(layer)].values); }
    /// Where head `head` of position `first` starts.
    const void* keysFrom(int layer, std::int64_t first, int head = 0) const {
        return at(layers_[index(layer)].keys, first, head);
    }
    const void* valuesFrom(int layer, std::int64_t first, int head = 0) const {
        return at(layers_[index(layer)].values, first, head);
    }

    /// The rows of a compressed layer, one for each whole block of positions.
    void storeBlock(int layer, std::int64_t block, const float* row) {
        store(layers_[index(layer)].blocks, block, row);
    }
    std::int64_t blockStride(int layer) const { return stride(layers_[index(layer)].blocks); }
    const void* blocksFrom(int layer, std::int64_t first) const {
        return at(layers_[index(layer)].blocks, first, 0);
    }

    /// The indexer's keys, in layers that have one: of each position, in compressed layers of each block.
    void storeIndexKey(int layer, std::int64_t row, const float* key) {
        store(layers_[index(layer)].indexKeys, row, key);
    }
    std::int64_t indexKeyStride(int layer) const { return stride(layers_[index(layer)].indexKeys); }
    /// The first `count` of them, one a row.
    Matrix indexKeys(int layer, std::int64_t count) const;

    /// What a layer carries from the positions before `length()`, zeros at first. A convolution or a Gated
    /// DeltaNet: ModelConfig::carriedNumbers, a convolution's inputs, oldest first, and a delta rule's states
    /// behind them. A compressor: see RowCompressor.
    const float* carried(int layer) const { return layers_[index(layer)].carried.data(); }
    /// The same behind the step under way, to be written whole; becomes current with `commit`.
    float* nextCarried(int layer) { return layers_[index(layer)].nextCarried.data(); }

    /// `tokens` more positions are valid.
    void commit(int tokens);
    /// Remembers this length as one `rewind` can return to.
    void checkpoint();
    /// Cuts back to `length` or, where layers carry something, to the last checkpoint before. Returns the new
    /// length.
    int rewind(int length);
    /// Becomes a copy of the first `length` positions of `other`, a cache of the same model, or of fewer
    /// where layers carry something. Returns how many. Requires: `length` positions there and room for them
    /// here.
    int copy(const KvCache& other, int length);
    /// What `rewind` to `length` would return.
    int reachable(int length) const;

    // For snapshots. The stretches come in an order that is the model's own, and their sizes depend on
    // nothing but model, type, `first` and `count`.

    /// The bytes of positions [first, first + count), compressed rows with the last of their positions.
    std::vector<std::span<const std::byte>> rows(int first, int count) const;
    /// The same places, to be written; beyond `length()` they count from `restore` on. Requires: within the
    /// capacity.
    std::vector<std::span<std::byte>> room(int first, int count);
    /// Numbers carried in all layers; 0: any length can be returned to.
    std::int64_t carriedNumbers() const { return static_cast<std::int64_t>(carriedBytes_ / sizeof(float)); }
    /// Lengths at which it is known what was carried, shortest first, `length()` last; none where nothing is.
    std::vector<int> carriedLengths() const;
    /// What was carried at one of them, [layer]. Valid until the next change.
    std::vector<std::span<const float>> carriedAt(int length) const;
    /// `count` more positions are valid: their rows lie in `room`, and behind them `carried`,
    /// [carriedNumbers], is carried.
    void restore(int count, std::span<const float> carried);

private:
    struct RowShape {
        std::int64_t heads = 0;
        std::int64_t length = 0;    // numbers of a head
        std::int64_t positions = 1; // to a row
    };
    /// What a position of a layer keeps; no heads where there is nothing to keep.
    struct LayerShape {
        RowShape keys, values, blocks, indexKeys;
        std::int64_t carried = 0; // numbers
    };
    /// A position's numbers, head by head, so that a head's blocks are its own.
    struct Rows {
        std::int64_t heads = 0;
        std::int64_t length = 0; // numbers of a head
        kernels::CacheType type = kernels::CacheType::F16;
        std::size_t headBytes = 0;
        std::int64_t positions = 1; // to a row
        LazyMemory memory;

        std::size_t rowBytes() const { return static_cast<std::size_t>(heads) * headBytes; }
    };
    struct Layer {
        Rows keys, values, blocks, indexKeys;
        std::vector<float> carried, nextCarried;
    };
    struct Checkpoint {
        int length = 0;
        std::vector<std::vector<float>> carried; // [layer]
    };

    static LayerShape shapeOf(const ModelConfig& config, const LayerSettings& layer);
    /// Of every layer in turn; of those the cache is not for, nothing.
    static std::vector<LayerShape> shapesOf(const ModelConfig& config, CacheOf of);
    static std::size_t index(int layer) { return static_cast<std::size_t>(layer); }
    static std::int64_t stride(const Rows& rows) { return static_cast<std::int64_t>(rows.rowBytes()); }
    static std::uint64_t bytesCarried(const ModelConfig& config);
    Rows makeRows(const RowShape& shape, kernels::CacheType type) const;
    template <typename Byte>
    std::vector<std::span<Byte>> stretches(int first, int count) const;
    void makeRoomForCheckpoint();
    const Checkpoint* checkpointAt(int length) const;
    void store(Rows& rows, std::int64_t row, const float* numbers);
    const void* at(const Rows& rows, std::int64_t row, int head) const;

    kernels::CacheType type_;
    int capacity_ = 0;
    int length_ = 0;
    std::uint64_t carriedBytes_ = 0; // of all layers
    std::vector<Layer> layers_;
    std::vector<Checkpoint> checkpoints_; // by length; the empty conversation needs none
};

} // namespace ponder::engine
