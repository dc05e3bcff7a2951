#include "engine/model/sparse_indexer.h"

#include "kernels/norm.h"

namespace ponder::engine {

namespace {

// The published code sets it, no file carries it.
constexpr float kNormEpsilon = 1e-6f;

} // namespace

void SparseIndexer::prepare(int layer, const Step& step, const float* input, const float* compressedQueries,
                            KvCache& cache) {
    const IndexerWeights& weights = model_.layer(layer).latent.indexer;
    const auto product = [&](const Projection& projection, const float* from, std::vector<float>& target) {
        return productOf(projection, step.tokens, from, target);
    };
    std::vector<MatrixProduct> products{product(weights.key, input, keys_)};
    const bool asks = chooses(step.position + step.tokens);
    if (asks) {
        products.push_back(product(weights.headWeight, input, weights_));
        products.push_back(product(weights.queryUp, compressedQueries, queries_));
    }
    backend_.multiply(products);

    const std::int64_t length = config_.indexer.keyLength;
    for (std::int64_t t = 0; t < step.tokens; ++t) {
        float* key = keys_.data() + t * length;
        kernels::layerNorm(key, weights.keyNorm.data(), weights.keyNormBias.data(), kNormEpsilon, length,
                           key);
        rotate(key, step, t);
        cache.storeIndexKey(layer, step.position + t, key);
        for (int head = 0; asks && head < config_.indexer.heads; ++head)
            rotate(queries_.data() + (t * config_.indexer.heads + head) * length, step, t);
    }
}

std::span<const std::int64_t> SparseIndexer::choose(int layer, const Step& step, std::int64_t t,
                                                    const KvCache& cache) {
    const std::int64_t heads = config_.indexer.heads;
    return chooser_.choose({.keys = cache.indexKeys(layer, step.position + t + 1),
                            .queries = queries_.data() + t * heads * config_.indexer.keyLength,
                            .weights = weights_.data() + t * heads,
                            .heads = config_.indexer.heads,
                            .count = config_.indexer.chosen,
                            .capacity = cache.capacity()});
}

/// Halves where the large attention turns pairs: the published model mixes the two.
void SparseIndexer::rotate(float* vector, const Step& step, std::int64_t t) const {
    kernels::rotate(kernels::RopeStyle::Halves, vector, config_.rope.dimensions, step.rope->cosines(t),
                    step.rope->sines(t));
}

} // namespace ponder::engine
