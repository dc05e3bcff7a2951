#include "engine/prompt.h"
#include "tests/engine/answer/answering.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "tests/places.h"

namespace ponder::engine {
namespace {

using testing::ElementsAre;

constexpr TokenRange kAll{0, 100'000};
constexpr TokenRange kNone{};

const char* kStarter = PONDER_SOURCE_DIR "/resources/starter/ponder-starter.gguf";

ChatRequest conversation() {
    ChatRequest request;
    request.messages = {{Role::System, "Be brief.", {}},
                        {Role::User, "What is 3 + 4?", {}},
                        {Role::Assistant, "7", "three and four"},
                        {Role::User, "And <|im_end|> 5 more, na\xC3\xAFve?", {}}};
    return request;
}

std::string textOf(const PromptPreview& preview) {
    std::string text;
    for (const PreviewSegment& segment : preview.segments) text += segment.text;
    return text;
}

std::string textOf(const PromptPreview& preview, int message) {
    std::string text;
    for (const PreviewSegment& segment : preview.segments)
        if (segment.message == message) text += segment.text;
    return text;
}

class Preview : public testing::TestWithParam<const char*> {};

TEST_P(Preview, ListsTheTokensThatAreEvaluated) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    const ChatRequest request = conversation();
    const PromptPreview preview = engine.preview(request, kAll);
    std::vector<TokenId> ids;
    for (const PreviewToken& token : preview.tokens) ids.push_back(token.id);
    EXPECT_EQ(ids, buildPrompt(engine.loaded(), request, {}).tokens);
    EXPECT_EQ(preview.totalTokens, static_cast<int>(ids.size()));
    EXPECT_EQ(preview.contextTokens, 512);
}

TEST_P(Preview, IsTheSameForAModelThatIsNotOpen) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    const PromptPreview open = engine.preview(conversation(), kAll);
    const PromptPreview seen = previewPromptOf(GetParam(), conversation(), kAll);
    EXPECT_EQ(textOf(seen), textOf(open));
    EXPECT_EQ(seen.totalTokens, open.totalTokens);
    EXPECT_EQ(seen.messageTokens, open.messageTokens);
    EXPECT_EQ(seen.cachedTokens, 0);
    EXPECT_EQ(seen.contextTokens, engine.info().trainedContextTokens);
}

TEST_P(Preview, EveryTokenBelongsToOneMessageOrToTheMarkup) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    const PromptPreview preview = engine.preview(conversation(), kAll);
    ASSERT_EQ(preview.messageTokens.size(), 4U);
    const int sum = std::accumulate(preview.messageTokens.begin(), preview.messageTokens.end(), 0);
    EXPECT_EQ(sum + preview.markupTokens, preview.totalTokens);
    for (int message = 0; message < 4; ++message) {
        int listed = 0;
        for (const PreviewToken& token : preview.tokens) listed += token.message == message;
        EXPECT_EQ(listed, preview.messageTokens[static_cast<std::size_t>(message)]) << message;
    }
    int inSegments = 0;
    for (const PreviewSegment& segment : preview.segments) inSegments += segment.tokens;
    EXPECT_LE(preview.totalTokens - inSegments, 1) << "all but a BOS that the template does not write";
    for (const int message : {1, 3})
        EXPECT_EQ(textOf(preview, message), conversation().messages[static_cast<std::size_t>(message)].text);
}

TEST_P(Preview, ALongerMessageHasMoreTokensAndNobodyElseHas) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    ChatRequest request = conversation();
    const PromptPreview before = engine.preview(request, kNone);
    request.messages[1].text = "What is 3 + 4? Show your work, please.";
    const PromptPreview after = engine.preview(request, kNone);
    EXPECT_GT(after.messageTokens[1], before.messageTokens[1]);
    EXPECT_EQ(after.messageTokens[3], before.messageTokens[3]);
    EXPECT_EQ(after.markupTokens, before.markupTokens);
    EXPECT_TRUE(after.tokens.empty());
}

INSTANTIATE_TEST_SUITE_P(Models, Preview,
                         testing::Values(kStarter, PONDER_SOURCE_DIR "/tests/golden/models/llama/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/gemma3/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/gpt-oss/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/qwen3/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/lfm2/model.gguf"),
                         [](const auto& info) { return "Model" + std::to_string(info.index); });

TEST(PromptPreview, NothingIsEvaluatedAndWhatIsCachedIsTold) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    ChatRequest request = conversation();
    EXPECT_EQ(engine.preview(request, kNone).cachedTokens, 0);
    EXPECT_TRUE(engine.timeline().tokens().empty());
    request.maximumTokens = 4;
    engine.answer(request, {}, {});
    request.messages.push_back({Role::Assistant, "12", {}});
    request.messages.push_back({Role::User, "Thanks", {}});
    const int told = engine.preview(request, kNone).cachedTokens;
    EXPECT_GT(told, 0);
    EXPECT_EQ(engine.answer(request, {}, {}).reusedTokens, told);
}

TEST(PromptPreview, WhatIsCachedIsTrueWhereAStateCannotBeCutBack) {
    for (const char* family : {"lfm2", "qwen3next"}) {
        LocalEngine engine({.modelPath = goldenModel(family), .contextTokens = 512, .threads = 1});
        ChatRequest request = conversation();
        request.maximumTokens = 4;
        engine.answer(request, {}, {});
        request.messages.back().text += " Or six?";
        const int told = engine.preview(request, kNone).cachedTokens;
        EXPECT_EQ(engine.answer(request, {}, {}).reusedTokens, told) << family;
    }
}

TEST(PromptPreview, ThoughtsAndAContinuedAnswerAreTold) {
    const tests::TempDir folder;
    const auto path = folder / "model.gguf";
    tests::GgufImage image = tests::tinyModel();
    image.set(
        "tokenizer.chat_template",
        tests::text("{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.reasoning_content %}<think>"
                    "{{ m.reasoning_content }}</think>{% endif %}{{ m.content | trim }}<|im_end|>\n"
                    "{% endfor %}<|im_start|>assistant\n{{ '<think>\n' }}"));
    image.write(path);
    LocalEngine engine({.modelPath = path.string(), .threads = 1});
    ChatRequest request;
    request.messages = {{Role::User, "  Why? ", {}}, {Role::Assistant, "So.", "hm"}, {Role::User, "ok", {}}};
    request.continued = PartialAnswer{.reasoning = "let me", .text = "yes", .reasoningClosed = true};
    const PromptPreview preview = engine.preview(request, kAll);
    EXPECT_EQ(textOf(preview), "<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n<think>hm</think>So."
                               "<|im_end|>\n<|im_start|>user\nok<|im_end|>\n<|im_start|>assistant\n<think>\n"
                               "let me\n</think>\n\nyes");
    ASSERT_EQ(preview.messageTokens.size(), 4U);
    EXPECT_THAT(preview.messageTokens, ElementsAre(4, 5, 2, 9)); // letters, as this vocabulary has them
    std::vector<std::string> thoughts;
    for (const PreviewSegment& segment : preview.segments)
        if (segment.origin == PromptOrigin::Reasoning) thoughts.push_back(segment.text);
    EXPECT_THAT(thoughts, ElementsAre("hm", "let me"));
}

TEST(PromptPreview, ListsOnlyWhatWasAskedFor) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    const PromptPreview all = engine.preview(conversation(), kAll);
    const PromptPreview some = engine.preview(conversation(), {5, 3});
    ASSERT_EQ(some.tokens.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(some.tokens[i].id, all.tokens[i + 5].id);
    EXPECT_EQ(engine.preview(conversation(), {all.totalTokens - 1, 9}).tokens.size(), 1U);
    EXPECT_TRUE(engine.preview(conversation(), {1 << 30, 1 << 30}).tokens.empty());
    EXPECT_TRUE(engine.preview(conversation(), {-7, -1}).tokens.empty());
}

} // namespace
} // namespace ponder::engine
