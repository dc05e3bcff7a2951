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
    runExperts(layer, weights, tokens, input);
    sumInRouterOrder(tokens, output);
    if (weights.shared.gate) addShared(weights, tokens, input, output);
}

void Mixture::route(const MixtureWeights& weights, const Step& step, const float* input) {
    const auto experts = static_cast<std::size_t>(config_.mixture.experts);
    const MatrixProduct product = productOf(weights.router, step.tokens, input, logits_);
    backend_.multiply({&product, 1});
    choices_.resize(static_cast<std::size_t>(step.tokens));
    const auto used = static_cast<std::size_t>(config_.mixture.used);
    eachToken(backend_, step.tokens, [&](std::int64_t t) {
        const auto at = static_cast<std::size_t>(t);
        const auto logits = std::span(logits_).subspan(at * experts, experts);
        if (weights.expertsOfToken.empty()) {
            chooseExperts(config_.mixture, logits, weights.selectionBias, choices_[at]);
        } else {
            const std::size_t row = static_cast<std::size_t>(step.ids[at]) * used;
            weighExperts(config_.mixture, logits, std::span(weights.expertsOfToken).subspan(row, used),
                         choices_[at]);
        }
    });
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
    tokenOf_.resize(static_cast<std::size_t>(first));
    for (std::int64_t t = 0; t < tokens; ++t) {
        for (const Choice& choice : choices_[static_cast<std::size_t>(t)]) {
            const std::int64_t row = rows[static_cast<std::size_t>(choice.expert)]++;
            rowOf_.push_back(row);
            tokenOf_[static_cast<std::size_t>(row)] = t;
        }
    }
}

void Mixture::runExperts(int layer, const MixtureWeights& weights, std::int64_t tokens, const float* input) {
    const std::int64_t hidden = config_.mixture.hidden;
    const std::int64_t width = config_.width;
    gate_.resize(rowOf_.size() * static_cast<std::size_t>(hidden));
    up_.resize(gate_.size());
    answers_.resize(rowOf_.size() * static_cast<std::size_t>(width));

    wanted_.clear();
    for (const Visit& visit : visits_) wanted_.push_back(visit.expert);
    model_.experts().prepare(layer, wanted_, backend_);
    std::vector<ExpertWeights> pins;
    for (const Visit& visit : visits_) pins.push_back(model_.experts().acquire(layer, visit.expert));
    const auto biasOf = [](const std::vector<float>& biases, const Visit& visit, std::int64_t rows) {
        return biases.empty() ? nullptr : biases.data() + visit.expert * rows;
    };

    products_.clear();
    for (std::size_t i = 0; i < visits_.size(); ++i) {
        const Visit& visit = visits_[i];
        MatrixProduct product{.weights = pins[i].gate,
                              .input = input,
                              .inputStride = width,
                              // All experts of a single token share its conversion.
                              .inputRows = tokens == 1 ? nullptr : tokenOf_.data() + visit.first,
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
    eachToken(backend_, tokens, [&](std::int64_t t) {
        const std::int64_t numbers = config_.mixture.used * hidden;
        float* gate = gate_.data() + t * numbers;
        kernels::gatedActivation(config_.family->activation, gate, up_.data() + t * numbers, numbers, gate);
    });

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
    eachToken(backend_, tokens, [&](std::int64_t t) {
        float* sum = output + t * config_.width;
        std::fill_n(sum, config_.width, 0.0f);
        auto at = static_cast<std::size_t>(t * config_.mixture.used);
        for (const Choice& choice : choices_[static_cast<std::size_t>(t)]) {
            kernels::addScaled(choice.weight, answers_.data() + rowOf_[at++] * config_.width, sum,
                               config_.width);
        }
    });
}

void Mixture::addShared(const MixtureWeights& weights, std::int64_t tokens, const float* input,
                        float* output) {
    sharedAnswer_.resize(static_cast<std::size_t>(tokens * config_.width));
    shared_.forward(weights.shared, tokens, input, sharedAnswer_.data());
    eachToken(backend_, tokens, [&](std::int64_t t) {
        float share = 1;
        if (!weights.sharedGate.empty()) {
            const float logit =
                kernels::dot(weights.sharedGate.data(), input + t * config_.width, config_.width);
            share = 1.0f / (1.0f + std::exp(-logit));
        }
        kernels::addScaled(share, sharedAnswer_.data() + t * config_.width, output + t * config_.width,
                           config_.width);
    });
}

} // namespace ponder::engine
