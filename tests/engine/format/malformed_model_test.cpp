// Sound files that hold no sound model: rows 47 to 59 and 70 of the checklist for hostile files.

#include "engine/engine.h"
#include "engine/support/error.h"
#include "tests/engine/format/broken_file.h"
#include "tests/engine/format/refused_model.h"
#include "tests/support/tiny_model.h"

#include <limits>
#include <set>

namespace ponder::tests {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr std::uint32_t kQ8 = 8;

std::function<void(GgufImage&)> setting(const std::string& key, GgufValue value) {
    return [key, value](GgufImage& i) { i.set(key, value); };
}

std::function<void(GgufImage&)> count(const std::string& key, std::uint32_t value) {
    return setting("llama." + key, scalar(value));
}

std::function<void(GgufImage&)> number(const std::string& key, float value) {
    return setting("llama." + key, scalar(value));
}

std::vector<RefusedModel> wrongSettings() {
    const auto architecture = [](GgufValue value) {
        return setting("general.architecture", std::move(value));
    };
    return {
        {"Row47ArchitectureMissing", "general.architecture",
         [](GgufImage& i) { i.remove("general.architecture"); }},
        {"Row47ArchitectureIsANumber", "general.architecture", architecture(scalar(std::uint32_t{1}))},
        {"Row47ArchitectureUnknown", "\"gpt9000\" are not supported", architecture(text("gpt9000"))},
        {"Row47ArchitectureOf1MiB", "not supported", architecture(text(std::string(1 << 20, 'a')))},
        {"Row48NoLayers", "llama.block_count", count("block_count", 0)},
        {"Row48TooManyLayers", "llama.block_count", count("block_count", 513)},
        {"Row48LayersAllOnes", "llama.block_count", count("block_count", 0xFFFFFFFF)},
        {"Row48LayersNegative", "llama.block_count", setting("llama.block_count", scalar(std::int64_t{-2}))},
        {"Row48LayersMissing", "llama.block_count", [](GgufImage& i) { i.remove("llama.block_count"); }},
        {"Row49NoWidth", "llama.embedding_length", count("embedding_length", 0)},
        {"Row49WidthOf2To31", "llama.embedding_length", count("embedding_length", 1u << 31)},
        {"Row49WidthNoMultipleOfHeads", "llama.embedding_length", count("embedding_length", 66)},
        {"Row50NoHeads", "llama.attention.head_count", count("attention.head_count", 0)},
        {"Row50NoKeyHeads", "llama.attention.head_count_kv", count("attention.head_count_kv", 0)},
        {"Row50MoreKeyHeadsThanHeads", "llama.attention.head_count_kv", count("attention.head_count_kv", 8)},
        {"Row50KeyHeadsDoNotDivideHeads", "llama.attention.head_count_kv",
         count("attention.head_count_kv", 3)},
        {"Row51ListOfAnotherLength", "llama.attention.head_count_kv",
         setting("llama.attention.head_count_kv", list<std::uint32_t>({2, 2, 2}))},
        {"Row51EmptyList", "llama.attention.head_count_kv",
         setting("llama.attention.head_count_kv", list<std::uint32_t>({}))},
        {"Row52ContextNegative", "llama.context_length",
         setting("llama.context_length", scalar(std::int32_t{-1}))},
        {"Row53OddRotation", "llama.rope.dimension_count", count("rope.dimension_count", 15)},
        {"Row53RotationLongerThanAHead", "llama.rope.dimension_count", count("rope.dimension_count", 18)},
        {"Row53NoRotation", "llama.rope.dimension_count", count("rope.dimension_count", 0)},
        {"Row53BaseZero", "llama.rope.freq_base", number("rope.freq_base", 0)},
        {"Row53BaseNan", "llama.rope.freq_base", number("rope.freq_base", kNan)},
        {"Row53BaseInfinite", "llama.rope.freq_base", number("rope.freq_base", kInfinity)},
        {"Row53BaseNegative", "llama.rope.freq_base", number("rope.freq_base", -1)},
        {"Row53ScaleZero", "llama.rope.scaling.factor", number("rope.scaling.factor", 0)},
        {"Row53ScaleNan", "llama.rope.scaling.factor", number("rope.scaling.factor", kNan)},
        {"Row53ScaleInfinite", "llama.rope.scaling.factor", number("rope.scaling.factor", kInfinity)},
        {"Row53ScaleNegative", "llama.rope.scaling.factor", number("rope.scaling.factor", -1)},
        {"Row53ScalingUnknown", "llama.rope.scaling.type", setting("llama.rope.scaling.type", text("magic"))},
        {"Row54EpsilonNan", "epsilon", number("attention.layer_norm_rms_epsilon", kNan)},
        {"Row54EpsilonZero", "epsilon", number("attention.layer_norm_rms_epsilon", 0)},
        {"Row54EpsilonNegative", "epsilon", number("attention.layer_norm_rms_epsilon", -1)},
        {"Row54EpsilonHuge", "epsilon", number("attention.layer_norm_rms_epsilon", 1e30f)},
    };
}

std::vector<RefusedModel> wrongTypes() {
    std::vector<RefusedModel> cases;
    const auto add = [&](const std::string& key, const std::string& type, GgufValue value) {
        std::string name = "Row56" + key + type;
        std::erase_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
        std::string whole = "llama.";
        whole += key;
        cases.push_back({name, whole, setting(whole, std::move(value))});
    };
    for (const char* key : {"block_count", "context_length", "embedding_length", "feed_forward_length",
                            "attention.head_count", "attention.head_count_kv", "attention.key_length",
                            "rope.dimension_count", "expert_count", "attention.sliding_window"}) {
        add(key, "IsAText", text("2"));
        add(key, "IsAFloat", scalar(2.0f));
        add(key, "IsAListOfTexts", texts({"2", "2"}));
    }
    for (const char* key : {"attention.layer_norm_rms_epsilon", "rope.freq_base", "rope.scaling.factor"}) {
        add(key, "IsAText", text("1"));
        add(key, "IsAList", list<float>({1}));
    }
    add("rope.scaling.type", "IsANumber", scalar(std::uint32_t{1}));
    return cases;
}

std::vector<RefusedModel> wrongMixtures() {
    const auto mixture = [](const std::string& key, std::uint32_t value) {
        return setting("deepseek2." + key, scalar(value));
    };
    return {
        {"Row55AMillionExperts", "deepseek2.expert_count", mixture("expert_count", 1'000'000)},
        {"Row55NoExpertUsed", "deepseek2.expert_used_count", mixture("expert_used_count", 0)},
        {"Row55MoreExpertsUsedThanThereAre", "deepseek2.expert_used_count", mixture("expert_used_count", 9)},
        {"Row55GroupsDoNotDivideExperts", "deepseek2.expert_group_count", mixture("expert_group_count", 3)},
        {"Row55MoreGroupsUsedThanThereAre", "deepseek2.expert_group_used_count",
         mixture("expert_group_used_count", 2)},
        {"Row55UnknownGate", "deepseek2.expert_gating_func", mixture("expert_gating_func", 9)},
        {"Row58ExpertsInOneMatrix", "blk.1.ffn_gate_exps.weight",
         [](GgufImage& i) {
             i.tensor("blk.1.ffn_gate_exps.weight").shape = {64, 256};
         }},
        {"Row58FewerExperts", "expected is 64 × 32 × 8",
         [](GgufImage& i) {
             i.tensor("blk.1.ffn_up_exps.weight").shape = {64, 64, 4};
         }},
    };
}

std::vector<RefusedModel> wrongTensors() {
    const auto shaped = [](const std::string& name, std::vector<std::uint64_t> shape) {
        return [name, shape](GgufImage& i) { i.tensor(name).shape = shape; };
    };
    return {
        {"Row57QueryMissing", "\"blk.1.attn_q.weight\" is missing",
         [](GgufImage& i) { i.removeTensor("blk.1.attn_q.weight"); }},
        {"Row58Transposed", "\"blk.0.attn_k.weight\" has the shape 32 × 64, expected is 64 × 32",
         shaped("blk.0.attn_k.weight", {32, 64})},
        {"Row58ExtraDimension", "\"blk.0.attn_q.weight\" has the shape 64 × 32 × 2, expected is 64 × 64",
         shaped("blk.0.attn_q.weight", {64, 32, 2})},
        {"Row58NormWithRows", "\"output_norm.weight\" has the shape 32 × 2, expected is 64",
         shaped("output_norm.weight", {32, 2})},
        {"Row58TypeThatWeightsCannotHave", "\"blk.0.attn_k.weight\" is stored as I32",
         [](GgufImage& i) { i.tensor("blk.0.attn_k.weight").type = 26; }},
        {"Row59MoreEmbeddingsThanTokens", "token_embd.weight",
         [](GgufImage& i) {
             i.set("tokenizer.ggml.tokens", texts({"a", "b"}));
         }},
        {"Row59EmbeddingsContradictTheVocabularySize", "llama.vocab_size", count("vocab_size", 1000)},
    };
}

class WrongModel : public testing::TestWithParam<RefusedModel> {};

TEST_P(WrongModel, IsRefused) {
    const bool isMixture =
        GetParam().mentions.find("deepseek2") == 0 || GetParam().name.find("Experts") != std::string::npos;
    GgufImage image = tinyModel({.family = isMixture ? TinyFamily::Deepseek2 : TinyFamily::Llama});
    GetParam().breakIt(image);
    expectModelRefused(image, GetParam().mentions);
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(Settings, WrongModel, testing::ValuesIn(wrongSettings()), kName);
INSTANTIATE_TEST_SUITE_P(Types, WrongModel, testing::ValuesIn(wrongTypes()), kName);
INSTANTIATE_TEST_SUITE_P(Mixtures, WrongModel, testing::ValuesIn(wrongMixtures()), kName);
INSTANTIATE_TEST_SUITE_P(Tensors, WrongModel, testing::ValuesIn(wrongTensors()), kName);

class TinyModel : public testing::TestWithParam<TinyFamily> {
protected:
    engine::ModelInfo inspect(const GgufImage& image) const {
        image.write(folder_ / "model.gguf");
        return engine::inspectModel((folder_ / "model.gguf").string());
    }

    std::unique_ptr<engine::Engine> openEngine(const GgufImage& image) const {
        image.write(folder_ / "model.gguf");
        engine::EngineOptions options;
        options.modelPath = (folder_ / "model.gguf").string();
        options.inProcess = true;
        return engine::openEngine(options);
    }

    const TempDir folder_;
};

bool hasNotice(const engine::ModelInfo& info, const std::string& text) {
    for (const std::string& notice : info.notices) {
        if (notice.find(text) != std::string::npos) return true;
    }
    return false;
}

std::string answer(engine::Engine& engine) {
    engine::ChatRequest request;
    request.messages = {{.role = engine::Role::User, .text = "Hello", .reasoning = {}}};
    request.sampling.temperature = 0.0f;
    request.maximumTokens = 8;
    std::string text;
    engine::AnswerSink sink;
    sink.piece = [&](const engine::AnswerPiece& piece) { text += piece.text; };
    engine.answer(request, sink, {});
    return text;
}

TEST_P(TinyModel, IsAcceptedWithoutNotices) {
    const engine::ModelInfo info = inspect(tinyModel({.family = GetParam()}));
    EXPECT_EQ(info.notices, std::vector<std::string>());
    EXPECT_EQ(info.trainedContextTokens, 512);
}

TEST_P(TinyModel, AnswersTheSameForTheSameSeed) {
    const std::string one = answer(*openEngine(tinyModel({.family = GetParam(), .seed = 1})));
    EXPECT_EQ(answer(*openEngine(tinyModel({.family = GetParam(), .seed = 1}))), one);
    EXPECT_NE(answer(*openEngine(tinyModel({.family = GetParam(), .seed = 2}))), one);
}

TEST_P(TinyModel, Row57IsRefusedWithoutAnyOneTensor) {
    const std::set<std::string> optional{"output.weight", "blk.1.exp_probs_b.bias"};
    const GgufImage whole = tinyModel({.family = GetParam()});
    for (const GgufTensor& tensor : whole.tensors) {
        const bool isBias = tensor.name.find(".attn_") != std::string::npos && tensor.name.ends_with(".bias");
        if (isBias || optional.contains(tensor.name)) continue;
        GgufImage image = whole;
        image.removeTensor(tensor.name);
        EXPECT_THROW(inspect(image), engine::Error) << tensor.name;
    }
}

TEST_P(TinyModel, Row52AContextOfNothingIsTakenFor4096) {
    GgufImage image = tinyModel({.family = GetParam(), .contextTokens = 0});
    EXPECT_EQ(inspect(image).trainedContextTokens, 4096);
    EXPECT_TRUE(hasNotice(inspect(image), "4096"));
}

TEST_P(TinyModel, Row52AHugeContextIsCutWithANotice) {
    const engine::ModelInfo info = inspect(tinyModel({.family = GetParam(), .contextTokens = 0xFFFFFFFF}));
    EXPECT_LT(info.trainedContextTokens, 1 << 30);
    EXPECT_TRUE(hasNotice(info, "4294967295"));
}

TEST_P(TinyModel, Row70WeightsThatAreNoNumbersEndTheAnswerWithOneSentence) {
    for (const float value : {kNan, kInfinity, -kInfinity}) {
        const char* answerName =
            GetParam() == TinyFamily::Deepseek4 ? "blk.1.attn_output_b.weight" : "blk.1.attn_output.weight";
        for (const char* name : {"output_norm.weight", "token_embd.weight", answerName, "output.weight"}) {
            GgufImage image = tinyModel({.family = GetParam()});
            std::string& data = image.tensor(name).data;
            for (std::size_t at = 0; at < data.size(); at += 64 * sizeof value)
                data.replace(at, sizeof value, littleEndian(value));
            const auto engine = openEngine(image);
            EXPECT_THROW(answer(*engine), engine::Error) << name << " " << value;
        }
    }
}

TEST_P(TinyModel, Row70BlockScalesThatAreNoNumbersEndTheAnswerWithOneSentence) {
    for (const std::uint16_t scale : {0x7E00, 0x7C00, 0xFC00}) {
        GgufImage image = tinyModel({.family = GetParam()});
        GgufTensor& tensor = image.tensor("output.weight");
        tensor.type = kQ8;
        tensor.data.clear();
        for (std::uint64_t block = 0; block < tensor.shape[0] * tensor.shape[1] / 32; ++block) {
            tensor.data += littleEndian(scale);
            tensor.data.append(32, '\1');
        }
        const auto engine = openEngine(image);
        EXPECT_THROW(answer(*engine), engine::Error) << scale;
    }
}

const auto kFamilyName = [](const auto& info) {
    constexpr const char* kNames[] = {"Llama",     "Deepseek2", "Deepseek32",
                                      "Deepseek4", "Glm4Moe",   "Qwen3Next"};
    return kNames[static_cast<std::size_t>(info.param)];
};

INSTANTIATE_TEST_SUITE_P(Families, TinyModel,
                         testing::Values(TinyFamily::Llama, TinyFamily::Deepseek2, TinyFamily::Deepseek32,
                                         TinyFamily::Deepseek4, TinyFamily::Glm4Moe, TinyFamily::Qwen3Next),
                         kFamilyName);

} // namespace
} // namespace ponder::tests
