#include "tests/engine/answer/answering.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/places.h"

namespace ponder::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const char* kStarter = PONDER_SOURCE_DIR "/resources/starter/ponder-starter.gguf";
const std::string kTurns =
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}";

ChatRequest letters(const LoadedModel& loaded, int budget) {
    ChatRequest request = question("Why?", 30);
    request.sampling.logitBias = lettersOnly(loaded);
    request.reasoningBudget = budget;
    return request;
}

TEST(ReasoningBudget, ClosesTheThoughtAndTheAnswerBegins) {
    for (const char* opener : {"<think>", "<thinking>", "[THINK]", "<|begin_of_thought|>"}) {
        SCOPED_TRACE(opener);
        const TemplateModel model(kTurns + "<|im_start|>assistant\n" + opener + "{{ '\n' }}", allMarks());
        LocalEngine engine({.modelPath = model.path(), .contextTokens = 512, .threads = 1});
        const ChatRequest request = letters(engine.loaded(), 10);
        const Heard heard = ask(engine, request);
        EXPECT_EQ(heard.reasoning.size(), 10u) << heard.reasoning;
        EXPECT_FALSE(heard.text.empty());
        EXPECT_TRUE(heard.summary.reasoningCut);
        const auto closing = static_cast<int>(closingTokens(engine.loaded(), "x").size());
        EXPECT_GE(heard.summary.reasoningTokens, 10);
        EXPECT_LE(heard.summary.reasoningTokens, 10 + closing);
        EXPECT_EQ(heard.summary.answerTokens, 30);
        EXPECT_EQ(heard.text.size(), static_cast<std::size_t>(30 - 10 - closing));
        EXPECT_EQ(heard.pieceTokens, 30) << "every token is in some piece";
        EXPECT_EQ(heard.summary.stop, StopReason::TokenLimit);
    }
}

TEST(ReasoningBudget, ClosesTheChannelOfAHarmonyThought) {
    const TemplateModel model(kTurns + "<|start|>assistant<|channel|>analysis<|message|>", allMarks());
    LocalEngine engine({.modelPath = model.path(), .contextTokens = 512, .threads = 1});
    ChatRequest request = letters(engine.loaded(), 6);
    request.maximumTokens = 60;
    const Heard heard = ask(engine, request);
    EXPECT_EQ(heard.reasoning.size(), 6u) << heard.reasoning;
    EXPECT_FALSE(heard.text.empty());
    EXPECT_TRUE(heard.summary.reasoningCut);
}

TEST(ReasoningBudget, ClosesMarksThatAreOrdinaryText) {
    const TemplateModel model(kTurns + "<|im_start|>assistant\n<think>{{ '\n' }}", {});
    LocalEngine engine({.modelPath = model.path(), .contextTokens = 512, .threads = 1});
    ASSERT_EQ(engine.info().reasoningFormat, "think-text");
    ChatRequest request = letters(engine.loaded(), 6);
    request.maximumTokens = 60;
    const Heard heard = ask(engine, request);
    EXPECT_EQ(heard.reasoning.size(), 6u) << heard.reasoning;
    EXPECT_FALSE(heard.text.empty());
    EXPECT_EQ(heard.text.find("think"), std::string::npos);
}

TEST(ReasoningBudget, WithoutOneOrBelowItNothingIsCut) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    const Heard free = ask(engine, question("What is 347 + 588?", 0));
    EXPECT_FALSE(free.summary.reasoningCut);
    ASSERT_GT(free.summary.reasoningTokens, 10);
    ChatRequest request = question("What is 347 + 588?", 0);
    request.reasoningBudget = free.summary.reasoningTokens + 1;
    const Heard roomy = ask(engine, request);
    EXPECT_FALSE(roomy.summary.reasoningCut);
    EXPECT_EQ(roomy.reasoning, free.reasoning);
    EXPECT_EQ(roomy.text, free.text);
}

TEST(ReasoningBudget, TheStarterAnswersWhenItsBudgetIsSpent) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    const Heard free = ask(engine, question("What is 347 + 588?", 0));
    ChatRequest request = question("What is 347 + 588?", 0);
    request.reasoningBudget = 8;
    const Heard cut = ask(engine, request);
    EXPECT_TRUE(cut.summary.reasoningCut);
    EXPECT_LT(cut.summary.reasoningTokens, free.summary.reasoningTokens);
    EXPECT_TRUE(free.reasoning.starts_with(cut.reasoning)) << cut.reasoning;
    EXPECT_FALSE(cut.text.empty());
    EXPECT_EQ(cut.summary.stop, StopReason::EndOfAnswer);
}

TEST(ReasoningBudget, ThatDoesNotFitIntoTheContextFillsItAndEnds) {
    const TemplateModel model(kTurns + "<|im_start|>assistant\n<think>{{ '\n' }}", allMarks());
    LocalEngine probe({.modelPath = model.path(), .contextTokens = 512, .threads = 1});
    ChatRequest request = letters(probe.loaded(), 5);
    const int prompt = probe.preview(request, {}).totalTokens;
    LocalEngine engine({.modelPath = model.path(), .contextTokens = prompt + 6, .threads = 1});
    request.maximumTokens = 0;
    const Heard heard = ask(engine, request);
    EXPECT_EQ(heard.summary.stop, StopReason::ContextFull);
    EXPECT_EQ(heard.summary.answerTokens, 6);
}

TEST(ReasoningBudget, QwensLastWordsEndItsThought) {
    LocalEngine engine({.modelPath = goldenModel("qwen3"), .contextTokens = 512, .threads = 1});
    EXPECT_NE(engine.loaded().reasoning.lastWords.find("limited time"), std::string::npos);
    LocalEngine other({.modelPath = goldenModel("llama"), .contextTokens = 512, .threads = 1});
    EXPECT_TRUE(other.loaded().reasoning.lastWords.empty());
}

std::vector<std::string> effortsOf(const std::string& source) {
    const TemplateModel model(source, allMarks());
    const LoadedModel loaded(model.path(), GgufFile::Access::Vocabulary);
    EXPECT_EQ(loaded.templateSource, source);
    return loaded.describe().reasoningEfforts;
}

TEST(ReasoningEffort, IsOfferedAsTheTemplateTellsItApart) {
    EXPECT_THAT(effortsOf("{{ messages[0].content }}"), IsEmpty());
    EXPECT_THAT(effortsOf("{{ messages[0].content }}{# reasoning_effort #}"), IsEmpty());
    EXPECT_THAT(effortsOf("Reasoning: {{ reasoning_effort or 'medium' }}"),
                ElementsAre("low", "medium", "high"));
    EXPECT_THAT(effortsOf("{% if reasoning_effort == 'high' %}Think hard.{% endif %}"),
                ElementsAre("low", "high"));
    EXPECT_THAT(
        effortsOf("{% if reasoning_effort == 'max' %}Think long.{% elif reasoning_effort == \"high\" %}"
                  "Think.{% endif %}"),
        ElementsAre("low", "high", "max"));
}

TEST(ReasoningEffort, ReachesThePrompt) {
    LocalEngine engine({.modelPath = goldenModel("gpt-oss"), .contextTokens = 2048, .threads = 1});
    EXPECT_THAT(engine.info().reasoningEfforts, ElementsAre("low", "medium", "high"));
    ChatRequest request = question("Hi");
    request.reasoningEffort = "high";
    std::string text;
    for (const PreviewSegment& segment : engine.preview(request, {}).segments) text += segment.text;
    EXPECT_NE(text.find("Reasoning: high"), std::string::npos);
}

} // namespace
} // namespace ponder::engine
