#include "engine/conversion.h"

#include "engine/convert/model_file.h"
#include "engine/format/gguf_file.h"
#include "engine/loaded_model.h"
#include "engine/support/error.h"
#include "kernels/dequantize.h"
#include "tests/engine/convert/golden_folder.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace ponder::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using tests::TempDir;

class ConvertingFolder : public testing::Test {
protected:
    ConvertingFolder() { tests::writeFolder(tests::goldenFolder("llama"), model_); }

    ConversionReport convert(const std::string& type = "F32", const ConversionSink& sink = {},
                             std::stop_token stop = {}) {
        return convertModel({.folder = model_.string(), .type = type, .outPath = out_.string(), .threads = 1},
                            sink, stop);
    }
    std::string refusal(const std::string& type = "F32") {
        try {
            convert(type);
            return "converted";
        } catch (const Error& error) {
            EXPECT_FALSE(fs::exists(out_));
            EXPECT_FALSE(fs::exists(out_.string() + ".part"));
            return error.what();
        }
    }
    GgufFile result() const { return GgufFile::open(out_.string(), GgufFile::Access::Weights); }

    json read(const char* name) const { return json::parse(std::ifstream(model_ / name)); }
    void write(const char* name, const json& value) const { std::ofstream(model_ / name) << value; }
    void setConfig(const char* key, const json& value) const {
        json config = read("config.json");
        config[key] = value;
        write("config.json", config);
    }

    TempDir folder_;
    fs::path model_ = folder_ / "Some-Model";
    fs::path out_ = folder_ / "out.gguf";
};

TEST_F(ConvertingFolder, TellsItsProgressAndWhatItDid) {
    std::vector<ConversionProgress> told;
    const ConversionReport report =
        convert("q8_0", [&](const ConversionProgress& progress) { told.push_back(progress); });
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back().sizeBytes, fs::file_size(out_));
    EXPECT_EQ(told.back().bytesWritten, fs::file_size(out_));
    EXPECT_EQ(report.sizeBytes, fs::file_size(out_));
    EXPECT_EQ(report.tensors, result().tensors().size());
    EXPECT_EQ(told.back().tensors, report.tensors);
    EXPECT_FALSE(fs::exists(out_.string() + ".part"));
    EXPECT_EQ(result().string("general.name"), "Some-Model");
}

TEST_F(ConvertingFolder, LeavesNothingBehindWhenItIsCancelled) {
    std::stop_source stop;
    int told = 0;
    const ConversionReport report = convert(
        "F32",
        [&](const ConversionProgress&) {
            if (++told == 5) stop.request_stop();
        },
        stop.get_token());
    EXPECT_TRUE(report.cancelled);
    EXPECT_EQ(told, 5);
    EXPECT_FALSE(fs::exists(out_));
    EXPECT_FALSE(fs::exists(out_.string() + ".part"));
}

TEST_F(ConvertingFolder, OverwritesNothing) {
    std::ofstream(out_) << "precious";
    EXPECT_THROW(convert(), Error);
    EXPECT_EQ(tests::contentOf(out_), "precious");
    fs::remove(out_);
    std::ofstream(out_.string() + ".part") << "of another conversion";
    EXPECT_THROW(convert(), Error);
    EXPECT_EQ(tests::contentOf(out_.string() + ".part"), "of another conversion");
    fs::remove(out_.string() + ".part");
    // A file that comes up meanwhile is kept, too.
    EXPECT_THROW(convert("F32", [&](const ConversionProgress&) { std::ofstream(out_) << "late"; }), Error);
    EXPECT_EQ(tests::contentOf(out_), "late");
    EXPECT_FALSE(fs::exists(out_.string() + ".part"));
}

TEST_F(ConvertingFolder, EveryTypeGivesAFileThatOpens) {
    for (const std::string& type : conversionTypes()) {
        convert(type);
        const LoadedModel model(out_.string(), GgufFile::Access::Weights);
        EXPECT_EQ(model.tokenizer.size(), 320) << type;
        fs::remove(out_);
    }
}

TEST_F(ConvertingFolder, TheSameFolderGivesTheSameBytesWithAnyNumberOfThreads) {
    convert("Q4_K_M");
    const std::string one = tests::contentOf(out_);
    fs::remove(out_);
    convertModel({.folder = model_.string(), .type = "Q4_K_M", .outPath = out_.string(), .threads = 4}, {},
                 {});
    EXPECT_EQ(tests::contentOf(out_), one);
}

TEST_F(ConvertingFolder, RefusesWhatItWouldGetWrong) {
    EXPECT_THAT(refusal("Q9_9"), HasSubstr("Choose one of: F32"));
    setConfig("model_type", "mamba");
    EXPECT_THAT(refusal(), HasSubstr("\"mamba\""));
    setConfig("model_type", "llama");
    setConfig("hidden_act", "gelu");
    EXPECT_THAT(refusal(), HasSubstr("hidden_act"));
    setConfig("hidden_act", "silu");
    setConfig("num_attention_heads", 0);
    EXPECT_THAT(refusal(), HasSubstr("num_attention_heads"));
    setConfig("num_attention_heads", 4);
    setConfig("num_hidden_layers", 4);
    EXPECT_THAT(refusal(), HasSubstr("Layer 3 has no tensor"));
    setConfig("num_hidden_layers", 3);
    setConfig("quantization_config", {{"quant_method", "gptq"}});
    EXPECT_THAT(refusal(), HasSubstr("gptq"));
    setConfig("quantization_config", nullptr);
    setConfig("rope_parameters", {{"rope_type", "dynamic"}, {"factor", 2.0}});
    EXPECT_THAT(refusal(), HasSubstr("rope_type"));
}

TEST_F(ConvertingFolder, RefusesTensorsThatTheFamilyHasNot) {
    tests::writeFolder(tests::goldenFolder("qwen2"), model_, [](tests::SafetensorsTensor& tensor) {
        if (tensor.name == "model.layers.1.self_attn.q_proj.bias")
            tensor.name = "model.layers.1.self_attn.q_proj.drift";
    });
    EXPECT_THAT(refusal(), HasSubstr("self_attn.q_proj.drift"));
}

TEST_F(ConvertingFolder, RefusesLayersThatAreNotWhole) {
    tests::writeFolder(tests::goldenFolder("llama"), model_, [](tests::SafetensorsTensor& tensor) {
        if (tensor.name == "model.layers.1.self_attn.v_proj.weight") tensor.name += ".old";
    });
    EXPECT_THAT(refusal(), HasSubstr("blk.1.attn_v.weight"));
}

TEST_F(ConvertingFolder, RefusesNumbersThatAreNone) {
    tests::writeFolder(tests::goldenFolder("llama"), model_, [](tests::SafetensorsTensor& tensor) {
        const float none = NAN;
        if (tensor.name == "lm_head.weight") std::memcpy(tensor.data.data() + 40, &none, sizeof none);
    });
    EXPECT_THAT(refusal(), HasSubstr("output.weight"));
}

TEST_F(ConvertingFolder, RefusesATokenizerItCannotRead) {
    json tokenizer = read("tokenizer.json");
    tokenizer["model"]["type"] = "Unigram";
    write("tokenizer.json", tokenizer);
    EXPECT_THAT(refusal(), HasSubstr("Unigram"));
    fs::remove(model_ / "tokenizer.json");
    EXPECT_THAT(refusal(), HasSubstr("no tokenizer.json"));
}

TEST_F(ConvertingFolder, TakesSpecialTokensTemplateAndSampling) {
    write("tokenizer_config.json",
          {{"bos_token", {{"content", "<|300|>"}}},
           {"eos_token", "<|301|>"},
           {"pad_token", "<|302|>"},
           {"add_bos_token", true},
           {"chat_template", json::array({{{"name", "default"}, {"template", "usual"}},
                                          {{"name", "tools"}, {"template", "other"}}})}});
    write("generation_config.json", {{"eos_token_id", {301, 303}},
                                     {"do_sample", true},
                                     {"temperature", 0.6},
                                     {"top_k", 20},
                                     {"top_p", 0.95}});
    convert();
    const GgufFile file = result();
    const auto id = [&](const char* key) {
        return file.integer(std::string("tokenizer.ggml.") + key, 0, 1000);
    };
    EXPECT_EQ(id("bos_token_id"), 300);
    EXPECT_EQ(id("eos_token_id"), 301);
    EXPECT_EQ(id("eot_token_id"), 303);
    EXPECT_EQ(id("padding_token_id"), 302);
    EXPECT_EQ(file.boolean("tokenizer.ggml.add_bos_token"), true);
    EXPECT_EQ(file.string("tokenizer.chat_template"), "usual");
    EXPECT_EQ(file.string("tokenizer.chat_template.tools"), "other");
    EXPECT_NEAR(*file.number("general.sampling.temp"), 0.6, 1e-6);
    EXPECT_EQ(file.integer("general.sampling.top_k", 0, 100), 20);
    fs::remove(out_);
    std::ofstream(model_ / "chat_template.jinja") << "newer";
    convert();
    EXPECT_EQ(result().string("tokenizer.chat_template"), "newer");
}

// One BF16 and one F16 matrix, the rest F32: each stays what it is.
TEST_F(ConvertingFolder, AnOpenedFolderKeepsTheTypesOfItsNumbers) {
    tests::writeFolder(tests::goldenFolder("llama"), model_, [](tests::SafetensorsTensor& tensor) {
        if (tensor.name == "model.layers.0.mlp.up_proj.weight") tensor.type = "BF16";
        if (tensor.name == "model.layers.1.mlp.up_proj.weight") tensor.type = "F16";
        if (tensor.type == "F32") return;
        const std::string pattern =
            tensor.type == "BF16" ? std::string("\x20\x40", 2) : std::string("\x00\x41", 2);
        tensor.data.clear();
        for (std::int64_t i = 0; i < tensor.shape[0] * tensor.shape[1]; ++i) tensor.data += pattern;
    });
    const LoadedModel model(model_.string(), GgufFile::Access::Weights);
    const GgufFile& file = model.model.file();
    for (const auto& [name, type] :
         {std::pair("blk.0.ffn_up.weight", "BF16"), std::pair("blk.1.ffn_up.weight", "F16"),
          std::pair("blk.2.ffn_up.weight", "F32")}) {
        const Tensor& tensor = *file.findTensor(name);
        EXPECT_EQ(kernels::typeLayout(tensor.type).name, type);
        std::vector<float> row(64);
        kernels::dequantizeRow(tensor.type, tensor.bytes + tensor.sizeBytes - rowBytes(tensor.type, 64),
                               row.data(), 64);
        if (std::string(type) == "F32") continue;
        EXPECT_EQ(row, std::vector<float>(64, 2.5f)) << name;
    }
    EXPECT_EQ(model.tokenizer.size(), 320);
    EXPECT_EQ(model.describe().architecture, "llama");
}

TEST_F(ConvertingFolder, AnOpenedFolderIsWhatItsSettingsSay) {
    json config = read("config.json");
    EXPECT_NO_THROW(openModelFile(model_.string(), GgufFile::Access::Header));
    config["num_hidden_layers"] = 2; // what lies behind the trunk is for multi-token prediction, and not read
    write("config.json", config);
    EXPECT_EQ(openModelFile(model_.string(), GgufFile::Access::Header).integer("llama.block_count", 0, 9), 2);
    config["num_hidden_layers"] = 5;
    write("config.json", config);
    EXPECT_THROW(openModelFile(model_.string(), GgufFile::Access::Header), Error);
}

// Half of the weights as eight bits with scales: the same as those numbers as floats.
TEST_F(ConvertingFolder, EightBitWeightsBecomeTheNumbersTheyStandFor) {
    const auto isEightBit = [](const tests::SafetensorsTensor& tensor) {
        return tensor.name.find("mlp.up_proj") != std::string::npos;
    };
    std::vector<tests::SafetensorsTensor> scales;
    tests::writeFolder(tests::goldenFolder("llama"), model_, [&](tests::SafetensorsTensor& tensor) {
        if (!isEightBit(tensor)) return;
        std::string codes;
        for (std::int64_t i = 0; i < tensor.shape[0] * tensor.shape[1]; ++i)
            codes += static_cast<char>(i % 120);
        tensor.data = codes;
        tensor.type = "F8_E4M3";
        scales.push_back(
            tests::floatTensor(tensor.name + "_scale_inv", {5, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    });
    tests::SafetensorsImage more;
    more.tensors = scales;
    more.write(model_ / "scales.safetensors");
    json index = read("model.safetensors.index.json");
    for (const auto& tensor : scales) index["weight_map"][tensor.name] = "scales.safetensors";
    write("model.safetensors.index.json", index);
    setConfig("quantization_config", {{"quant_method", "fp8"}, {"weight_block_size", {32, 32}}});
    convert();
    const GgufFile file = result();
    const Tensor& tensor = *file.findTensor("blk.1.ffn_up.weight");
    ASSERT_EQ(tensor.elements(), 64 * 160);
    for (const std::int64_t at : {0, 1, 50, 63, 64, 32 * 64, 159 * 64 + 63}) {
        float value;
        std::memcpy(&value, tensor.bytes + at * 4, sizeof value);
        const auto scale = static_cast<float>(1 + at / 64 / 32 * 2 + at % 64 / 32);
        const int code = static_cast<int>(at % 120);
        const float number = code < 8 ? std::ldexp(static_cast<float>(code), -9)
                                      : std::ldexp(1 + static_cast<float>(code % 8) / 8, code / 8 - 7);
        EXPECT_EQ(value, scale * number) << at;
    }
}

} // namespace
} // namespace ponder::engine
