#include "tests/engine/answer/answering.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/places.h"

namespace ponder::engine {
namespace {

const char* kStarter = PONDER_SOURCE_DIR "/resources/starter/ponder-starter.gguf";

struct Look {
    std::vector<ExaminedToken> tokens;
    ExamineSummary summary;
};

Look examine(Engine& engine, const ExamineRequest& request, std::stop_token stop = {}) {
    Look look;
    ExamineSink sink;
    sink.token = [&](const ExaminedToken& token) { look.tokens.push_back(token); };
    look.summary = engine.examine(request, sink, stop);
    return look;
}

ExamineRequest about(const ChatRequest& chat, const Heard& answer, int alternatives = 5) {
    ExamineRequest request{.chat = chat, .alternatives = alternatives};
    request.chat.continued = PartialAnswer{
        .reasoning = answer.reasoning, .text = answer.text, .reasoningClosed = !answer.text.empty()};
    return request;
}

/// Probabilities as a forward pass of its own gives them.
std::vector<float> softmaxBefore(const LocalEngine& engine, std::vector<TokenId> tokens,
                                 std::size_t position) {
    tokens.resize(position);
    CpuBackend backend(1);
    Decoder decoder(engine.loaded().model, backend, 512);
    KvCache cache(engine.loaded().model.config(), kernels::CacheType::F16, 512);
    decoder.forward(tokens, cache, LogitsOf::LastToken, {});
    std::vector<float> probabilities(decoder.logits().begin(), decoder.logits().end());
    const float largest = *std::max_element(probabilities.begin(), probabilities.end());
    double sum = 0;
    for (float& number : probabilities) sum += number = std::exp(number - largest);
    for (float& number : probabilities) number = static_cast<float>(number / sum);
    return probabilities;
}

class Examine : public testing::TestWithParam<const char*> {};

TEST_P(Examine, GivesTheModelsOwnProbabilities) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    ChatRequest chat = question("What is 347 + 588?", 20);
    chat.sampling.temperature = 1.5f; // what the answer was drawn with does not matter
    chat.sampling.seed = 3;
    const Heard answer = ask(engine, chat);
    const Look look = examine(engine, about(chat, answer));
    ASSERT_GT(look.tokens.size(), 5u);
    EXPECT_EQ(look.summary.tokens, static_cast<int>(look.tokens.size()));
    EXPECT_EQ(look.summary.end, ExamineEnd::Complete);

    const std::vector<TokenId> history = engine.timeline().tokens();
    const std::size_t first = history.size() - look.tokens.size();
    for (const std::size_t i : {std::size_t{0}, std::size_t{3}, look.tokens.size() - 1}) {
        const ExaminedToken& token = look.tokens[i];
        EXPECT_EQ(token.id, history[first + i]);
        const std::vector<float> expected = softmaxBefore(engine, history, first + i);
        EXPECT_NEAR(token.probability, expected[static_cast<std::size_t>(token.id)], 1e-3) << i;
        ASSERT_EQ(token.alternatives.size(), 5u);
        const auto most = std::max_element(expected.begin(), expected.end());
        EXPECT_NEAR(token.alternatives[0].probability, *most, 1e-3);
        for (std::size_t k = 1; k < 5; ++k)
            EXPECT_LE(token.alternatives[k].probability, token.alternatives[k - 1].probability);
        for (const TokenAlternative& other : token.alternatives)
            EXPECT_NEAR(other.probability, expected[static_cast<std::size_t>(other.id)], 1e-3);
    }
}

TEST_P(Examine, SaysWhereEachTokenStands) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    const ChatRequest chat = question("What is 347 + 588?");
    Heard answer;
    answer.text = "The sum is 935.\n\nDone.";
    if (engine.loaded().reasoning.hasThoughts()) answer.reasoning = "7 + 8 = 15, carry 1.";
    const Look look = examine(engine, about(chat, answer, 1));
    std::string reasoning, text;
    for (const ExaminedToken& token : look.tokens) {
        if (token.part == PromptOrigin::Markup) continue;
        std::string& part = token.part == PromptOrigin::Text ? text : reasoning;
        // Where the words of a part begin, white space that stands before them may be missing.
        EXPECT_NEAR(token.offset, static_cast<int>(part.size()), 1) << token.text;
        part += token.text;
        EXPECT_EQ(token.alternatives.size(), 1u);
    }
    EXPECT_NE(text.find("sum is 935."), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("Done.")) << text;
    // Its last token may reach into the markup behind it.
    EXPECT_NE(reasoning.find(answer.reasoning), std::string::npos) << reasoning;
}

TEST_P(Examine, LeavesThePrefixToTheNextTurn) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    ChatRequest chat = question("What is 347 + 588?", 12);
    const Heard answer = ask(engine, chat);
    const Look look = examine(engine, about(chat, answer));
    EXPECT_GT(look.summary.reusedTokens, 0);
    const int prompt = answer.summary.promptTokens;
    ASSERT_GE(engine.timeline().tokens().size(), static_cast<std::size_t>(prompt));
    ChatRequest next = chat;
    next.messages.push_back({.role = Role::Assistant, .text = answer.text, .reasoning = {}});
    next.messages.push_back({.role = Role::User, .text = "And then?", .reasoning = {}});
    LocalEngine unexamined({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    ask(unexamined, chat);
    const Heard examined = ask(engine, next);
    const Heard plain = ask(unexamined, next);
    EXPECT_EQ(examined.text, plain.text);
    // A short convolution goes back to where the answer begins, one token earlier at most.
    EXPECT_GE(examined.summary.reusedTokens, std::min(plain.summary.reusedTokens, prompt) - 16);
}

INSTANTIATE_TEST_SUITE_P(Models, Examine,
                         testing::Values(kStarter, PONDER_SOURCE_DIR "/tests/golden/models/llama/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/gemma3/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/lfm2/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/qwen3next/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/gpt-oss/model.gguf"),
                         [](const auto& info) { return "Model" + std::to_string(info.index); });

TEST(ExamineStarter, IsSureOfItsSums) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    const ChatRequest chat = question("What is 347 + 588?", 0);
    const Heard answer = ask(engine, chat);
    ASSERT_NE(answer.text.find("935"), std::string::npos) << answer.text;
    const Look look = examine(engine, about(chat, answer));
    double sum = 0;
    int first = 0;
    for (const ExaminedToken& token : look.tokens) {
        sum += token.probability;
        first += token.alternatives[0].id == token.id;
    }
    const auto count = static_cast<double>(look.tokens.size());
    EXPECT_GT(sum / count, 0.8);
    EXPECT_GT(first / count, 0.9) << "it was answered greedily";
}

TEST(ExamineStopped, SaysSoAndNothingIsLost) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    const ChatRequest chat = question("What is 347 + 588?", 0);
    const Heard answer = ask(engine, chat);
    std::stop_source stop;
    std::vector<ExaminedToken> tokens;
    ExamineSink sink;
    sink.token = [&](const ExaminedToken& token) {
        tokens.push_back(token);
        stop.request_stop();
    };
    EXPECT_EQ(engine.examine(about(chat, answer), sink, stop.get_token()).end, ExamineEnd::Cancelled);
    EXPECT_LT(tokens.size(), static_cast<std::size_t>(answer.summary.answerTokens));
    EXPECT_EQ(ask(engine, chat).text, answer.text);
}

TEST(ExamineNothing, IsRefusedOrEmpty) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    ExamineRequest request{.chat = question("Hello"), .alternatives = 3};
    EXPECT_THROW(engine.examine(request, {}, {}), Error);
    request.chat.continued.emplace();
    EXPECT_EQ(engine.examine(request, {}, {}).tokens, 0);
}

} // namespace
} // namespace ponder::engine
