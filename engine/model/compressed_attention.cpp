#include "engine/model/compressed_attention.h"

#include "kernels/norm.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace ponder::engine {

void CompressedAttention::forward(int layer, const Step& step, const float* input, float* output,
                                  KvCache& cache) {
    project(layer, step, input);
    storeRows(layer, step, cache);
    if (settings(layer).compression > 0) compress(layer, step, cache);
    attend(layer, step, cache);
    projectOutput(layer, step, output);
}

void CompressedAttention::project(int layer, const Step& step, const float* input) {
    const CompressedAttentionWeights& weights = model_.layer(layer).compressed;
    products_ = {productOf(weights.queryDown, step.tokens, input, compressedQueries_),
                 productOf(weights.row, step.tokens, input, rows_)};
    if (settings(layer).compression > 0) {
        products_.push_back(productOf(weights.compressor.values, step.tokens, input, values_));
        products_.push_back(productOf(weights.compressor.gates, step.tokens, input, gates_));
    }
    if (settings(layer).indexed) {
        products_.push_back(productOf(weights.indexCompressor.values, step.tokens, input, indexValues_));
        products_.push_back(productOf(weights.indexCompressor.gates, step.tokens, input, indexGates_));
        products_.push_back(productOf(weights.indexer.headWeight, step.tokens, input, indexWeights_));
    }
    backend_.multiply(products_);

    for (std::int64_t t = 0; t < step.tokens; ++t) {
        float* row = compressedQueries_.data() + t * config_.queryRank;
        kernels::rmsNorm(row, weights.queryDownNorm.data(), config_.normEpsilon, config_.queryRank, row);
    }
    products_ = {productOf(weights.queryUp, step.tokens, compressedQueries_.data(), queries_)};
    if (settings(layer).indexed) {
        products_.push_back(
            productOf(weights.indexer.queryUp, step.tokens, compressedQueries_.data(), indexQueries_));
    }
    backend_.multiply(products_);
    for (std::int64_t t = 0; t < step.tokens; ++t) {
        for (std::int64_t head = 0; head < config_.heads; ++head) {
            float* query = queries_.data() + t * headNumbers() + head * config_.keyLength;
            kernels::rmsNorm(query, nullptr, config_.normEpsilon, config_.keyLength, query);
            rotateTail(query, config_.keyLength, step, t);
        }
        const std::int64_t length = config_.indexer.keyLength;
        for (int head = 0; settings(layer).indexed && head < config_.indexer.heads; ++head)
            rotateTail(indexQueries_.data() + (t * config_.indexer.heads + head) * length, length, step, t);
    }
}

void CompressedAttention::storeRows(int layer, const Step& step, KvCache& cache) {
    const std::vector<float>& norm = model_.layer(layer).compressed.rowNorm;
    for (std::int64_t t = 0; t < step.tokens; ++t) {
        float* row = rows_.data() + t * config_.keyLength;
        kernels::rmsNorm(row, norm.data(), config_.normEpsilon, config_.keyLength, row);
        rotateTail(row, config_.keyLength, step, t);
        cache.storeKey(layer, step.position + t, row);
    }
}

void CompressedAttention::compress(int layer, const Step& step, KvCache& cache) {
    const CompressedAttentionWeights& weights = model_.layer(layer).compressed;
    const int ratio = settings(layer).compression;
    const std::int64_t length = config_.keyLength;
    const std::int64_t indexLength = config_.indexer.keyLength;
    const std::int64_t carriedByRows = RowCompressor::carriedNumbers(ratio, length);
    const std::int64_t carriedByKeys =
        settings(layer).indexed ? RowCompressor::carriedNumbers(ratio, indexLength) : 0;
    float* carried = cache.nextCarried(layer);
    std::copy_n(cache.carried(layer), carriedByRows + carriedByKeys, carried);
    block_.resize(static_cast<std::size_t>(std::max(length, indexLength)));
    for (std::int64_t t = 0; t < step.tokens; ++t) {
        const std::int64_t position = step.position + t;
        RowCompressor::Offer offer{
            .weights = weights.compressor,
            .ratio = ratio,
            .length = length,
            .position = position,
            .values = values_.data() + t * RowCompressor::projectedNumbers(ratio, length),
            .gates = gates_.data() + t * RowCompressor::projectedNumbers(ratio, length)};
        if (compressor_.take(offer, carried, block_.data()))
            cache.storeBlock(layer, position / ratio, block_.data());
        if (!settings(layer).indexed) continue;
        const std::int64_t at = t * RowCompressor::projectedNumbers(ratio, indexLength);
        if (compressor_.take({.weights = weights.indexCompressor,
                              .ratio = ratio,
                              .length = indexLength,
                              .position = position,
                              .values = indexValues_.data() + at,
                              .gates = indexGates_.data() + at},
                             carried + carriedByRows, block_.data()))
            cache.storeIndexKey(layer, position / ratio, block_.data());
    }
}

void CompressedAttention::attend(int layer, const Step& step, const KvCache& cache) {
    const std::int64_t ratio = settings(layer).compression;
    mixed_.resize(static_cast<std::size_t>(step.tokens * headNumbers()));
    heads_.clear();
    std::int64_t t = 0;
    for (; t < step.tokens; ++t) {
        const std::int64_t seen = step.position + t + 1;
        if (ratio > 0 && seen >= ratio) break;
        const std::int64_t first = std::max<std::int64_t>(0, seen - settings(layer).window);
        addHeads(layer, t, cache.keysFrom(layer, first), seen - first, cache);
    }
    backend_.attend(heads_, static_cast<std::int64_t>(heads_.size()));
    for (; t < step.tokens; ++t) {
        gatherRows(layer, step, t, cache);
        heads_.clear();
        addHeads(layer, t, read_.data(), static_cast<std::int64_t>(read_.size()) / cache.keyStride(layer),
                 cache);
        backend_.attend(heads_, static_cast<std::int64_t>(heads_.size()));
    }
}

/// The window's rows, then those of the blocks that the token sees or its indexer chooses.
void CompressedAttention::gatherRows(int layer, const Step& step, std::int64_t t, const KvCache& cache) {
    const auto rowBytes = static_cast<std::size_t>(cache.keyStride(layer));
    const std::int64_t seen = step.position + t + 1;
    const std::int64_t first = std::max<std::int64_t>(0, seen - settings(layer).window);
    const std::int64_t blocks = seen / settings(layer).compression;
    const std::size_t windowBytes = static_cast<std::size_t>(seen - first) * rowBytes;
    if (!settings(layer).indexed || blocks <= config_.indexer.chosen) {
        read_.resize(windowBytes + static_cast<std::size_t>(blocks) * rowBytes);
        std::memcpy(read_.data() + windowBytes, cache.blocksFrom(layer, 0),
                    static_cast<std::size_t>(blocks) * rowBytes);
    } else {
        const std::int64_t heads = config_.indexer.heads;
        const auto chosen =
            chooser_.choose({.keys = cache.indexKeys(layer, blocks),
                             .queries = indexQueries_.data() + t * heads * config_.indexer.keyLength,
                             .weights = indexWeights_.data() + t * heads,
                             .heads = config_.indexer.heads,
                             .count = config_.indexer.chosen,
                             .capacity = cache.capacity() / settings(layer).compression});
        read_.resize(windowBytes + chosen.size() * rowBytes);
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            std::memcpy(read_.data() + windowBytes + i * rowBytes, cache.blocksFrom(layer, chosen[i]),
                        rowBytes);
        }
    }
    std::memcpy(read_.data(), cache.keysFrom(layer, first), windowBytes);
}

void CompressedAttention::addHeads(int layer, std::int64_t t, const void* rows, std::int64_t count,
                                   const KvCache& cache) {
    const std::vector<float>& sinks = model_.layer(layer).compressed.sinks;
    for (std::int64_t head = 0; head < config_.heads; ++head) {
        const std::int64_t at = t * headNumbers() + head * config_.keyLength;
        heads_.push_back({.query = queries_.data() + at,
                          .keyLength = config_.keyLength,
                          .cacheType = cache.type(),
                          .keys = rows,
                          .keyStride = cache.keyStride(layer),
                          .values = rows,
                          .valueStride = cache.keyStride(layer),
                          .valueLength = config_.keyLength,
                          .positions = count,
                          .scale = config_.attentionScale,
                          .sink = &sinks[static_cast<std::size_t>(head)],
                          .output = mixed_.data() + at});
    }
}

void CompressedAttention::projectOutput(int layer, const Step& step, float* output) {
    const CompressedAttentionWeights& weights = model_.layer(layer).compressed;
    const std::int64_t rotated = config_.rope.dimensions;
    std::vector<float> backward(static_cast<std::size_t>(rotated / 2));
    for (std::int64_t t = 0; t < step.tokens; ++t) {
        std::transform(step.rope->sines(t), step.rope->sines(t) + rotated / 2, backward.begin(),
                       std::negate<>());
        for (std::int64_t head = 0; head < config_.heads; ++head) {
            float* end = mixed_.data() + t * headNumbers() + (head + 1) * config_.keyLength;
            kernels::rotate(config_.family->ropeStyle, end - rotated, rotated, step.rope->cosines(t),
                            backward.data());
        }
    }
    const std::int64_t columns = weights.groupedOutput.columns;
    const std::int64_t numbers = weights.groupedOutput.rows;
    grouped_.resize(static_cast<std::size_t>(step.tokens * numbers));
    products_.clear();
    for (std::int64_t group = 0; group < config_.outputGroups; ++group) {
        products_.push_back(
            {.weights = weights.groupedOutput.rowsFrom(group * config_.outputRank, config_.outputRank),
             .input = mixed_.data() + group * columns,
             .inputStride = headNumbers(),
             .tokens = step.tokens,
             .output = grouped_.data() + group * config_.outputRank,
             .outputStride = numbers});
    }
    backend_.multiply(products_);
    const MatrixProduct product = productOf(weights.output, step.tokens, grouped_.data(), output);
    backend_.multiply({&product, 1});
}

void CompressedAttention::rotateTail(float* vector, std::int64_t length, const Step& step,
                                     std::int64_t t) const {
    kernels::rotate(config_.family->ropeStyle, vector + length - config_.rope.dimensions,
                    config_.rope.dimensions, step.rope->cosines(t), step.rope->sines(t));
}

} // namespace ponder::engine
