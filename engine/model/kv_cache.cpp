#include "engine/model/kv_cache.h"

#include "engine/support/check.h"
#include "engine/support/error.h"

#include <algorithm>
#include <cstring>
#include <sys/mman.h>
#include <utility>

namespace ponder::engine {

namespace {

// The ends of the last prompts: where a conversation is taken up again once its thoughts were dropped.
constexpr std::size_t kMostCheckpoints = 8;

/// What a position of a layer keeps; no heads where there is nothing to keep.
struct RowShape {
    std::int64_t heads = 0;
    std::int64_t key = 0; // numbers of a head
    std::int64_t value = 0;
    std::int64_t indexKey = 0; // numbers of the indexer's key
};

RowShape rowShape(const ModelConfig& config, const LayerSettings& layer) {
    if (layer.keyValueHeads == 0) return {};
    // The latent is the value too.
    if (config.family->attention == AttentionKind::Latent)
        return {1, config.latentRank + config.rope.dimensions, 0,
                layer.indexed ? config.indexer.keyLength : 0};
    return {layer.keyValueHeads, config.keyLength, config.valueLength, 0};
}

/// How the indexer's keys are kept. Never as bytes: a choice flips where a sum would only be a little off.
kernels::CacheType indexType(kernels::CacheType type) {
    return type == kernels::CacheType::F32 ? type : kernels::CacheType::F16;
}

} // namespace

LazyMemory::LazyMemory(std::size_t bytes) : bytes_(bytes) {
    if (bytes == 0) return;
    void* memory =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        throw Error("The system refused " + std::to_string(bytes >> 20) +
                    " MB for the context. Close other programs or choose a shorter context.");
    }
    data_ = static_cast<std::byte*>(memory);
}

LazyMemory::~LazyMemory() {
    if (data_) munmap(data_, bytes_);
}

LazyMemory::LazyMemory(LazyMemory&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}

LazyMemory& LazyMemory::operator=(LazyMemory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
}

KvCache::KvCache(const ModelConfig& config, kernels::CacheType type, int capacity)
    : type_(type), capacity_(capacity) {
    for (const LayerSettings& settings : config.layer) {
        Layer layer;
        const RowShape shape = rowShape(config, settings);
        layer.keys = makeRows(shape.heads, shape.key, type_);
        layer.values = makeRows(shape.heads, shape.value, type_);
        layer.indexKeys = makeRows(1, shape.indexKey, indexType(type_));
        if (settings.keyValueHeads == 0) {
            convolutions_ = true;
            layer.inputs.assign(static_cast<std::size_t>(config.convolutionLength - 1) *
                                    static_cast<std::size_t>(config.width),
                                0.0f);
            layer.nextInputs = layer.inputs;
        }
        layers_.push_back(std::move(layer));
    }
    checkpoint();
}

std::uint64_t KvCache::bytesPerToken(const ModelConfig& config, kernels::CacheType type) {
    std::uint64_t bytes = 0;
    for (const LayerSettings& layer : config.layer) {
        const RowShape shape = rowShape(config, layer);
        bytes += static_cast<std::uint64_t>(shape.heads) *
                     (kernels::cacheRowBytes(type, shape.key) + kernels::cacheRowBytes(type, shape.value)) +
                 kernels::cacheRowBytes(indexType(type), shape.indexKey);
    }
    return bytes;
}

std::uint64_t KvCache::fixedBytes(const ModelConfig& config) {
    const auto convolutions = std::count_if(config.layer.begin(), config.layer.end(),
                                            [](const auto& layer) { return layer.keyValueHeads == 0; });
    const auto inputs = static_cast<std::uint64_t>(std::max(0, config.convolutionLength - 1)) *
                        static_cast<std::uint64_t>(config.width) * sizeof(float);
    return static_cast<std::uint64_t>(convolutions) * inputs * (2 + kMostCheckpoints);
}

KvCache::Rows KvCache::makeRows(std::int64_t heads, std::int64_t length, kernels::CacheType type) const {
    Rows rows{.heads = heads,
              .length = length,
              .type = type,
              .headBytes = kernels::cacheRowBytes(type, length),
              .memory = {}};
    rows.memory = LazyMemory(rows.positionBytes() * static_cast<std::size_t>(capacity_));
    return rows;
}

void KvCache::store(Rows& rows, std::int64_t position, const float* numbers) {
    CHECK(position < capacity_);
    std::byte* target = rows.memory.data() + static_cast<std::size_t>(position) * rows.positionBytes();
    for (std::int64_t head = 0; head < rows.heads; ++head) {
        kernels::storeCacheRow(rows.type, numbers + head * rows.length,
                               target + static_cast<std::size_t>(head) * rows.headBytes, rows.length);
    }
}

const void* KvCache::at(const Rows& rows, std::int64_t position, int head) const {
    return rows.memory.data() + static_cast<std::size_t>(position) * rows.positionBytes() +
           static_cast<std::size_t>(head) * rows.headBytes;
}

Matrix KvCache::indexKeys(int layer, std::int64_t positions) const {
    const Rows& rows = layers_[index(layer)].indexKeys;
    const auto type =
        rows.type == kernels::CacheType::F32 ? kernels::TensorType::F32 : kernels::TensorType::F16;
    const Matrix keys{type, rows.memory.data(), rows.length, positions};
    CHECK(keys.rowBytes() == rows.positionBytes());
    return keys;
}

void KvCache::commit(int tokens) {
    CHECK(length_ + tokens <= capacity_);
    length_ += tokens;
    for (Layer& layer : layers_) layer.inputs = layer.nextInputs;
}

void KvCache::checkpoint() {
    if (!convolutions_) return;
    std::erase_if(checkpoints_, [&](const Checkpoint& each) { return each.length >= length_; });
    // The empty conversation comes first and is never dropped.
    if (checkpoints_.size() >= kMostCheckpoints) checkpoints_.erase(checkpoints_.begin() + 1);
    Checkpoint checkpoint{.length = length_, .inputs = {}};
    for (const Layer& layer : layers_) checkpoint.inputs.push_back(layer.inputs);
    checkpoints_.push_back(std::move(checkpoint));
}

int KvCache::copy(const KvCache& other, int length) {
    CHECK(length <= other.length_ && length <= capacity_ && type_ == other.type_ && length_ == 0);
    length = other.reachable(length);
    const auto copyRows = [&](Rows& rows, const Rows& from) {
        const std::size_t bytes = rows.positionBytes() * static_cast<std::size_t>(length);
        if (bytes > 0) std::memcpy(rows.memory.data(), from.memory.data(), bytes);
    };
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        copyRows(layers_[i].keys, other.layers_[i].keys);
        copyRows(layers_[i].values, other.layers_[i].values);
        copyRows(layers_[i].indexKeys, other.layers_[i].indexKeys);
        if (convolutions_) layers_[i].inputs = other.inputsAt(length, i);
    }
    length_ = length;
    checkpoint();
    return length;
}

/// Requires: `length` is the current one or a checkpoint's.
const std::vector<float>& KvCache::inputsAt(int length, std::size_t layer) const {
    if (length == length_) return layers_[layer].inputs;
    const auto found = std::find_if(checkpoints_.begin(), checkpoints_.end(),
                                    [&](const Checkpoint& each) { return each.length == length; });
    CHECK(found != checkpoints_.end());
    return found->inputs[layer];
}

int KvCache::reachable(int length) const {
    if (length >= length_) return length_;
    if (!convolutions_) return length;
    const auto after = std::find_if(checkpoints_.begin(), checkpoints_.end(),
                                    [&](const Checkpoint& each) { return each.length > length; });
    return std::prev(after)->length;
}

int KvCache::rewind(int length) {
    if (length >= length_) return length_;
    if (convolutions_) {
        const auto after = std::find_if(checkpoints_.begin(), checkpoints_.end(),
                                        [&](const Checkpoint& each) { return each.length > length; });
        checkpoints_.erase(after, checkpoints_.end());
        length = checkpoints_.back().length;
        for (std::size_t i = 0; i < layers_.size(); ++i) layers_[i].inputs = checkpoints_.back().inputs[i];
    }
    length_ = length;
    return length_;
}

} // namespace ponder::engine
