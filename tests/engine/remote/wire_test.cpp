#include "engine/remote/wire.h"

#include "engine/remote/valid_utf8.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <random>

namespace ponder::engine {

namespace {

std::string_view withoutLength(const std::string& frame) {
    return std::string_view(frame).substr(4);
}

template <typename Type>
Type thereAndBack(const Type& value) {
    if constexpr (std::is_constructible_v<Command, Type>) {
        return std::get<Type>(decodeCommand(withoutLength(encode(Command(value)))));
    } else {
        return std::get<Type>(decodeReport(withoutLength(encode(Report(value)))));
    }
}

SamplingSettings everySetting() {
    return {
        .temperature = 0.5f,
        .topK = 40,
        .topP = 0.25f,
        .minP = 0.125f,
        .repetitionPenalty = 1.5f,
        .presencePenalty = -1.0f,
        .frequencyPenalty = 2.0f,
        .penaltyTokens = -64,
        .seed = 0xFEDC'BA98'7654'3210u,
        .logitBias = {{-7, 1.5f}, {0, -100.0f}, {150000, std::numeric_limits<float>::infinity()}},
        .stopTexts = {"", "\n\n", "Ende\xF0\x9F\xA6\x8A"},
    };
}

void expectEverySetting(const SamplingSettings& settings) {
    const SamplingSettings expected = everySetting();
    EXPECT_EQ(settings.temperature, expected.temperature);
    EXPECT_EQ(settings.topK, expected.topK);
    EXPECT_EQ(settings.topP, expected.topP);
    EXPECT_EQ(settings.minP, expected.minP);
    EXPECT_EQ(settings.repetitionPenalty, expected.repetitionPenalty);
    EXPECT_EQ(settings.presencePenalty, expected.presencePenalty);
    EXPECT_EQ(settings.frequencyPenalty, expected.frequencyPenalty);
    EXPECT_EQ(settings.penaltyTokens, expected.penaltyTokens);
    EXPECT_EQ(settings.seed, expected.seed);
    EXPECT_EQ(settings.logitBias, expected.logitBias);
    EXPECT_EQ(settings.stopTexts, expected.stopTexts);
}

ChatRequest everyPartOfARequest() {
    return {
        .messages = {{Role::System, "be\0brief", ""}, {Role::Assistant, "\xFF not UTF-8", "thought"}, {}},
        .continued =
            PartialAnswer{.reasoning = "so far", .text = "and", .reasoningClosed = true, .tokens = {7, 8}},
        .sampling = everySetting(),
        .reasoning = ReasoningMode::Off,
        .reasoningEffort = "high",
        .reasoningBudget = 78,
        .maximumTokens = 77,
        .kind = RequestKind::Aside,
        .jsonSchema = R"({"type": "null"})",
        .chat = "a chat's name",
    };
}

ModelInfo everyPartOfAModel() {
    return {
        .path = "/models/a.gguf",
        .name = "Näme",
        .architecture = "deepseek2",
        .quantisation = "Q4_K",
        .license = "mit",
        .description = "text",
        .identity = "abc",
        .reasoningFormat = "think",
        .reasoningSwitchable = true,
        .reasoningBudgetable = true,
        .reasoningEfforts = {"low", "high"},
        .sizeBytes = 1ull << 40,
        .parameters = 671'000'000'000ull,
        .contextTokens = 4096,
        .trainedContextTokens = 163840,
        .experts = 256,
        .expertsUsed = 8,
        .memory = {{"Weights", 5}, {"Context", 1ull << 63}},
        .sampling = everySetting(),
        .notices = {"odd", ""},
    };
}

PromptPreview everyPartOfAPreview() {
    return {
        .segments = {{}, {PromptOrigin::Reasoning, 1, "hm", 3}},
        .messageTokens = {0, 4},
        .markupTokens = 6,
        .totalTokens = 7,
        .cachedTokens = 8,
        .contextTokens = 9,
        .tokens = {{11, "token", 1}},
    };
}

ExaminedToken everyPartOfAToken() {
    return {
        .id = 5,
        .text = "token",
        .part = PromptOrigin::Reasoning,
        .offset = 6,
        .probability = 0.5f,
        .alternatives = {{5, "token", 0.5f}, {8, "other", 0.25f}},
    };
}

} // namespace

TEST(Wire, CommandsKeepEveryField) {
    const auto open =
        thereAndBack(OpenModel{"/a/\xFF\xFE", 4096, CacheType::Q8_0, 0.25, 12, "/b/\xFF", 1ull << 40});
    EXPECT_EQ(open.modelPath, "/a/\xFF\xFE");
    EXPECT_EQ(open.contextTokens, 4096);
    EXPECT_EQ(open.cacheType, CacheType::Q8_0);
    EXPECT_EQ(open.expertsInMemory, 0.25);
    EXPECT_EQ(open.threads, 12);
    EXPECT_EQ(open.snapshotFolder, "/b/\xFF");
    EXPECT_EQ(open.snapshotBytes, 1ull << 40);
    EXPECT_EQ(thereAndBack(StopAnswer{9}).number, 9u);

    const auto start = thereAndBack(StartAnswer{1ull << 50, everyPartOfARequest()});
    const ChatRequest expected = everyPartOfARequest();
    EXPECT_EQ(start.number, 1ull << 50);
    ASSERT_EQ(start.request.messages.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(start.request.messages[i].role, expected.messages[i].role);
        EXPECT_EQ(start.request.messages[i].text, expected.messages[i].text);
        EXPECT_EQ(start.request.messages[i].reasoning, expected.messages[i].reasoning);
    }
    ASSERT_TRUE(start.request.continued);
    EXPECT_EQ(start.request.continued->reasoning, "so far");
    EXPECT_EQ(start.request.continued->text, "and");
    EXPECT_TRUE(start.request.continued->reasoningClosed);
    expectEverySetting(start.request.sampling);
    EXPECT_EQ(start.request.reasoning, ReasoningMode::Off);
    EXPECT_EQ(start.request.reasoningEffort, "high");
    EXPECT_EQ(start.request.maximumTokens, 77);
    EXPECT_EQ(start.request.reasoningBudget, 78);
    EXPECT_EQ(start.request.jsonSchema, R"({"type": "null"})");
    EXPECT_EQ(start.request.chat, "a chat's name");
    EXPECT_EQ(start.request.kind, RequestKind::Aside);
    EXPECT_EQ(start.request.continued->tokens, (std::vector<std::int32_t>{7, 8}));
}

TEST(Wire, AbsentSettingsStayAbsent) {
    const auto start = thereAndBack(StartAnswer{});
    EXPECT_FALSE(start.request.continued);
    EXPECT_FALSE(start.request.sampling.temperature);
    EXPECT_FALSE(start.request.sampling.seed);
    EXPECT_TRUE(start.request.messages.empty());
}

TEST(Wire, ReportsKeepEveryField) {
    EXPECT_EQ(thereAndBack(Hello{5}).wireVersion, 5u);
    EXPECT_EQ(thereAndBack(LoadProgress{0.75}).fraction, 0.75);
    EXPECT_EQ(thereAndBack(PromptProgress{3, 4}).done, 3);
    EXPECT_EQ(thereAndBack(PromptProgress{3, 4}).total, 4);

    const auto piece = thereAndBack(AnswerPiece{PieceKind::Text, "ä", 2});
    EXPECT_EQ(piece.kind, PieceKind::Text);
    EXPECT_EQ(piece.text, "ä");
    EXPECT_EQ(piece.tokens, 2);

    const auto summary = thereAndBack(AnswerSummary{StopReason::Cancelled, 1, 2, 3, 4, true, 0.5, 1.5, 99});
    EXPECT_EQ(summary.stop, StopReason::Cancelled);
    EXPECT_EQ(summary.promptTokens, 1);
    EXPECT_EQ(summary.reusedTokens, 2);
    EXPECT_EQ(summary.reasoningTokens, 3);
    EXPECT_EQ(summary.answerTokens, 4);
    EXPECT_TRUE(summary.reasoningCut);
    EXPECT_EQ(summary.promptSeconds, 0.5);
    EXPECT_EQ(summary.answerSeconds, 1.5);
    EXPECT_EQ(summary.seed, 99u);
    const auto weighed = thereAndBack(AnswerSummary{.conversationTokens = 12, .memory = {1, 2, 3, 4}});
    EXPECT_EQ(weighed.conversationTokens, 12);
    EXPECT_EQ(weighed.memory.ownBytes, 1u);
    EXPECT_EQ(weighed.memory.fileBytes, 2u);
    EXPECT_EQ(weighed.memory.peakBytes, 3u);
    EXPECT_EQ(weighed.memory.unreadBytes, 4u);

    const auto failure = thereAndBack(Failure{AfterFailure::Ending, "why. what to do."});
    EXPECT_EQ(failure.after, AfterFailure::Ending);
    EXPECT_EQ(failure.message, "why. what to do.");
}

TEST(Wire, AModelKeepsEveryField) {
    ModelInfo sent = everyPartOfAModel();
    const auto ready = thereAndBack(ModelReady{sent, "confined"});
    const ModelInfo& info = ready.info;
    EXPECT_EQ(ready.confinement, "confined");
    EXPECT_EQ(info.path, sent.path);
    EXPECT_EQ(info.name, sent.name);
    EXPECT_EQ(info.architecture, sent.architecture);
    EXPECT_EQ(info.quantisation, sent.quantisation);
    EXPECT_EQ(info.license, sent.license);
    EXPECT_EQ(info.description, sent.description);
    EXPECT_EQ(info.identity, sent.identity);
    EXPECT_EQ(info.reasoningFormat, sent.reasoningFormat);
    EXPECT_TRUE(info.reasoningSwitchable);
    EXPECT_TRUE(info.reasoningBudgetable);
    EXPECT_EQ(info.reasoningEfforts, sent.reasoningEfforts);
    EXPECT_EQ(info.sizeBytes, sent.sizeBytes);
    EXPECT_EQ(info.parameters, sent.parameters);
    EXPECT_EQ(info.contextTokens, sent.contextTokens);
    EXPECT_EQ(info.trainedContextTokens, sent.trainedContextTokens);
    EXPECT_EQ(info.experts, sent.experts);
    EXPECT_EQ(info.expertsUsed, sent.expertsUsed);
    ASSERT_EQ(info.memory.size(), 2u);
    EXPECT_EQ(info.memory[1].name, "Context");
    EXPECT_EQ(info.memory[1].bytes, 1ull << 63);
    expectEverySetting(info.sampling);
    EXPECT_EQ(info.notices, sent.notices);
}

TEST(Wire, AFootprintKeepsEveryField) {
    ModelInfo sent;
    sent.cacheType = CacheType::Q8_0;
    sent.expertsInMemory = 0.5;
    sent.process = {4, 5, 6, 7};
    // One number each, in order.
    sent.footprint = {.denseBytes = 1,
                      .embeddingBytes = 2,
                      .sharedExpertBytes = 3,
                      .expertBytes = 4,
                      .experts = 5,
                      .expertsUsed = 6,
                      .trainedContextTokens = 7,
                      .cacheBytesF16 = 8,
                      .cacheBytesQ8_0 = 9,
                      .cacheFixedBytes = 10,
                      .windows = {{7, 8, 9}},
                      .vocabularyBytes = 11,
                      .scratchBytes = 12,
                      .denseBytesPerToken = 13,
                      .sharedBytesPerToken = 14,
                      .expertBytesPerToken = 15,
                      .products = {{"Q4_K", 1, 2, 3}},
                      .expertProducts = {{"Q6_K", 5, 6, 7}},
                      .attention = {{1, 2, 3, 4, 5, 6}},
                      .parallelLoops = 16,
                      .normedNumbers = 17,
                      .activatedNumbers = 18,
                      .convertedNumbers = 19,
                      .vocabulary = 20,
                      .draw = DrawKind::All};
    const ModelInfo info = thereAndBack(ModelReady{sent, ""}).info;
    EXPECT_EQ(info.cacheType, CacheType::Q8_0);
    EXPECT_EQ(info.expertsInMemory, 0.5);
    EXPECT_EQ(info.process.bytes(), 9u);
    EXPECT_EQ(info.process.peakBytes, 6u);
    EXPECT_EQ(info.footprint, sent.footprint);
}

TEST(Wire, APreviewKeepsEveryField) {
    const auto start = thereAndBack(StartPreview{4, everyPartOfARequest(), {5, 6}});
    EXPECT_EQ(start.number, 4u);
    EXPECT_EQ(start.request.messages.size(), 3u);
    EXPECT_EQ(start.listed.first, 5);
    EXPECT_EQ(start.listed.count, 6);

    const auto preview = thereAndBack(everyPartOfAPreview());
    ASSERT_EQ(preview.segments.size(), 2u);
    EXPECT_EQ(preview.segments[1].origin, PromptOrigin::Reasoning);
    EXPECT_EQ(preview.segments[1].message, 1);
    EXPECT_EQ(preview.segments[1].text, "hm");
    EXPECT_EQ(preview.segments[1].tokens, 3);
    EXPECT_EQ(preview.messageTokens, (std::vector<int>{0, 4}));
    EXPECT_EQ(preview.markupTokens, 6);
    EXPECT_EQ(preview.totalTokens, 7);
    EXPECT_EQ(preview.cachedTokens, 8);
    EXPECT_EQ(preview.contextTokens, 9);
    ASSERT_EQ(preview.tokens.size(), 1u);
    EXPECT_EQ(preview.tokens[0].id, 11);
    EXPECT_EQ(preview.tokens[0].text, "token");
    EXPECT_EQ(preview.tokens[0].message, 1);
}

TEST(Wire, AnExaminationKeepsEveryField) {
    const auto start = thereAndBack(StartExamination{4, {everyPartOfARequest(), 6}});
    EXPECT_EQ(start.number, 4u);
    EXPECT_EQ(start.request.alternatives, 6);
    EXPECT_EQ(start.request.chat.messages.size(), 3u);

    const auto token = thereAndBack(everyPartOfAToken());
    EXPECT_EQ(token.id, 5);
    EXPECT_EQ(token.text, "token");
    EXPECT_EQ(token.part, PromptOrigin::Reasoning);
    EXPECT_EQ(token.offset, 6);
    EXPECT_EQ(token.probability, 0.5f);
    ASSERT_EQ(token.alternatives.size(), 2u);
    EXPECT_EQ(token.alternatives[1].id, 8);
    EXPECT_EQ(token.alternatives[1].text, "other");
    EXPECT_EQ(token.alternatives[1].probability, 0.25f);

    const auto summary = thereAndBack(ExamineSummary{ExamineEnd::Cancelled, 1, 2, 0.5});
    EXPECT_EQ(summary.end, ExamineEnd::Cancelled);
    EXPECT_EQ(summary.tokens, 1);
    EXPECT_EQ(summary.reusedTokens, 2);
    EXPECT_EQ(summary.seconds, 0.5);
}

TEST(Wire, EveryTruncationOfAFrameIsRefused) {
    for (const std::string& frame :
         {encode(Report(ModelReady{everyPartOfAModel(), "confined"})), encode(Report(everyPartOfAPreview())),
          encode(Report(everyPartOfAToken()))}) {
        for (std::size_t length = 0; length < frame.size() - 4; ++length) {
            EXPECT_THROW(decodeReport(withoutLength(frame).substr(0, length)), Error) << length;
        }
    }
    const std::string frame = encode(Command(StartAnswer{1, everyPartOfARequest()}));
    for (std::size_t length = 0; length < frame.size() - 4; ++length) {
        EXPECT_THROW(decodeCommand(withoutLength(frame).substr(0, length)), Error) << length;
    }
}

TEST(Wire, WhatFollowsTheLastFieldIsRefused) {
    EXPECT_THROW(decodeReport(std::string(withoutLength(encode(Report(Heartbeat{})))) + "x"), Error);
}

TEST(Wire, ValuesThatNoEngineSendsAreRefused) {
    const auto refuses = [](const Report& report) {
        EXPECT_THROW(decodeReport(withoutLength(encode(report))), Error);
    };
    refuses(LoadProgress{std::numeric_limits<double>::quiet_NaN()});
    refuses(PromptProgress{1, -1});
    refuses(AnswerPiece{PieceKind::Text, "", -1});
    refuses(AnswerPiece{static_cast<PieceKind>(3), "", 1});
    refuses(AnswerSummary{.answerSeconds = std::numeric_limits<double>::infinity()});
    refuses(AnswerSummary{.stop = static_cast<StopReason>(5)});
    PromptPreview preview = everyPartOfAPreview();
    preview.tokens[0].message = 2; // there are two messages
    refuses(preview);
    preview = everyPartOfAPreview();
    preview.segments[0].message = -2;
    refuses(preview);
    preview = everyPartOfAPreview();
    preview.messageTokens[0] = -1;
    refuses(preview);
    ExaminedToken token = everyPartOfAToken();
    token.probability = std::numeric_limits<float>::quiet_NaN();
    refuses(token);
    token = everyPartOfAToken();
    token.alternatives[0].probability = 1.5f;
    refuses(token);
    token = everyPartOfAToken();
    token.alternatives.resize(kMostAlternatives + 1);
    refuses(token);
    token = everyPartOfAToken();
    token.offset = -1;
    refuses(token);
    refuses(ExamineSummary{.seconds = std::numeric_limits<double>::infinity()});
    ModelReady ready;
    ready.info.experts = -1;
    refuses(ready);
    ready = {};
    ready.info.sampling.topP = std::numeric_limits<float>::quiet_NaN();
    refuses(ready);
    ready = {};
    ready.info.expertsInMemory = 1.5;
    refuses(ready);
    ready = {};
    ready.info.footprint.experts = -1;
    refuses(ready);
    ready = {};
    ready.info.footprint.products = {{.rows = std::numeric_limits<double>::infinity()}};
    refuses(ready);
    refuses(AnswerSummary{.conversationTokens = -1});
}

TEST(Wire, ACountLargerThanTheFrameAllocatesNothing) {
    // A prompt of 2^32-1 messages, none of which follows.
    std::string frame(1, '\1');
    frame.append(8, '\0');
    frame.append(4, '\xFF');
    EXPECT_THROW(decodeCommand(frame), Error);
}

TEST(Wire, TextsOfTheEngineBecomeValidUtf8AndValidOnesStay) {
    const std::string good = "aé€\xF0\x9F\xA6\x8A\xF4\x8F\xBF\xBF\xEE\x80\x80";
    EXPECT_EQ(validUtf8(good), good);
    EXPECT_EQ(validUtf8("a\xC3"), "a\xEF\xBF\xBD");
    for (const char* bad : {"\x80", "\xC0", "\xC1", "\xF5", "\xFF"})
        EXPECT_EQ(validUtf8(bad), "\xEF\xBF\xBD");
    // Overlong, surrogate, beyond U+10FFFF.
    for (const char* bad : {"\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
        EXPECT_EQ(validUtf8(bad).find(bad), std::string::npos);
    }
    EXPECT_EQ(thereAndBack(AnswerPiece{PieceKind::Text, "x\xFFy", 1}).text, "x\xEF\xBF\xBDy");
}

TEST(FrameBuffer, GivesTheSameFramesHoweverTheStreamIsCut) {
    std::string stream;
    std::vector<std::string> expected;
    for (int i = 1; i <= 50; ++i) {
        const std::string frame = encode(
            Report(AnswerPiece{PieceKind::Text, std::string(static_cast<std::size_t>(i * i), 'a'), i}));
        stream += frame;
        expected.emplace_back(withoutLength(frame));
    }
    std::mt19937 random(1);
    for (const std::size_t largest : {1u, 3u, 100u, 100'000u}) {
        FrameBuffer buffer;
        std::vector<std::string> frames;
        for (std::size_t at = 0; at < stream.size();) {
            const std::size_t count = std::min(stream.size() - at, 1 + random() % largest);
            buffer.append({stream.data() + at, count});
            at += count;
            while (auto frame = buffer.take()) frames.push_back(*frame);
        }
        EXPECT_EQ(frames, expected);
    }
}

TEST(FrameBuffer, RefusesEmptyAndGiantFramesAtTheirLength) {
    const auto announce = [](std::uint32_t length) {
        FrameBuffer buffer;
        char bytes[4];
        std::memcpy(bytes, &length, 4);
        buffer.append(bytes);
        return buffer.take();
    };
    EXPECT_THROW(announce(0), Error);
    EXPECT_THROW(announce(kMaximumFrameBytes + 1), Error);
    EXPECT_THROW(announce(0xFFFF'FFFFu), Error);
    EXPECT_FALSE(announce(kMaximumFrameBytes));
}

} // namespace ponder::engine
