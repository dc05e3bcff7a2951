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
    EXPECT_EQ(KvCache::bytesPerToken(config, kernels::CacheType::F16), 61u * 9 * 132)
        << "nine blocks of words";
}

TEST(KvCache, AnIndexedLayerKeepsTheIndexersKeyToo) {
    ModelConfig config;
    config.family = &family("deepseek32");
    config.latentRank = 512;
    config.rope.dimensions = 64;
    config.heads = 128;
    config.indexer = {.heads = 64, .keyLength = 128, .chosen = 2048};
    config.layer = {{.keyValueHeads = 1, .indexed = true}, {.keyValueHeads = 1}};
    EXPECT_EQ(KvCache::bytesPerToken(config, kernels::CacheType::F16), 2 * 9 * 132u + 128 * 2);
    EXPECT_EQ(KvCache::bytesPerToken(config, kernels::CacheType::Q8_0), 2 * 612u + 128 * 2);

    KvCache cache(config, kernels::CacheType::F32, 4);
    std::vector<float> key(128, 0.0f);
    for (int position = 0; position < 3; ++position) {
        key[5] = static_cast<float>(position);
        cache.storeIndexKey(0, position, key.data());
    }
    cache.commit(3);
    const Matrix keys = cache.indexKeys(0, 3);
    EXPECT_EQ(keys.rows, 3);
    EXPECT_EQ(reinterpret_cast<const float*>(keys.rowsFrom(2, 1).bytes)[5], 2);

    KvCache copy(config, kernels::CacheType::F32, 8);
    copy.copy(cache, 2);
    EXPECT_EQ(reinterpret_cast<const float*>(copy.indexKeys(0, 2).rowsFrom(1, 1).bytes)[5], 1);
}

ModelConfig compressedConfig() {
    ModelConfig config;
    config.family = &family("deepseek4");
    config.keyLength = 32;
    config.heads = 4;
    config.indexer = {.heads = 2, .keyLength = 16, .chosen = 3};
    config.layer = {{.keyValueHeads = 1, .window = 8},
                    {.keyValueHeads = 1, .window = 8, .indexed = true, .compression = kOverlappingRatio},
                    {.keyValueHeads = 1, .window = 8, .compression = kPlainRatio}};
    return config;
}

TEST(KvCache, BlocksTakeTheirShareOfAToken) {
    const std::uint64_t rows = 3 * 132;
    const std::uint64_t blocks = 132 / 4 + 16 * 2 / 4 + 2; // the last layer's 132 bytes for 128 positions
    EXPECT_EQ(KvCache::bytesPerToken(compressedConfig(), kernels::CacheType::F16), rows + blocks);
    EXPECT_GT(KvCache::fixedBytes(compressedConfig()), 0u);
}

TEST(KvCache, BlocksAndWhatIsCarriedComeBackWithTheirCheckpoint) {
    KvCache cache(compressedConfig(), kernels::CacheType::F32, 16);
    const auto append = [&](float mark) {
        const std::vector<float> row(32, mark);
        const int position = cache.length();
        if (position % 4 == 3) cache.storeBlock(1, position / 4, row.data());
        *cache.nextCarried(1) = mark;
        cache.commit(1);
    };
    for (float mark : {1.0f, 2.0f, 3.0f, 4.0f, 5.0f}) append(mark);
    cache.checkpoint();
    for (float mark : {6.0f, 7.0f, 8.0f, 9.0f}) append(mark);
    EXPECT_EQ(static_cast<const float*>(cache.blocksFrom(1, 1))[0], 8);

    KvCache copy(compressedConfig(), kernels::CacheType::F32, 16);
    EXPECT_EQ(copy.copy(cache, 7), 5);
    EXPECT_EQ(*copy.carried(1), 5);
    EXPECT_EQ(static_cast<const float*>(copy.blocksFrom(1, 0))[0], 4);

    EXPECT_EQ(cache.rewind(7), 5);
    EXPECT_EQ(*cache.carried(1), 5);
    EXPECT_EQ(static_cast<const float*>(cache.blocksFrom(1, 0))[0], 4);
}

} // namespace
} // namespace ponder::engine
