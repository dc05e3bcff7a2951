#include "app/plan/plan_view.h"

#include <gtest/gtest.h>

namespace ponder::app {
namespace {

constexpr std::uint64_t kGigabyte = 1'000'000'000;

engine::ModelFootprint mixture() {
    engine::ModelFootprint footprint;
    footprint.denseBytes = 2 * kGigabyte;
    footprint.expertBytes = 10 * kGigabyte;
    footprint.experts = 64;
    footprint.expertsUsed = 6;
    footprint.trainedContextTokens = 40960;
    footprint.cacheBytesF16 = 100'000;
    footprint.cacheBytesQ8_0 = 53'000;
    return footprint;
}

engine::Machine machine(std::uint64_t freeBytes) {
    engine::Machine machine;
    machine.memoryBytes = 32 * kGigabyte;
    machine.freeBytes = freeBytes;
    machine.threads = 2;
    return machine;
}

ui::PlanView viewOf(const engine::ModelFootprint& footprint, const engine::Machine& here,
                    const RunChoice& choice) {
    const engine::MemoryPlan plan = engine::planMemory(footprint, planRequest(choice, 0), here);
    return planView(plan, {.footprint = footprint, .machine = here, .choice = choice});
}

qint64 bytesOf(const ui::PlanDevice& device, ui::PlanUse use) {
    for (const ui::PlanPiece& piece : device.pieces) {
        if (piece.use == use) return piece.bytes;
    }
    return 0;
}

TEST(PlanView, ShowsWhatIsHeldByOthersAndWhatTheModelTakes) {
    const ui::PlanView view = viewOf(mixture(), machine(24 * kGigabyte), {});
    EXPECT_TRUE(view.fits);
    ASSERT_EQ(view.devices.size(), 1U);
    const ui::PlanDevice& memory = view.devices[0];
    EXPECT_EQ(memory.totalBytes, qint64(32 * kGigabyte));
    EXPECT_EQ(bytesOf(memory, ui::PlanUse::Others), qint64(8 * kGigabyte));
    EXPECT_EQ(bytesOf(memory, ui::PlanUse::Experts), qint64(10 * kGigabyte));
    EXPECT_EQ(view.expertsPercent, 100);
    EXPECT_TRUE(view.hasExperts);
    EXPECT_TRUE(view.explanation.contains("All experts fit into memory."));
    EXPECT_EQ(view.choice, ui::PlanChoice());
}

TEST(PlanView, ExpertsThatDoNotFitAreOnTheDisk) {
    const ui::PlanView view = viewOf(mixture(), machine(8 * kGigabyte), {});
    ASSERT_EQ(view.devices.size(), 2U);
    const qint64 above = bytesOf(view.devices[0], ui::PlanUse::Experts);
    EXPECT_EQ(above + bytesOf(view.devices[1], ui::PlanUse::Experts), qint64(10 * kGigabyte));
    EXPECT_LT(view.expertsPercent, 100);
}

TEST(PlanView, WhatDoesNotFitNamesTheFiguresAndAWayOut) {
    const RunChoice choice{.contextTokens = 40960};
    engine::ModelFootprint dense = mixture();
    dense.expertBytes = 0;
    const ui::PlanView view = viewOf(dense, machine(5 * kGigabyte), choice);
    EXPECT_FALSE(view.fits);
    EXPECT_TRUE(view.headline.contains("5.0 GB are free")) << view.headline.toStdString();
    ASSERT_FALSE(view.suggestion.isEmpty());
    const ui::PlanView nearest = viewOf(dense, machine(5 * kGigabyte), runChoice(view.suggested));
    EXPECT_TRUE(nearest.fits) << "what is suggested does fit";
}

TEST(PlanView, AChoiceGoesToTheWindowAndBackUnchanged) {
    const RunChoice choice{
        .contextTokens = 12288, .cacheType = engine::CacheType::Q8_0, .expertsInMemory = 0.35};
    EXPECT_EQ(runChoice(planChoice(choice)), choice);
    EXPECT_EQ(runChoice(planChoice({})), RunChoice());
    EXPECT_EQ(runChoice(planChoice({.expertsInMemory = 0.0})).expertsInMemory, 0.0);
}

TEST(PlanView, AContextBeyondTheTrainedOneIsAllowedAndSaid) {
    const ui::PlanView view = viewOf(mixture(), machine(24 * kGigabyte), {.contextTokens = 65536});
    EXPECT_TRUE(view.notices.join(' ').contains("40,960")) << view.notices.join(' ').toStdString();
}

TEST(PlanView, WhatCameOfItStandsBesideWhatWasPredicted) {
    const engine::ModelFootprint footprint = mixture();
    const engine::Machine here = machine(24 * kGigabyte);
    const engine::MemoryPlan plan = engine::planMemory(footprint, {}, here);
    PlanRecord record;
    record.predictedBytes = 13 * kGigabyte;
    record.actualBytes = 12'900'000'000;
    record.predictedTokensPerSecond = 9.4;
    record.actualTokensPerSecond = 9.1;
    const ui::PlanView view = planView(plan, {.footprint = footprint, .machine = here, .record = record});
    EXPECT_EQ(view.measured, "Predicted 13.0 GB and 9.4 tokens a second; measured here 12.9 GB and 9.1.");
}

} // namespace
} // namespace ponder::app
