#include "app/answer_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/app/sample_chats.h"

namespace ponder::app {

namespace {

using engine::PieceKind;
using nlohmann::json;

TEST(AnswerBuilder, PiecesOfOneKindGrowOnePart) {
    Turn turn;
    appendPiece(turn, {PieceKind::Text, "Hel", 1});
    appendPiece(turn, {PieceKind::Text, "lo", 2});
    ASSERT_EQ(turn.parts.size(), 1U);
    EXPECT_EQ(turn.parts[0].text, "Hello");
    EXPECT_EQ(turn.parts[0].tokens, 3);
}

TEST(AnswerBuilder, TheAnswerEndsTheThoughtAndItsClock) {
    Turn turn;
    appendPiece(turn, {PieceKind::Reasoning, "hm", 1});
    EXPECT_EQ(turn.parts[0].endedMs, 0);
    appendPiece(turn, {PieceKind::Text, "4", 1});
    ASSERT_EQ(turn.parts.size(), 2U);
    EXPECT_EQ(turn.parts[0].kind, PartKind::Reasoning);
    EXPECT_GE(turn.parts[0].endedMs, turn.parts[0].startedMs);
    EXPECT_GT(turn.parts[0].endedMs, 0);
    EXPECT_EQ(turn.parts[1].endedMs, 0);
}

TEST(AnswerBuilder, TextThatTurnsOutToBeTheThoughtIsKeptAsOne) {
    Turn turn;
    appendPiece(turn, {PieceKind::Text, "Let me ", 2});
    appendPiece(turn, {PieceKind::Text, "see.", 1});
    appendPiece(turn, {PieceKind::TextWasReasoning, "Let me see.", 0});
    appendPiece(turn, {PieceKind::Text, "4", 1});
    ASSERT_EQ(turn.parts.size(), 2U);
    EXPECT_EQ(turn.parts[0].kind, PartKind::Reasoning);
    EXPECT_EQ(turn.parts[0].text, "Let me see.");
    EXPECT_EQ(turn.parts[0].tokens, 3);
    EXPECT_EQ(turn.parts[1].text, "4");
}

TEST(AnswerBuilder, ASecondThoughtIsAPartOfItsOwn) {
    Turn turn;
    for (const PieceKind kind : {PieceKind::Reasoning, PieceKind::Text, PieceKind::Reasoning})
        appendPiece(turn, {kind, "x", 1});
    EXPECT_EQ(turn.parts.size(), 3U);
}

TEST(AnswerBuilder, AFinishedAnswerIsCompleteWithItsFigures) {
    Turn turn;
    turn.answer.settings = "{}";
    appendPiece(turn, {PieceKind::Text, "4", 1});
    engine::AnswerSummary summary;
    summary.promptTokens = 10;
    summary.reusedTokens = 6;
    summary.answerTokens = 3;
    summary.reasoningTokens = 2;
    summary.answerSeconds = 0.5;
    summary.seed = 42;
    finishAnswer(turn, summary);
    EXPECT_EQ(turn.state, TurnState::Complete);
    EXPECT_EQ(turn.answer.stop, "endOfAnswer");
    EXPECT_EQ(turn.answer.promptTokens, 10);
    EXPECT_EQ(turn.answer.reusedTokens, 6);
    EXPECT_EQ(turn.answer.answerTokens, 3);
    EXPECT_EQ(turn.answer.reasoningTokens, 2);
    EXPECT_EQ(json::parse(turn.answer.settings)["seed"], 42);
    EXPECT_GT(turn.finishedMs, 0);
    EXPECT_EQ(turn.parts.back().endedMs, turn.finishedMs);
}

TEST(AnswerBuilder, ThatABudgetCutTheThoughtIsKept) {
    Turn turn;
    turn.answer.settings = "{}";
    engine::AnswerSummary summary;
    finishAnswer(turn, summary);
    EXPECT_FALSE(json::parse(turn.answer.settings).contains("reasoningCut"));
    summary.reasoningCut = true;
    finishAnswer(turn, summary);
    EXPECT_EQ(json::parse(turn.answer.settings)["reasoningCut"], true);
}

TEST(AnswerBuilder, ACancelledAnswerIsStopped) {
    Turn turn;
    engine::AnswerSummary summary;
    summary.stop = engine::StopReason::Cancelled;
    finishAnswer(turn, summary);
    EXPECT_EQ(turn.state, TurnState::Stopped);
    EXPECT_EQ(turn.answer.stop, "cancelled");
}

TEST(AnswerBuilder, AContinuedAnswerAddsUpItsTokens) {
    Turn turn;
    engine::AnswerSummary summary;
    summary.answerTokens = 5;
    summary.answerSeconds = 1;
    finishAnswer(turn, summary);
    finishAnswer(turn, summary);
    EXPECT_EQ(turn.answer.answerTokens, 10);
    EXPECT_DOUBLE_EQ(turn.answer.answerSeconds, 2);
}

TEST(AnswerBuilder, AFailedAnswerKeepsWhatCame) {
    Turn turn;
    appendPiece(turn, {PieceKind::Text, "half", 1});
    failAnswer(turn, "The engine stopped. Try again.");
    EXPECT_EQ(turn.state, TurnState::Failed);
    EXPECT_EQ(turn.answer.failure, "The engine stopped. Try again.");
    EXPECT_EQ(turn.parts[0].text, "half");
}

TEST(AnswerBuilder, SuccessForgetsAnEarlierFailure) {
    Turn turn;
    failAnswer(turn, "Bad.");
    reopenAnswer(turn);
    EXPECT_EQ(turn.state, TurnState::Streaming);
    EXPECT_EQ(turn.answer.failure, "");
}

TEST(AnswerBuilder, ThePauseBeforeContinuingIsNoThinkingTime) {
    Turn turn;
    turn.parts = {reasoningPart("hm")};
    turn.parts[0].startedMs = 1'000'000;
    turn.parts[0].endedMs = 1'004'000;
    reopenAnswer(turn);
    appendPiece(turn, {PieceKind::Reasoning, " more", 1});
    endAnswer(turn, TurnState::Stopped);
    const std::int64_t elapsed = turn.parts[0].endedMs - turn.parts[0].startedMs;
    EXPECT_GE(elapsed, 4000);
    EXPECT_LT(elapsed, 6000);
    EXPECT_EQ(turn.parts[0].text, "hm more");
}

TEST(AnswerBuilder, RecordsTheModelWithTheEnginesVersion) {
    Turn turn;
    engine::ModelInfo info;
    info.name = "Small";
    info.identity = "abc";
    info.path = "/models/small.gguf";
    recordModel(turn, info, 1.5);
    EXPECT_EQ(turn.answer.modelName, "Small");
    EXPECT_EQ(turn.answer.modelIdentity, "abc");
    EXPECT_EQ(turn.answer.modelPath, "/models/small.gguf");
    EXPECT_EQ(turn.answer.engineVersion, PONDER_VERSION);
    EXPECT_DOUBLE_EQ(turn.answer.loadSeconds, 1.5);
}

TEST(AnswerBuilder, SettingsHoldOnlyWhatWasSet) {
    engine::ChatRequest request;
    EXPECT_EQ(settingsJson(request), "{}");
    request.sampling.temperature = 0.5f;
    request.sampling.seed = 7;
    request.maximumTokens = 100;
    request.reasoning = engine::ReasoningMode::Off;
    request.reasoningBudget = 64;
    request.jsonSchema = "{}";
    const json object = json::parse(settingsJson(request));
    EXPECT_EQ(object.size(), 6U);
    EXPECT_EQ(object["jsonSchema"], "{}");
    EXPECT_EQ(object["temperature"], 0.5);
    EXPECT_EQ(object["seed"], 7);
    EXPECT_EQ(object["maximumTokens"], 100);
    EXPECT_EQ(object["reasoning"], false);
    EXPECT_EQ(object["reasoningBudget"], 64);
}

TEST(AnswerBuilder, SettingsSayThatAnAnswerGoesOnFromSomething) {
    engine::ChatRequest request;
    request.continued = engine::PartialAnswer{};
    EXPECT_EQ(settingsJson(request), R"({"continued":true})");
}

TEST(AnswerBuilder, SettingsSurviveBrokenUtf8InAStopText) {
    engine::ChatRequest request;
    request.sampling.stopTexts = {"\xff"};
    EXPECT_FALSE(json::parse(settingsJson(request), nullptr, false).is_discarded());
}

TEST(AnswerBuilder, AnAnswerWithTextHasClosedItsThought) {
    Turn turn;
    turn.parts = {reasoningPart("hm")};
    EXPECT_FALSE(partialAnswer(turn).reasoningClosed);
    turn.parts.push_back(textPart("4"));
    const engine::PartialAnswer partial = partialAnswer(turn);
    EXPECT_TRUE(partial.reasoningClosed);
    EXPECT_EQ(partial.reasoning, "hm");
    EXPECT_EQ(partial.text, "4");
}

} // namespace

} // namespace ponder::app
