#include "engine/timeline/draft_meter.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

using Pass = DraftMeter::Pass;

/// Passes that cost what they are told to; every n-th guess is right.
struct Machine {
    double plainSeconds = 1;
    double draftedSeconds = 1.3;
    int guessesPerRight = 2;
    int guesses = 0;

    /// Returns how many of the passes were drafted.
    int run(DraftMeter& meter, int passes) {
        int drafted = 0;
        for (int i = 0; i < passes; ++i) {
            const Pass pass = meter.next();
            if (pass == Pass::Plain) {
                meter.record(pass, plainSeconds, 1);
                continue;
            }
            ++drafted;
            meter.record(pass, draftedSeconds, ++guesses % guessesPerRight == 0 ? 2 : 1);
        }
        return drafted;
    }
};

TEST(DraftMeter, AnAnswerBeginsWithBothKindsInTurn) {
    DraftMeter meter;
    Machine machine;
    for (int answer = 0; answer < 2; ++answer) {
        meter.beginAnswer();
        EXPECT_EQ(machine.run(meter, 2 * DraftMeter::kTrialPasses), DraftMeter::kTrialPasses);
        machine.run(meter, 50);
    }
}

TEST(DraftMeter, DraftingGoesOnWhereATokenCostsLess) {
    DraftMeter meter;
    Machine machine;
    meter.beginAnswer();
    machine.run(meter, 2 * DraftMeter::kTrialPasses);
    EXPECT_TRUE(meter.drafts()); // 1.3 for 1.5 tokens
    EXPECT_GE(machine.run(meter, 1000), 960);
}

TEST(DraftMeter, ItEndsWhereATokenCostsMoreAndIsTriedAgainRarely) {
    DraftMeter meter;
    Machine machine{.draftedSeconds = 1.9};
    meter.beginAnswer();
    machine.run(meter, 2 * DraftMeter::kTrialPasses);
    EXPECT_FALSE(meter.drafts());
    const int drafted = machine.run(meter, 2000);
    EXPECT_GT(drafted, 0);
    EXPECT_LT(drafted, 60);
}

TEST(DraftMeter, AGainTooSmallToBeSureOfDoesNotSwitchItOn) {
    DraftMeter meter;
    Machine machine{.draftedSeconds = 1.48}; // 0.987 a token
    meter.beginAnswer();
    machine.run(meter, 2 * DraftMeter::kTrialPasses);
    EXPECT_FALSE(meter.drafts());
}

TEST(DraftMeter, ItSwitchesOffWhenGuessesBecomeWorse) {
    DraftMeter meter;
    Machine machine;
    meter.beginAnswer();
    machine.run(meter, 100);
    EXPECT_TRUE(meter.drafts());
    machine.guessesPerRight = 10;
    machine.run(meter, 60);
    EXPECT_FALSE(meter.drafts());
}

TEST(DraftMeter, ItSwitchesOffWhenPlainPassesBecomeCheaper) {
    DraftMeter meter;
    Machine machine;
    meter.beginAnswer();
    machine.run(meter, 100);
    machine.plainSeconds = 0.5;
    machine.run(meter, 20 * DraftMeter::kPassesUntilPlain);
    EXPECT_FALSE(meter.drafts());
}

TEST(DraftMeter, ItSwitchesOnAgainWhenGuessesBecomeBetter) {
    DraftMeter meter;
    Machine machine{.guessesPerRight = 100};
    meter.beginAnswer();
    machine.run(meter, 100);
    EXPECT_FALSE(meter.drafts());
    machine.guessesPerRight = 1;
    machine.run(meter, 4 * DraftMeter::kPassesUntilDrafted);
    EXPECT_TRUE(meter.drafts());
}

TEST(DraftMeter, ATurnIsNotTakenByAPassThatCouldNotGuess) {
    DraftMeter meter;
    meter.beginAnswer();
    meter.record(Pass::Plain, 1, 1);
    ASSERT_EQ(meter.next(), Pass::Drafted);
    meter.record(Pass::Plain, 1, 1);
    EXPECT_EQ(meter.next(), Pass::Drafted);
}

} // namespace
} // namespace ponder::engine
