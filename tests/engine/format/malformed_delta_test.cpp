// Sound files whose Gated DeltaNet has other shapes than its settings say, or settings no model has.

#include "tests/engine/format/broken_file.h"
#include "tests/engine/format/refused_model.h"
#include "tests/support/tiny_model.h"

namespace ponder::tests {
namespace {

std::function<void(GgufImage&)> setting(const std::string& key, GgufValue value) {
    return [key, value](GgufImage& i) { i.set("qwen3next." + key, value); };
}

std::vector<RefusedModel> wrongSettings() {
    const auto count = [](const std::string& key, std::uint32_t value) {
        return setting(key, scalar(value));
    };
    std::vector<RefusedModel> cases{
        {"NoKeyHeads", "ssm.group_count\" is 0", count("ssm.group_count", 0)},
        {"KeyHeadsAllOnes", "ssm.group_count", count("ssm.group_count", 0xFFFFFFFF)},
        {"NoValueHeads", "ssm.time_step_rank\" is 0", count("ssm.time_step_rank", 0)},
        {"ValueHeadsNoMultipleOfKeyHeads", "a multiple of the number of key heads, 2",
         count("ssm.time_step_rank", 3)},
        {"NoKeyLength", "ssm.state_size\" is 0", count("ssm.state_size", 0)},
        {"KeyLengthOf2To31", "ssm.state_size", count("ssm.state_size", 1u << 31)},
        {"NoValues", "ssm.inner_size\" is 0", count("ssm.inner_size", 0)},
        {"ValuesAllOnes", "ssm.inner_size", count("ssm.inner_size", 0xFFFFFFFF)},
        {"ValuesNoMultipleOfHeads", "a multiple of the number of value heads, 4",
         count("ssm.inner_size", 97)},
        {"StateOf2To38", "beside an inner size of 1048576",
         [](GgufImage& i) {
             i.set("qwen3next.ssm.inner_size", scalar(std::uint32_t{1 << 20}));
             i.set("qwen3next.ssm.state_size", scalar(std::uint32_t{1 << 18}));
         }},
        {"ConvolutionOfOnePosition", "ssm.conv_kernel\" is 1", count("ssm.conv_kernel", 1)},
        {"ConvolutionOf2To31", "ssm.conv_kernel", count("ssm.conv_kernel", 1u << 31)},
        {"NoInterval", "full_attention_interval\" is 0", count("full_attention_interval", 0)},
        {"IntervalNegative", "full_attention_interval",
         setting("full_attention_interval", scalar(std::int32_t{-4}))},
        {"LayersOfAnotherCount", "recurrent_layers\" is a list of 3",
         setting("attention.recurrent_layers", list<bool>({true, false, true}))},
        {"LayersClaimTooMany", "recurrent_layers",
         setting("attention.recurrent_layers", rawList(typeId<bool>(), std::uint64_t{1} << 40))},
        {"LayersAreNumbers", "a list of true and false",
         setting("attention.recurrent_layers", list<std::uint32_t>({1, 0}))},
        {"LayersAreOneFlag", "a list of true and false", setting("attention.recurrent_layers", scalar(true))},
        {"ValuesLongerThanKeysBehindAGate", "attention.value_length\" is 24",
         [](GgufImage& i) {
             i.set("qwen3next.attention.key_length", scalar(std::uint32_t{16}));
             i.set("qwen3next.attention.value_length", scalar(std::uint32_t{24}));
         }},
        {"NoKeyHeadsWhereALayerAttends", "attention.head_count_kv\" is 0",
         setting("attention.head_count_kv", list<std::uint32_t>({0, 0}))},
        // The other layer's tensors are not there.
        {"EveryLayerAttends", "blk.0.attn_q.weight\" is missing", count("full_attention_interval", 1)},
        {"NoLayerAttends", "blk.1.attn_qkv.weight\" is missing", count("full_attention_interval", 4)},
    };
    for (const char* key :
         {"ssm.group_count", "ssm.time_step_rank", "ssm.state_size", "ssm.inner_size", "ssm.conv_kernel"}) {
        std::string name = key;
        std::erase_if(name, [](char c) { return c == '.' || c == '_'; });
        cases.push_back({name + "Missing", std::string(key) + "\" is missing",
                         [key](GgufImage& i) { i.remove(std::string("qwen3next.") + key); }});
        cases.push_back({name + "IsAText", key, setting(key, text("16"))});
        cases.push_back({name + "IsAFloat", key, setting(key, scalar(16.0f))});
    }
    return cases;
}

std::vector<RefusedModel> wrongTensors() {
    const auto shaped = [](const std::string& name, std::vector<std::uint64_t> shape) {
        return [name, shape](GgufImage& i) { i.tensor(name).shape = shape; };
    };
    std::vector<RefusedModel> cases{
        {"ChannelsOfAnotherCount", "has the shape 64 × 80 × 2, expected is 64 × 160",
         shaped("blk.0.attn_qkv.weight", {64, 80, 2})},
        {"GateTransposed", "has the shape 96 × 64, expected is 64 × 96",
         shaped("blk.0.attn_gate.weight", {96, 64})},
        {"WritesWithoutDecays", "\"blk.0.ssm_ba.weight\" has the shape 128 × 4, expected is 64 × 8",
         shaped("blk.0.ssm_ba.weight", {128, 4})},
        {"ConvolutionTransposed", "has the shape 160 × 4, expected is 4 × 160",
         shaped("blk.0.ssm_conv1d.weight", {160, 4})},
        {"BiasInRows", "\"blk.0.ssm_dt.bias\" has the shape 2 × 2, expected is 4",
         shaped("blk.0.ssm_dt.bias", {2, 2})},
        {"RateInRows", "\"blk.0.ssm_a\" has the shape 1 × 4, expected is 4", shaped("blk.0.ssm_a", {1, 4})},
        {"NormInRows", "\"blk.0.ssm_norm.weight\" has the shape 12 × 2, expected is 24",
         shaped("blk.0.ssm_norm.weight", {12, 2})},
        {"OutputTransposed", "has the shape 64 × 96, expected is 96 × 64",
         shaped("blk.0.ssm_out.weight", {64, 96})},
        {"OneMatrixOfTheChannelsOnly", "\"blk.0.ssm_in.weight\" has the shape 64 × 160, expected is 64 × 256",
         [](GgufImage& i) { i.tensor("blk.0.attn_qkv.weight").name = "blk.0.ssm_in.weight"; }},
        {"WritesAloneOfAnotherCount", "\"blk.0.ssm_beta.weight\" has the shape 64 × 8, expected is 64 × 4",
         [](GgufImage& i) { i.tensor("blk.0.ssm_ba.weight").name = "blk.0.ssm_beta.weight"; }},
        {"QueriesWithoutGates", "\"blk.1.attn_q.weight\" has the shape 128 × 64, expected is 64 × 128",
         shaped("blk.1.attn_q.weight", {128, 64})},
        {"SharedGateInRows", "\"blk.0.ffn_gate_inp_shexp.weight\" has the shape 32 × 2, expected is 64",
         shaped("blk.0.ffn_gate_inp_shexp.weight", {32, 2})},
    };
    for (const char* name :
         {"attn_qkv.weight", "ssm_conv1d.weight", "ssm_dt.bias", "ssm_a", "ssm_out.weight"}) {
        std::string word = name;
        std::erase_if(word, [](char c) { return c == '.' || c == '_'; });
        cases.push_back({word + "OfWholeNumbers", std::string(name) + "\" is stored as I32",
                         [name](GgufImage& i) { i.tensor(std::string("blk.0.") + name).type = 26; }});
    }
    return cases;
}

class WrongDelta : public testing::TestWithParam<RefusedModel> {};

TEST_P(WrongDelta, IsRefused) {
    GgufImage image = tinyModel({.family = TinyFamily::Qwen3Next});
    GetParam().breakIt(image);
    expectModelRefused(image, GetParam().mentions);
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(Settings, WrongDelta, testing::ValuesIn(wrongSettings()), kName);
INSTANTIATE_TEST_SUITE_P(Tensors, WrongDelta, testing::ValuesIn(wrongTensors()), kName);

} // namespace
} // namespace ponder::tests
