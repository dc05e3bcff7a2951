#include "engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

namespace ponder::engine {

namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Details : public testing::Test {
protected:
    std::string write(const tests::GgufImage& image) const {
        image.write(folder_ / "a.gguf");
        return (folder_ / "a.gguf").string();
    }
    tests::TempDir folder_;
};

TEST_F(Details, OfASmallMixtureAreAllThere) {
    const std::string path = write(tests::tinyModel({.family = tests::TinyFamily::Deepseek2})
                                       .set("general.organization", tests::text("Some Lab"))
                                       .set("general.base_model.count", tests::scalar(std::uint32_t{1}))
                                       .set("general.base_model.0.name", tests::text("Base"))
                                       .set("general.sampling.temp", tests::scalar(0.5f)));
    const ModelDetails details = describeModel(path);
    const ModelInfo info = inspectModel(path);
    EXPECT_EQ(details.family, "deepseek2");
    EXPECT_EQ(details.parameters, info.parameters);
    EXPECT_LT(details.activeParameters, details.parameters);
    EXPECT_EQ(details.layers, 2);
    EXPECT_EQ(details.experts, 8);
    EXPECT_EQ(details.vocabularyTokens, static_cast<int>(tests::tinyVocabularySize()));
    EXPECT_EQ(details.vocabularyKind, "byte pairs");
    EXPECT_EQ(details.identity, info.identity);
    EXPECT_THAT(details.origin, Contains(Field(&OriginFact::value, "Some Lab")));
    EXPECT_THAT(details.origin, Contains(Field(&OriginFact::name, "base model")));
    EXPECT_THAT(details.sampling, Contains(testing::AllOf(Field(&SamplingDefault::value, 0.5),
                                                          Field(&SamplingDefault::fromFile, true))));
    EXPECT_THAT(details.specialTokens, Contains(Field(&SpecialToken::text, "<|im_end|>")));
    ASSERT_THAT(details.types, SizeIs(1));
    EXPECT_EQ(details.types[0].type, "F32");
    EXPECT_EQ(details.types[0].bytes, 4 * details.parameters);
}

TEST_F(Details, AnInspectionCountsLayersByKindAndWhatTheyCarry) {
    const auto hybrid = nlohmann::json::parse(
        inspectModelJson(write(tests::tinyModel({.family = tests::TinyFamily::Qwen3Next}))));
    EXPECT_EQ(hybrid["layers"], nlohmann::json({{"attention", 1}, {"gated delta net", 1}}));
    // Two heads of 16 keys and values as half-precision numbers in the one layer that attends; the other
    // carries 3 inputs of 160 channels and 4 states of 24 × 16, twice and in 8 checkpoints.
    nlohmann::json bytes;
    for (const auto& part : hybrid["memory"]) bytes[part["name"].get<std::string>()] = part["bytes"];
    EXPECT_EQ(bytes["Context, for a token"], 2 * 2 * 16 * 2);
    EXPECT_EQ(bytes["Context, however short"], 10 * 4 * (3 * 160 + 4 * 24 * 16));
    const auto plain = nlohmann::json::parse(inspectModelJson(write(tests::tinyModel())));
    EXPECT_EQ(plain["layers"], nlohmann::json({{"attention", 2}}));
    EXPECT_EQ(plain["memory"].back()["name"], "Context, for a token");
}

TEST_F(Details, AnInspectionTellsWindowsFromWhatGrows) {
    const auto json = nlohmann::json::parse(
        inspectModelJson(write(tests::tinyModel({.family = tests::TinyFamily::Deepseek4}))));
    nlohmann::json bytes;
    for (const auto& part : json["memory"]) bytes[part["name"].get<std::string>()] = part["bytes"];
    const auto perToken = bytes["Context, windows of 8, for a token"].get<std::uint64_t>();
    EXPECT_GT(perToken, 0u);
    EXPECT_EQ(bytes["Context, windows of 8, at most"], perToken * (8 + 2048 + 8 * 72));
    EXPECT_LT(bytes["Context, for a token"].get<std::uint64_t>(), perToken) << "a share of the blocks";
}

TEST_F(Details, AGatedDeltaNetsParametersAreCounted) {
    const ModelDetails details =
        describeModel(write(tests::tinyModel({.family = tests::TinyFamily::Qwen3Next})));
    EXPECT_EQ(details.layers, 2);
    EXPECT_EQ(details.experts, 8);
    ASSERT_THAT(details.types, SizeIs(1));
    EXPECT_EQ(details.types[0].bytes, 4 * details.parameters);
    EXPECT_LT(details.activeParameters, details.parameters);
    EXPECT_THAT(details.problems, IsEmpty());
}

TEST_F(Details, ADenseModelIsAllAtWork) {
    const ModelDetails details = describeModel(write(tests::tinyModel()));
    EXPECT_EQ(details.activeParameters, details.parameters);
    EXPECT_EQ(details.templateOrigin, TemplateOrigin::File);
    EXPECT_THAT(details.chatTemplate, HasSubstr("<|im_start|>"));
}

TEST_F(Details, AMissingTemplateIsAProblemInWords) {
    const ModelDetails details = describeModel(write(tests::tinyModel().remove("tokenizer.chat_template")));
    EXPECT_EQ(details.templateOrigin, TemplateOrigin::BuiltIn);
    EXPECT_THAT(details.chatTemplate, testing::Not(IsEmpty()));
    EXPECT_THAT(details.problems, Contains(HasSubstr("has no chat template")));
}

TEST_F(Details, HostileTextsAreCleaned) {
    const ModelDetails details =
        describeModel(write(tests::tinyModel()
                                .set("general.organization", tests::text("a\033[2Jb\xff"))
                                .set("general.base_model.count", tests::scalar(std::int64_t{-5}))
                                .set("general.tags", tests::texts({"one", "two"}))));
    for (const OriginFact& fact : details.origin) EXPECT_EQ(fact.value.find('\033'), std::string::npos);
    EXPECT_THAT(details.origin, Contains(Field(&OriginFact::value, "one, two")));
}

TEST_F(Details, TheSummaryAgreesWithTheInspection) {
    for (const tests::TinyFamily family : {tests::TinyFamily::Llama, tests::TinyFamily::Deepseek2}) {
        const std::string path = write(tests::tinyModel({.family = family}));
        const ModelInfo summary = summariseModel(path);
        const ModelInfo info = inspectModel(path);
        EXPECT_EQ(summary.path, info.path);
        EXPECT_EQ(summary.name, info.name);
        EXPECT_EQ(summary.architecture, info.architecture);
        EXPECT_EQ(summary.quantisation, info.quantisation);
        EXPECT_EQ(summary.parameters, info.parameters);
        EXPECT_EQ(summary.sizeBytes, info.sizeBytes);
        EXPECT_EQ(summary.trainedContextTokens, info.trainedContextTokens);
        EXPECT_EQ(summary.experts, info.experts);
        EXPECT_EQ(summary.expertsUsed, info.expertsUsed);
    }
}

TEST_F(Details, TheSummaryRefusesWithTheWordsOfTheInspection) {
    const auto wordsOf = [](const auto& read, const std::string& path) -> std::string {
        try {
            read(path);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    };
    for (const tests::GgufImage& image :
         {tests::tinyModel().set("general.architecture", tests::text("mamba9")),
          tests::tinyModel().removeTensor("blk.1.attn_q.weight"),
          tests::tinyModel().remove("llama.block_count")}) {
        const std::string path = write(image);
        EXPECT_NE(wordsOf(summariseModel, path), "");
        EXPECT_EQ(wordsOf(summariseModel, path), wordsOf(inspectModel, path));
    }
}

TEST_F(Details, TheDescribedLengthIsTheFilesOwn) {
    const std::string path = write(tests::tinyModel());
    const std::uint64_t size = std::filesystem::file_size(path);
    const std::string bytes = tests::contentOf(path);
    const std::uint64_t described = describedBytes(path).value();
    EXPECT_LE(described, size);
    EXPECT_LT(size - described, 32U) << "but for the padding at its end";
    for (const std::size_t there : {std::size_t{0}, std::size_t{2}, std::size_t{100}, std::size_t{3000}})
        EXPECT_FALSE(describedBytes(folder_.write("cut.gguf", bytes.substr(0, there)).string())) << there;
    EXPECT_EQ(describedBytes(folder_.write("cut.gguf", bytes.substr(0, size - 1000)).string()), described);
    EXPECT_THROW(describedBytes(folder_.write("page.gguf", "<html>").string()), Error);
    EXPECT_THROW(describedBytes(folder_.path().string()), Error);
}

} // namespace

} // namespace ponder::engine
