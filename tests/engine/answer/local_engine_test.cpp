#include "tests/engine/answer/answering.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>

namespace ponder::engine {
namespace {

TEST(LocalEngine, GreedyAnswersRepeat) {
    LocalEngine engine({.modelPath = goldenModel("qwen3moe")});
    const Heard first = ask(engine, question("Hello"));
    const Heard second = ask(engine, question("Hello"));
    EXPECT_EQ(first.text, second.text);
    EXPECT_EQ(first.summary.stop, StopReason::TokenLimit);
    EXPECT_EQ(first.summary.answerTokens, 24);
}

TEST(LocalEngine, TheSameSeedDrawsTheSameAnswer) {
    LocalEngine engine({.modelPath = goldenModel("llama")});
    ChatRequest request = question("Hello");
    request.sampling.temperature = 1.0f;
    request.sampling.seed = 42;
    const Heard first = ask(engine, request);
    EXPECT_EQ(ask(engine, request).text, first.text);
    EXPECT_EQ(first.summary.seed, 42u);
    request.sampling.seed = 43;
    EXPECT_NE(ask(engine, request).text, first.text);
}

TEST(LocalEngine, ThreadsDoNotChangeTheAnswer) {
    std::string expected;
    for (int threads : {1, 2, 5}) {
        LocalEngine engine({.modelPath = goldenModel("deepseek2-v3"), .threads = threads});
        const Heard answer = ask(engine, question("Hello there"));
        if (expected.empty()) expected = answer.text;
        EXPECT_EQ(answer.text, expected);
    }
}

TEST(LocalEngine, TheNextTurnEvaluatesOnlyWhatIsNew) {
    LocalEngine engine({.modelPath = goldenModel("llama")});
    const Heard first = ask(engine, question("Hello"));
    EXPECT_EQ(first.summary.reusedTokens, 0);
    ChatRequest next = question("Hello");
    next.messages.push_back({.role = Role::Assistant, .text = first.text, .reasoning = {}});
    next.messages.push_back({.role = Role::User, .text = "And then?", .reasoning = {}});
    EXPECT_GT(ask(engine, next).summary.reusedTokens, first.summary.promptTokens / 2);
}

TEST(LocalEngine, StopIsHeardWithinATenthOfASecond) {
    LocalEngine engine({.modelPath = goldenModel("llama")});
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
    LocalEngine engine({.modelPath = goldenModel("llama"), .contextTokens = 160});
    const Heard answer = ask(engine, question("Hello", 0));
    EXPECT_EQ(answer.summary.stop, StopReason::ContextFull);
    EXPECT_EQ(answer.summary.promptTokens + answer.summary.answerTokens, 160);
}

TEST(LocalEngine, APromptLongerThanTheContextIsRefusedWithTheNumbers) {
    LocalEngine engine({.modelPath = goldenModel("llama"), .contextTokens = 64});
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
    std::filesystem::copy_file(goldenModel("llama"), copy);
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
    EXPECT_THROW(LocalEngine({.modelPath = goldenModel("llama"), .stop = stop.get_token()}), Error);
}

TEST(LocalEngine, StopTextsEndTheAnswerBeforeThem) {
    LocalEngine engine({.modelPath = goldenModel("llama")});
    const Heard whole = ask(engine, question("Hello", 24));
    ASSERT_GT(whole.text.size(), 4u);
    ChatRequest request = question("Hello", 24);
    request.sampling.stopTexts = {whole.text.substr(whole.text.size() / 2, 2)};
    const Heard cut = ask(engine, request);
    EXPECT_EQ(cut.summary.stop, StopReason::StopText);
    EXPECT_EQ(cut.text, whole.text.substr(0, whole.text.find(request.sampling.stopTexts[0])));
}

} // namespace
} // namespace ponder::engine
