#include "engine/model/kv_cache.h"

#include "engine/support/check.h"
#include "engine/support/error.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace ponder::engine {

namespace {

// Where a conversation can be taken up again once its thoughts were dropped or a message was edited. States
// may be large: then there are fewer of them.
constexpr std::uint64_t kMostCheckpoints = 8;
constexpr std::uint64_t kLeastCheckpoints = 4;
constexpr std::uint64_t kCheckpointBytes = std::uint64_t{256} << 20;

std::uint64_t mostCheckpoints(std::uint64_t carriedBytes) {
    return std::clamp(kCheckpointBytes / std::max<std::uint64_t>(1, carriedBytes), kLeastCheckpoints,
                      kMostCheckpoints);
}

std::uint64_t bytesCarried(const ModelConfig& config) {
    std::uint64_t bytes = 0;
    for (const LayerSettings& layer : config.layer)
        bytes += sizeof(float) * static_cast<std::uint64_t>(config.carriedNumbers(layer.kind));
    return bytes;
}

/// What a position of a layer keeps; no heads where there is nothing to keep.
struct RowShape {
    std::int64_t heads = 0;
    std::int64_t key = 0; // numbers of a head
    std::int64_t value = 0;
};

RowShape rowShape(const ModelConfig& config, const LayerSettings& layer) {
    if (layer.kind != LayerKind::Attention) return {};
    // The latent is the value too.
    if (config.family->attention == AttentionKind::Latent)
        return {1, config.latentRank + config.rope.dimensions, 0};
    return {layer.keyValueHeads, config.keyLength, config.valueLength};
}

} // namespace

KvCache::KvCache(const ModelConfig& config, kernels::CacheType type, int capacity)
    : type_(type), capacity_(capacity), carriedBytes_(bytesCarried(config)) {
    for (const LayerSettings& settings : config.layer) {
        Layer layer;
        const RowShape shape = rowShape(config, settings);
        layer.keys = makeRows(shape.heads, shape.key);
        layer.values = makeRows(shape.heads, shape.value);
        layer.carried.assign(static_cast<std::size_t>(config.carriedNumbers(settings.kind)), 0.0f);
        layer.nextCarried = layer.carried;
        layers_.push_back(std::move(layer));
    }
}

std::uint64_t KvCache::bytesPerToken(const ModelConfig& config, kernels::CacheType type) {
    std::uint64_t bytes = 0;
    for (const LayerSettings& layer : config.layer) {
        const RowShape shape = rowShape(config, layer);
        bytes += static_cast<std::uint64_t>(shape.heads) *
                 (kernels::cacheRowBytes(type, shape.key) + kernels::cacheRowBytes(type, shape.value));
    }
    return bytes;
}

std::uint64_t KvCache::fixedBytes(const ModelConfig& config) {
    const std::uint64_t carried = bytesCarried(config);
    return carried * (2 + mostCheckpoints(carried));
}

KvCache::Rows KvCache::makeRows(std::int64_t heads, std::int64_t length) const {
    Rows rows{
        .heads = heads, .length = length, .headBytes = kernels::cacheRowBytes(type_, length), .memory = {}};
    rows.memory = LazyMemory(rows.positionBytes() * static_cast<std::size_t>(capacity_), "the context");
    return rows;
}

void KvCache::store(Rows& rows, std::int64_t position, const float* numbers) {
    CHECK(position < capacity_);
    std::byte* target = rows.memory.data() + static_cast<std::size_t>(position) * rows.positionBytes();
    for (std::int64_t head = 0; head < rows.heads; ++head) {
        kernels::storeCacheRow(type_, numbers + head * rows.length,
                               target + static_cast<std::size_t>(head) * rows.headBytes, rows.length);
    }
}

const void* KvCache::at(const Rows& rows, std::int64_t position, int head) const {
    return rows.memory.data() + static_cast<std::size_t>(position) * rows.positionBytes() +
           static_cast<std::size_t>(head) * rows.headBytes;
}

void KvCache::commit(int tokens) {
    CHECK(length_ + tokens <= capacity_);
    length_ += tokens;
    for (Layer& layer : layers_) std::swap(layer.carried, layer.nextCarried);
}

void KvCache::checkpoint() {
    if (carriedBytes_ == 0 || length_ == 0) return;
    std::erase_if(checkpoints_, [&](const Checkpoint& each) { return each.length >= length_; });
    makeRoomForCheckpoint();
    Checkpoint checkpoint{.length = length_, .carried = {}};
    for (const Layer& layer : layers_) checkpoint.carried.push_back(layer.carried);
    checkpoints_.push_back(std::move(checkpoint));
}

/// Drops the one that is missed least: what a rewind has to evaluate again should be short beside what it
/// cuts off. The last one stays: the next prompt takes up there.
void KvCache::makeRoomForCheckpoint() {
    if (checkpoints_.size() < mostCheckpoints(carriedBytes_)) return;
    std::size_t least = 0;
    double leastMissed = 0;
    for (std::size_t i = 0; i + 1 < checkpoints_.size(); ++i) {
        const int before = i == 0 ? 0 : checkpoints_[i - 1].length;
        const double missed =
            static_cast<double>(checkpoints_[i + 1].length - before) / (length_ - checkpoints_[i].length);
        if (i == 0 || missed < leastMissed) {
            least = i;
            leastMissed = missed;
        }
    }
    checkpoints_.erase(checkpoints_.begin() + static_cast<std::ptrdiff_t>(least));
}

int KvCache::copy(const KvCache& other, int length) {
    CHECK(length <= other.length_ && length <= capacity_ && type_ == other.type_ && length_ == 0);
    length = other.reachable(length);
    const auto copyRows = [&](Rows& rows, const Rows& from) {
        const std::size_t bytes = rows.positionBytes() * static_cast<std::size_t>(length);
        if (bytes > 0) std::memcpy(rows.memory.data(), from.memory.data(), bytes);
    };
    const Checkpoint* from = length == other.length_ ? nullptr : other.checkpointAt(length);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        copyRows(layers_[i].keys, other.layers_[i].keys);
        copyRows(layers_[i].values, other.layers_[i].values);
        if (length > 0) layers_[i].carried = from ? from->carried[i] : other.layers_[i].carried;
    }
    length_ = length;
    checkpoint();
    return length;
}

/// The last one that is not longer; null: there is none.
const KvCache::Checkpoint* KvCache::checkpointAt(int length) const {
    const auto after = std::find_if(checkpoints_.begin(), checkpoints_.end(),
                                    [&](const Checkpoint& each) { return each.length > length; });
    return after == checkpoints_.begin() ? nullptr : &*std::prev(after);
}

int KvCache::reachable(int length) const {
    if (length >= length_) return length_;
    if (carriedBytes_ == 0) return length;
    const Checkpoint* checkpoint = checkpointAt(length);
    return checkpoint ? checkpoint->length : 0;
}

int KvCache::rewind(int length) {
    if (length >= length_) return length_;
    length_ = reachable(length);
    if (carriedBytes_ == 0) return length_;
    std::erase_if(checkpoints_, [&](const Checkpoint& each) { return each.length > length_; });
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        std::vector<float>& carried = layers_[i].carried;
        if (length_ > 0)
            carried = checkpoints_.back().carried[i];
        else
            std::fill(carried.begin(), carried.end(), 0.0f);
    }
    return length_;
}

} // namespace ponder::engine
