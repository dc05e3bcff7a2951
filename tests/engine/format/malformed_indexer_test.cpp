// DeepSeek V3.2's indexer in files that do not hold what they claim.

#include "engine/engine.h"
#include "tests/engine/format/refused_model.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

namespace ponder::tests {
namespace {

std::vector<RefusedModel> wrongIndexers() {
    const auto indexer = [](const std::string& key, std::uint32_t value) {
        return [key, value](GgufImage& i) { i.set("deepseek32.attention.indexer." + key, scalar(value)); };
    };
    const auto shaped = [](const std::string& name, std::vector<std::uint64_t> shape) {
        return [name, shape](GgufImage& i) { i.tensor(name).shape = shape; };
    };
    const auto without = [](const std::string& name) {
        return [name](GgufImage& i) { i.removeTensor(name); };
    };
    return {
        {"NoHeads", "indexer.head_count", indexer("head_count", 0)},
        {"TooManyHeads", "indexer.head_count", indexer("head_count", 1'000'000)},
        {"OtherHeadsThanTheTensors", "blk.0.indexer.attn_q_b.weight", indexer("head_count", 3)},
        {"NoHeadCount", "indexer.head_count",
         [](GgufImage& i) { i.remove("deepseek32.attention.indexer.head_count"); }},
        {"KeysShorterThanTheirRotation", "indexer.key_length", indexer("key_length", 8)},
        {"OtherKeysThanTheTensors", "blk.0.indexer.", indexer("key_length", 64)},
        {"NothingChosen", "indexer.top_k", indexer("top_k", 0)},
        {"BeyondAnyContextChosen", "indexer.top_k", indexer("top_k", 0xFFFFFFFF)},
        {"NoQueries", "blk.1.indexer.attn_q_b.weight", without("blk.1.indexer.attn_q_b.weight")},
        {"NoKeyNorm", "blk.1.indexer.k_norm.weight", without("blk.1.indexer.k_norm.weight")},
        {"NoKeyNormBias", "blk.1.indexer.k_norm.bias", without("blk.1.indexer.k_norm.bias")},
        {"NoKeys", "blk.1.indexer.attn_k.weight", without("blk.1.indexer.attn_k.weight")},
        {"NoHeadWeights", "blk.0.indexer.proj.weight", without("blk.0.indexer.proj.weight")},
        {"KeysTransposed", "\"blk.0.indexer.attn_k.weight\" has the shape 32 × 64, expected is 64 × 32",
         shaped("blk.0.indexer.attn_k.weight", {32, 64})},
        {"NormOfTwoKeys", "blk.0.indexer.k_norm.weight", shaped("blk.0.indexer.k_norm.weight", {16, 2})},
        {"QueriesNotCompressed", "blk.0.attn_q_a.weight",
         [](GgufImage& i) {
             i.removeTensor("blk.0.attn_q_a.weight");
             i.tensor("blk.0.attn_q_b.weight").name = "blk.0.attn_q.weight";
         }},
    };
}

class WrongIndexer : public testing::TestWithParam<RefusedModel> {};

TEST_P(WrongIndexer, IsRefused) {
    GgufImage image = tinyModel({.family = TinyFamily::Deepseek32});
    GetParam().breakIt(image);
    expectModelRefused(image, GetParam().mentions);
}

INSTANTIATE_TEST_SUITE_P(Cases, WrongIndexer, testing::ValuesIn(wrongIndexers()),
                         [](const auto& info) { return info.param.name; });

/// What a model of this file answers, and what was noticed about it.
struct Said {
    std::string answer;
    std::vector<std::string> notices;
};

Said saidBy(const GgufImage& image) {
    const TempDir folder;
    image.write(folder / "model.gguf");
    engine::EngineOptions options;
    options.modelPath = (folder / "model.gguf").string();
    options.inProcess = true;
    const auto opened = engine::openEngine(options);
    engine::ChatRequest request;
    request.messages = {{.role = engine::Role::User, .text = "Hello there", .reasoning = {}}};
    request.sampling.temperature = 0.0f;
    request.maximumTokens = 12;
    Said said{.answer = {}, .notices = opened->info().notices};
    engine::AnswerSink sink;
    sink.piece = [&](const engine::AnswerPiece& piece) { said.answer += piece.text; };
    opened->answer(request, sink, {});
    return said;
}

TEST(WithoutAnIndexer, EveryPositionIsReadAndANoticeSaysSo) {
    GgufImage image = tinyModel({.family = TinyFamily::Deepseek32});
    const Said sparse = saidBy(image);
    std::erase_if(image.tensors, [](const GgufTensor& tensor) {
        return tensor.name.find(".indexer.") != std::string::npos;
    });
    const Said dense = saidBy(image);
    EXPECT_TRUE(sparse.notices.empty());
    ASSERT_EQ(dense.notices.size(), 1u);
    EXPECT_NE(dense.notices[0].find("no indexer"), std::string::npos) << dense.notices[0];

    // The other architecture of the same weights knows of no indexer at all.
    GgufImage older = tinyModel({.family = TinyFamily::Deepseek2});
    for (GgufTensor& tensor : older.tensors) tensor.data = image.tensor(tensor.name).data;
    EXPECT_EQ(saidBy(older).answer, dense.answer);
    EXPECT_NE(dense.answer, sparse.answer);
}

} // namespace
} // namespace ponder::tests
