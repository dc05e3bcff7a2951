#include "engine/memory_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace ponder::engine {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::uint64_t kGiga = 1'000'000'000;

/// 4 GB that every token needs, 100 KB of cache a token.
ModelFootprint denseModel() {
    return {.denseBytes = 4 * kGiga,
            .trainedContextTokens = 131072,
            .cacheBytesF16 = 100'000,
            .cacheBytesQ8_0 = 53'125};
}

/// 2 GB that every token needs, 16 GB of experts.
ModelFootprint mixtureModel() {
    ModelFootprint footprint = denseModel();
    footprint.denseBytes = 2 * kGiga;
    footprint.expertBytes = 16 * kGiga;
    footprint.experts = 128;
    footprint.expertsUsed = 8;
    return footprint;
}

Machine machineWith(std::uint64_t freeBytes) {
    return {.memoryBytes = freeBytes + 2 * kGiga, .freeBytes = freeBytes, .threads = 2};
}

TEST(MemoryPlan, AContextOfItsOwnTakesAtMostAQuarterOfTheFreeMemory) {
    const MemoryPlan plan = planMemory(denseModel(), {}, machineWith(16 * kGiga));
    EXPECT_TRUE(plan.fits());
    EXPECT_EQ(plan.contextTokens, 40'000);
    EXPECT_LE(plan.devices.front().cache, 4 * kGiga);
    EXPECT_THAT(plan.explanation, HasSubstr("Context 40,000 tokens: at most a quarter of the free memory"));
}

TEST(MemoryPlan, AContextOfItsOwnIsNoLongerThanTheModelWasTrainedFor) {
    ModelFootprint footprint = denseModel();
    footprint.trainedContextTokens = 8192;
    const MemoryPlan plan = planMemory(footprint, {}, machineWith(64 * kGiga));
    EXPECT_EQ(plan.contextTokens, 8192);
    EXPECT_THAT(plan.explanation, HasSubstr("all that the model was trained for"));
}

TEST(MemoryPlan, AContextOfItsOwnLeavesRoomForTheWeights) {
    // A quarter of 4.6 GB would be 1.15 GB, but only 0.6 are left beside the weights.
    const MemoryPlan plan = planMemory(denseModel(), {}, machineWith(4'700'000'000));
    EXPECT_TRUE(plan.fits()) << plan.refusal;
    EXPECT_LT(plan.devices.front().total(), 4'700'000'000u);
    EXPECT_GE(plan.contextTokens, 2048);
}

TEST(MemoryPlan, AContextOfItsOwnLeavesRoomForStatesThatAreThereHoweverShortItIs) {
    ModelFootprint footprint = denseModel();
    footprint.cacheFixedBytes = 400'000'000;
    const MemoryPlan plan = planMemory(footprint, {}, machineWith(5'200'000'000));
    EXPECT_TRUE(plan.fits()) << plan.refusal;
    EXPECT_EQ(plan.devices.front().cache,
              400'000'000u + 100'000u * static_cast<std::uint64_t>(plan.contextTokens));
    const MemoryPlan without = planMemory(denseModel(), {}, machineWith(5'200'000'000));
    EXPECT_NEAR(without.contextTokens - plan.contextTokens, 4000, 1);
}

TEST(MemoryPlan, TheSmallCacheTakesLessAndSoHoldsMore) {
    const MemoryPlan wide = planMemory(denseModel(), {.contextTokens = 10'000}, machineWith(16 * kGiga));
    const MemoryPlan small = planMemory(denseModel(), {.contextTokens = 10'000, .cacheType = CacheType::Q8_0},
                                        machineWith(16 * kGiga));
    EXPECT_EQ(wide.devices.front().cache, 1 * kGiga);
    EXPECT_EQ(small.devices.front().cache, 531'250'000u);
    const auto context = [](CacheType type) {
        return planMemory(denseModel(), {.cacheType = type}, machineWith(16 * kGiga)).contextTokens;
    };
    EXPECT_GT(context(CacheType::Q8_0), context(CacheType::F16) * 18 / 10);
}

TEST(MemoryPlan, WhatDoesNotFitNamesWhatIsMissing) {
    const MemoryPlan plan = planMemory(denseModel(), {}, machineWith(3 * kGiga));
    EXPECT_FALSE(plan.fits());
    EXPECT_FALSE(plan.devices.front().fits);
    EXPECT_THAT(plan.refusal, HasSubstr("Needs 4.2 GB of memory, 3.0 GB are free."));
    EXPECT_FALSE(plan.suggestion) << "no setting makes the weights smaller";
}

TEST(MemoryPlan, ALimitOnTheProgramIsCalledOne) {
    Machine machine = machineWith(3 * kGiga);
    machine.isLimited = true;
    EXPECT_THAT(planMemory(denseModel(), {}, machine).refusal, HasSubstr("of what this program may use"));
}

TEST(MemoryPlan, TheSmallCacheIsTheNearestSettingWhenItSuffices) {
    const PlanRequest request{.contextTokens = 20'000};
    const Machine machine = machineWith(5'300'000'000); // needs 6.0 GB with f16, 5.1 with q8_0
    const MemoryPlan plan = planMemory(denseModel(), request, machine);
    ASSERT_FALSE(plan.fits());
    ASSERT_TRUE(plan.suggestion);
    EXPECT_EQ(plan.suggestion->request.cacheType, CacheType::Q8_0);
    EXPECT_EQ(plan.suggestion->request.contextTokens, 20'000);
    EXPECT_EQ(plan.suggestion->words, "Choose the q8_0 cache.");
    EXPECT_TRUE(planMemory(denseModel(), plan.suggestion->request, machine).fits());
}

TEST(MemoryPlan, AShorterContextIsTheNearestSettingOtherwise) {
    const PlanRequest request{.contextTokens = 100'000};
    const Machine machine = machineWith(5 * kGiga);
    const MemoryPlan plan = planMemory(denseModel(), request, machine);
    ASSERT_FALSE(plan.fits());
    ASSERT_TRUE(plan.suggestion);
    EXPECT_EQ(plan.suggestion->request.contextTokens % 256, 0);
    EXPECT_GT(plan.suggestion->request.contextTokens, 8'000);
    EXPECT_THAT(plan.suggestion->words, HasSubstr("Choose a context of 9,"));
    EXPECT_TRUE(planMemory(denseModel(), plan.suggestion->request, machine).fits());
}

TEST(MemoryPlan, EverySuggestionFits) {
    int suggested = 0;
    for (const ModelFootprint& footprint : {denseModel(), mixtureModel()}) {
        for (const int context : {0, 4096, 60'000, 1'000'000}) {
            for (const CacheType type : kCacheTypes) {
                for (const std::optional<double> experts : {std::optional<double>(), {0.0}, {0.4}, {1.0}}) {
                    for (std::uint64_t free = kGiga; free < 40 * kGiga; free += 700'000'000) {
                        for (const std::optional<std::uint64_t> addresses :
                             {std::optional<std::uint64_t>(), {19 * kGiga}}) {
                            Machine machine = machineWith(free);
                            machine.freeAddresses = addresses;
                            const PlanRequest request{
                                .contextTokens = context, .cacheType = type, .expertsInMemory = experts};
                            const MemoryPlan plan = planMemory(footprint, request, machine);
                            ASSERT_EQ(plan.fits(), plan.devices.front().fits);
                            if (!plan.suggestion) continue;
                            ++suggested;
                            ASSERT_FALSE(plan.suggestion->request == request);
                            ASSERT_TRUE(planMemory(footprint, plan.suggestion->request, machine).fits())
                                << free << " " << context << " " << plan.suggestion->words;
                        }
                    }
                }
            }
        }
    }
    EXPECT_GT(suggested, 100);
}

TEST(MemoryPlan, ExpertsThatFitAreReadIntoMemory) {
    const MemoryPlan plan = planMemory(mixtureModel(), {.contextTokens = 4096}, machineWith(24 * kGiga));
    EXPECT_EQ(plan.expertsInMemory, 1);
    EXPECT_EQ(plan.devices.size(), 1u);
    EXPECT_EQ(plan.devices.front().experts, 16 * kGiga);
    EXPECT_EQ(plan.explanation, "All experts fit into memory.");
}

TEST(MemoryPlan, ExpertsThatDoNotFitStayOnTheDiskInPart) {
    const MemoryPlan plan = planMemory(mixtureModel(), {.contextTokens = 4096}, machineWith(12 * kGiga));
    EXPECT_TRUE(plan.fits());
    EXPECT_GT(plan.expertsInMemory, 0.4);
    EXPECT_LT(plan.expertsInMemory, 0.7);
    ASSERT_EQ(plan.devices.size(), 2u);
    EXPECT_EQ(plan.devices[1].name, "Disk");
    EXPECT_EQ(plan.devices[0].experts + plan.devices[1].experts, 16 * kGiga);
    EXPECT_LT(plan.devices[0].total(), 12 * kGiga);
}

TEST(MemoryPlan, ExpertsOfAModelMuchLargerThanMemoryStayOnTheDisk) {
    ModelFootprint huge = mixtureModel();
    huge.expertBytes = 400 * kGiga;
    const MemoryPlan plan = planMemory(huge, {}, machineWith(24 * kGiga));
    EXPECT_TRUE(plan.fits());
    EXPECT_EQ(plan.expertsInMemory, 0);
    EXPECT_THAT(plan.explanation, HasSubstr("much larger than the free memory"));
}

TEST(MemoryPlan, ExpertsAskedForBeyondMemoryAreRefusedWithTheShareThatFits) {
    const PlanRequest request{.contextTokens = 4096, .expertsInMemory = 1.0};
    const Machine machine = machineWith(12 * kGiga);
    const MemoryPlan plan = planMemory(mixtureModel(), request, machine);
    ASSERT_FALSE(plan.fits());
    ASSERT_TRUE(plan.suggestion);
    EXPECT_THAT(plan.suggestion->words, HasSubstr("% of the experts in memory"));
    EXPECT_EQ(plan.suggestion->request.contextTokens, 4096);
    EXPECT_TRUE(planMemory(mixtureModel(), plan.suggestion->request, machine).fits());
}

TEST(MemoryPlan, AddressesThatAreLimitedCountExpertsWhereverTheyStay) {
    Machine machine = machineWith(100 * kGiga);
    machine.freeAddresses = 10 * kGiga;
    EXPECT_FALSE(planMemory(mixtureModel(), {}, machine).fits());
    EXPECT_TRUE(planMemory(denseModel(), {}, machine).fits());
}

TEST(MemoryPlan, NumbersThatAreNoneCountAsNoExperts) {
    const MemoryPlan plan = planMemory(
        mixtureModel(), {.contextTokens = 4096, .expertsInMemory = std::numeric_limits<double>::quiet_NaN()},
        machineWith(24 * kGiga));
    EXPECT_EQ(plan.expertsInMemory, 0);
}

TEST(MemoryPlan, AContextBeyondTheTrainedOneIsSaid) {
    const MemoryPlan plan = planMemory(denseModel(), {.contextTokens = 200'000}, machineWith(64 * kGiga));
    EXPECT_THAT(plan.notices, testing::Contains(HasSubstr("was trained for 131,072 tokens")));
}

TEST(MemoryPlan, WithoutAMeasurementNoSpeedIsPromised) {
    const MemoryPlan plan = planMemory(denseModel(), {}, machineWith(16 * kGiga));
    EXPECT_EQ(plan.tokensPerSecond, 0);
    EXPECT_THAT(plan.notices, testing::Contains(HasSubstr("was not measured yet")));
}

TEST(MemoryPlan, ASpeedMeasuredWithOtherThreadsIsSaid) {
    Machine machine = machineWith(16 * kGiga);
    machine.speed = {.threads = 2, .products = {{.type = "Q4_K"}}};
    const auto notices = [&](int threads) {
        return planMemory(denseModel(), {.threads = threads}, machine).notices;
    };
    EXPECT_THAT(notices(8), testing::Contains(HasSubstr("measured with 2 threads")));
    EXPECT_THAT(notices(2), Not(testing::Contains(HasSubstr("threads"))));
    EXPECT_THAT(notices(0), Not(testing::Contains(HasSubstr("threads"))));
}

TEST(MemoryPlan, TakesLessThanAMillisecond) {
    const Machine machine = machineWith(5 * kGiga);
    const ModelFootprint footprint = mixtureModel();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i)
        ASSERT_GT(planMemory(footprint, {.contextTokens = 1000 * i + 1}, machine).contextTokens, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

MachineSpeed measured() {
    return {.processor = "test",
            .instructionSet = "test",
            .threads = 2,
            .measuredAt = 1,
            .products = {{.type = "Q4_K", .cachedSeconds = 5e-11, .streamedSeconds = 1e-10},
                         {.type = "Q6_K", .cachedSeconds = 1e-10, .streamedSeconds = 2e-10}},
            .reads = {{1e6, 40e9}, {100e6, 10e9}},
            .diskBytesPerSecond = 1e9};
}

ModelFootprint readingModel() {
    ModelFootprint footprint = mixtureModel();
    footprint.denseBytesPerToken = 1e9;
    footprint.expertBytesPerToken = 1e9;
    footprint.products = {{.type = "Q4_K", .columns = 4096, .bytes = 1e9}};
    footprint.expertProducts = {{.type = "Q6_K", .columns = 4096, .bytes = 1e9}};
    return footprint;
}

TEST(SpeedForecast, AddsUpWhatEachTypeCosts) {
    // 0.1 s of dense weights and 0.2 s of experts.
    EXPECT_NEAR(expectedTokensPerSecond(readingModel(), measured(), CacheType::F16, 1, 0), 1 / 0.3, 0.01);
}

TEST(SpeedForecast, ExpertsOnTheDiskCostItsTime) {
    // A second more for the gigabyte, or half of it.
    EXPECT_NEAR(expectedTokensPerSecond(readingModel(), measured(), CacheType::F16, 0, 0), 1 / 1.3, 0.01);
    EXPECT_NEAR(expectedTokensPerSecond(readingModel(), measured(), CacheType::F16, 0.5, 0), 1 / 0.8, 0.01);
}

TEST(SpeedForecast, ADiskThatWasNotMeasuredPromisesNothing) {
    MachineSpeed speed = measured();
    speed.diskBytesPerSecond = 0;
    EXPECT_EQ(expectedTokensPerSecond(readingModel(), speed, CacheType::F16, 0.5, 0), 0);
    EXPECT_GT(expectedTokensPerSecond(readingModel(), speed, CacheType::F16, 1, 0), 0);
}

TEST(SpeedForecast, AModelThatFitsIntoTheProcessorsCacheIsFaster) {
    ModelFootprint small{.denseBytesPerToken = 0.5e6, .products = {{.type = "Q4_K", .bytes = 0.5e6}}};
    ModelFootprint large = small;
    large.denseBytesPerToken = large.products[0].bytes = 0.5e9;
    const auto seconds = [](const ModelFootprint& model) {
        return 1 / expectedTokensPerSecond(model, measured(), CacheType::F16, 1, 0);
    };
    const double handOver = seconds({});
    EXPECT_NEAR(seconds(small) - handOver, 0.5e6 * 5e-11, 1e-9);
    EXPECT_NEAR(seconds(large) - handOver, 0.5e9 * 1e-10, 1e-9);
}

TEST(SpeedForecast, ALongConversationIsSlowerAndAWindowLimitsIt) {
    MachineSpeed speed = measured();
    speed.attentionF16 = {.alone = {1e-10, 0}, .amongFour = {1e-10, 0}};
    ModelFootprint model = readingModel();
    model.attention = {{.layers = 10, .window = 0, .numbers = 10'000, .heads = 32}};
    const double near = expectedTokensPerSecond(model, speed, CacheType::F16, 1, 100);
    const double far = expectedTokensPerSecond(model, speed, CacheType::F16, 1, 10'000);
    EXPECT_LT(far, near);
    model.attention[0].window = 100;
    EXPECT_EQ(expectedTokensPerSecond(model, speed, CacheType::F16, 1, 10'000),
              expectedTokensPerSecond(model, speed, CacheType::F16, 1, 100'000));
}

TEST(SpeedForecast, HeadsThatShareRowsReadThemOnce) {
    MachineSpeed speed = measured();
    speed.threads = 2;
    speed.attentionF16 = {.alone = {4e-10, 0}, .amongFour = {1e-10, 0}};
    ModelFootprint model{.attention = {{.layers = 1, .numbers = 16'000, .heads = 16}}};
    const auto seconds = [&](std::int64_t sharing, int positions) {
        model.attention[0].sharing = sharing;
        return 1 / expectedTokensPerSecond(model, speed, CacheType::F16, 1, positions - 1) -
               1 / expectedTokensPerSecond({}, speed, CacheType::F16, 1, 0);
    };
    // Eight of sixteen heads to a thread, a thousand numbers each.
    EXPECT_NEAR(seconds(1, 100), 8 * 1e5 * 4e-10, 1e-9);
    EXPECT_NEAR(seconds(2, 100), 8 * 1e5 * 2e-10, 1e-9);
    EXPECT_NEAR(seconds(16, 100), 8 * 1e5 * 1e-10, 1e-9) << "four of them together";
    EXPECT_NEAR(seconds(16, 1000), 8 * 1e6 * 0.25e-10, 1e-8) << "all of them, step by step";
    EXPECT_EQ(seconds(0, 100), seconds(1, 100)) << "what another process says is not trusted";
}

TEST(ResidentBytes, GrowWithTheConversation) {
    const MemoryPlan plan = planMemory(denseModel(), {.contextTokens = 10'000}, machineWith(16 * kGiga));
    const auto at = [&](int tokens) { return expectedResidentBytes(denseModel(), plan, tokens); };
    EXPECT_EQ(at(1000) - at(0), 100'000'000u);
    EXPECT_EQ(at(10'000), plan.devices.front().total());
    EXPECT_EQ(at(99'999), at(10'000)) << "no conversation is longer than its context";
}

TEST(ResidentBytes, ExpertsThatTokensMetStayWhereThereIsRoom) {
    const PlanRequest request{.contextTokens = 1024, .expertsInMemory = 0.0};
    const MemoryPlan roomy = planMemory(mixtureModel(), request, machineWith(64 * kGiga));
    const auto bytes = expectedResidentBytes(mixtureModel(), roomy, 500);
    EXPECT_GT(bytes, 17 * kGiga);
    const MemoryPlan tight = planMemory(mixtureModel(), request, machineWith(6 * kGiga));
    EXPECT_LE(expectedResidentBytes(mixtureModel(), tight, 500), 6 * kGiga);
}

/// The mixture with a draft head of 200 MB, 2 KB of cache a token and 10 MB to work in.
ModelFootprint draftingModel() {
    ModelFootprint footprint = mixtureModel();
    footprint.draft = {.weightBytes = 200'000'000,
                       .cacheBytesF16 = 2000,
                       .cacheBytesQ8_0 = 1063,
                       .scratchBytes = 10'000'000};
    return footprint;
}

TEST(MemoryPlan, ADraftHeadIsChargedWhereAllExpertsAreInMemory) {
    const PlanRequest request{.contextTokens = 4096, .expertsInMemory = 1.0};
    const Machine machine = machineWith(32 * kGiga);
    const DevicePlan without = planMemory(mixtureModel(), request, machine).devices.front();
    const MemoryPlan plan = planMemory(draftingModel(), request, machine);
    const DevicePlan with = plan.devices.front();
    EXPECT_EQ(with.dense, without.dense + 200'000'000);
    EXPECT_EQ(with.cache, without.cache + 4096 * 2000);
    EXPECT_EQ(with.scratch, without.scratch + 10'000'000);
    EXPECT_EQ(expectedResidentBytes(draftingModel(), plan, 100),
              without.total() - without.cache + 210'000'000 + 100 * 102'000);
}

TEST(MemoryPlan, ADraftHeadIsNotChargedWhereExpertsComeFromTheDisk) {
    const PlanRequest request{.contextTokens = 4096, .expertsInMemory = 0.5};
    const Machine machine = machineWith(32 * kGiga);
    EXPECT_EQ(planMemory(draftingModel(), request, machine).devices.front().total(),
              planMemory(mixtureModel(), request, machine).devices.front().total());
}

TEST(MemoryPlan, WhatIsSuggestedFitsWithTheDraftHead) {
    for (const std::uint64_t tenths : {100u, 183u, 189u, 193u, 200u}) {
        const std::uint64_t free = tenths * kGiga / 10;
        for (const int context : {0, 8192, 131072}) {
            const Machine machine = machineWith(free);
            const PlanRequest request{.contextTokens = context};
            const MemoryPlan plan = planMemory(draftingModel(), request, machine);
            if (plan.fits()) continue;
            ASSERT_TRUE(plan.suggestion) << free << " " << context;
            EXPECT_TRUE(planMemory(draftingModel(), plan.suggestion->request, machine).fits())
                << free << " " << context << " " << plan.suggestion->words;
        }
    }
}

} // namespace
} // namespace ponder::engine
