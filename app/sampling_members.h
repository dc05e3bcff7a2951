#pragma once

namespace ponder::app {

/// Calls `visit` with the name in an answer's record and the value of every sampling setting that may have
/// been left to the model: what is recorded of an answer is what it can be drawn with again.
template <typename Sampling, typename Visit>
void eachSamplingMember(Sampling& sampling, const Visit& visit) {
    visit("temperature", sampling.temperature);
    visit("topK", sampling.topK);
    visit("topP", sampling.topP);
    visit("minP", sampling.minP);
    visit("repetitionPenalty", sampling.repetitionPenalty);
    visit("presencePenalty", sampling.presencePenalty);
    visit("frequencyPenalty", sampling.frequencyPenalty);
    visit("penaltyTokens", sampling.penaltyTokens);
}

} // namespace ponder::app
