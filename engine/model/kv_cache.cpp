#include "engine/model/kv_cache.h"

#include "engine/model/row_compressor.h"
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

/// How the indexer's keys are kept. Never as bytes: a choice flips where a sum would only be a little off.
kernels::CacheType indexType(kernels::CacheType type) {
    return type == kernels::CacheType::F32 ? type : kernels::CacheType::F16;
}

} // namespace

KvCache::LayerShape KvCache::shapeOf(const ModelConfig& config, const LayerSettings& layer) {
    LayerShape shape;
    if (layer.kind != LayerKind::Attention) {
        shape.carried = config.carriedNumbers(layer.kind);
        return shape;
    }
    // The indexer of a compressed layer chooses among blocks.
    const std::int64_t positions = std::max(1, layer.compression);
    if (layer.indexed) shape.indexKeys = {1, config.indexer.keyLength, positions};
    switch (config.family->attention) {
    case AttentionKind::Grouped:
        shape.keys = {layer.keyValueHeads, config.keyLength};
        shape.values = {layer.keyValueHeads, config.valueLength};
        break;
    case AttentionKind::Latent: // the latent is the value too
        shape.keys = {1, config.latentRank + config.rope.dimensions};
        break;
    case AttentionKind::Compressed: // so is the key
        shape.keys = {1, config.keyLength};
        if (layer.compression == 0) break;
        shape.blocks = {1, config.keyLength, positions};
        shape.carried = RowCompressor::carriedNumbers(layer.compression, config.keyLength);
        if (layer.indexed)
            shape.carried += RowCompressor::carriedNumbers(layer.compression, config.indexer.keyLength);
        break;
    }
    return shape;
}

std::vector<KvCache::LayerShape> KvCache::shapesOf(const ModelConfig& config, CacheOf of) {
    std::vector<LayerShape> shapes(config.layer.size());
    const std::size_t trunk = shapes.size() - (config.draftHead ? 1 : 0);
    const std::size_t begin = of == CacheOf::Trunk ? 0 : trunk;
    const std::size_t end = of == CacheOf::Trunk ? trunk : shapes.size();
    for (std::size_t i = begin; i < end; ++i) shapes[i] = shapeOf(config, config.layer[i]);
    return shapes;
}

KvCache::KvCache(const ModelConfig& config, kernels::CacheType type, int capacity, CacheOf of)
    : type_(type), capacity_(capacity), carriedBytes_(of == CacheOf::Trunk ? bytesCarried(config) : 0) {
    for (const LayerShape& shape : shapesOf(config, of)) {
        Layer layer;
        layer.keys = makeRows(shape.keys, type_);
        layer.values = makeRows(shape.values, type_);
        layer.blocks = makeRows(shape.blocks, type_);
        layer.indexKeys = makeRows(shape.indexKeys, indexType(type_));
        layer.carried.assign(static_cast<std::size_t>(shape.carried), 0.0f);
        layer.nextCarried = layer.carried;
        layers_.push_back(std::move(layer));
    }
}

std::uint64_t KvCache::bytesPerToken(const ModelConfig& config, kernels::CacheType type, CacheOf of) {
    std::uint64_t bytes = 0;
    for (const LayerShape& shape : shapesOf(config, of)) {
        const auto add = [&](const RowShape& rows, kernels::CacheType rowType) {
            const std::uint64_t rowBytes =
                static_cast<std::uint64_t>(rows.heads) * kernels::cacheRowBytes(rowType, rows.length);
            const auto positions = static_cast<std::uint64_t>(rows.positions);
            bytes += (rowBytes + positions - 1) / positions;
        };
        add(shape.keys, type);
        add(shape.values, type);
        add(shape.blocks, type);
        add(shape.indexKeys, indexType(type));
    }
    return bytes;
}

std::uint64_t KvCache::bytesCarried(const ModelConfig& config) {
    std::int64_t numbers = 0;
    for (const LayerShape& shape : shapesOf(config, CacheOf::Trunk)) numbers += shape.carried;
    return sizeof(float) * static_cast<std::uint64_t>(numbers);
}

std::uint64_t KvCache::fixedBytes(const ModelConfig& config) {
    const std::uint64_t carried = bytesCarried(config);
    return carried * (2 + mostCheckpoints(carried));
}

KvCache::Rows KvCache::makeRows(const RowShape& shape, kernels::CacheType type) const {
    Rows rows{.heads = shape.heads,
              .length = shape.length,
              .type = type,
              .headBytes = kernels::cacheRowBytes(type, shape.length),
              .positions = shape.positions,
              .memory = {}};
    rows.memory =
        LazyMemory(rows.rowBytes() * static_cast<std::size_t>(capacity_ / rows.positions), "the context");
    return rows;
}

void KvCache::store(Rows& rows, std::int64_t position, const float* numbers) {
    CHECK(position < capacity_ / rows.positions);
    std::byte* target = rows.memory.data() + static_cast<std::size_t>(position) * rows.rowBytes();
    for (std::int64_t head = 0; head < rows.heads; ++head) {
        kernels::storeCacheRow(rows.type, numbers + head * rows.length,
                               target + static_cast<std::size_t>(head) * rows.headBytes, rows.length);
    }
}

const void* KvCache::at(const Rows& rows, std::int64_t position, int head) const {
    return rows.memory.data() + static_cast<std::size_t>(position) * rows.rowBytes() +
           static_cast<std::size_t>(head) * rows.headBytes;
}

Matrix KvCache::indexKeys(int layer, std::int64_t count) const {
    const Rows& rows = layers_[index(layer)].indexKeys;
    const auto type =
        rows.type == kernels::CacheType::F32 ? kernels::TensorType::F32 : kernels::TensorType::F16;
    const Matrix keys{type, rows.memory.data(), rows.length, count};
    CHECK(keys.rowBytes() == rows.rowBytes());
    return keys;
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
        const std::size_t bytes = rows.rowBytes() * static_cast<std::size_t>(length / rows.positions);
        if (bytes > 0) std::memcpy(rows.memory.data(), from.memory.data(), bytes);
    };
    const Checkpoint* from = length == other.length_ ? nullptr : other.checkpointAt(length);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        copyRows(layers_[i].keys, other.layers_[i].keys);
        copyRows(layers_[i].values, other.layers_[i].values);
        copyRows(layers_[i].blocks, other.layers_[i].blocks);
        copyRows(layers_[i].indexKeys, other.layers_[i].indexKeys);
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

template <typename Byte>
std::vector<std::span<Byte>> KvCache::stretches(int first, int count) const {
    CHECK(first >= 0 && count >= 0 && first + count <= capacity_);
    std::vector<std::span<Byte>> found;
    for (const Layer& layer : layers_) {
        for (const Rows* rows : {&layer.keys, &layer.values, &layer.blocks, &layer.indexKeys}) {
            const auto begin = static_cast<std::size_t>(first / rows->positions) * rows->rowBytes();
            const auto end = static_cast<std::size_t>((first + count) / rows->positions) * rows->rowBytes();
            if (end > begin) found.push_back({rows->memory.data() + begin, end - begin});
        }
    }
    return found;
}

std::vector<std::span<const std::byte>> KvCache::rows(int first, int count) const {
    return stretches<const std::byte>(first, count);
}

std::vector<std::span<std::byte>> KvCache::room(int first, int count) {
    return stretches<std::byte>(first, count);
}

std::vector<int> KvCache::carriedLengths() const {
    std::vector<int> lengths;
    if (carriedBytes_ == 0 || length_ == 0) return lengths;
    for (const Checkpoint& checkpoint : checkpoints_)
        if (checkpoint.length < length_) lengths.push_back(checkpoint.length);
    lengths.push_back(length_);
    return lengths;
}

std::vector<std::span<const float>> KvCache::carriedAt(int length) const {
    std::vector<std::span<const float>> carried;
    if (length == length_) {
        for (const Layer& layer : layers_) carried.push_back(layer.carried);
        return carried;
    }
    const Checkpoint* checkpoint = checkpointAt(length);
    CHECK(checkpoint && checkpoint->length == length);
    for (const std::vector<float>& numbers : checkpoint->carried) carried.push_back(numbers);
    return carried;
}

void KvCache::restore(int count, std::span<const float> carried) {
    CHECK(length_ + count <= capacity_ && carried.size() * sizeof(float) == carriedBytes_);
    length_ += count;
    for (Layer& layer : layers_) {
        std::copy_n(carried.begin(), layer.carried.size(), layer.carried.begin());
        carried = carried.subspan(layer.carried.size());
    }
    checkpoint();
}

} // namespace ponder::engine
