#include "engine/model/kv_cache.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

const ModelFamily& family(std::string_view name) {
    return *findModelFamily(name);
}

ModelConfig convolutionConfig() {
    ModelConfig config;
    config.family = &family("lfm2");
    config.width = 2;
    config.heads = 1;
    config.keyLength = config.valueLength = 2;
    config.convolutionLength = 3;
    config.layer = {{.kind = LayerKind::Convolution}, {.keyValueHeads = 1}};
    return config;
}

void append(KvCache& cache, float mark) {
    const float row[] = {mark, -mark};
    cache.storeKey(1, cache.length(), row);
    cache.storeValue(1, cache.length(), row);
    std::fill_n(cache.nextCarried(0), 4, mark);
    cache.commit(1);
}

TEST(KvCache, KeepsWhatWasStoredAtEachPosition) {
    KvCache cache(convolutionConfig(), kernels::CacheType::F32, 4);
    append(cache, 1);
    append(cache, 2);
    EXPECT_EQ(static_cast<const float*>(cache.keysFrom(1, 1))[1], -2);
    EXPECT_EQ(static_cast<const float*>(cache.valuesFrom(1, 0))[0], 1);
}

TEST(KvCache, ConvolutionsReturnToTheLastCheckpoint) {
    KvCache cache(convolutionConfig(), kernels::CacheType::F32, 8);
    append(cache, 1);
    append(cache, 2);
    cache.checkpoint();
    append(cache, 3);
    append(cache, 4);
    EXPECT_EQ(cache.rewind(3), 2);
    EXPECT_EQ(cache.carried(0)[0], 2);
    EXPECT_EQ(cache.rewind(1), 0);
    EXPECT_EQ(cache.carried(0)[0], 0);
}

TEST(KvCache, CheckpointsOfALongConversationLieDenserTowardsItsEnd) {
    KvCache cache(convolutionConfig(), kernels::CacheType::F32, 4096);
    for (int i = 1; i <= 4000; ++i) {
        append(cache, static_cast<float>(i));
        if (i % 50 == 0) cache.checkpoint();
    }
    std::vector<int> checkpoints;
    for (int length = 50; length <= 4000; length += 50)
        if (cache.reachable(length) == length) checkpoints.push_back(length);
    EXPECT_EQ(checkpoints, (std::vector<int>{1600, 2400, 3200, 3600, 3800, 3900, 3950, 4000}));
    EXPECT_EQ(cache.reachable(3999), 3950);
    EXPECT_EQ(cache.reachable(1599), 0);
}

TEST(KvCache, ACheckpointGivesBackWhatALayerCarried) {
    KvCache cache(convolutionConfig(), kernels::CacheType::F32, 4096);
    for (int i = 1; i <= 1000; ++i) {
        append(cache, static_cast<float>(i));
        if (i % 30 == 0) cache.checkpoint();
    }
    while (cache.length() > 0) {
        const int length = cache.rewind(cache.length() - 1);
        EXPECT_EQ(cache.carried(0)[3], static_cast<float>(length));
    }
}

TEST(KvCache, LargeStatesHaveFewerCheckpointsAndAreCounted) {
    ModelConfig config = convolutionConfig();
    config.layer[0] = {.kind = LayerKind::Delta};
    config.delta = {
        .keyHeads = 16, .valueHeads = 32, .keyLength = 128, .valueLength = 128, .convolutionLength = 4};
    const std::uint64_t each = 4 * (3 * 8192 + 32 * 128 * 128); // bytes a layer carries
    EXPECT_EQ(KvCache::fixedBytes(config), each * 10);
    config.layer.resize(37, config.layer[0]);
    config.layer[1] = config.layer[0];
    EXPECT_EQ(KvCache::fixedBytes(config), 37 * each * 6);
    EXPECT_EQ(KvCache::bytesPerToken(config, kernels::CacheType::F16), 0u);
}

TEST(KvCache, AttentionIsCutAnywhere) {
    ModelConfig config = convolutionConfig();
    config.layer[0] = {.keyValueHeads = 1};
    KvCache cache(config, kernels::CacheType::F32, 8);
    cache.commit(5);
    EXPECT_EQ(cache.rewind(3), 3);
    EXPECT_EQ(cache.rewind(7), 3);
}

TEST(KvCache, LatentLayersKeep576NumbersForDeepSeek) {
    ModelConfig config;
    config.family = &family("deepseek2");
    config.latentRank = 512;
    config.rope.dimensions = 64;
    config.heads = 128;
    config.layer = std::vector<LayerSettings>(61, {.keyValueHeads = 1});
    EXPECT_EQ(KvCache::bytesPerToken(config, kernels::CacheType::F16), 61u * 576 * 2);
}

} // namespace
} // namespace ponder::engine
