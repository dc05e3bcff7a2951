// Answers that go on: where they were stopped, from an edited thought, with the thought closed for them, from
// a token of theirs.

#include "engine/prompt.h"
#include "tests/engine/answer/answering.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/places.h"

namespace ponder::engine {
namespace {

const char* kStarter = PONDER_SOURCE_DIR "/resources/starter/ponder-starter.gguf";

std::string joined(const std::vector<PromptSegment>& segments, std::size_t from = 0) {
    std::string text;
    for (std::size_t i = from; i < segments.size(); ++i) text += segments[i].text;
    return text;
}

class Continued : public testing::TestWithParam<const char*> {};

TEST_P(Continued, AnAnswerStoppedHalfWayGoesOnAsIfItHadNot) {
    LocalEngine engine({.modelPath = goldenModel(GetParam()), .contextTokens = 512, .threads = 1});
    const Heard whole = ask(engine, question("Hello there", 30));
    for (const int tokens : {1, 7, 15, 29}) {
        const Heard half = ask(engine, question("Hello there", tokens));
        ChatRequest rest = question("Hello there", 30 - tokens);
        rest.continued = PartialAnswer{.reasoning = half.reasoning, .text = half.text};
        if (half.reasoning.empty() && half.text.empty()) continue;
        const Heard after = ask(engine, rest);
        if (!half.text.ends_with("\xEF\xBF\xBD")) { // half a character is lost when it is stopped there
            EXPECT_EQ(half.text + after.text, whole.text) << tokens;
            EXPECT_GE(after.summary.reusedTokens, half.summary.promptTokens + tokens - 1);
        }
    }
}

TEST_P(Continued, ATokenChosenInsteadBeginsABranch) {
    LocalEngine engine({.modelPath = goldenModel(GetParam()), .contextTokens = 512, .threads = 1});
    ExamineRequest look{.chat = question("Hello there"), .alternatives = 3};
    look.chat.continued = PartialAnswer{.reasoning = {}, .text = "hello, it ends where it began"};
    std::vector<ExaminedToken> tokens;
    engine.examine(
        look, {.token = [&](const ExaminedToken& token) { tokens.push_back(token); }, .progress = {}}, {});
    ASSERT_GT(tokens.size(), 8u);

    ChatRequest branch = question("Hello there", 5);
    branch.continued.emplace();
    for (std::size_t i = 0; i < 6; ++i) branch.continued->tokens.push_back(tokens[i].id);
    const TokenId chosen = tokens[6].alternatives[1].id;
    branch.continued->tokens.push_back(chosen);
    const Heard branched = ask(engine, branch);
    std::string before;
    for (std::size_t i = 0; i < 6; ++i) before += std::string(engine.loaded().tokenizer.bytes(tokens[i].id));
    EXPECT_EQ((branched.reasoning + branched.text).substr(0, std::min<std::size_t>(before.size(), 3)),
              before.substr(0, 3));
    const auto& history = engine.timeline().tokens();
    EXPECT_EQ(history[static_cast<std::size_t>(branched.summary.promptTokens) - 1], chosen);
    EXPECT_EQ(branched.summary.promptTokens, engine.preview(branch, {}).totalTokens);
    EXPECT_GE(branched.summary.reusedTokens, 6);
}

INSTANTIATE_TEST_SUITE_P(Families, Continued,
                         testing::Values("llama", "gemma3", "lfm2", "qwen3next", "deepseek2-v3", "gpt-oss",
                                         "qwen3moe"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::erase(name, '-');
                             return name;
                         });

TEST(ContinuedAnswer, TokensOfAnotherModelAreRefused) {
    LocalEngine engine({.modelPath = goldenModel("llama"), .contextTokens = 512, .threads = 1});
    ChatRequest request = question("Hello");
    request.continued.emplace();
    for (const TokenId bad : {-1, 1 << 30}) {
        request.continued->tokens = {5, bad};
        EXPECT_THROW(ask(engine, request), Error);
        EXPECT_THROW(engine.preview(request, {}), Error);
    }
}

TEST(ContinuedAnswer, ABranchIntoTheEndOfTheAnswerEndsIt) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    ChatRequest request = question("What is 3 + 4?");
    const Tokenizer& tokenizer = engine.loaded().tokenizer;
    request.continued.emplace();
    request.continued->tokens = tokenizer.encode("seven", SpecialTokens::AsText);
    request.continued->tokens.push_back(tokenizer.eos());
    const Heard heard = ask(engine, request);
    EXPECT_EQ(heard.summary.stop, StopReason::EndOfAnswer);
    EXPECT_EQ(heard.summary.answerTokens, 0);
    EXPECT_NE((heard.reasoning + heard.text).find("seven"), std::string::npos);
}

TEST(ContinuedAnswer, TheStarterAnswersAtOnceWhenItsThoughtIsClosed) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    const Heard half = ask(engine, question("What is 347 + 588?", 12));
    ASSERT_FALSE(half.reasoning.empty());
    ASSERT_TRUE(half.text.empty());
    ChatRequest now = question("What is 347 + 588?", 60);
    now.continued = PartialAnswer{.reasoning = half.reasoning, .text = {}, .reasoningClosed = true};
    const Heard answer = ask(engine, now);
    EXPECT_TRUE(answer.reasoning.empty()) << answer.reasoning;
    EXPECT_FALSE(answer.text.empty());
    const auto closing = static_cast<int>(closingTokens(engine.loaded(), half.reasoning).size());
    const int evaluated = answer.summary.promptTokens - answer.summary.reusedTokens;
    EXPECT_LE(evaluated, closing + 1) << "the last word of the thought was drawn, not evaluated";
}

/// A chat template of a real model, in a tiny one that knows all marks.
struct RealTemplate {
    std::string name;
    std::string source;
};

std::vector<RealTemplate> realTemplates() {
    std::vector<RealTemplate> templates;
    const char* named = std::getenv("PONDER_GOLDEN");
    for (const std::filesystem::path& folder :
         {std::filesystem::path(PONDER_SOURCE_DIR) / "tests/golden/templates",
          std::filesystem::path(named ? named : PONDER_GOLDEN_DEFAULT) / "templates"}) {
        if (!std::filesystem::is_directory(folder)) {
            std::cout << "PONDER_GOLDEN is not there: the templates of 48 more models were not tried\n";
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() != ".jinja") continue;
            std::ifstream file(entry.path(), std::ios::binary);
            templates.push_back({entry.path().stem().string(), {std::istreambuf_iterator<char>(file), {}}});
        }
    }
    return templates;
}

void checkThoughts(const RealTemplate& real) {
    SCOPED_TRACE(real.name);
    const TemplateModel model(real.source, allMarks());
    LocalEngine engine({.modelPath = model.path(), .contextTokens = 16384, .threads = 1});
    const LoadedModel& loaded = engine.loaded();
    ASSERT_TRUE(loaded.reasoning.hasThoughts());

    // An edited thought goes on where it ends.
    ChatRequest edited = question("What is 2 + 2?", 8);
    edited.sampling.logitBias = lettersOnly(loaded);
    edited.continued = PartialAnswer{.reasoning = "First, two and two"};
    const PromptText open = composePrompt(loaded, edited);
    const std::string text = joined(open.segments);
    EXPECT_TRUE(text.ends_with("First, two and two"));
    EXPECT_TRUE(promptOpensReasoning(loaded.reasoning, text.substr(0, text.size() - 18)));
    const Heard more = ask(engine, edited);
    EXPECT_EQ(more.reasoning.size(), 8u) << more.reasoning;
    EXPECT_TRUE(more.text.empty()) << more.text;
    EXPECT_EQ(more.summary.reasoningTokens, 8);

    // "Answer now": the thought is closed, and only what closes it is evaluated.
    ChatRequest now = edited;
    now.continued = PartialAnswer{
        .reasoning = "First, two and two" + more.reasoning, .text = {}, .reasoningClosed = true};
    const Heard answer = ask(engine, now);
    EXPECT_TRUE(answer.reasoning.empty()) << answer.reasoning;
    EXPECT_EQ(answer.text.size(), 8u) << answer.text;
    const auto closing = static_cast<int>(closingTokens(loaded, "x").size());
    EXPECT_EQ(answer.summary.promptTokens, more.summary.promptTokens + 8 + closing);
    EXPECT_EQ(answer.summary.reusedTokens, more.summary.promptTokens + 7);

    // Closed with the words as they read, as after a restart.
    const PromptText closed = composePrompt(loaded, now);
    EXPECT_EQ(AnswerSplitter(loaded.reasoning, closed.start).state(), "answer");
    EXPECT_TRUE(joined(closed.segments, closed.answerSegment)
                    .ends_with("First, two and two" + more.reasoning + closingText(loaded.reasoning)));
    LocalEngine fresh({.modelPath = model.path(), .contextTokens = 16384, .threads = 1});
    const Heard afterRestart = ask(fresh, now);
    EXPECT_TRUE(afterRestart.reasoning.empty()) << afterRestart.reasoning;
    EXPECT_EQ(afterRestart.text.size(), 8u) << afterRestart.text;
}

TEST(ContinuedAnswer, EveryThinkingTemplateTakesAnEditedThoughtAndAClosedOne) {
    int tried = 0;
    for (const RealTemplate& real : realTemplates()) {
        const TemplateModel model(real.source, allMarks());
        const LoadedModel loaded(model.path(), GgufFile::Access::Vocabulary);
        const bool isUsed = loaded.templateSource == real.source; // some refuse a chat as plain as ours
        const bool mentions = std::any_of(allMarks().begin(), allMarks().end(), [&](const std::string& mark) {
            return real.source.find(mark) != std::string::npos;
        });
        if (!isUsed || !mentions || !loaded.reasoning.hasThoughts()) continue;
        checkThoughts(real);
        ++tried;
    }
    EXPECT_GE(tried, 4);
    std::cout << tried << " templates were tried\n";
}

TEST(ContinuedAnswer, EveryFormatTakesAnEditedThoughtAndAClosedOne) {
    const std::string turns =
        "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}";
    for (const std::string& mark : allMarks()) {
        if (mark.starts_with("<|channel") || mark.find('/') != std::string::npos ||
            mark.starts_with("<channel") || mark == "<|end_of_thought|>" || mark == "<|start|>" ||
            mark == "<|message|>" || mark == "<|end|>" || mark == "<|return|>")
            continue;
        checkThoughts({"mentions " + mark, turns + "{# " + mark + " #}<|im_start|>assistant\n{{ '' }}"});
        checkThoughts({"opens " + mark, turns + "<|im_start|>assistant\n" + mark + "{{ '\n' }}"});
    }
    checkThoughts({"gemma4", turns + "{# <|channel> #}<|im_start|>assistant\n{{ '' }}"});
    checkThoughts({"harmony", turns + "{# <|channel|> #}<|start|>assistant"});
}

} // namespace
} // namespace ponder::engine
