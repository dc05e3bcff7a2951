#include "engine/examined_answer.h"

#include "engine/prompt.h"
#include "engine/sampling/portable_exp.h"
#include "engine/support/error.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <cmath>

namespace ponder::engine {

namespace {

/// The ids of the `count` largest logits, largest first; of equal ones the lower id.
std::vector<TokenId> largest(std::span<const float> logits, std::size_t count) {
    std::vector<TokenId> best;
    const auto at = [&](TokenId id) { return logits[static_cast<std::size_t>(id)]; };
    for (std::size_t i = 0; i < logits.size(); ++i) {
        if (best.size() == count && !(logits[i] > at(best.back()))) continue;
        if (best.size() == count) best.pop_back();
        const auto place =
            std::find_if(best.begin(), best.end(), [&](TokenId id) { return logits[i] > at(id); });
        best.insert(place, static_cast<TokenId>(i));
    }
    return best;
}

} // namespace

ExaminedAnswer::ExaminedAnswer(const LoadedModel& loaded, const ExamineRequest& request)
    : loaded_(loaded),
      alternatives_(static_cast<std::size_t>(std::clamp(request.alternatives, 1, kMostAlternatives))) {
    if (!request.chat.continued) throw Error("There is no answer to look at. Choose one.");
    const PromptText prompt = composePrompt(loaded, request.chat);
    for (const PlacedToken& token : loaded.tokenizer.placePrompt(prompt.segments, prompt.answerSegment)) {
        tokens_.push_back(token.id);
        const bool isAnswers = token.segment >= static_cast<int>(prompt.answerSegment);
        // Nothing stands before a model's very first token.
        if (!isAnswers || tokens_.size() == 1) {
            first_ = static_cast<int>(tokens_.size());
            continue;
        }
        const int source = prompt.segments[static_cast<std::size_t>(token.segment)].source;
        const bool isMarkup = source < 0;
        places_.push_back({isMarkup          ? PromptOrigin::Markup
                           : source % 2 == 0 ? PromptOrigin::Text
                                             : PromptOrigin::Reasoning,
                           isMarkup ? 0 : static_cast<int>(token.offset)});
    }
}

ExaminedToken ExaminedAnswer::describe(int position, std::span<const float> logits) const {
    const std::vector<TokenId> best = largest(logits, alternatives_);
    const double highest = logits[static_cast<std::size_t>(best.front())];
    double sum = 0;
    bool isBroken = !std::isfinite(highest);
    for (const float logit : logits) {
        isBroken |= std::isnan(logit);
        sum += portableExp(double{logit} - highest);
    }
    if (isBroken) {
        throw Error(
            "The model's numbers are broken: what it computed is no probability. Check the model file, "
            "or download it again.");
    }
    const auto probability = [&](TokenId id) {
        return static_cast<float>(portableExp(double{logits[static_cast<std::size_t>(id)]} - highest) / sum);
    };
    const auto text = [&](TokenId id) { return utf8Repaired(loaded_.tokenizer.bytes(id)); };

    const TokenId id = tokens_[static_cast<std::size_t>(position)];
    const Place& place = places_[static_cast<std::size_t>(position - first_)];
    ExaminedToken token{.id = id,
                        .text = text(id),
                        .part = place.part,
                        .offset = place.offset,
                        .probability = probability(id),
                        .alternatives = {}};
    for (const TokenId other : best) token.alternatives.push_back({other, text(other), probability(other)});
    return token;
}

} // namespace ponder::engine
