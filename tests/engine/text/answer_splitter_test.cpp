#include "engine/text/answer_splitter.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/places.h"

namespace ponder::engine {
namespace {

using Start = AnswerSplitter::Start;

struct Token {
    std::string text;
    bool special = false;
};

struct Split {
    std::string reasoning;
    std::string answer;
    std::string state;
    int tokens = 0;

    bool operator==(const Split&) const = default;
};

void collect(const std::vector<AnswerPiece>& pieces, Split& split) {
    for (const AnswerPiece& piece : pieces) {
        if (piece.kind == PieceKind::TextWasReasoning) split.answer.clear();
        (piece.kind == PieceKind::Text ? split.answer : split.reasoning) += piece.text;
        split.tokens += piece.tokens;
    }
}

Split split(const std::string& format, Start start, const std::vector<Token>& tokens) {
    AnswerSplitter splitter(ReasoningFormat::named(format), start);
    Split result;
    for (const Token& token : tokens) collect(splitter.take(token.text, token.special), result);
    collect(splitter.finish(), result);
    result.state = splitter.state();
    return result;
}

std::vector<Token> byteByByte(const std::vector<Token>& tokens) {
    std::vector<Token> bytes;
    for (const Token& token : tokens) {
        if (token.special)
            bytes.push_back(token);
        else
            for (const char byte : token.text) bytes.push_back({std::string(1, byte), false});
    }
    return bytes;
}

std::vector<Token> joined(const std::vector<Token>& tokens) {
    std::vector<Token> all;
    for (const Token& token : tokens) {
        if (!all.empty() && !token.special && !all.back().special)
            all.back().text += token.text;
        else
            all.push_back(token);
    }
    return all;
}

void expectEqualHoweverCut(const Split& expected, const std::string& format, Start start,
                           const std::vector<Token>& tokens) {
    for (const auto& cut : {tokens, byteByByte(tokens), joined(tokens)}) {
        const Split got = split(format, start, cut);
        EXPECT_EQ(got.reasoning, expected.reasoning);
        EXPECT_EQ(got.answer, expected.answer);
        EXPECT_EQ(got.state, expected.state);
        EXPECT_EQ(got.tokens, static_cast<int>(cut.size()));
    }
}

TEST(AnswerSplitter, AgreesWithTheGoldenCasesHoweverTheyAreCut) {
    std::ifstream file(PONDER_SOURCE_DIR "/tests/golden/splitter/cases.json");
    const auto cases = nlohmann::json::parse(file);
    ASSERT_EQ(cases.size(), 31u);
    for (const auto& one : cases) {
        SCOPED_TRACE(one.at("name").get<std::string>());
        std::vector<Token> tokens;
        for (const auto& token : one.at("tokens")) tokens.push_back({token.at(0), token.at(1)});
        const auto& expected = one.at("expected");
        expectEqualHoweverCut({expected.at("reasoning"), expected.at("answer"), expected.at("state")},
                              one.at("format"),
                              one.at("starts_in_reasoning") ? Start::InReasoning : Start::InText, tokens);
    }
}

TEST(AnswerSplitter, KnowsEveryPairOfMarks) {
    const std::vector<std::vector<std::string>> formats = {
        {"think", "<think>", "</think>"},
        {"thinking", "<thinking>", "</thinking>"},
        {"thought", "<thought>", "</thought>"},
        {"reason", "<reason>", "</reason>"},
        {"reasoning", "<reasoning>", "</reasoning>"},
        {"magistral", "[THINK]", "[/THINK]"},
        {"seed-think", "<seed:think>", "</seed:think>"},
        {"begin-of-thought", "<|begin_of_thought|>", "<|end_of_thought|>"}};
    for (const auto& format : formats) {
        SCOPED_TRACE(format[0]);
        expectEqualHoweverCut({"why", "So.", "answer"}, format[0], Start::InText,
                              {{format[1], true}, {"\nwhy\n"}, {format[2], true}, {"\n\nSo."}});
        expectEqualHoweverCut({"why", "So.", "answer"}, format[0] + "-text", Start::InText,
                              {{format[1] + "\nwhy\n" + format[2] + "\n\nSo."}});
    }
}

TEST(AnswerSplitter, WithoutThoughtsEverythingIsTheAnswer) {
    expectEqualHoweverCut({"", " <think>x</think>", "done"}, "none", Start::InText,
                          {{" <think>"}, {"x"}, {"</think>"}, {"<|im_end|>", true}});
}

TEST(AnswerSplitter, HandsOutTextAsSoonAsItIsCertain) {
    AnswerSplitter splitter(ReasoningFormat::named("think-text"), Start::InText);
    EXPECT_TRUE(splitter.take("<thi", false).empty());
    EXPECT_EQ(splitter.state(), "answer");
    const auto pieces = splitter.take("nk>a </", false);
    ASSERT_EQ(pieces.size(), 1u);
    EXPECT_EQ(pieces[0].text, "a");
    EXPECT_EQ(pieces[0].kind, PieceKind::Reasoning);
    EXPECT_EQ(pieces[0].tokens, 2);
    EXPECT_EQ(splitter.state(), "reasoning");
}

TEST(AnswerSplitter, AThoughtClosedWithoutAnOpenerIsHandedOutAgain) {
    AnswerSplitter splitter(ReasoningFormat::named("think"), Start::InText);
    ASSERT_EQ(splitter.take("\nquiet ", false).size(), 1u);
    ASSERT_EQ(splitter.take("thought\n", false).size(), 1u);
    const auto pieces = splitter.take("</think>", true);
    ASSERT_EQ(pieces.size(), 1u);
    EXPECT_EQ(pieces[0].kind, PieceKind::TextWasReasoning);
    EXPECT_EQ(pieces[0].text, "quiet thought");
}

TEST(AnswerSplitter, WhatIsContinuedKeepsItsWhiteSpace) {
    expectEqualHoweverCut({" still\n\nso", "Yes.", "answer"}, "think", Start::WithinReasoning,
                          {{" still"}, {"\n\nso\n"}, {"</think>", true}, {"\n\nYes."}});
    expectEqualHoweverCut({"", " world", "answer"}, "think", Start::WithinText, {{" world"}});
}

TEST(AnswerSplitter, ACloserInAContinuedAnswerMovesNothing) {
    expectEqualHoweverCut({"", "and more", "answer"}, "think", Start::WithinText,
                          {{"and"}, {"</think>", true}, {" more"}});
}

TEST(AnswerSplitter, ASecondCloserIsDropped) {
    expectEqualHoweverCut({"a", "b c", "answer"}, "think", Start::InReasoning,
                          {{"a"}, {"</think>", true}, {"b"}, {"</think>", true}, {" c"}});
}

TEST(AnswerSplitter, AnOpenerInsideAThoughtIsDropped) {
    expectEqualHoweverCut({"a b", "c", "answer"}, "think", Start::InReasoning,
                          {{"<think>", true}, {"a"}, {"<think>", true}, {" b"}, {"</think>", true}, {"c"}});
}

TEST(AnswerSplitter, SpecialTokensThatAreNoMarksAreText) {
    expectEqualHoweverCut({"a<tool_call>", "b[TOOL]", "answer"}, "think", Start::InReasoning,
                          {{"a"}, {"<tool_call>", true}, {"</think>", true}, {"b"}, {"[TOOL]", true}});
}

TEST(AnswerSplitter, NothingFollowsTheEnd) {
    expectEqualHoweverCut(
        {"a", "b", "done"}, "think", Start::InReasoning,
        {{"a"}, {"</think>", true}, {"b"}, {"<|im_end|>", true}, {"c"}, {"</think>", true}});
}

TEST(AnswerSplitter, HarmonySwallowsRolesAndRecipients) {
    expectEqualHoweverCut({"a\n\n{}", "b", "done"}, "harmony", Start::InText,
                          {{"<|channel|>", true},
                           {"analysis"},
                           {"<|message|>", true},
                           {"a"},
                           {"<|end|>", true},
                           {"<|start|>", true},
                           {"assistant to=functions.f"},
                           {"<|channel|>", true},
                           {"commentary "},
                           {"<|constrain|>", true},
                           {"json"},
                           {"<|message|>", true},
                           {"{}"},
                           {"<|end|>", true},
                           {"<|start|>", true},
                           {"assistant"},
                           {"<|channel|>", true},
                           {"final"},
                           {"<|message|>", true},
                           {"b"},
                           {"<|return|>", true}});
}

TEST(AnswerSplitter, HarmonyAnswersWithoutAChannelAreAnswers) {
    expectEqualHoweverCut({"", "Hi there", "answer"}, "harmony", Start::InText, {{"Hi"}, {" there"}});
    expectEqualHoweverCut(
        {"a", "b", "answer"}, "harmony", Start::InReasoning,
        {{"a"}, {"<|end|>", true}, {"<|start|>", true}, {"assistant"}, {"<|message|>", true}, {"b"}});
}

TEST(AnswerSplitter, GemmaMayLeaveItsHeaderOut) {
    expectEqualHoweverCut({"thou art", "so", "answer"}, "gemma4", Start::InText,
                          {{"<|channel>", true}, {"thou art\n"}, {"<channel|>", true}, {"so"}});
    expectEqualHoweverCut({"", "so", "answer"}, "gemma4", Start::InText,
                          {{"<|channel>", true}, {"thought"}, {"<channel|>", true}, {"so"}});
}

TEST(AnswerSplitter, HoldsBackHalfACharacter) {
    AnswerSplitter splitter(ReasoningFormat::named("none"), Start::InText);
    EXPECT_TRUE(splitter.take("\xF0\x9F", false).empty());
    EXPECT_TRUE(splitter.take("\xA6", false).empty());
    const auto pieces = splitter.take("\x8A!", false);
    ASSERT_EQ(pieces.size(), 1u);
    EXPECT_EQ(pieces[0].text, "\xF0\x9F\xA6\x8A!");
    EXPECT_EQ(pieces[0].tokens, 3);
}

TEST(AnswerSplitter, BytesThatAreNoTextBecomeReplacementCharacters) {
    expectEqualHoweverCut({"a\uFFFD", "b\uFFFD\uFFFDc\uFFFD", "answer"}, "think", Start::InReasoning,
                          {{"a\xE2\x82"}, {"</think>", true}, {"b\xFF\x80"}, {"c\xF0\x9F"}});
}

TEST(AnswerSplitter, RandomStreamsGiveTheSameHoweverTheyAreCut) {
    const std::vector<Token> parts = {{"<think>", true},
                                      {"</think>", true},
                                      {"<think>"},
                                      {"</think>"},
                                      {"<thi"},
                                      {"nk>"},
                                      {"</"},
                                      {" "},
                                      {"\n"},
                                      {"word"},
                                      {"\xE4\xB8\xAD"},
                                      {"\xE4\xB8"},
                                      {"\xAD"},
                                      {"\xFF"},
                                      {"<|channel|>", true},
                                      {"final"},
                                      {"analysis"},
                                      {"<|message|>", true},
                                      {"<|end|>", true},
                                      {"<|start|>", true},
                                      {"<tool>", true}};
    std::mt19937 random(7);
    for (int i = 0; i < 4000; ++i) {
        std::vector<Token> tokens;
        for (unsigned n = random() % 12; n > 0; --n) tokens.push_back(parts[random() % parts.size()]);
        const char* format =
            (const char*[]){"think", "think-text", "harmony", "none", "gemma4"}[random() % 5];
        const auto start = static_cast<Start>(random() % 4);
        const Split whole = split(format, start, joined(tokens));
        expectEqualHoweverCut(whole, format, start, tokens);
    }
}

} // namespace
} // namespace ponder::engine
