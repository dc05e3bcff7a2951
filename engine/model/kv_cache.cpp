#include "engine/model/kv_cache.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

KvCache::KvCache(const ModelConfig& config, kernels::CacheType type, int capacity, CacheOf of,
                 const WindowLimits& limits)
    : type_(rowType(config, type)), capacity_(capacity),
      carriedBytes_(of == CacheOf::Trunk ? bytesCarried(config) : 0), limits_(limits) {
    const std::vector<LayerCacheShape> shapes = layerCacheShapes(config, of);
    std::uint64_t windowBytes = 0;
    for (const LayerCacheShape& shape : shapes)
        windowBytes += static_cast<std::uint64_t>(shape.window) * shape.windowedRowBytes(type_);
    for (const LayerCacheShape& shape : shapes) {
        Layer layer;
        // A draft head's history begins and ends by rules of its own.
        if (of == CacheOf::Trunk && shape.window > 0 &&
            capacity > limits.mostRows(shape.window, windowBytes)) {
            layer.window = shape.window;
            layer.checkpointRows = limits.checkpointRows(shape.window, windowBytes);
            givesBack_ = true;
        }
        const auto pages = layer.window > 0 ? LazyMemory::Pages::Small : LazyMemory::Pages::Ordinary;
        layer.keys = {shape.keys, type_, capacity, pages};
        layer.values = {shape.values, type_, capacity, pages};
        layer.blocks = {shape.blocks, type_, capacity, LazyMemory::Pages::Ordinary};
        layer.indexKeys = {shape.indexKeys, indexKeyType(type_), capacity, LazyMemory::Pages::Ordinary};
        layer.carried.assign(static_cast<std::size_t>(shape.carried), 0.0f);
        layer.nextCarried = layer.carried;
        layers_.push_back(std::move(layer));
    }
}

std::uint64_t KvCache::bytesPerToken(const ModelConfig& config, kernels::CacheType type, CacheOf of) {
    type = rowType(config, type);
    std::uint64_t bytes = 0;
    for (const LayerCacheShape& shape : layerCacheShapes(config, of)) {
        const auto add = [&](const CacheRows::Shape& rows, kernels::CacheType rowType) {
            const auto positions = static_cast<std::uint64_t>(rows.positions);
            bytes += (rows.rowBytes(rowType) + positions - 1) / positions;
        };
        add(shape.keys, type);
        add(shape.values, type);
        add(shape.blocks, type);
        add(shape.indexKeys, indexKeyType(type));
    }
    return bytes;
}

std::uint64_t KvCache::bytesCarried(const ModelConfig& config) {
    std::int64_t numbers = 0;
    for (const LayerCacheShape& shape : layerCacheShapes(config, CacheOf::Trunk)) numbers += shape.carried;
    return sizeof(float) * static_cast<std::uint64_t>(numbers);
}

std::uint64_t KvCache::fixedBytes(const ModelConfig& config) {
    const std::uint64_t carried = bytesCarried(config);
    return carried * (2 + CacheCheckpoints::most(carried));
}

std::vector<KvCache::WindowBytes> KvCache::windows(const ModelConfig& config, kernels::CacheType type) {
    type = rowType(config, type);
    std::vector<WindowBytes> found;
    for (const LayerCacheShape& shape : layerCacheShapes(config, CacheOf::Trunk)) {
        if (shape.windowedRowBytes(type) == 0) continue;
        auto place = std::find_if(found.begin(), found.end(),
                                  [&](const WindowBytes& each) { return each.window >= shape.window; });
        if (place == found.end() || place->window != shape.window)
            place = found.insert(place, {.window = shape.window});
        place->perToken += shape.windowedRowBytes(type);
    }
    return found;
}

Matrix KvCache::indexKeys(int layer, std::int64_t count) const {
    const CacheRows& rows = layers_[index(layer)].indexKeys;
    const auto type =
        rows.type() == kernels::CacheType::F32 ? kernels::TensorType::F32 : kernels::TensorType::F16;
    const Matrix keys{type, rows.at(0, 0), rows.length(), count};
    CHECK(keys.rowBytes() == rows.rowBytes());
    return keys;
}

void KvCache::commit(int tokens) {
    CHECK(length_ + tokens <= capacity_);
    length_ += tokens;
    for (Layer& layer : layers_) std::swap(layer.carried, layer.nextCarried);
    leaveBehind();
}

/// Gives back what neither a short way back nor a checkpoint needs, not at every step.
void KvCache::leaveBehind() {
    if (givesBack_ && length_ - floor_ >= limits_.slack + limits_.stride) moveFloor(length_ - limits_.slack);
}

void KvCache::moveFloor(int floor) {
    const int before = std::exchange(floor_, floor);
    for (Layer& layer : layers_) giveBack(layer, {before - layer.window, floor - layer.window});
}

/// Gives back what of these positions is not kept.
void KvCache::giveBack(Layer& layer, const CacheRows::Range& left) {
    if (layer.window == 0) return;
    std::int64_t begin = 0;
    const auto gapUpTo = [&](std::int64_t end) {
        if (begin >= end) return;
        layer.keys.giveBack(left, {begin, end});
        layer.values.giveBack(left, {begin, end});
    };
    for (const CacheCheckpoints::Checkpoint& each : checkpoints_.all()) {
        gapUpTo(std::min(each.length, floor_) - layer.window);
        begin = each.length;
    }
    gapUpTo(floor_ - layer.window);
}

void KvCache::checkpoint() {
    if (returnsAnywhere() || length_ == 0) return;
    checkpoints_.cut(length_ - 1);
    makeRoomForCheckpoint();
    std::vector<std::vector<float>>& carried = checkpoints_.add(length_).carried;
    carried.resize(layers_.size());
    for (std::size_t i = 0; i < layers_.size(); ++i) carried[i] = layers_[i].carried;
}

void KvCache::makeRoomForCheckpoint() {
    const auto isTooMuch = [&] {
        return checkpoints_.all().size() >= CacheCheckpoints::most(carriedBytes_) ||
               std::any_of(layers_.begin(), layers_.end(), [&](const Layer& layer) {
                   return layer.window > 0 && checkpoints_.rows(layer.window, length_) > layer.checkpointRows;
               });
    };
    while (checkpoints_.all().size() > 1 && isTooMuch()) {
        const int dropped = checkpoints_.dropOneBefore(length_);
        for (Layer& layer : layers_) giveBack(layer, {dropped - layer.window, dropped});
    }
}

int KvCache::copy(const KvCache& other, int length) {
    CHECK(length <= other.length_ && length <= capacity_ && type_ == other.type_ && length_ == 0);
    length = other.reachable(length);
    floor_ = std::min(length, other.floor_);
    const CacheCheckpoints::Checkpoint* from =
        length == other.length_ ? nullptr : other.checkpoints_.before(length);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        Layer& layer = layers_[i];
        const Layer& source = other.layers_[i];
        // What is not there cannot be kept.
        if (layer.window == 0 && source.window > 0) {
            layer.window = source.window;
            layer.checkpointRows = source.checkpointRows;
            givesBack_ = true;
        }
        const std::int64_t begin = layer.window > 0 ? std::max(0, floor_ - layer.window) : 0;
        layer.keys.copy(source.keys, {begin, length});
        layer.values.copy(source.values, {begin, length});
        layer.blocks.copy(source.blocks, {0, length});
        layer.indexKeys.copy(source.indexKeys, {0, length});
        if (length > 0) layer.carried = from ? from->carried[i] : source.carried;
    }
    length_ = length;
    leaveBehind();
    checkpoint();
    return length;
}

int KvCache::reachable(int length) const {
    if (length >= length_) return length_;
    if (carriedBytes_ == 0 && length >= floor_) return length;
    const CacheCheckpoints::Checkpoint* checkpoint = checkpoints_.before(length);
    return checkpoint ? checkpoint->length : 0;
}

int KvCache::rewind(int length) {
    if (length >= length_) return length_;
    const int before = std::exchange(length_, reachable(length));
    checkpoints_.cut(length_);
    if (carriedBytes_ > 0) {
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            std::vector<float>& carried = layers_[i].carried;
            if (length_ > 0)
                carried = checkpoints_.all().back().carried[i];
            else
                std::fill(carried.begin(), carried.end(), 0.0f);
        }
    }
    if (length_ >= floor_) return length_;
    floor_ = length_;
    for (Layer& layer : layers_) {
        if (layer.window == 0) continue;
        for (CacheRows* rows : {&layer.keys, &layer.values})
            rows->giveBack({length_, before}, {length_, capacity_});
    }
    return length_;
}

template <typename Byte>
std::vector<std::span<Byte>> KvCache::stretches(int first, int count) const {
    CHECK(first >= 0 && count >= 0 && first + count <= capacity_);
    std::vector<std::span<Byte>> found;
    for (const Layer& layer : layers_) {
        for (const CacheRows* rows : {&layer.keys, &layer.values, &layer.blocks, &layer.indexKeys}) {
            const bool isWindow = layer.window > 0 && (rows == &layer.keys || rows == &layer.values);
            const std::span<std::byte> bytes = rows->bytesOf({first, first + count});
            if (!isWindow && !bytes.empty()) found.push_back(bytes);
        }
    }
    return found;
}

template <typename Byte>
std::vector<std::span<Byte>> KvCache::windowStretches(int begin, int end) const {
    CHECK(begin >= 0 && begin <= end && end <= capacity_);
    std::vector<std::span<Byte>> found;
    for (const Layer& layer : layers_) {
        if (layer.window == 0) continue;
        for (const CacheRows* rows : {&layer.keys, &layer.values}) {
            const std::span<std::byte> bytes = rows->bytesOf({std::max(begin, end - layer.window), end});
            if (!bytes.empty()) found.push_back(bytes);
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

std::vector<std::span<const std::byte>> KvCache::windowRows(int begin, int end) const {
    CHECK(end <= length_ && reachable(end) == end);
    return windowStretches<const std::byte>(begin, end);
}

std::vector<std::span<std::byte>> KvCache::windowRoom(int begin, int end) {
    return windowStretches<std::byte>(begin, end);
}

std::uint64_t KvCache::windowBytes(int begin, int end) const {
    std::uint64_t bytes = 0;
    for (const auto& stretch : windowStretches<const std::byte>(begin, end)) bytes += stretch.size();
    return bytes;
}

std::vector<int> KvCache::places() const {
    std::vector<int> lengths;
    if (returnsAnywhere() || length_ == 0) return lengths;
    for (const CacheCheckpoints::Checkpoint& checkpoint : checkpoints_.all())
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
    const CacheCheckpoints::Checkpoint* checkpoint = checkpoints_.before(length);
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
    // Where more than a window came, its rows came for the end alone.
    const bool isWhole = std::all_of(layers_.begin(), layers_.end(), [&](const Layer& layer) {
        return layer.window == 0 || count <= layer.window;
    });
    if (isWhole)
        leaveBehind();
    else
        moveFloor(length_);
    checkpoint();
}

} // namespace ponder::engine
