#include "engine/model/attention.h"

#include "kernels/norm.h"

#include <algorithm>
#include <cmath>

namespace ponder::engine {

void Attention::forward(int layer, const Step& step, const float* input, float* output, KvCache& cache) {
    const GroupedAttentionWeights& weights = model_.layer(layer).grouped;
    project(weights, step, Part::All, input);
    normAndRotate(weights, config_.layer[static_cast<std::size_t>(layer)], step, Part::All);
    store(layer, weights, step, cache);
    attend(layer, weights, step, cache);
    if (config_.family->gatedAttention == Switch::On) applyGates(step.tokens);
    const MatrixProduct product = productOf(weights.output, step.tokens, mixed_.data(), output);
    backend_.multiply({&product, 1});
}

void Attention::remember(int layer, const Step& step, const float* input, KvCache& cache) {
    const GroupedAttentionWeights& weights = model_.layer(layer).grouped;
    project(weights, step, Part::KeysAndValues, input);
    normAndRotate(weights, config_.layer[static_cast<std::size_t>(layer)], step, Part::KeysAndValues);
    store(layer, weights, step, cache);
}

void Attention::store(int layer, const GroupedAttentionWeights& weights, const Step& step, KvCache& cache) {
    eachToken(backend_, step.tokens, [&](std::int64_t t) {
        cache.storeKey(layer, step.position + t, keys_.data() + t * weights.key.matrix.rows);
        cache.storeValue(layer, step.position + t, values_.data() + t * weights.value.matrix.rows);
    });
}

void Attention::project(const GroupedAttentionWeights& weights, const Step& step, Part part,
                        const float* input) {
    const auto product = [&](const Projection& projection, std::vector<float>& target) {
        return productOf(projection, step.tokens, input, target);
    };
    const bool isGated = config_.family->gatedAttention == Switch::On;
    if (part == Part::KeysAndValues) {
        const MatrixProduct products[] = {product(weights.key, keys_), product(weights.value, values_)};
        backend_.multiply(products);
        return;
    }
    const MatrixProduct products[] = {product(weights.query, isGated ? queriesAndGates_ : queries_),
                                      product(weights.key, keys_), product(weights.value, values_)};
    backend_.multiply(products);
    if (isGated) partQueriesAndGates(step.tokens);
}

void Attention::partQueriesAndGates(std::int64_t tokens) {
    const std::int64_t length = config_.keyLength;
    const std::int64_t heads = config_.heads;
    queries_.resize(static_cast<std::size_t>(tokens * heads * length));
    gates_.resize(queries_.size());
    eachToken(backend_, tokens, [&](std::int64_t t) {
        for (std::int64_t head = t * heads; head < (t + 1) * heads; ++head) {
            const float* both = queriesAndGates_.data() + 2 * head * length;
            std::copy_n(both, length, queries_.data() + head * length);
            std::copy_n(both + length, length, gates_.data() + head * length);
        }
    });
}

void Attention::applyGates(std::int64_t tokens) {
    const std::int64_t numbers = static_cast<std::int64_t>(config_.heads) * config_.valueLength;
    eachToken(backend_, tokens, [&](std::int64_t t) {
        for (std::int64_t i = t * numbers; i < (t + 1) * numbers; ++i) {
            const auto at = static_cast<std::size_t>(i);
            mixed_[at] /= 1.0f + std::exp(-gates_[at]);
        }
    });
}

void Attention::normAndRotate(const GroupedAttentionWeights& weights, const LayerSettings& settings,
                              const Step& step, Part part) {
    const auto norm = [&](const std::vector<float>& weight, float* vector, std::int64_t length) {
        const auto each = static_cast<std::int64_t>(weight.size());
        for (std::int64_t at = 0; each > 0 && at < length; at += each) {
            kernels::rmsNorm(vector + at, weight.data(), config_.normEpsilon, each, vector + at);
        }
    };
    const auto rotate = [&](float* vector, std::int64_t length, std::int64_t t) {
        for (std::int64_t at = 0; settings.rotates && at < length; at += config_.keyLength) {
            kernels::rotate(config_.family->ropeStyle, vector + at, config_.rope.dimensions,
                            step.rope->cosines(t), step.rope->sines(t));
        }
    };
    const auto both = [&](const std::vector<float>& weight, float* vector, std::int64_t length,
                          std::int64_t t) {
        const bool before = config_.family->headNormOrder == HeadNormOrder::BeforeRope;
        if (before) norm(weight, vector, length);
        rotate(vector, length, t);
        if (!before) norm(weight, vector, length);
    };
    const std::int64_t queryNumbers = static_cast<std::int64_t>(config_.heads) * config_.keyLength;
    eachToken(backend_, step.tokens, [&](std::int64_t t) {
        if (part == Part::All) both(weights.queryNorm, queries_.data() + t * queryNumbers, queryNumbers, t);
        both(weights.keyNorm, keys_.data() + t * weights.key.matrix.rows, weights.key.matrix.rows, t);
    });
}

void Attention::attend(int layer, const GroupedAttentionWeights& weights, const Step& step,
                       const KvCache& cache) {
    const LayerSettings& settings = config_.layer[static_cast<std::size_t>(layer)];
    const int queriesPerKey = config_.heads / settings.keyValueHeads;
    mixed_.resize(static_cast<std::size_t>(step.tokens * weights.output.matrix.columns));
    heads_.clear();
    // In the order of the keys they look at, so that keys are read once for several heads and tokens.
    for (int group = 0; group < settings.keyValueHeads; ++group) {
        for (std::int64_t t = 0; t < step.tokens; ++t) {
            const std::int64_t seen = step.position + t + 1;
            const std::int64_t first =
                settings.window > 0 ? std::max<std::int64_t>(0, seen - settings.window) : 0;
            for (int head = group * queriesPerKey; head < (group + 1) * queriesPerKey; ++head) {
                heads_.push_back(
                    {.query = queries_.data() + (t * config_.heads + head) * config_.keyLength,
                     .keyLength = config_.keyLength,
                     .cacheType = cache.type(),
                     .keys = cache.keysFrom(layer, first, group),
                     .keyStride = cache.keyStride(layer),
                     .values = cache.valuesFrom(layer, first, group),
                     .valueStride = cache.valueStride(layer),
                     .valueLength = config_.valueLength,
                     .positions = seen - first,
                     .scale = config_.attentionScale,
                     .sink = weights.sinks.empty() ? nullptr : &weights.sinks[static_cast<std::size_t>(head)],
                     .output =
                         mixed_.data() + t * weights.output.matrix.columns + head * config_.valueLength});
            }
        }
    }
    if (step.isLong())
        backend_.attendMany(heads_, step.tokens * queriesPerKey);
    else
        backend_.attend(heads_, step.tokens * queriesPerKey);
}

} // namespace ponder::engine
