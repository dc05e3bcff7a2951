#include "engine/support/error.h"
#include "engine/text/reasoning_format.h"
#include "tests/engine/text/vocabulary_writer.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

std::string detected(const std::vector<std::string>& special, std::string_view source,
                     std::string_view architecture = "llama") {
    WrittenVocabulary vocabulary = byteVocabulary();
    for (const std::string& token : special) vocabulary.add(token, 4);
    return detectReasoningFormat(tokenizerOf(vocabulary), source, architecture).name;
}

TEST(ReasoningFormat, TokensOfTheVocabularyDecide) {
    EXPECT_EQ(detected({"<think>", "</think>"}, "{{ messages }}"), "think");
    EXPECT_EQ(detected({"[THINK]", "[/THINK]"}, ""), "magistral");
    EXPECT_EQ(detected({"<|channel>", "<channel|>"}, ""), "gemma4");
    EXPECT_EQ(detected({"<|begin_of_thought|>", "<|end_of_thought|>"}, ""), "begin-of-thought");
}

TEST(ReasoningFormat, OfSeveralPairsTheOneTheTemplateMentionsIsTaken) {
    EXPECT_EQ(detected({"<think>", "</think>", "[THINK]", "[/THINK]"}, "x.split('[/THINK]')"), "magistral");
}

TEST(ReasoningFormat, MarksWithoutTokensAreText) {
    EXPECT_EQ(detected({}, "{{ '<think>' }}"), "think-text");
    EXPECT_EQ(detected({"<think>"}, "{{ x.split('</think>') }}"), "think-text");
    EXPECT_EQ(detected({}, "{{ '<reasoning>' }}"), "reasoning-text");
    EXPECT_EQ(detected({}, "{{ messages }}"), "none");
}

TEST(ReasoningFormat, HarmonyNeedsItsTokensAndItsFamily) {
    EXPECT_EQ(detected({"<|channel|>", "<|message|>"}, "", "gpt-oss"), "harmony");
    EXPECT_EQ(detected({"<|channel|>", "<|message|>"}, "'<|channel|>final'"), "harmony");
    EXPECT_EQ(detected({"<|channel|>", "<|message|>"}, ""), "none");
}

TEST(ReasoningFormat, AnUnknownNameIsRefusedWithTheKnownOnes) {
    try {
        ReasoningFormat::named("telepathy");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("telepathy"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("magistral"), std::string::npos);
    }
}

TEST(ReasoningFormat, SeesAThoughtOpenedByThePrompt) {
    const auto think = ReasoningFormat::named("think");
    EXPECT_TRUE(promptOpensReasoning(think, "<|im_start|>assistant\n<think>\n"));
    EXPECT_FALSE(promptOpensReasoning(think, "<|im_start|>assistant\n<think>\n\n</think>\n\n"));
    EXPECT_FALSE(promptOpensReasoning(think, "Put thoughts into <think> tags.<|im_start|>assistant\n"));
    EXPECT_FALSE(promptOpensReasoning(think, ""));
    const auto gemma = ReasoningFormat::named("gemma4");
    EXPECT_TRUE(promptOpensReasoning(gemma, "<|turn>model\n<|channel>thought\n"));
    EXPECT_TRUE(promptOpensReasoning(gemma, "<|turn>model\n<|channel>"));
    EXPECT_TRUE(promptOpensReasoning(ReasoningFormat::named("harmony"), "<|channel|>analysis<|message|>"));
    EXPECT_FALSE(promptOpensReasoning(ReasoningFormat::named("harmony"), "<|start|>assistant"));
    EXPECT_FALSE(promptOpensReasoning(ReasoningFormat::named("none"), "<think>\n"));
}

TEST(ReasoningFormat, WhatItOpensItSeesAsOpenAndWhatItClosesAsClosed) {
    for (const char* name : {"think", "think-text", "gemma4", "magistral", "harmony", "begin-of-thought"}) {
        const auto format = ReasoningFormat::named(name);
        EXPECT_EQ(format.name, name);
        EXPECT_TRUE(promptOpensReasoning(format, "x" + openingText(format))) << name;
        EXPECT_FALSE(promptOpensReasoning(format, openingText(format) + "x" + closingText(format))) << name;
    }
    const auto think = ReasoningFormat::named("think");
    EXPECT_EQ("<think>\n" + closingText(think), "<think>\n\n</think>\n\n");
}

TEST(ReasoningFormat, OnlyHarmonyHasToNameTheAnswersChannel) {
    EXPECT_EQ(answerOpeningText(ReasoningFormat::named("harmony")), "<|channel|>final<|message|>");
    EXPECT_EQ(answerOpeningText(ReasoningFormat::named("think")), "");
}

} // namespace
} // namespace ponder::engine
