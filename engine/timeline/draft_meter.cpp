#include "engine/timeline/draft_meter.h"

namespace ponder::engine {

namespace {

// What a pass still counts after the next one of its kind: some twenty passes matter.
constexpr double kKept = 0.95;

} // namespace

void DraftMeter::Cost::add(double moreSeconds, double moreTokens) {
    seconds = kKept * seconds + moreSeconds;
    tokens = kKept * tokens + moreTokens;
}

void DraftMeter::beginAnswer() {
    trial_ = 2 * kTrialPasses;
    since_ = retried_ = 0;
}

DraftMeter::Pass DraftMeter::next() const {
    if (trial_ > 0) return trial_ % 2 == 0 ? Pass::Plain : Pass::Drafted;
    if (drafts_) return since_ < kPassesUntilPlain ? Pass::Drafted : Pass::Plain;
    return retried_ > 0 ? Pass::Drafted : Pass::Plain;
}

void DraftMeter::record(Pass pass, double seconds, int tokens) {
    const Pass wanted = next();
    (pass == Pass::Plain ? plain_ : drafted_).add(seconds, tokens);
    if (trial_ > 0) {
        // Where no guess could be made the turn is still its own.
        if (pass == wanted) --trial_;
        if (trial_ == 0) decide();
        return;
    }
    ++since_;
    if (drafts_) {
        if (pass == Pass::Plain) since_ = 0;
        decide();
    } else if (retried_ > 0) {
        if (pass == Pass::Drafted && --retried_ == 0) {
            since_ = 0;
            decide();
        }
    } else if (since_ >= kPassesUntilDrafted) {
        retried_ = kRetriedPasses;
    }
}

void DraftMeter::decide() {
    if (plain_.tokens == 0 || drafted_.tokens == 0) return;
    const double most = drafts_ ? 1 : 1 - kLeastGain;
    const bool pays = drafted_.perToken() < most * plain_.perToken();
    if (pays != drafts_) since_ = retried_ = 0;
    drafts_ = pays;
}

} // namespace ponder::engine
