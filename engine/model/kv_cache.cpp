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

struct RowLengths {
    std::int64_t key = 0;
    std::int64_t value = 0;
};

RowLengths rowLengths(const ModelConfig& config, const LayerSettings& layer) {
    if (layer.keyValueHeads == 0) return {};
    if (config.family->attention == AttentionKind::Latent)
        return {config.latentRank + config.rope.dimensions, 0};
    return {static_cast<std::int64_t>(layer.keyValueHeads) * config.keyLength,
            static_cast<std::int64_t>(layer.keyValueHeads) * config.valueLength};
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
        const RowLengths lengths = rowLengths(config, settings);
        const auto bytes = [&](std::int64_t numbers) {
            return static_cast<std::size_t>(numbers) * static_cast<std::size_t>(capacity) * numberBytes();
        };
        layer.keys = {lengths.key, LazyMemory(bytes(lengths.key))};
        layer.values = {lengths.value, LazyMemory(bytes(lengths.value))};
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
    std::uint64_t numbers = 0;
    for (const LayerSettings& layer : config.layer) {
        const RowLengths lengths = rowLengths(config, layer);
        numbers += static_cast<std::uint64_t>(lengths.key + lengths.value);
    }
    return numbers * (type == kernels::CacheType::F16 ? 2 : 4);
}

void KvCache::store(Rows& rows, std::int64_t position, const float* numbers) {
    CHECK(position < capacity_);
    std::byte* target =
        rows.memory.data() + static_cast<std::size_t>(position * rows.numbers) * numberBytes();
    if (type_ == kernels::CacheType::F32) {
        std::memcpy(target, numbers, static_cast<std::size_t>(rows.numbers) * sizeof(float));
    } else {
        kernels::convertToF16(numbers, reinterpret_cast<std::uint16_t*>(target), rows.numbers);
    }
}

const void* KvCache::at(const Rows& rows, std::int64_t position) const {
    return rows.memory.data() + static_cast<std::size_t>(position * rows.numbers) * numberBytes();
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
        const auto bytes = static_cast<std::size_t>(rows.numbers * length) * numberBytes();
        if (bytes > 0) std::memcpy(rows.memory.data(), from.memory.data(), bytes);
    };
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        copyRows(layers_[i].keys, other.layers_[i].keys);
        copyRows(layers_[i].values, other.layers_[i].values);
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
