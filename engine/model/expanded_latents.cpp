#include "engine/model/expanded_latents.h"

#include "kernels/attention.h"

#include <algorithm>

namespace ponder::engine {

namespace {

// Heads that are expanded together: their keys and values of a block stay in the third-level cache.
std::int64_t headsTogether(const ModelConfig& config) {
    return std::min(16, config.heads);
}

} // namespace

std::int64_t ExpandedLatents::workingNumbers(const ModelConfig& config, std::int64_t tokens) {
    const std::int64_t latentRow = config.latentRank + config.rope.dimensions;
    const std::int64_t position = latentRow + headsTogether(config) * (config.keyLength + config.valueLength);
    return kPositions * position + 2 * tokens * config.heads;
}

void ExpandedLatents::attend(int layer, const LatentAttentionWeights& weights, const Step& step,
                             const float* queries, float* output, const KvCache& cache) {
    states_.assign(static_cast<std::size_t>(step.tokens * config_.heads), {});
    const std::int64_t seen = step.position + step.tokens;
    const std::int64_t together = headsTogether(config_);
    for (std::int64_t first = 0; first < seen; first += kPositions) {
        const std::int64_t positions = std::min(kPositions, seen - first);
        readLatents(layer, first, positions, cache);
        for (std::int64_t head = 0; head < config_.heads; head += together) {
            const std::int64_t heads = std::min<std::int64_t>(together, config_.heads - head);
            expand(weights, {head, heads, first, positions});
            attendBlock(step, {head, heads, first, positions}, cache.type() != kernels::CacheType::F32,
                        queries, output);
        }
    }
}

void ExpandedLatents::readLatents(int layer, std::int64_t first, std::int64_t count, const KvCache& cache) {
    latents_.resize(static_cast<std::size_t>(count * latentRow()));
    eachToken(backend_, count, [&](std::int64_t i) {
        kernels::loadCacheRow(cache.type(), cache.keysFrom(layer, first + i),
                              latents_.data() + i * latentRow(), latentRow());
    });
}

void ExpandedLatents::expand(const LatentAttentionWeights& weights, const Block& block) {
    const std::int64_t heads = block.heads;
    const std::int64_t positions = block.positions;
    keys_.resize(static_cast<std::size_t>(heads * positions * config_.keyLength));
    values_.resize(static_cast<std::size_t>(heads * positions * config_.valueLength));
    const auto product = [&](const Matrix& matrix, std::vector<float>& target, std::int64_t head,
                             std::int64_t length) {
        return MatrixProduct{.weights = matrix,
                             .input = latents_.data(),
                             .inputStride = latentRow(),
                             .tokens = positions,
                             .output = target.data() + head * positions * length,
                             .outputStride = length};
    };
    const bool split = static_cast<bool>(weights.keyUp);
    const std::int64_t oldRows = config_.unrotatedLength() + config_.valueLength;
    products_.clear();
    for (std::int64_t head = 0; split && head < heads; ++head) {
        products_.push_back(
            product(weights.keyUp.rowsFrom((block.firstHead + head) * config_.latentRank, config_.latentRank),
                    keys_, head, config_.keyLength));
    }
    backend_.multiplyTransposed(products_);
    products_.clear();
    for (std::int64_t head = 0; head < heads; ++head) {
        const std::int64_t row = (block.firstHead + head) * oldRows;
        if (!split) {
            products_.push_back(product(weights.keyValueUp.rowsFrom(row, config_.unrotatedLength()), keys_,
                                        head, config_.keyLength));
        }
        products_.push_back(
            product(split ? weights.valueUp.rowsFrom((block.firstHead + head) * config_.valueLength,
                                                     config_.valueLength)
                          : weights.keyValueUp.rowsFrom(row + config_.unrotatedLength(), config_.valueLength),
                    values_, head, config_.valueLength));
    }
    backend_.multiply(products_);
    eachToken(backend_, positions, [&](std::int64_t i) {
        const float* rotated = latents_.data() + i * latentRow() + config_.latentRank;
        for (std::int64_t head = 0; head < heads; ++head) {
            std::copy_n(rotated, config_.rope.dimensions,
                        keys_.data() + (head * positions + i) * config_.keyLength +
                            config_.unrotatedLength());
        }
    });
}

void ExpandedLatents::attendBlock(const Step& step, const Block& block, bool areHalves, const float* queries,
                                  float* output) {
    const std::int64_t positions = block.positions;
    constexpr auto kNumber = static_cast<std::int64_t>(sizeof(float));
    const std::int64_t firstToken = std::max<std::int64_t>(0, block.first - step.position);
    heads_.clear();
    for (std::int64_t head = 0; head < block.heads; ++head) {
        for (std::int64_t t = firstToken; t < step.tokens; ++t) {
            const std::int64_t at = t * config_.heads + block.firstHead + head;
            heads_.push_back({.query = queries + at * config_.keyLength,
                              .keyLength = config_.keyLength,
                              .cacheType = kernels::CacheType::F32,
                              .keys = keys_.data() + head * positions * config_.keyLength,
                              .keyStride = config_.keyLength * kNumber,
                              .values = values_.data() + head * positions * config_.valueLength,
                              .valueStride = config_.valueLength * kNumber,
                              .valueLength = config_.valueLength,
                              .positions = std::min(positions, step.position + t + 1 - block.first),
                              .scale = config_.attentionScale,
                              .areHalves = areHalves,
                              .output = output + at * config_.valueLength,
                              .state = &states_[static_cast<std::size_t>(at)]});
        }
    }
    backend_.attendMany(heads_, step.tokens - firstToken);
}

} // namespace ponder::engine
