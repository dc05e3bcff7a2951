#include "engine/model/delta_net.h"

#include "kernels/norm.h"

#include <algorithm>
#include <cmath>

namespace ponder::engine {

namespace {

// Of the squares' sum, so that a head of zeros stays one (transformers' l2norm).
constexpr double kUnitEpsilon = 1e-6;

/// Makes `vector` as long as `length`.
void scaleTo(double length, float* vector, std::int64_t numbers) {
    const double squares = kernels::dot(vector, vector, numbers);
    const auto scale = static_cast<float>(length / std::sqrt(squares + kUnitEpsilon));
    for (std::int64_t i = 0; i < numbers; ++i) vector[i] *= scale;
}

float sigmoid(float x) {
    return 1.0f / (1.0f + std::exp(-x));
}

float softplus(float x) {
    return x > 20 ? x : std::log1p(std::exp(x));
}

} // namespace

void DeltaNet::forward(int layer, const Step& step, const float* input, float* output, KvCache& cache) {
    const DeltaWeights& weights = model_.layer(layer).delta;
    const std::int64_t older = delta_.inputNumbers();
    inputs_.resize(static_cast<std::size_t>(older + step.tokens * delta_.channels()));
    std::copy_n(cache.carried(layer), older, inputs_.data());
    project(weights, step.tokens, input);
    std::copy_n(inputs_.data() + step.tokens * delta_.channels(), older, cache.nextCarried(layer));
    convolve(weights, step.tokens);
    prepareHeads(weights, step.tokens);
    applyRule(step.tokens, cache.carried(layer) + older, cache.nextCarried(layer) + older);
    normAndGate(weights, step.tokens);
    const MatrixProduct outward = productOf(weights.output, step.tokens, answers_.data(), output);
    backend_.multiply({&outward, 1});
}

void DeltaNet::project(const DeltaWeights& weights, std::int64_t tokens, const float* input) {
    const auto room = [tokens](std::vector<float>& numbers, std::int64_t each) {
        numbers.resize(static_cast<std::size_t>(tokens * each));
        return numbers.data();
    };
    room(gates_, delta_.valueNumbers());
    room(writes_, delta_.valueHeads);
    room(decays_, delta_.valueHeads);
    std::vector<MatrixProduct> products;
    if (weights.channelsAndGate) {
        products.push_back(productOf(weights.channelsAndGate, tokens, input,
                                     room(fused_, weights.channelsAndGate.matrix.rows)));
    } else {
        products.push_back(
            productOf(weights.channels, tokens, input, inputs_.data() + delta_.inputNumbers()));
        products.push_back(productOf(weights.gate, tokens, input, gates_.data()));
    }
    if (weights.writeAndDecay) {
        products.push_back(
            productOf(weights.writeAndDecay, tokens, input, room(fusedScalars_, 2 * delta_.valueHeads)));
    } else {
        products.push_back(productOf(weights.write, tokens, input, writes_.data()));
        products.push_back(productOf(weights.decay, tokens, input, decays_.data()));
    }
    backend_.multiply(products);
    if (weights.channelsAndGate) partChannelsAndGate(tokens);
    if (weights.writeAndDecay) partWritesAndDecays(tokens);
}

void DeltaNet::partChannelsAndGate(std::int64_t tokens) {
    const std::int64_t values = delta_.valueNumbers() / delta_.keyHeads; // of one key head
    const float* from = fused_.data();
    const auto take = [&from](std::int64_t numbers, float* to) {
        std::copy_n(from, numbers, to);
        from += numbers;
    };
    for (std::int64_t t = 0; t < tokens; ++t) {
        float* queries = inputs_.data() + delta_.inputNumbers() + t * delta_.channels();
        float* keys = queries + delta_.keyNumbers();
        float* allValues = keys + delta_.keyNumbers();
        for (std::int64_t head = 0; head < delta_.keyHeads; ++head) {
            take(delta_.keyLength, queries + head * delta_.keyLength);
            take(delta_.keyLength, keys + head * delta_.keyLength);
            take(values, allValues + head * values);
            take(values, gates_.data() + t * delta_.valueNumbers() + head * values);
        }
    }
}

void DeltaNet::partWritesAndDecays(std::int64_t tokens) {
    const std::int64_t each = delta_.valueHeads / delta_.keyHeads;
    const float* from = fusedScalars_.data();
    for (std::int64_t at = 0; at < tokens * delta_.valueHeads; at += each, from += 2 * each) {
        std::copy_n(from, each, writes_.data() + at);
        std::copy_n(from + each, each, decays_.data() + at);
    }
}

void DeltaNet::convolve(const DeltaWeights& weights, std::int64_t tokens) {
    const std::int64_t channels = delta_.channels();
    mixed_.resize(static_cast<std::size_t>(tokens * channels));
    eachToken(backend_, tokens, [&](std::int64_t t) {
        kernels::convolveSilu({.inputs = inputs_.data() + t * channels,
                               .factors = weights.convolution.data(),
                               .length = delta_.convolutionLength,
                               .channels = channels,
                               .tokens = 1,
                               .output = mixed_.data() + t * channels});
    });
}

void DeltaNet::prepareHeads(const DeltaWeights& weights, std::int64_t tokens) {
    const double queryLength = 1 / std::sqrt(static_cast<double>(delta_.keyLength));
    eachToken(backend_, tokens, [&](std::int64_t t) {
        float* queries = mixed_.data() + t * delta_.channels();
        float* keys = queries + delta_.keyNumbers();
        for (std::int64_t at = 0; at < delta_.keyNumbers(); at += delta_.keyLength) {
            scaleTo(queryLength, queries + at, delta_.keyLength);
            scaleTo(1, keys + at, delta_.keyLength);
        }
        float* writes = writes_.data() + t * delta_.valueHeads;
        float* decays = decays_.data() + t * delta_.valueHeads;
        for (std::size_t head = 0; head < weights.decayRate.size(); ++head) {
            writes[head] = sigmoid(writes[head]);
            const float pace = softplus(decays[head] + weights.decayBias[head]);
            decays[head] = std::exp(weights.decayRate[head] * pace);
        }
    });
}

void DeltaNet::applyRule(std::int64_t tokens, const float* before, float* after) {
    answers_.resize(static_cast<std::size_t>(tokens * delta_.valueNumbers()));
    const std::int64_t each = delta_.valueHeads / delta_.keyHeads;
    const std::int64_t state = delta_.stateNumbers() / delta_.valueHeads;
    const bool inTurn = config_.family->valueHeads == ValueHeads::InTurn;
    heads_.clear();
    for (std::int64_t head = 0; head < delta_.valueHeads; ++head) {
        const std::int64_t keyHead = inTurn ? head % delta_.keyHeads : head / each;
        const float* queries = mixed_.data() + keyHead * delta_.keyLength;
        heads_.push_back({.queries = queries,
                          .keys = queries + delta_.keyNumbers(),
                          .values = mixed_.data() + 2 * delta_.keyNumbers() + head * delta_.valueLength,
                          .inputStride = delta_.channels(),
                          .decays = decays_.data() + head,
                          .writes = writes_.data() + head,
                          .gateStride = delta_.valueHeads,
                          .before = before + head * state,
                          .after = after + head * state,
                          .output = answers_.data() + head * delta_.valueLength,
                          .outputStride = delta_.valueNumbers(),
                          .keyLength = delta_.keyLength,
                          .valueLength = delta_.valueLength,
                          .tokens = tokens});
    }
    backend_.share(delta_.valueHeads, [this](std::int64_t head) {
        kernels::applyDeltaRule(heads_[static_cast<std::size_t>(head)]);
    });
}

void DeltaNet::normAndGate(const DeltaWeights& weights, std::int64_t tokens) {
    const std::int64_t numbers = delta_.valueNumbers();
    eachToken(backend_, tokens, [&](std::int64_t t) {
        float* answers = answers_.data() + t * numbers;
        for (std::int64_t at = 0; at < numbers; at += delta_.valueLength) {
            kernels::rmsNorm(answers + at, weights.norm.data(), config_.normEpsilon, delta_.valueLength,
                             answers + at);
        }
        kernels::gatedActivation(kernels::Activation::Silu, gates_.data() + t * numbers, answers, numbers,
                                 answers);
    });
}

} // namespace ponder::engine
