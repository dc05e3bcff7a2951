// What sliding windows save, for the shapes of models that have them.

#include "engine/memory_plan.h"
#include "engine/model/kv_cache.h"

#include <gtest/gtest.h>

#include "tests/places.h"

namespace ponder::engine {
namespace {

constexpr std::uint64_t kGiga = 1'000'000'000;
constexpr int kLong = 131072;

/// The cache of a model with these layers; `denseBytes` beside it.
ModelFootprint footprintOfCache(const ModelConfig& config, std::uint64_t denseBytes) {
    ModelFootprint footprint{.denseBytes = denseBytes, .trainedContextTokens = kLong};
    footprint.cacheBytesF16 = KvCache::bytesPerToken(config, kernels::CacheType::F16);
    footprint.cacheBytesQ8_0 = KvCache::bytesPerToken(config, kernels::CacheType::Q8_0);
    footprint.cacheFixedBytes = KvCache::fixedBytes(config);
    const auto windows = KvCache::windows(config, kernels::CacheType::F16);
    const auto small = KvCache::windows(config, kernels::CacheType::Q8_0);
    for (std::size_t i = 0; i < windows.size(); ++i)
        footprint.windows.push_back({windows[i].window, windows[i].perToken, small[i].perToken});
    return footprint;
}

/// As gpt-oss-20b: 24 layers with 8 key heads of 64 numbers, every second one sees 128 positions.
ModelConfig gptOss() {
    ModelConfig config;
    config.family = findModelFamily("gpt-oss");
    config.heads = 64;
    config.keyLength = config.valueLength = 64;
    for (int i = 0; i < 24; ++i) config.layer.push_back({.keyValueHeads = 8, .window = i % 2 == 0 ? 128 : 0});
    return config;
}

/// As Gemma 3 4B: 34 layers with 4 key heads of 256 numbers, five of six see 1,024 positions.
ModelConfig gemma() {
    ModelConfig config;
    config.family = findModelFamily("gemma3");
    config.heads = 8;
    config.keyLength = config.valueLength = 256;
    for (int i = 0; i < 34; ++i)
        config.layer.push_back({.keyValueHeads = 4, .window = i % 6 == 5 ? 0 : 1024});
    return config;
}

TEST(WindowPlan, HalfOfGptOssStaysShort) {
    const ModelFootprint footprint = footprintOfCache(gptOss(), 0);
    ASSERT_EQ(footprint.windows.size(), 1u);
    EXPECT_EQ(footprint.windows[0].cacheBytesF16, 12u * 2048);
    // 128 positions, 2,048 for a short way back and steps, eight windows behind checkpoints.
    const std::uint64_t windows = 12u * 2048 * (128 + 2048 + 8 * 192);
    EXPECT_EQ(footprint.cacheBytes(CacheType::F16, 2048), 2048u * 49152);
    EXPECT_EQ(footprint.cacheBytes(CacheType::F16, 4096), 4096u * 24576 + windows);
    EXPECT_EQ(footprint.cacheBytes(CacheType::F16, 32768), 32768u * 24576 + windows);
    EXPECT_EQ(footprint.cacheBytes(CacheType::F16, kLong), std::uint64_t{kLong} * 24576 + windows);
    EXPECT_EQ(footprint.cacheBytesRead(CacheType::F16, 100), 100u * 49152);
    EXPECT_EQ(footprint.cacheBytesRead(CacheType::F16, kLong), (kLong + 128ull) * 24576);
}

TEST(WindowPlan, ASeventhOfGemmaGrows) {
    const ModelFootprint footprint = footprintOfCache(gemma(), 0);
    const std::uint64_t windows = 29u * 4096 * (1024 + 2048 + 2 * 1088);
    EXPECT_EQ(footprint.cacheBytes(CacheType::F16, 4096), 4096u * 34 * 4096) << "too short to give any back";
    EXPECT_EQ(footprint.cacheBytes(CacheType::F16, 32768), 32768ull * 5 * 4096 + windows);
    EXPECT_EQ(footprint.cacheBytes(CacheType::F16, kLong), std::uint64_t{kLong} * 5 * 4096 + windows);
    EXPECT_LT(footprint.cacheBytes(CacheType::F16, kLong) * 5, std::uint64_t{kLong} * 34 * 4096);
}

TEST(WindowPlan, TheCacheDoesWhatIsPlanned) {
    for (const ModelConfig& config : {gptOss(), gemma()}) {
        const ModelFootprint footprint = footprintOfCache(config, 0);
        // The shortest context that takes less than all rows is the shortest that gives rows back.
        int capacity = 1;
        while (footprint.cacheBytes(CacheType::F16, capacity) ==
               footprint.cacheBytesF16 * static_cast<std::uint64_t>(capacity))
            ++capacity;
        EXPECT_FALSE(KvCache(config, kernels::CacheType::F16, capacity).returnsAnywhere());
        EXPECT_TRUE(KvCache(config, kernels::CacheType::F16, capacity - 1).returnsAnywhere());
    }
}

TEST(WindowPlan, AContextOfItsOwnIsLonger) {
    const ModelFootprint with = footprintOfCache(gemma(), 3 * kGiga);
    ModelFootprint without = with;
    without.windows.clear();
    const Machine machine{.memoryBytes = 16 * kGiga, .freeBytes = 12 * kGiga, .threads = 2};
    const MemoryPlan plan = planMemory(with, {}, machine);
    EXPECT_TRUE(plan.fits());
    EXPECT_LE(plan.devices.front().cache, 3 * kGiga);
    EXPECT_GT(plan.devices.front().cache, 3 * kGiga - 20480);
    EXPECT_EQ(plan.contextTokens, 116'045);
    EXPECT_EQ(planMemory(without, {}, machine).contextTokens, 21'541);
}

TEST(WindowPlan, TheNearestSettingKnowsOfWindowsToo) {
    const ModelFootprint footprint = footprintOfCache(gemma(), 3 * kGiga);
    const Machine machine{.memoryBytes = 6 * kGiga, .freeBytes = 4'300'000'000, .threads = 2};
    const MemoryPlan plan = planMemory(footprint, {.contextTokens = kLong}, machine);
    ASSERT_FALSE(plan.fits());
    ASSERT_TRUE(plan.suggestion);
    const MemoryPlan nearest = planMemory(footprint, plan.suggestion->request, machine);
    EXPECT_TRUE(nearest.fits());
    EXPECT_GT(nearest.contextTokens, 30'000);
}

TEST(WindowPlan, AddressesAreTakenForEveryRow) {
    const ModelFootprint footprint = footprintOfCache(gemma(), 1 * kGiga);
    Machine machine{.memoryBytes = 64 * kGiga, .freeBytes = 32 * kGiga, .threads = 2};
    EXPECT_TRUE(planMemory(footprint, {.contextTokens = kLong}, machine).fits());
    machine.freeAddresses = 8 * kGiga;
    const MemoryPlan plan = planMemory(footprint, {.contextTokens = kLong}, machine);
    EXPECT_FALSE(plan.fits()) << "18 GB of addresses";
    ASSERT_TRUE(plan.suggestion);
    EXPECT_TRUE(planMemory(footprint, plan.suggestion->request, machine).fits());
    EXPECT_TRUE(planMemory(footprint, {}, machine).fits());
}

TEST(WindowPlan, WhatIsHeldGrowsSlowerBehindTheWindows) {
    const ModelFootprint footprint = footprintOfCache(gptOss(), 1 * kGiga);
    const Machine machine{.memoryBytes = 64 * kGiga, .freeBytes = 32 * kGiga, .threads = 2};
    const MemoryPlan plan = planMemory(footprint, {.contextTokens = kLong}, machine);
    const auto at = [&](int tokens) { return expectedResidentBytes(footprint, plan, tokens); };
    EXPECT_EQ(at(1000) - at(0), 1000u * 49152);
    EXPECT_EQ(at(60'000) - at(50'000), 10'000u * 24576);
    EXPECT_EQ(at(kLong), plan.devices.front().total());
}

TEST(WindowPlan, AFileSaysWhatItsWindowsTake) {
    const ModelFootprint footprint = footprintOf(PONDER_SOURCE_DIR "/tests/golden/models/gemma3/model.gguf");
    ASSERT_EQ(footprint.windows.size(), 1u);
    EXPECT_EQ(footprint.windows[0].window, 16);
    EXPECT_EQ(footprint.windows[0].cacheBytesF16, 6u * 2 * 2 * 16 * 2) << "six of seven layers";
    EXPECT_EQ(footprint.cacheBytesF16, 7u * 2 * 2 * 16 * 2);
    EXPECT_TRUE(footprintOf(PONDER_SOURCE_DIR "/tests/golden/models/llama/model.gguf").windows.empty());
}

} // namespace
} // namespace ponder::engine
