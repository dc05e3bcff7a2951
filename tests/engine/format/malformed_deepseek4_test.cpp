// DeepSeek V4's attention, streams and hash routing in files that do not hold what they claim.

#include "engine/engine.h"
#include "engine/support/error.h"
#include "tests/engine/format/refused_model.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

#include <limits>

namespace ponder::tests {
namespace {

using Break = std::function<void(GgufImage&)>;

Break count(const std::string& key, std::uint32_t value) {
    return [=](GgufImage& i) { i.set("deepseek4." + key, scalar(value)); };
}

Break without(const std::string& key) {
    return [=](GgufImage& i) { i.remove("deepseek4." + key); };
}

Break shaped(const std::string& name, std::vector<std::uint64_t> shape) {
    return [=](GgufImage& i) { i.tensor(name).shape = shape; };
}

std::vector<RefusedModel> wrongAttention() {
    const auto ratios = [](std::vector<std::uint32_t> values) -> Break {
        return [=](GgufImage& i) { i.set("deepseek4.attention.compress_ratios", list(values)); };
    };
    return {
        {"UnknownRatio", "compress_ratios", ratios({4, 8})},
        {"RatioOfOne", "compress_ratios", ratios({1, 128})},
        {"TooFewRatios", "compress_ratios", ratios({4})},
        {"TooManyRatios", "compress_ratios", ratios({4, 128, 4, 128})},
        {"OtherRatioThanTheTensors", "blk.0.attn_compressor_", ratios({128, 128})},
        {"IndexedLayerWithoutAnIndexer", "blk.1.", ratios({4, 4})},
        {"NoWindow", "attention.sliding_window", count("attention.sliding_window", 0)},
        {"WindowMissing", "attention.sliding_window", without("attention.sliding_window")},
        {"TwoKeyHeads", "attention.head_count_kv", count("attention.head_count_kv", 2)},
        {"ValuesOfAnotherLength", "attention.value_length", count("attention.value_length", 16)},
        {"NoQueryRank", "attention.q_lora_rank", without("attention.q_lora_rank")},
        {"RotationLongerThanAKey", "rope.dimension_count", count("rope.dimension_count", 34)},
        {"RotationLongerThanAnIndexKey", "indexer.key_length", count("attention.indexer.key_length", 14)},
        {"NoIndexHeads", "indexer.head_count", count("attention.indexer.head_count", 0)},
        {"NothingChosen", "indexer.top_k", count("attention.indexer.top_k", 0)},
        {"NoGroups", "output_group_count", count("attention.output_group_count", 0)},
        {"GroupsDoNotDivideHeads", "output_group_count", count("attention.output_group_count", 3)},
        {"OtherGroupsThanTheTensors", "blk.0.attn_output_a.weight", count("attention.output_group_count", 4)},
        {"NoOutputRank", "output_lora_rank", count("attention.output_lora_rank", 0)},
        {"HugeOutputRank", "output_lora_rank", count("attention.output_lora_rank", 0xFFFFFFFF)},
        {"BaseOfNothing", "compress_rope_freq_base",
         [](GgufImage& i) { i.set("deepseek4.attention.compress_rope_freq_base", scalar(0.0f)); }},
        {"PlacesTransposed", "blk.0.attn_compressor_ape.weight",
         shaped("blk.0.attn_compressor_ape.weight", {4, 64})},
        {"SinksOfOtherHeads", "blk.1.attn_sinks.weight", shaped("blk.1.attn_sinks.weight", {2, 2})},
        {"OutputInOneMatrix", "blk.0.attn_output_a.weight", shaped("blk.0.attn_output_a.weight", {32, 64})},
    };
}

std::vector<RefusedModel> wrongStreams() {
    return {
        {"NoStreams", "hyper_connection.count", without("hyper_connection.count")},
        {"OneStream", "hyper_connection.count", count("hyper_connection.count", 1)},
        {"ManyStreams", "hyper_connection.count", count("hyper_connection.count", 1000)},
        {"OtherStreamsThanTheTensors", "hc_", count("hyper_connection.count", 4)},
        {"NoIterations", "sinkhorn_iterations", count("hyper_connection.sinkhorn_iterations", 0)},
        {"EndlessIterations", "sinkhorn_iterations",
         count("hyper_connection.sinkhorn_iterations", 0xFFFFFFFF)},
        {"NegativeEpsilon", "hyper_connection.epsilon",
         [](GgufImage& i) { i.set("deepseek4.hyper_connection.epsilon", scalar(-1.0f)); }},
        {"TwoScales", "blk.1.hc_ffn_scale.weight", shaped("blk.1.hc_ffn_scale.weight", {1, 3})},
        {"HeadMixTransposed", "output_hc_fn.weight", shaped("output_hc_fn.weight", {2, 128})},
    };
}

std::vector<RefusedModel> wrongExperts() {
    const auto limits = [](std::vector<float> values) -> Break {
        return [=](GgufImage& i) { i.set("deepseek4.swiglu_clamp_exp", list(values)); };
    };
    const std::string table = "blk.0.ffn_gate_tid2eid.weight";
    return {
        {"MoreHashedLayersThanLayers", "hash_layer_count", count("hash_layer_count", 3)},
        {"HashedLayerWithoutATable", "blk.1.ffn_gate_tid2eid.weight", count("hash_layer_count", 2)},
        {"TableOfOtherTokens", table, shaped(table, {tinyVocabularySize(), 2})},
        {"TableOfFloats", "is stored as F32, expected is I32",
         [=](GgufImage& i) { i.tensor(table).type = 0; }},
        {"LimitsOfOtherLayers", "swiglu_clamp_exp", limits({10, 10, 10})},
        {"NegativeLimit", "swiglu_clamp_exp", limits({-1, 10})},
        {"LimitThatIsNoNumber", "swiglu_clamp_exp", limits({std::numeric_limits<float>::quiet_NaN(), 10})},
        {"LimitsAsTexts", "swiglu_clamp_exp",
         [](GgufImage& i) {
             i.set("deepseek4.swiglu_clamp_exp", texts({"10", "10"}));
         }},
        {"UnknownGate", "expert_gating_func", count("expert_gating_func", 5)},
    };
}

class WrongDeepseek4 : public testing::TestWithParam<RefusedModel> {};

TEST_P(WrongDeepseek4, IsRefused) {
    GgufImage image = tinyModel({.family = TinyFamily::Deepseek4});
    GetParam().breakIt(image);
    expectModelRefused(image, GetParam().mentions);
}

/// The table itself is read when the weights are.
TEST(TableOfExperts, WithAnExpertThatIsNotThereIsRefused) {
    for (const std::int32_t expert : {-1, 8, std::numeric_limits<std::int32_t>::max()}) {
        GgufImage image = tinyModel({.family = TinyFamily::Deepseek4});
        std::string& data = image.tensor("blk.0.ffn_gate_tid2eid.weight").data;
        data.replace(data.size() - 4, 4, littleEndian(expert));
        const TempDir folder;
        image.write(folder / "model.gguf");
        std::string message = "accepted";
        try {
            engine::EngineOptions options;
            options.modelPath = (folder / "model.gguf").string();
            options.inProcess = true;
            engine::openEngine(options);
        } catch (const engine::Error& error) {
            message = error.what();
        }
        EXPECT_NE(
            message.find("\"blk.0.ffn_gate_tid2eid.weight\" holds the number " + std::to_string(expert)),
            std::string::npos)
            << message;
    }
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(Attention, WrongDeepseek4, testing::ValuesIn(wrongAttention()), kName);
INSTANTIATE_TEST_SUITE_P(Streams, WrongDeepseek4, testing::ValuesIn(wrongStreams()), kName);
INSTANTIATE_TEST_SUITE_P(Experts, WrongDeepseek4, testing::ValuesIn(wrongExperts()), kName);

} // namespace
} // namespace ponder::tests
