#pragma once

#include "engine/backend/backend.h"
#include "engine/model/cache_checkpoints.h"
#include "engine/model/cache_rows.h"
#include "engine/model/layer_cache_shape.h"
#include "engine/model/model_config.h"
#include "engine/model/window_limits.h"
#include "engine/support/check.h"
#include "kernels/attention.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ponder::engine {

/// Keys and values of one conversation, [layer][position], keys rotated before storing. Latent layers keep
/// only the latent and its rotated key, indexed ones the indexer's key too; compressed layers keep one row a
/// position, key and value at once, and one for a block of positions. Convolutions, Gated DeltaNets and
/// compressors carry numbers from one position to the next, which cannot be cut back: checkpoints remember
/// them at places worth returning to. Layers with a sliding window give back what lies behind it where the
/// capacity is so large that it pays (WindowLimits); the windows behind checkpoints stay. One thread.
class KvCache {
public:
    KvCache(const ModelConfig& config, kernels::CacheType type, int capacity, CacheOf of = CacheOf::Trunk,
            const WindowLimits& limits = {});

    /// Bytes a position takes over all layers, its share of compressed rows among them, as long as no window
    /// has left it behind.
    static std::uint64_t bytesPerToken(const ModelConfig& config, kernels::CacheType type,
                                       CacheOf of = CacheOf::Trunk);
    /// Bytes that do not depend on the length: what is carried, and its checkpoints.
    static std::uint64_t fixedBytes(const ModelConfig& config);
    /// What of `bytesPerToken` is in layers with a sliding window, by its length.
    struct WindowBytes {
        int window = 0;             ///< positions
        std::uint64_t perToken = 0; ///< bytes
    };
    static std::vector<WindowBytes> windows(const ModelConfig& config, kernels::CacheType type);

    int length() const { return length_; }
    int capacity() const { return capacity_; }
    kernels::CacheType type() const { return type_; }

    /// Writes one position, possibly beyond `length()`: it counts from `commit` on.
    void storeKey(int layer, std::int64_t position, const float* key) {
        layers_[index(layer)].keys.store(position, key);
    }
    void storeValue(int layer, std::int64_t position, const float* value) {
        layers_[index(layer)].values.store(position, value);
    }
    /// Bytes from one position to the next.
    std::int64_t keyStride(int layer) const { return stride(layers_[index(layer)].keys); }
    std::int64_t valueStride(int layer) const { return stride(layers_[index(layer)].values); }
    /// Where head `head` of position `first` starts. Requires: a token to come sees it.
    const void* keysFrom(int layer, std::int64_t first, int head = 0) const {
        CHECK(isKept(layers_[index(layer)], first));
        return layers_[index(layer)].keys.at(first, head);
    }
    const void* valuesFrom(int layer, std::int64_t first, int head = 0) const {
        CHECK(isKept(layers_[index(layer)], first));
        return layers_[index(layer)].values.at(first, head);
    }

    /// The rows of a compressed layer, one for each whole block of positions.
    void storeBlock(int layer, std::int64_t block, const float* row) {
        layers_[index(layer)].blocks.store(block, row);
    }
    std::int64_t blockStride(int layer) const { return stride(layers_[index(layer)].blocks); }
    const void* blocksFrom(int layer, std::int64_t first) const {
        return layers_[index(layer)].blocks.at(first, 0);
    }

    /// The indexer's keys, in layers that have one: of each position, in compressed layers of each block.
    void storeIndexKey(int layer, std::int64_t row, const float* key) {
        layers_[index(layer)].indexKeys.store(row, key);
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
    /// Cuts back to `length` or, where that is out of reach, to the last checkpoint before. Returns the new
    /// length.
    int rewind(int length);
    /// Becomes a copy of the first `length` positions of `other`, a cache of the same model, or of fewer
    /// where `other` could not be cut back to them. Returns how many. Requires: `length` positions there and
    /// room for them here.
    int copy(const KvCache& other, int length);
    /// What `rewind` to `length` would return.
    int reachable(int length) const;
    /// Every length is in reach at all times: nothing is carried and nothing given back.
    bool returnsAnywhere() const { return carriedBytes_ == 0 && !givesBack_; }

    // For snapshots. The stretches come in an order that is the model's own, and their sizes depend on
    // nothing but model, type, capacity and the positions. What has to be there beside them to go on at a
    // length is a place.

    /// The bytes of positions [first, first + count) that are never given back, compressed rows with the last
    /// of their positions.
    std::vector<std::span<const std::byte>> rows(int first, int count) const;
    /// The same places, to be written; beyond `length()` they count from `restore` on. Requires: within the
    /// capacity.
    std::vector<std::span<std::byte>> room(int first, int count);
    /// Of layers that give rows back, those that a place at `end` needs and one at `begin` does not have.
    /// Requires: `end` is one of the `places`.
    std::vector<std::span<const std::byte>> windowRows(int begin, int end) const;
    std::vector<std::span<std::byte>> windowRoom(int begin, int end);
    std::uint64_t windowBytes(int begin, int end) const;
    /// Numbers carried in all layers.
    std::int64_t carriedNumbers() const { return static_cast<std::int64_t>(carriedBytes_ / sizeof(float)); }
    /// Lengths that a conversation can be taken up at, shortest first, `length()` last; none where that is
    /// any.
    std::vector<int> places() const;
    /// What was carried at one of them, [layer]. Valid until the next change.
    std::vector<std::span<const float>> carriedAt(int length) const;
    /// `count` more positions are valid: their rows lie in `room`, those of windows in `windowRoom` from
    /// `length()` on, and behind them `carried`, [carriedNumbers], is carried.
    void restore(int count, std::span<const float> carried);

private:
    struct Layer {
        CacheRows keys, values, blocks, indexKeys;
        int window = 0; // of keys and values that are given back; 0: all are kept
        std::int64_t checkpointRows = 0;
        std::vector<float> carried, nextCarried;
    };
    static std::size_t index(int layer) { return static_cast<std::size_t>(layer); }
    static std::int64_t stride(const CacheRows& rows) { return static_cast<std::int64_t>(rows.rowBytes()); }
    static std::uint64_t bytesCarried(const ModelConfig& config);
    template <typename Byte>
    std::vector<std::span<Byte>> stretches(int first, int count) const;
    template <typename Byte>
    std::vector<std::span<Byte>> windowStretches(int begin, int end) const;
    bool isKept(const Layer& layer, std::int64_t position) const {
        return layer.window == 0 || position >= floor_ - layer.window;
    }
    void makeRoomForCheckpoint();
    void leaveBehind();
    void moveFloor(int floor);
    void giveBack(Layer& layer, const CacheRows::Range& left);

    kernels::CacheType type_;
    int capacity_ = 0;
    int length_ = 0;
    std::uint64_t carriedBytes_ = 0; // of all layers
    WindowLimits limits_;
    bool givesBack_ = false; // some layer does
    // The shortest length whose windows are whole without a checkpoint. A layer that gives rows back keeps
    // those from its window before the floor on, and its window before each checkpoint.
    int floor_ = 0;
    std::vector<Layer> layers_;
    CacheCheckpoints checkpoints_;
};

} // namespace ponder::engine
