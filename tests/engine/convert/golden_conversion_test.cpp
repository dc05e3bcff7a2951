// Folders that stand for what transformers saved, converted and compared with the GGUF files that llama.cpp's
// converter wrote of the same models, and with the logits transformers computes for them.

#include "engine/conversion.h"
#include "engine/convert/model_file.h"
#include "engine/model/model.h"
#include "kernels/dequantize.h"
#include "tests/engine/convert/golden_folder.h"
#include "tests/engine/model/golden_models.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ponder::engine {
namespace {

using tests::GoldenFolder;
using tests::TempDir;

// Of the largest logit, as for the golden files themselves.
constexpr double kTolerance = 2e-5;

class Converted {
public:
    Converted(const GoldenFolder& model, const std::string& type) {
        tests::writeFolder(model, folder_ / "model");
        report = convertModel(
            {.folder = (folder_ / "model").string(), .type = type, .outPath = path(), .threads = 2}, {}, {});
    }
    std::string path() const { return (folder_ / "out.gguf").string(); }
    GgufFile open() const { return GgufFile::open(path(), GgufFile::Access::Weights); }

    ConversionReport report;

private:
    TempDir folder_;
};

/// Of the model's logits, evaluated at once, to those of transformers.
double difference(const GoldenFolder& golden, const Model& model) {
    const auto folder = tests::goldenFile(golden).parent_path();
    const auto tokens = readTokens(folder / "tokens.json");
    return relativeDifference(readFloats(folder / "logits.f32"), logitsOf(model, tokens, tokens.size()));
}

float floatAt(const Tensor& tensor, std::int64_t index) {
    float value;
    std::memcpy(&value, tensor.bytes + index * 4, sizeof value);
    return value;
}

class GoldenConversion : public testing::TestWithParam<GoldenFolder> {};

TEST_P(GoldenConversion, GivesTheTensorsThatAnotherConverterWrote) {
    const Converted converted(GetParam(), "F32");
    const GgufFile ours = converted.open();
    const auto theirs = GgufFile::open(tests::goldenFile(GetParam()).string(), GgufFile::Access::Weights);
    EXPECT_EQ(ours.tensors().size(), theirs.tensors().size());
    for (const Tensor& wanted : theirs.tensors()) {
        const Tensor* got = ours.findTensor(wanted.name);
        ASSERT_TRUE(got) << wanted.name;
        EXPECT_EQ(got->type, wanted.type) << wanted.name;
        ASSERT_EQ(got->shape, wanted.shape) << wanted.name;
        EXPECT_EQ(got->dimensions, wanted.dimensions) << wanted.name;
        if (wanted.name == "rope_freqs.weight") { // computed, by each in its own order
            for (std::int64_t i = 0; i < wanted.elements(); ++i)
                EXPECT_NEAR(floatAt(*got, i), floatAt(wanted, i), 1e-6 * floatAt(wanted, i));
            continue;
        }
        EXPECT_EQ(std::memcmp(got->bytes, wanted.bytes, wanted.sizeBytes), 0) << wanted.name;
    }
}

TEST_P(GoldenConversion, GivesTheKeysThatAnotherConverterWrote) {
    const Converted converted(GetParam(), "F32");
    const GgufFile ours = converted.open();
    const auto theirs = GgufFile::open(tests::goldenFile(GetParam()).string(), GgufFile::Access::Header);
    for (const MetadataEntry& wanted : theirs.metadata()) {
        if (wanted.key == "general.name" || wanted.key == "general.size_label") continue;
        // It writes 1e-5 for every OLMoE, whatever config.json says.
        if (GetParam().golden == "olmoe" && wanted.key.ends_with("rms_epsilon")) continue;
        const MetadataEntry* got = ours.find(wanted.key);
        ASSERT_TRUE(got) << wanted.key;
        EXPECT_EQ(got->type, wanted.type) << wanted.key;
        EXPECT_EQ(got->count, wanted.count) << wanted.key;
        if (wanted.type == MetadataType::String)
            EXPECT_EQ(ours.string(wanted.key), theirs.string(wanted.key));
        else if (wanted.type == MetadataType::F32)
            EXPECT_EQ(ours.number(wanted.key), theirs.number(wanted.key)) << wanted.key;
        else if (wanted.type == MetadataType::Bool)
            EXPECT_EQ(ours.boolean(wanted.key), theirs.boolean(wanted.key)) << wanted.key;
        else if (wanted.type != MetadataType::Array)
            EXPECT_EQ(ours.integer(wanted.key, INT64_MIN, INT64_MAX),
                      theirs.integer(wanted.key, INT64_MIN, INT64_MAX))
                << wanted.key;
        else if (wanted.elementType == MetadataType::String)
            EXPECT_EQ(ours.strings(wanted.key), theirs.strings(wanted.key)) << wanted.key;
        else
            EXPECT_EQ(ours.integers(wanted.key), theirs.integers(wanted.key)) << wanted.key;
    }
}

TEST_P(GoldenConversion, GivesTheLogitsOfTransformers) {
    const Converted converted(GetParam(), "F32");
    const Model model(converted.open());
    EXPECT_LE(difference(GetParam(), model), kTolerance);
}

TEST_P(GoldenConversion, HalfPrecisionRoundsEveryMatrixAndNothingElse) {
    const Converted whole(GetParam(), "F32");
    const GgufFile exact = whole.open();
    for (const auto& [type, most] : {std::pair("F16", 0x1p-11), std::pair("BF16", 0x1p-8)}) {
        const Converted converted(GetParam(), type);
        const GgufFile ours = converted.open();
        for (const Tensor& tensor : exact.tensors()) {
            const Tensor& rounded = *ours.findTensor(tensor.name);
            const auto count = tensor.elements();
            std::vector<float> wanted(static_cast<std::size_t>(count)), got(wanted.size());
            kernels::dequantizeRow(tensor.type, tensor.bytes, wanted.data(), count);
            kernels::dequantizeRow(rounded.type, rounded.bytes, got.data(), count);
            const bool isMatrix =
                tensor.dimensions > 1 && tensor.name.find("ffn_gate_inp") == std::string::npos;
            EXPECT_EQ(kernels::typeLayout(rounded.type).name, isMatrix ? type : "F32") << tensor.name;
            for (std::size_t i = 0; i < wanted.size(); ++i)
                ASSERT_LE(std::abs(got[i] - wanted[i]), isMatrix ? most * std::abs(wanted[i]) + 0x1p-25 : 0)
                    << tensor.name << " " << i;
        }
    }
}

TEST_P(GoldenConversion, AFolderOpensAsItIs) {
    const TempDir folder;
    tests::writeFolder(GetParam(), folder / "model");
    const Model model(openModelFile((folder / "model").string(), GgufFile::Access::Weights));
    EXPECT_LE(difference(GetParam(), model), kTolerance);
    const GgufFile header = openModelFile((folder / "model").string(), GgufFile::Access::Header);
    EXPECT_EQ(header.identity(), model.file().identity());
    EXPECT_EQ(header.tensors().front().bytes, nullptr);
}

TEST(Conversion, ADenseModelInHalfPrecisionGivesNearlyTheSameLogits) {
    for (const char* name : {"llama", "llama-tied", "qwen2", "qwen3"}) {
        const GoldenFolder& golden = tests::goldenFolder(name);
        const Converted converted(golden, "F16");
        const Model model(converted.open());
        EXPECT_LE(difference(golden, model), 5e-3) << name;
    }
}

std::string nameOf(const testing::TestParamInfo<GoldenFolder>& info) {
    std::string name = info.param.golden;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Families, GoldenConversion, testing::ValuesIn(tests::goldenFolders()), nameOf);

} // namespace
} // namespace ponder::engine
