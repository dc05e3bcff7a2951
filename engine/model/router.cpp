#include "engine/model/router.h"

#include "kernels/activation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ponder::engine {

namespace {

// The smallest normal half float: the floor llama.cpp and the models' own code give the sum of weights.
constexpr float kLeastSum = 6.103515625e-5f;
// From here on ln(1 + eˣ) is x in float32.
constexpr float kLinearSoftplus = 20;
constexpr float kNever = -std::numeric_limits<float>::infinity();

float groupScore(std::span<const float> scores, RouterGate gate) {
    float best = kNever;
    float second = kNever;
    for (float score : scores) {
        if (score > best) {
            second = best;
            best = score;
        } else {
            second = std::max(second, score);
        }
    }
    return gate == RouterGate::Softmax || scores.size() < 2 ? best : best + second;
}

/// Indices of the `count` largest scores, largest first.
std::vector<int> largest(std::span<const float> scores, int count) {
    std::vector<int> order(scores.size());
    std::iota(order.begin(), order.end(), 0);
    std::partial_sort(order.begin(), order.begin() + count, order.end(), [&](int a, int b) {
        const float left = scores[static_cast<std::size_t>(a)];
        const float right = scores[static_cast<std::size_t>(b)];
        return left > right || (left == right && a < b);
    });
    order.resize(static_cast<std::size_t>(count));
    return order;
}

void dropWeakGroups(const MixtureSettings& settings, std::vector<float>& scores) {
    const std::size_t size = scores.size() / static_cast<std::size_t>(settings.groups);
    std::vector<float> groups;
    for (std::size_t at = 0; at < scores.size(); at += size) {
        groups.push_back(groupScore(std::span(scores).subspan(at, size), settings.gate));
    }
    std::vector<bool> kept(groups.size(), false);
    for (int group : largest(groups, settings.groupsUsed)) kept[static_cast<std::size_t>(group)] = true;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!kept[i / size]) scores[i] = kNever;
    }
}

/// Logits to scores. SoftmaxOfChosen has to wait for the choice.
void applyGate(RouterGate gate, std::span<float> logits) {
    if (gate == RouterGate::Softmax) {
        kernels::softmax(logits.data(), static_cast<std::int64_t>(logits.size()));
    } else if (gate == RouterGate::Sigmoid) {
        for (float& logit : logits) logit = 1.0f / (1.0f + std::exp(-logit));
    } else if (gate == RouterGate::RootOfSoftplus) {
        for (float& logit : logits)
            logit = std::sqrt(logit > kLinearSoftplus ? logit : std::log1p(std::exp(logit)));
    }
}

/// Scores of the chosen to shares.
void share(const MixtureSettings& settings, std::vector<Choice>& choices) {
    if (settings.gate == RouterGate::SoftmaxOfChosen) {
        std::vector<float> chosen;
        for (const Choice& choice : choices) chosen.push_back(choice.weight);
        kernels::softmax(chosen.data(), static_cast<std::int64_t>(chosen.size()));
        for (std::size_t i = 0; i < choices.size(); ++i) choices[i].weight = chosen[i];
    }
    if (settings.normalise == Switch::On) {
        float sum = 0;
        for (const Choice& choice : choices) sum += choice.weight;
        for (Choice& choice : choices) choice.weight /= std::max(sum, kLeastSum);
    }
    for (Choice& choice : choices) choice.weight *= settings.scale;
}

} // namespace

void chooseExperts(const MixtureSettings& settings, std::span<float> logits, std::span<const float> bias,
                   std::vector<Choice>& choices) {
    applyGate(settings.gate, logits);
    std::vector<float> scores(logits.begin(), logits.end());
    for (std::size_t i = 0; i < bias.size(); ++i) scores[i] += bias[i];
    // A NaN has no place in an order; as the last it leaves the choice defined, and its sum still shows it.
    for (float& score : scores) score = std::isnan(score) ? kNever : score;
    if (settings.groups > 1) dropWeakGroups(settings, scores);

    choices.clear();
    for (int expert : largest(scores, settings.used))
        choices.push_back({expert, logits[static_cast<std::size_t>(expert)]});
    share(settings, choices);
}

void weighExperts(const MixtureSettings& settings, std::span<float> logits,
                  std::span<const std::int32_t> experts, std::vector<Choice>& choices) {
    applyGate(settings.gate, logits);
    choices.clear();
    for (std::int32_t expert : experts) choices.push_back({expert, logits[static_cast<std::size_t>(expert)]});
    share(settings, choices);
}

} // namespace ponder::engine
