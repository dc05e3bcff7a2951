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
    config.layer = {{.keyValueHeads = 0}, {.keyValueHeads = 1}};
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

TEST(KvCache, AttentionIsCutAnywhere) {
    ModelConfig config = convolutionConfig();
    config.layer[0].keyValueHeads = 1;
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

TEST(KvCache, AnIndexedLayerKeepsTheIndexersKeyToo) {
    ModelConfig config;
    config.family = &family("deepseek32");
    config.latentRank = 512;
    config.rope.dimensions = 64;
    config.heads = 128;
    config.indexer = {.heads = 64, .keyLength = 128, .chosen = 2048};
    config.layer = {{.keyValueHeads = 1, .indexed = true}, {.keyValueHeads = 1}};
    EXPECT_EQ(KvCache::bytesPerToken(config, kernels::CacheType::F16), (576u + 128 + 576) * 2);
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

} // namespace
} // namespace ponder::engine
