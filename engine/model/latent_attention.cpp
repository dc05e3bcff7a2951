#include "engine/model/latent_attention.h"

#include "kernels/norm.h"

#include <algorithm>
#include <cstring>

namespace ponder::engine {

void LatentAttention::forward(int layer, const Step& step, const float* input, float* output,
                              KvCache& cache) {
    const LatentAttentionWeights& weights = model_.layer(layer).latent;
    projectQueries(weights, step, input);
    storeLatents(layer, weights, step, input, cache);
    if (weights.indexer.key) indexer_.prepare(layer, step, input, compressedQueries_.data(), cache);
    mixed_.resize(static_cast<std::size_t>(step.tokens * config_.heads * config_.valueLength));
    if (expands(layer, step)) {
        expanded_.attend(layer, weights, step, queries_.data(), mixed_.data(), cache);
    } else {
        for (std::int64_t first = 0; first < step.tokens; first += kAbsorbedTogether) {
            const Tokens some{first, std::min(kAbsorbedTogether, step.tokens - first)};
            absorbQueries(weights, some);
            attend(layer, step, some, cache);
            expandValues(weights, some);
        }
    }
    const MatrixProduct product = productOf(weights.output, step.tokens, mixed_.data(), output);
    backend_.multiply({&product, 1});
}

void LatentAttention::projectQueries(const LatentAttentionWeights& weights, const Step& step,
                                     const float* input) {
    if (weights.query) {
        multiply(weights.query, step, input, queries_);
    } else {
        multiply(weights.queryDown, step, input, compressedQueries_);
        eachToken(backend_, step.tokens, [&](std::int64_t t) {
            float* row = compressedQueries_.data() + t * config_.queryRank;
            kernels::rmsNorm(row, weights.queryDownNorm.data(), config_.normEpsilon, config_.queryRank, row);
        });
        multiply(weights.queryUp, step, compressedQueries_.data(), queries_);
    }
    eachToken(backend_, step.tokens, [&](std::int64_t t) {
        for (int head = 0; head < config_.heads; ++head) {
            float* rotated =
                queries_.data() + (t * config_.heads + head) * config_.keyLength + config_.unrotatedLength();
            kernels::rotate(config_.family->ropeStyle, rotated, config_.rope.dimensions,
                            step.rope->cosines(t), step.rope->sines(t));
        }
    });
}

void LatentAttention::storeLatents(int layer, const LatentAttentionWeights& weights, const Step& step,
                                   const float* input, KvCache& cache) {
    multiply(weights.latent, step, input, latents_);
    eachToken(backend_, step.tokens, [&](std::int64_t t) {
        float* row = latents_.data() + t * latentRow();
        kernels::rmsNorm(row, weights.latentNorm.data(), config_.normEpsilon, config_.latentRank, row);
        kernels::rotate(config_.family->ropeStyle, row + config_.latentRank, config_.rope.dimensions,
                        step.rope->cosines(t), step.rope->sines(t));
        cache.storeKey(layer, step.position + t, row);
    });
}

void LatentAttention::absorbQueries(const LatentAttentionWeights& weights, Tokens some) {
    absorbed_.resize(static_cast<std::size_t>(some.count * config_.heads * latentRow()));
    const float* queries = queries_.data() + some.first * config_.heads * config_.keyLength;
    products_.clear();
    const bool split = static_cast<bool>(weights.keyUp);
    const std::int64_t oldRows = config_.unrotatedLength() + config_.valueLength;
    for (int head = 0; head < config_.heads; ++head) {
        const Matrix keyUp = split ? weights.keyUp.rowsFrom(head * config_.latentRank, config_.latentRank)
                                   : weights.keyValueUp.rowsFrom(head * oldRows, config_.unrotatedLength());
        products_.push_back({.weights = keyUp,
                             .input = queries + head * config_.keyLength,
                             .inputStride = static_cast<std::int64_t>(config_.heads) * config_.keyLength,
                             .tokens = some.count,
                             .output = absorbed_.data() + head * latentRow(),
                             .outputStride = config_.heads * latentRow()});
    }
    if (split)
        backend_.multiply(products_);
    else
        backend_.multiplyTransposed(products_);

    eachToken(backend_, some.count, [&](std::int64_t t) {
        for (std::int64_t i = t * config_.heads; i < (t + 1) * config_.heads; ++i) {
            const float* rotated = queries + i * config_.keyLength + config_.unrotatedLength();
            std::copy_n(rotated, config_.rope.dimensions,
                        absorbed_.data() + i * latentRow() + config_.latentRank);
        }
    });
}

void LatentAttention::attend(int layer, const Step& step, Tokens some, const KvCache& cache) {
    const bool indexed = config_.layer[static_cast<std::size_t>(layer)].indexed;
    mixedLatents_.resize(static_cast<std::size_t>(some.count * config_.heads * config_.latentRank));
    heads_.clear();
    for (std::int64_t t = 0; t < some.count; ++t) {
        const std::int64_t seen = step.position + some.first + t + 1;
        if (indexed && indexer_.chooses(seen)) break;
        addHeads(t, cache.keysFrom(layer, 0), seen, cache.keyStride(layer), cache.type());
    }
    backend_.attend(heads_, static_cast<std::int64_t>(heads_.size()));
    for (auto t = static_cast<std::int64_t>(heads_.size()) / config_.heads; t < some.count; ++t)
        attendChosen(layer, step, some, t, cache);
}

void LatentAttention::attendChosen(int layer, const Step& step, Tokens some, std::int64_t t,
                                   const KvCache& cache) {
    const auto positions = indexer_.choose(layer, step, some.first + t, cache);
    const auto rowBytes = static_cast<std::size_t>(cache.keyStride(layer));
    chosenRows_.resize(positions.size() * rowBytes);
    for (std::size_t i = 0; i < positions.size(); ++i)
        std::memcpy(chosenRows_.data() + i * rowBytes, cache.keysFrom(layer, positions[i]), rowBytes);
    heads_.clear();
    addHeads(t, chosenRows_.data(), static_cast<std::int64_t>(positions.size()), cache.keyStride(layer),
             cache.type());
    backend_.attend(heads_, static_cast<std::int64_t>(heads_.size()));
}

void LatentAttention::addHeads(std::int64_t t, const void* rows, std::int64_t positions, std::int64_t stride,
                               kernels::CacheType type) {
    for (int head = 0; head < config_.heads; ++head) {
        const std::int64_t at = t * config_.heads + head;
        heads_.push_back({.query = absorbed_.data() + at * latentRow(),
                          .keyLength = latentRow(),
                          .cacheType = type,
                          .keys = rows,
                          .keyStride = stride,
                          .values = rows,
                          .valueStride = stride,
                          .valueLength = config_.latentRank,
                          .positions = positions,
                          .scale = config_.attentionScale,
                          .output = mixedLatents_.data() + at * config_.latentRank});
    }
}

void LatentAttention::expandValues(const LatentAttentionWeights& weights, Tokens some) {
    float* mixed = mixed_.data() + some.first * config_.heads * config_.valueLength;
    products_.clear();
    const bool split = static_cast<bool>(weights.valueUp);
    const std::int64_t oldRows = config_.unrotatedLength() + config_.valueLength;
    for (int head = 0; head < config_.heads; ++head) {
        const Matrix valueUp = split
                                   ? weights.valueUp.rowsFrom(head * config_.valueLength, config_.valueLength)
                                   : weights.keyValueUp.rowsFrom(head * oldRows + config_.unrotatedLength(),
                                                                 config_.valueLength);
        products_.push_back({.weights = valueUp,
                             .input = mixedLatents_.data() + head * config_.latentRank,
                             .inputStride = static_cast<std::int64_t>(config_.heads) * config_.latentRank,
                             .tokens = some.count,
                             .output = mixed + head * config_.valueLength,
                             .outputStride = static_cast<std::int64_t>(config_.heads) * config_.valueLength});
    }
    backend_.multiply(products_);
}

/// A choice of positions is every token's own, and its rows would be expanded for it alone.
bool LatentAttention::expands(int layer, const Step& step) const {
    const bool indexed = config_.layer[static_cast<std::size_t>(layer)].indexed;
    if (indexed && indexer_.chooses(step.position + step.tokens)) return false;
    return step.isLong();
}

void LatentAttention::multiply(const Projection& projection, const Step& step, const float* input,
                               std::vector<float>& output) {
    const MatrixProduct product = productOf(projection, step.tokens, input, output);
    backend_.multiply({&product, 1});
}

} // namespace ponder::engine
