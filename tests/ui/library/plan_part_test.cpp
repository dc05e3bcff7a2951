#include "ui/library/plan_part.h"

#include "tests/ui/window/parts.h"
#include "ui/library/plan_bar.h"
#include "ui/library/plan_control.h"
#include "ui/widgets/label.h"
#include "ui/widgets/slider.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace ponder::ui {
namespace {

PlanView plan() {
    PlanView view;
    view.headline = "Fits. About 9 tokens a second";
    view.devices = {{.name = "Memory",
                     .totalBytes = 16'000'000'000,
                     .pieces = {{PlanUse::Others, 4'000'000'000}, {PlanUse::Weights, 2'000'000'000}},
                     .words = "6.0 of 16.0 GB"}};
    view.contextTokens = 8192;
    view.mostContextTokens = 40960;
    view.cacheType = "f16";
    view.hasExperts = true;
    view.expertsPercent = 100;
    return view;
}

struct PlanOnScreen {
    PlanOnScreen() {
        part.setPlan(plan());
        part.resize(520, 600);
        open(part);
    }
    Slider& slider(const QString& name) { return partNamed<Slider>(part, name); }
    PlanChoice lastChoice() { return chosen.last()[0].value<PlanChoice>(); }

    Theme theme;
    PlanPart part{theme};
    QSignalSpy chosen{&part, &PlanPart::chosen};
};

TEST(PlanPart, MovingASliderAsksForThatAndLeavesTheRestAutomatic) {
    PlanOnScreen screen;
    screen.slider("Context").setFocus();
    QTest::keyClick(&screen.slider("Context"), Qt::Key_Right);
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.lastChoice().contextTokens, 12288) << "the step after 8,192";
    EXPECT_EQ(screen.lastChoice().expertsPercent, -1);
    EXPECT_TRUE(screen.lastChoice().cacheType.isEmpty());
}

TEST(PlanPart, TheLastStepOfTheContextIsWhatTheModelWasTrainedFor) {
    PlanOnScreen screen;
    QTest::keyClick(&screen.slider("Context"), Qt::Key_End);
    EXPECT_EQ(screen.lastChoice().contextTokens, 40960);
    QTest::keyClick(&screen.slider("Context"), Qt::Key_Home);
    EXPECT_EQ(screen.lastChoice().contextTokens, 1024);
}

TEST(PlanPart, ShowingAPlanChoosesNothing) {
    PlanOnScreen screen;
    PlanView other = plan();
    other.contextTokens = 32768;
    other.choice.contextTokens = 32768;
    other.expertsPercent = 40;
    screen.part.setPlan(other);
    EXPECT_TRUE(screen.chosen.isEmpty());
}

TEST(PlanPart, AutomaticTakesTheChoiceBack) {
    PlanOnScreen screen;
    PlanView own = plan();
    own.choice.contextTokens = own.contextTokens = 2048;
    screen.part.setPlan(own);
    auto& automatic = partNamed<Button>(screen.part, "Context: automatic");
    EXPECT_FALSE(automatic.isChecked());
    QTest::mouseClick(&automatic, Qt::LeftButton);
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.lastChoice().contextTokens, 0);
    screen.part.setPlan(plan());
    EXPECT_TRUE(automatic.isChecked());
}

TEST(PlanPart, AModelWithoutExpertsHasNoSliderForThem) {
    PlanOnScreen screen;
    PlanView dense = plan();
    dense.hasExperts = false;
    screen.part.setPlan(dense);
    EXPECT_FALSE(screen.slider("Experts in memory from the start").isVisible());
}

TEST(PlanPart, WhatWouldFitIsOnePressAway) {
    PlanOnScreen screen;
    PlanView large = plan();
    large.fits = false;
    large.headline = "Does not fit";
    large.suggestion = "Use a context of 4,096 tokens";
    large.suggested.contextTokens = 4096;
    screen.part.setPlan(large);
    click(screen.part, "Use a context of 4,096 tokens");
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.lastChoice().contextTokens, 4096);
}

TEST(PlanPart, ABarIsHeardAsWhatItShows) {
    PlanOnScreen screen;
    const auto& bar = partNamed<PlanBar>(screen.part, "Memory");
    EXPECT_TRUE(bar.accessibleDescription().contains("6.0 of 16.0 GB"));
    EXPECT_TRUE(bar.accessibleDescription().contains("Weights 2.0 GB"));
}

TEST(PlanPart, BarsStayWhileTheirNumbersMove) {
    PlanOnScreen screen;
    const PlanBar* before = screen.part.findChild<PlanBar*>();
    PlanView other = plan();
    other.devices[0].pieces[1].bytes = 3'000'000'000;
    screen.part.setPlan(other);
    EXPECT_EQ(screen.part.findChild<PlanBar*>(), before);
}

} // namespace
} // namespace ponder::ui
