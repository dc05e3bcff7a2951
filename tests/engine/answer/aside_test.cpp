// Questions beside a chat cost the chat nothing.

#include "tests/engine/answer/answering.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/places.h"

namespace ponder::engine {
namespace {

const char* kStarter = PONDER_SOURCE_DIR "/resources/starter/ponder-starter.gguf";

ChatRequest titleOf(const ChatRequest& chat, const std::string& answer) {
    ChatRequest request = chat;
    request.messages.push_back({.role = Role::Assistant, .text = answer, .reasoning = {}});
    request.messages.push_back({.role = Role::User, .text = "Write a title.", .reasoning = {}});
    request.kind = RequestKind::Aside;
    request.reasoning = ReasoningMode::Off;
    request.maximumTokens = 12;
    return request;
}

ChatRequest nextTurn(const ChatRequest& chat, const std::string& answer) {
    ChatRequest request = chat;
    request.messages.push_back({.role = Role::Assistant, .text = answer, .reasoning = {}});
    request.messages.push_back({.role = Role::User, .text = "And then?", .reasoning = {}});
    return request;
}

class Aside : public testing::TestWithParam<const char*> {};

TEST_P(Aside, LeavesEveryTokenOfTheChatInTheCache) {
    LocalEngine alone({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    LocalEngine disturbed({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    const ChatRequest chat = question("Hello there, how are you?", 16);
    const Heard answer = ask(alone, chat);
    ask(disturbed, chat);
    const std::vector<TokenId> before = disturbed.timeline().tokens();
    ask(disturbed, titleOf(chat, answer.text));
    EXPECT_EQ(disturbed.timeline().tokens(), before);
    const Heard next = ask(alone, nextTurn(chat, answer.text));
    const Heard nextDisturbed = ask(disturbed, nextTurn(chat, answer.text));
    EXPECT_EQ(nextDisturbed.summary.reusedTokens, next.summary.reusedTokens);
    EXPECT_EQ(nextDisturbed.text, next.text);
}

TEST_P(Aside, EvaluatesNothingOfTheChatAgainAndAnswersTheSame) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    const ChatRequest chat = question("Hello there, how are you?", 16);
    const Heard answer = ask(engine, chat);
    const Heard forked = ask(engine, titleOf(chat, answer.text));
    EXPECT_GT(forked.summary.reusedTokens, 0);
    LocalEngine fresh({.modelPath = GetParam(), .contextTokens = 512, .threads = 1});
    const Heard whole = ask(fresh, titleOf(chat, answer.text));
    EXPECT_EQ(whole.summary.reusedTokens, 0);
    EXPECT_EQ(forked.text, whole.text);
    EXPECT_TRUE(fresh.timeline().tokens().empty());
}

TEST_P(Aside, StopsWithinALayer) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 2048, .threads = 1});
    ChatRequest request = titleOf(question("Hello"), "Hi");
    request.maximumTokens = 0;
    request.sampling.logitBias[engine.loaded().tokenizer.eos()] = -1000;
    std::stop_source stop;
    std::chrono::steady_clock::time_point asked;
    AnswerSink sink;
    sink.piece = [&](const AnswerPiece&) {
        if (stop.stop_requested()) return;
        asked = std::chrono::steady_clock::now();
        stop.request_stop();
    };
    EXPECT_EQ(engine.answer(request, sink, stop.get_token()).stop, StopReason::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::milliseconds(100));
}

TEST_P(Aside, HasRoomForLittle) {
    LocalEngine engine({.modelPath = GetParam(), .contextTokens = 4096, .threads = 1});
    ChatRequest request = titleOf(question("Hello"), std::string(9000, 'x'));
    EXPECT_THROW(ask(engine, request), Error);
    request = titleOf(question("Hello"), "Hi");
    request.maximumTokens = 0;
    request.sampling.logitBias[engine.loaded().tokenizer.eos()] = -1000;
    const Heard heard = ask(engine, request);
    EXPECT_LE(heard.summary.promptTokens + heard.summary.answerTokens, kAsideTokens);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Aside,
                         testing::Values(kStarter, PONDER_SOURCE_DIR "/tests/golden/models/llama/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/gemma3/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/lfm2/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/qwen3next/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/gpt-oss/model.gguf",
                                         PONDER_SOURCE_DIR "/tests/golden/models/phi3/model.gguf"),
                         [](const auto& info) { return "Model" + std::to_string(info.index); });

} // namespace
} // namespace ponder::engine
