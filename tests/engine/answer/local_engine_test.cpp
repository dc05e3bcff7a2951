#include "engine/local_engine.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>

#include "tests/places.h"

namespace ponder::engine {
namespace {

std::string golden(const std::string& name) {
    return std::string(PONDER_SOURCE_DIR) + "/tests/golden/models/" + name + "/model.gguf";
}

ChatRequest question(const std::string& text, int maximumTokens = 24) {
    ChatRequest request;
    request.messages = {{.role = Role::User, .text = text, .reasoning = {}}};
    request.sampling.temperature = 0.0f;
    request.maximumTokens = maximumTokens;
    return request;
}

struct Answer {
    std::string text;
    AnswerSummary summary;
};

Answer ask(Engine& engine, const ChatRequest& request, std::stop_token stop = {}) {
    Answer answer;
    AnswerSink sink;
    sink.piece = [&](const AnswerPiece& piece) { answer.text += piece.text; };
    answer.summary = engine.answer(request, sink, stop);
    return answer;
}

TEST(LocalEngine, GreedyAnswersRepeat) {
    LocalEngine engine({.modelPath = golden("qwen3moe")});
    const Answer first = ask(engine, question("Hello"));
    const Answer second = ask(engine, question("Hello"));
    EXPECT_EQ(first.text, second.text);
    EXPECT_EQ(first.summary.stop, StopReason::TokenLimit);
    EXPECT_EQ(first.summary.answerTokens, 24);
}

TEST(LocalEngine, TheSameSeedDrawsTheSameAnswer) {
    LocalEngine engine({.modelPath = golden("llama")});
    ChatRequest request = question("Hello");
    request.sampling.temperature = 1.0f;
    request.sampling.seed = 42;
    const Answer first = ask(engine, request);
    EXPECT_EQ(ask(engine, request).text, first.text);
    EXPECT_EQ(first.summary.seed, 42u);
    request.sampling.seed = 43;
    EXPECT_NE(ask(engine, request).text, first.text);
}

TEST(LocalEngine, ThreadsDoNotChangeTheAnswer) {
    std::string expected;
    for (int threads : {1, 2, 5}) {
        LocalEngine engine({.modelPath = golden("deepseek2-v3"), .threads = threads});
        const Answer answer = ask(engine, question("Hello there"));
        if (expected.empty()) expected = answer.text;
        EXPECT_EQ(answer.text, expected);
    }
}

TEST(LocalEngine, TheNextTurnEvaluatesOnlyWhatIsNew) {
    LocalEngine engine({.modelPath = golden("llama")});
    const Answer first = ask(engine, question("Hello"));
    EXPECT_EQ(first.summary.reusedTokens, 0);
    ChatRequest next = question("Hello");
    next.messages.push_back({.role = Role::Assistant, .text = first.text, .reasoning = {}});
    next.messages.push_back({.role = Role::User, .text = "And then?", .reasoning = {}});
    EXPECT_GT(ask(engine, next).summary.reusedTokens, first.summary.promptTokens / 2);
}

TEST(LocalEngine, AnAnswerStoppedHalfWayGoesOnAsIfItHadNotBeen) {
    LocalEngine engine({.modelPath = golden("llama")});
    const Answer whole = ask(engine, question("Hello", 30));
    const Answer half = ask(engine, question("Hello", 15));
    ChatRequest rest = question("Hello", 15);
    rest.continued = PartialAnswer{.reasoning = {}, .text = half.text, .reasoningClosed = false};
    // Invented tokens need not be how the tokenizer would cut the same text, so only the start must agree.
    EXPECT_TRUE(whole.text.starts_with(half.text));
    EXPECT_GT(ask(engine, rest).summary.reusedTokens, half.summary.promptTokens / 2);
}

TEST(LocalEngine, StopIsHeardWithinATenthOfASecond) {
    LocalEngine engine({.modelPath = golden("llama")});
    std::stop_source stop;
    std::chrono::steady_clock::time_point asked;
    int pieces = 0;
    AnswerSink sink;
    sink.piece = [&](const AnswerPiece&) {
        if (++pieces != 3) return;
        asked = std::chrono::steady_clock::now();
        stop.request_stop();
    };
    const AnswerSummary summary = engine.answer(question("Hello", 2000), sink, stop.get_token());
    EXPECT_EQ(summary.stop, StopReason::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::milliseconds(100));
}

TEST(LocalEngine, AFullContextEndsTheAnswer) {
    LocalEngine engine({.modelPath = golden("llama"), .contextTokens = 160});
    const Answer answer = ask(engine, question("Hello", 0));
    EXPECT_EQ(answer.summary.stop, StopReason::ContextFull);
    EXPECT_EQ(answer.summary.promptTokens + answer.summary.answerTokens, 160);
}

TEST(LocalEngine, APromptLongerThanTheContextIsRefusedWithTheNumbers) {
    LocalEngine engine({.modelPath = golden("llama"), .contextTokens = 64});
    try {
        ask(engine, question(std::string(5000, 'x')));
        FAIL() << "the prompt was accepted";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("64"), std::string::npos);
    }
}

TEST(LocalEngine, WeightsThatAreNotNumbersEndTheAnswerWithOneSentence) {
    const tests::TempDir folder;
    const auto copy = folder / "model.gguf";
    std::filesystem::copy_file(golden("llama"), copy);
    std::uint64_t offset = 0;
    {
        const GgufFile file = GgufFile::open(copy.string(), GgufFile::Access::Header);
        offset = file.findTensor("output_norm.weight")->fileOffset;
    }
    {
        std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(offset));
        const float nan = std::numeric_limits<float>::quiet_NaN();
        file.write(reinterpret_cast<const char*>(&nan), sizeof nan);
    }
    LocalEngine engine({.modelPath = copy.string()});
    EXPECT_THROW(ask(engine, question("Hello")), Error);
}

TEST(LocalEngine, CancellingTheLoadSaysSo) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(LocalEngine({.modelPath = golden("llama"), .stop = stop.get_token()}), Error);
}

TEST(LocalEngine, StopTextsEndTheAnswerBeforeThem) {
    LocalEngine engine({.modelPath = golden("llama")});
    const Answer whole = ask(engine, question("Hello", 24));
    ASSERT_GT(whole.text.size(), 4u);
    ChatRequest request = question("Hello", 24);
    request.sampling.stopTexts = {whole.text.substr(whole.text.size() / 2, 2)};
    const Answer cut = ask(engine, request);
    EXPECT_EQ(cut.summary.stop, StopReason::StopText);
    EXPECT_EQ(cut.text, whole.text.substr(0, whole.text.find(request.sampling.stopTexts[0])));
}

} // namespace
} // namespace ponder::engine
