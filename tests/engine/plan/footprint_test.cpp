#include "engine/model_footprint.h"

#include "engine/local_engine.h"
#include "engine/machine.h"
#include "tests/support/draft_head.h"
#include "tests/support/sanitized.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/places.h"

namespace ponder::engine {
namespace {

std::string golden(const std::string& name) {
    return PONDER_SOURCE_DIR "/tests/golden/models/" + name + "/model.gguf";
}

std::uint64_t tensorBytes(const std::string& path) {
    const GgufFile file = GgufFile::open(path, GgufFile::Access::Header);
    std::uint64_t bytes = 0;
    for (const Tensor& tensor : file.tensors()) bytes += tensor.sizeBytes;
    return bytes;
}

class Footprint : public testing::TestWithParam<const char*> {};

TEST_P(Footprint, NamesEveryByteOfTheFilesTensorsOnce) {
    EXPECT_EQ(footprintOf(golden(GetParam())).weightBytes(), tensorBytes(golden(GetParam())));
}

TEST_P(Footprint, CountsTheCacheAsTheEngineAllocatesIt) {
    const ModelFootprint footprint = footprintOf(golden(GetParam()));
    const Model model(GgufFile::open(golden(GetParam()), GgufFile::Access::Weights));
    for (const auto& [type, kernel] : {std::pair(CacheType::F16, kernels::CacheType::F16),
                                       std::pair(CacheType::Q8_0, kernels::CacheType::Q8_0)}) {
        const KvCache cache(model.config(), kernel, 1);
        std::int64_t bytes = 0;
        for (int layer = 0; layer < model.config().layers; ++layer) {
            const int compression = model.config().layer[static_cast<std::size_t>(layer)].compression;
            const std::int64_t positions = std::max(1, compression);
            bytes += cache.keyStride(layer) + cache.valueStride(layer) +
                     (cache.blockStride(layer) + positions - 1) / positions +
                     (cache.indexKeyStride(layer) + positions - 1) / positions;
        }
        EXPECT_EQ(footprint.cacheBytesPerToken(type), static_cast<std::uint64_t>(bytes));
    }
}

TEST_P(Footprint, ATokenTakesNoMoreLoopsThanItCounts) {
    LocalEngine engine({.modelPath = golden(GetParam()), .contextTokens = 64, .threads = 2});
    const std::vector<TokenId> tokens{1, 2, 3, 4, 5};
    SamplingSettings greedy;
    greedy.temperature = 0.0f;
    Sampler sampler(Sampler::merged(greedy, {}));
    engine.timeline().sync(tokens, {}, {});
    engine.timeline().next(sampler, {});
    const std::int64_t before = engine.backend().pool().loops();
    engine.timeline().next(sampler, {});
    EXPECT_LE(engine.backend().pool().loops() - before,
              static_cast<std::int64_t>(footprintOf(golden(GetParam())).parallelLoops));
}

TEST_P(Footprint, ATokenReadsNoMoreThanThereIs) {
    const ModelFootprint footprint = footprintOf(golden(GetParam()));
    EXPECT_GT(footprint.denseBytesPerToken, 0);
    EXPECT_LE(footprint.denseBytesPerToken, static_cast<double>(footprint.denseBytes));
    EXPECT_LE(footprint.sharedBytesPerToken, static_cast<double>(footprint.sharedExpertBytes));
    if (footprint.experts > 0) {
        EXPECT_NEAR(footprint.expertBytesPerToken / static_cast<double>(footprint.expertBytes),
                    static_cast<double>(footprint.expertsUsed) / footprint.experts, 0.02);
    }
    double bytes = 0;
    for (const WeightShape& shape : footprint.products) bytes += shape.bytes;
    EXPECT_NEAR(bytes, footprint.denseBytesPerToken + footprint.sharedBytesPerToken, 1);
}

TEST_P(Footprint, IsTheSameWhenTheModelIsOpen) {
    const LocalEngine engine({.modelPath = golden(GetParam()), .contextTokens = 64});
    EXPECT_EQ(engine.info().footprint, footprintOf(golden(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(Families, Footprint,
                         testing::Values("llama", "llama-tied", "qwen3moe", "olmoe", "gpt-oss", "gemma3",
                                         "lfm2", "qwen3next", "qwen3_5-moe", "phi3", "deepseek2-lite",
                                         "deepseek2-v3", "deepseek2-v3-legacy", "deepseek32", "deepseek4",
                                         "granitemoe", "smollm3", "mixtral"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(FootprintOfShapes, DeepSeeksCacheIsItsLatentsAndTheirBlocks) {
    const tests::TempDir folder;
    tests::tinyModel({.family = tests::TinyFamily::Deepseek2}).write(folder / "model.gguf");
    const ModelFootprint footprint = footprintOf((folder / "model.gguf").string());
    EXPECT_EQ(footprint.cacheBytesF16, 2u * 132);     // 48 numbers: a block of words a layer
    EXPECT_EQ(footprint.cacheBytesQ8_0, 2u * 2 * 34); // 48 numbers: two blocks a layer
    EXPECT_EQ(footprint.experts, 8);
    EXPECT_EQ(footprint.expertsUsed, 2);
    EXPECT_EQ(footprint.sharedExpertBytes, 3u * 64 * 32 * 4);
    EXPECT_EQ(footprint.expertBytes, 8u * 3 * 64 * 32 * 4);
}

TEST(FootprintOfShapes, ADraftHeadStandsBesideTheTrunk) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    for (const auto family : {tests::TinyFamily::Deepseek2, tests::TinyFamily::Glm4Moe}) {
        tests::GgufImage image = tests::tinyModel({.family = family});
        image.write(path);
        const ModelFootprint without = footprintOf(path);
        tests::addDraftHead(image);
        image.write(path);
        ModelFootprint with = footprintOf(path);
        EXPECT_EQ(with.weightBytes() + with.draft.weightBytes, tensorBytes(path));
        EXPECT_EQ(with.draft.cacheBytesF16, without.cacheBytesF16 / 2) << "of two layers";
        EXPECT_EQ(with.draft.cacheBytesQ8_0, without.cacheBytesQ8_0 / 2);
        EXPECT_GT(with.draft.scratchBytes, 0u);
        // The head's small vectors are bound with the file, used or not.
        EXPECT_GE(with.vocabularyBytes, without.vocabularyBytes);
        with.vocabularyBytes = without.vocabularyBytes;
        with.draft = {};
        EXPECT_EQ(with, without);
    }
}

TEST(FootprintOfShapes, ABlockThatNothingComputesWithIsNotCharged) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    tests::GgufImage image = tests::tinyModel({.family = tests::TinyFamily::Deepseek32});
    image.write(path);
    const ModelFootprint without = footprintOf(path);
    tests::addDraftHead(image);
    image.write(path);
    EXPECT_EQ(footprintOf(path), without);
}

TEST(FootprintOfShapes, AHeadThatIsTheEmbeddingIsReadWhole) {
    const ModelFootprint tied = footprintOf(golden("llama-tied"));
    const ModelFootprint untied = footprintOf(golden("llama"));
    EXPECT_EQ(tied.embeddingBytes, 0u);
    EXPECT_GT(untied.embeddingBytes, 0u);
}

TEST(FootprintOfShapes, ADamagedFileIsRefusedInOpenEnginesWords) {
    const tests::TempDir folder;
    std::ofstream(folder / "model.gguf") << "GGUF";
    const auto words = [&](const auto& open) -> std::string {
        try {
            open((folder / "model.gguf").string());
        } catch (const Error& error) {
            return error.what();
        }
        return "accepted";
    };
    EXPECT_EQ(words([](const std::string& path) { footprintOf(path); }),
              words([](const std::string& path) { LocalEngine({.modelPath = path}); }));
}

TEST(Machine, KnowsItsMemory) {
    const Machine machine = lookAtMachine();
    EXPECT_GT(machine.memoryBytes, std::uint64_t{256} << 20);
    EXPECT_GT(machine.freeBytes, 0u);
    EXPECT_LE(machine.freeBytes, machine.memoryBytes);
    EXPECT_EQ(machine.heldBytes(), machine.memoryBytes - machine.freeBytes);
    EXPECT_GE(machine.threads, 1);
}

TEST(Machine, AMeasurementTakesAtMostTwoSecondsAndMakesSense) {
    const auto start = std::chrono::steady_clock::now();
    const MachineSpeed speed = measureMachine({.threads = 2, .diskFile = golden("llama")});
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::cout << "measured in " << seconds << " s: memory " << speed.memoryBytesPerSecond() / 1e9
              << " GB/s\n";
    EXPECT_TRUE(speed.measured());
    EXPECT_GT(speed.memoryBytesPerSecond(), 1e8);
    EXPECT_LT(speed.memoryBytesPerSecond(), 1e13);
    for (const ProductSpeed& product : speed.products) {
        EXPECT_GT(product.streamedSeconds, 1e-13) << product.type;
        EXPECT_GE(product.streamedRowSeconds, 0) << product.type;
    }
    EXPECT_GT(speed.attentionF16.alone.numberSeconds, 0);
    EXPECT_GT(speed.attentionF16.amongFour.numberSeconds, 0);
    EXPECT_LT(speed.attentionF16.amongFour.numberSeconds, speed.attentionF16.alone.numberSeconds * 1.5);
    EXPECT_GT(speed.loopSeconds, 0);
    const double most = tests::kIsSanitized ? 60 : 6;
    EXPECT_LT(seconds, most) << "two, on a machine with nothing else to do";
}

} // namespace
} // namespace ponder::engine
