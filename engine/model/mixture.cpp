#include "engine/model/mixture.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ponder::engine {

void Mixture::forward(int layer, const Step& step, const float* input, float* output) {
    const MixtureWeights& weights = model_.layer(layer).mixture;
    const std::int64_t tokens = step.tokens;
    route(weights, step, input);
    groupByExpert(tokens);
    gather(tokens, input);
    runExperts(layer, weights, tokens, input);
    sumInRouterOrder(tokens, output);
    if (weights.shared.gate) addShared(weights, tokens, input, output);
}

void Mixture::route(const MixtureWeights& weights, const Step& step, const float* input) {
    const auto experts = static_cast<std::size_t>(config_.mixture.experts);
    logits_.resize(static_cast<std::size_t>(step.tokens) * experts);
    const MatrixProduct product{.weights = weights.router.matrix,
                                .input = input,
                                .inputStride = config_.width,
                                .tokens = step.tokens,
                                .output = logits_.data(),
                                .outputStride = config_.mixture.experts,
                                .bias = weights.router.biasOrNull()};
    backend_.multiply({&product, 1});
    choices_.resize(static_cast<std::size_t>(step.tokens));
    const auto used = static_cast<std::size_t>(config_.mixture.used);
    for (std::size_t t = 0; t < choices_.size(); ++t) {
        const auto logits = std::span(logits_).subspan(t * experts, experts);
        if (weights.expertsOfToken.empty()) {
            chooseExperts(config_.mixture, logits, weights.selectionBias, choices_[t]);
        } else {
            const std::size_t row = static_cast<std::size_t>(step.ids[t]) * used;
            weighExperts(config_.mixture, logits, std::span(weights.expertsOfToken).subspan(row, used),
                         choices_[t]);
        }
    }
}

void Mixture::groupByExpert(std::int64_t tokens) {
    std::vector<std::int64_t> rows(static_cast<std::size_t>(config_.mixture.experts), 0);
    for (const auto& choices : choices_) {
        for (const Choice& choice : choices) ++rows[static_cast<std::size_t>(choice.expert)];
    }
    visits_.clear();
    std::int64_t first = 0;
    for (int expert = 0; expert < config_.mixture.experts; ++expert) {
        const std::int64_t count = std::exchange(rows[static_cast<std::size_t>(expert)], first);
        if (count > 0) visits_.push_back({expert, first, count});
        first += count;
    }
    rowOf_.clear();
    for (std::int64_t t = 0; t < tokens; ++t) {
        for (const Choice& choice : choices_[static_cast<std::size_t>(t)]) {
            rowOf_.push_back(rows[static_cast<std::size_t>(choice.expert)]++);
        }
    }
}

void Mixture::gather(std::int64_t tokens, const float* input) {
    if (tokens == 1) return; // every expert reads the one token where it is
    gathered_.resize(rowOf_.size() * static_cast<std::size_t>(config_.width));
    for (std::size_t i = 0; i < rowOf_.size(); ++i) {
        const auto token = static_cast<std::int64_t>(i) / config_.mixture.used;
        std::copy_n(input + token * config_.width, config_.width,
                    gathered_.data() + rowOf_[i] * config_.width);
    }
}

void Mixture::runExperts(int layer, const MixtureWeights& weights, std::int64_t tokens, const float* input) {
    const std::int64_t hidden = config_.mixture.hidden;
    const std::int64_t width = config_.width;
    gate_.resize(rowOf_.size() * static_cast<std::size_t>(hidden));
    up_.resize(gate_.size());
    answers_.resize(rowOf_.size() * static_cast<std::size_t>(width));

    std::vector<ExpertWeights> pins;
    for (const Visit& visit : visits_) pins.push_back(model_.experts().acquire(layer, visit.expert));
    const auto biasOf = [](const std::vector<float>& biases, const Visit& visit, std::int64_t rows) {
        return biases.empty() ? nullptr : biases.data() + visit.expert * rows;
    };

    products_.clear();
    for (std::size_t i = 0; i < visits_.size(); ++i) {
        const Visit& visit = visits_[i];
        MatrixProduct product{.weights = pins[i].gate,
                              .input = tokens == 1 ? input : gathered_.data() + visit.first * width,
                              .inputStride = width,
                              .tokens = visit.count,
                              .output = gate_.data() + visit.first * hidden,
                              .outputStride = hidden,
                              .bias = biasOf(weights.gateBias, visit, hidden)};
        products_.push_back(product);
        product.weights = pins[i].up;
        product.output = up_.data() + visit.first * hidden;
        product.bias = biasOf(weights.upBias, visit, hidden);
        products_.push_back(product);
    }
    backend_.multiply(products_);
    limitBranches(weights.branchLimit, gate_, up_);
    kernels::gatedActivation(config_.family->activation, gate_.data(), up_.data(),
                             static_cast<std::int64_t>(gate_.size()), gate_.data());

    products_.clear();
    for (std::size_t i = 0; i < visits_.size(); ++i) {
        const Visit& visit = visits_[i];
        products_.push_back({.weights = pins[i].down,
                             .input = gate_.data() + visit.first * hidden,
                             .inputStride = hidden,
                             .tokens = visit.count,
                             .output = answers_.data() + visit.first * width,
                             .outputStride = width,
                             .bias = biasOf(weights.downBias, visit, width)});
    }
    backend_.multiply(products_);
}

void Mixture::sumInRouterOrder(std::int64_t tokens, float* output) const {
    std::fill_n(output, tokens * config_.width, 0.0f);
    std::size_t at = 0;
    for (std::int64_t t = 0; t < tokens; ++t) {
        for (const Choice& choice : choices_[static_cast<std::size_t>(t)]) {
            kernels::addScaled(choice.weight, answers_.data() + rowOf_[at++] * config_.width,
                               output + t * config_.width, config_.width);
        }
    }
}

void Mixture::addShared(const MixtureWeights& weights, std::int64_t tokens, const float* input,
                        float* output) {
    sharedAnswer_.resize(static_cast<std::size_t>(tokens * config_.width));
    shared_.forward(weights.shared, tokens, input, sharedAnswer_.data());
    for (std::int64_t t = 0; t < tokens; ++t) {
        float share = 1;
        if (!weights.sharedGate.empty()) {
            const float logit =
                kernels::dot(weights.sharedGate.data(), input + t * config_.width, config_.width);
            share = 1.0f / (1.0f + std::exp(-logit));
        }
        kernels::addScaled(share, sharedAnswer_.data() + t * config_.width, output + t * config_.width,
                           config_.width);
    }
}

} // namespace ponder::engine
