#include "engine/sampling/sampler.h"

#include "engine/sampling/portable_exp.h"
#include "engine/support/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <utility>

namespace ponder::engine {

namespace {

constexpr int kPenaltyTokens = 64;

std::string shown(double number) {
    std::string text = std::to_string(number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

void requireRange(const char* what, std::optional<double> value, double least, double most) {
    if (!value || (*value >= least && *value <= most)) return;
    throw Error(std::string("The ") + what + " is " + shown(*value) + ". Choose a number from " +
                shown(least) + " to " + shown(most) + ".");
}

/// SplitMix64 (Steele, Lea & Flood 2014).
std::uint64_t nextRandom(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15u;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

/// The first of the largest. Throws Error for logits that no softmax can take.
std::size_t indexOfLargest(std::span<const float> logits) {
    bool broken = logits.empty();
    std::size_t largest = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        broken |= std::isnan(logits[i]);
        if (logits[i] > logits[largest]) largest = i;
    }
    if (broken || std::isinf(logits[largest])) {
        throw Error(
            "The model's numbers are broken: what it computed is no probability. Check the model file, "
            "or download it again.");
    }
    return largest;
}

double sumOf(std::span<const double> weights) {
    std::array<double, 4> sums{};
    for (std::size_t i = 0; i < weights.size(); ++i) sums[i % sums.size()] += weights[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// The entry in which that much of all weight, one after the other, lies.
template <typename Entry, typename WeightOf>
std::size_t indexAt(double weight, std::span<const Entry> entries, WeightOf weightOf) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const double own = std::invoke(weightOf, entries[i]);
        if (own <= 0) continue;
        last = i;
        weight -= own;
        if (weight < 0) break;
    }
    return last;
}

} // namespace

Sampler::Sampler(const SamplingSettings& settings) : settings_(settings) {
    check(settings);
    // Short enough to be read out and typed again.
    seed_ = settings.seed.value_or(std::random_device()());
    state_ = seed_;
}

SamplingSettings Sampler::merged(const SamplingSettings& settings, const SamplingSettings& defaults) {
    SamplingSettings merged = settings;
    const auto fill = [&](auto SamplingSettings::*field, auto ours) {
        if (!(merged.*field)) merged.*field = (defaults.*field).value_or(ours);
    };
    fill(&SamplingSettings::temperature, 0.7f);
    fill(&SamplingSettings::topK, 40);
    fill(&SamplingSettings::topP, 0.95f);
    fill(&SamplingSettings::minP, 0.05f);
    fill(&SamplingSettings::repetitionPenalty, 1.0f);
    fill(&SamplingSettings::presencePenalty, 0.0f);
    fill(&SamplingSettings::frequencyPenalty, 0.0f);
    fill(&SamplingSettings::penaltyTokens, kPenaltyTokens);
    if (!merged.seed) merged.seed = defaults.seed;
    if (merged.logitBias.empty()) merged.logitBias = defaults.logitBias;
    return merged;
}

void Sampler::check(const SamplingSettings& settings) {
    constexpr double kMostTokens = std::numeric_limits<int>::max();
    requireRange("temperature", settings.temperature, 0, 100);
    requireRange("top-k limit", settings.topK, 0, kMostTokens);
    requireRange("top-p limit", settings.topP, 0, 1);
    requireRange("min-p limit", settings.minP, 0, 1);
    requireRange("repetition penalty", settings.repetitionPenalty, 0.01, 100);
    requireRange("presence penalty", settings.presencePenalty, -100, 100);
    requireRange("frequency penalty", settings.frequencyPenalty, -100, 100);
    requireRange("number of tokens the penalties look back", settings.penaltyTokens, 0, kMostTokens);
    for (const auto& [token, bias] : settings.logitBias) {
        if (bias == -std::numeric_limits<float>::infinity()) continue;
        requireRange("bias of a token", bias, -1000, 1000);
    }
}

TokenId Sampler::next(std::span<float> logits, std::span<const TokenId> history) {
    if (allowed_) allowed_->apply(logits);
    addBias(logits);
    penalise(logits, history);
    const std::size_t largest = indexOfLargest(logits);
    if (settings_.temperature.value_or(1) == 0) return static_cast<TokenId>(largest);
    const auto most = static_cast<std::size_t>(settings_.topK.value_or(0));
    if (most > 0 && most < logits.size()) {
        chooseLargest(logits, most);
        weigh(logits[largest]);
    } else {
        weighAll(logits, logits[largest]);
        if (share() >= 1 && least() <= 0) return drawAny();
        chooseLikely(logits);
    }
    keepNucleus();
    dropUnlikely();
    return draw();
}

void Sampler::addBias(std::span<float> logits) const {
    for (const auto& [token, bias] : settings_.logitBias) {
        if (token >= 0 && static_cast<std::size_t>(token) < logits.size()) {
            logits[static_cast<std::size_t>(token)] += bias;
        }
    }
}

/// Repetition as CTRL has it (Keskar et al. 2019), the other two as OpenAI's interface describes them.
void Sampler::penalise(std::span<float> logits, std::span<const TokenId> history) {
    const float repetition = settings_.repetitionPenalty.value_or(1);
    const float presence = settings_.presencePenalty.value_or(0);
    const float frequency = settings_.frequencyPenalty.value_or(0);
    if (repetition == 1 && presence == 0 && frequency == 0) return;
    const auto back = static_cast<std::size_t>(settings_.penaltyTokens.value_or(kPenaltyTokens));
    const auto recent = history.last(std::min(back, history.size()));
    recent_.assign(recent.begin(), recent.end());
    std::sort(recent_.begin(), recent_.end());
    for (auto first = recent_.begin(); first != recent_.end();) {
        const auto end = std::upper_bound(first, recent_.end(), *first);
        const auto token = static_cast<std::size_t>(*first);
        if (token < logits.size()) {
            float& logit = logits[token];
            logit = logit > 0 ? logit / repetition : logit * repetition;
            logit -= frequency * static_cast<float>(end - first) + presence;
        }
        first = end;
    }
}

void Sampler::chooseLargest(std::span<const float> logits, std::size_t count) {
    candidates_.clear();
    // What is not above the worst of the best so far need not be looked at again.
    const std::size_t room = std::max<std::size_t>(2 * count, 256);
    float worst = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < logits.size(); ++i) {
        if (!(logits[i] > worst)) continue;
        candidates_.push_back({static_cast<TokenId>(i), logits[i], 0});
        if (candidates_.size() < room) continue;
        keepLargest(count);
        worst = candidates_.back().logit;
    }
    keepLargest(count);
    std::sort(candidates_.begin(), candidates_.end(), better);
}

/// Afterwards the last candidate is the smallest of those kept.
void Sampler::keepLargest(std::size_t count) {
    if (candidates_.size() <= count) return;
    const auto last = candidates_.begin() + static_cast<std::ptrdiff_t>(count) - 1;
    std::nth_element(candidates_.begin(), last, candidates_.end(), better);
    candidates_.resize(count);
}

void Sampler::weigh(float largest) {
    const double temperature = settings_.temperature.value_or(1);
    weight_ = 0;
    for (Candidate& candidate : candidates_) {
        candidate.weight = portableExp((double{candidate.logit} - double{largest}) / temperature);
        weight_ += candidate.weight;
    }
}

void Sampler::weighAll(std::span<const float> logits, float largest) {
    const double temperature = settings_.temperature.value_or(1);
    weights_.resize(logits.size());
    for (std::size_t i = 0; i < logits.size(); ++i)
        weights_[i] = (double{logits[i]} - double{largest}) / temperature;
    portableExp(weights_);
    weight_ = sumOf(weights_);
}

/// Leaves out, unsorted, what top-p and min-p would: a vocabulary of tokens that each hold less than its
/// part of what top-p leaves holds less than all of that.
void Sampler::chooseLikely(std::span<const float> logits) {
    const double part = (1 - share()) * weight_ / static_cast<double>(weights_.size());
    const double enough = std::max(part, least());
    candidates_.clear();
    for (std::size_t i = 0; i < weights_.size(); ++i) {
        if (weights_[i] >= enough) candidates_.push_back({static_cast<TokenId>(i), logits[i], weights_[i]});
    }
}

/// The fewest candidates that hold the share topP together, best first (Holtzman et al. 2020).
void Sampler::keepNucleus() {
    if (share() >= 1) return;
    double wanted = weight_ * share();
    // Halves the stretch in which the border lies; only the half that holds it is divided again.
    auto begin = candidates_.begin();
    auto end = candidates_.end();
    while (end - begin > 1) {
        const auto middle = begin + (end - begin) / 2;
        std::nth_element(begin, middle, end, better);
        double upper = 0;
        for (auto candidate = begin; candidate != middle; ++candidate) upper += candidate->weight;
        if (upper >= wanted) {
            end = middle;
        } else {
            wanted -= upper;
            begin = middle;
        }
    }
    candidates_.erase(end, candidates_.end());
    std::sort(candidates_.begin(), candidates_.end(), better);
}

void Sampler::dropUnlikely() {
    std::erase_if(candidates_, [this](const Candidate& candidate) { return candidate.weight < least(); });
}

TokenId Sampler::draw() {
    double sum = 0;
    for (const Candidate& candidate : candidates_) sum += candidate.weight;
    const std::span<const Candidate> candidates(candidates_);
    return candidates[indexAt(nextFraction() * sum, candidates, &Candidate::weight)].id;
}

TokenId Sampler::drawAny() {
    const std::span<const double> weights(weights_);
    return static_cast<TokenId>(indexAt(nextFraction() * weight_, weights, std::identity{}));
}

/// In [0, 1), a multiple of 2^-53.
double Sampler::nextFraction() {
    return static_cast<double>(nextRandom(state_) >> 11) * 0x1p-53;
}

} // namespace ponder::engine
