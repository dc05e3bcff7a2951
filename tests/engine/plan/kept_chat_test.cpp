// What is kept of a chat from one engine to the next: in this process, and through the sandbox of another.

#include "engine/engine.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>

#include "tests/places.h"

namespace ponder::engine {
namespace {

class KeptChat : public testing::TestWithParam<bool> {
protected:
    KeptChat() { tests::tinyModel({.family = tests::TinyFamily::Qwen3Next}).write(model_); }

    std::unique_ptr<Engine> start() const {
        EngineOptions options;
        options.modelPath = model_.string();
        options.threads = 2;
        options.hostProgram = PONDER_BINARY_DIR "/bin/ponder-engine";
        options.inProcess = GetParam();
        options.snapshotFolder = snapshots_.string();
        return openEngine(options);
    }
    static ChatRequest firstTurn(const std::string& chat) {
        ChatRequest request;
        request.messages = {{Role::User, std::string(300, 'a') + " and why?", {}}};
        request.sampling.temperature = 0.0f;
        request.maximumTokens = 20;
        request.chat = chat;
        return request;
    }
    struct Said {
        std::string text;
        AnswerSummary summary;
    };
    static Said ask(Engine& engine, const ChatRequest& request) {
        Said said;
        said.summary =
            engine.answer(request, {.piece = [&](const AnswerPiece& piece) { said.text += piece.text; }}, {});
        return said;
    }
    static ChatRequest nextTurn(const std::string& chat) {
        ChatRequest request = firstTurn(chat);
        request.messages.push_back({Role::Assistant, "Because.", {}});
        request.messages.push_back({Role::User, "And then?", {}});
        return request;
    }
    std::size_t files() const {
        if (!std::filesystem::exists(snapshots_)) return 0;
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(snapshots_), {}));
    }

    tests::TempDir folder_;
    std::filesystem::path model_ = folder_ / "model.gguf";
    std::filesystem::path snapshots_ = folder_ / "state/snapshots";
};

TEST_P(KeptChat, IsGoneOnWithAfterARestart) {
    const int evaluated = ask(*start(), firstTurn("chat")).summary.promptTokens;
    EXPECT_EQ(files(), 1u);
    const auto engine = start();
    EXPECT_GT(engine->preview(nextTurn("chat"), {}).cachedTokens, evaluated - 20);
    const Said later = ask(*engine, nextTurn("chat"));
    EXPECT_GT(later.summary.reusedTokens, evaluated - 20);
    forgetOtherSnapshots(snapshots_.string(), {});
    const Said plain = ask(*start(), nextTurn(""));
    EXPECT_EQ(plain.summary.reusedTokens, 0);
    EXPECT_EQ(later.text, plain.text);
}

TEST_P(KeptChat, LongBehindAWindowIsGoneOnWithAfterARestart) {
    tests::tinyModel({.family = tests::TinyFamily::Deepseek4, .contextTokens = 8192}).write(model_);
    const auto turn = [](ChatRequest request) {
        request.messages.front().text = std::string(2500, 'a') + " and why?";
        return request;
    };
    const int evaluated = ask(*start(), turn(firstTurn("chat"))).summary.promptTokens;
    EXPECT_GT(evaluated, 2500) << "more than what lies before a window in memory";
    const Said later = ask(*start(), turn(nextTurn("chat")));
    EXPECT_GT(later.summary.reusedTokens, evaluated - 20);
    EXPECT_EQ(later.text, ask(*start(), turn(nextTurn(""))).text);
}

TEST_P(KeptChat, OfATemporaryOneThereIsNothing) {
    ask(*start(), firstTurn(""));
    EXPECT_EQ(files(), 0u);
}

TEST_P(KeptChat, ComesBackAfterAnotherChat) {
    const auto engine = start();
    ask(*engine, firstTurn("chat"));
    ChatRequest other = firstTurn("other");
    other.messages.front().text = std::string(300, 'b');
    EXPECT_LT(ask(*engine, other).summary.reusedTokens, 32);
    EXPECT_GT(ask(*engine, nextTurn("chat")).summary.reusedTokens, 280);
}

TEST_P(KeptChat, TheEngineSaysWhereItWrites) {
    const std::string words = start()->confinement();
    EXPECT_THAT(words, testing::HasSubstr(GetParam() ? "inside this program" : "writes none but what"));
}

std::string nameOf(const testing::TestParamInfo<bool>& info) {
    return info.param ? "InThisProcess" : "InAConfinedOne";
}

INSTANTIATE_TEST_SUITE_P(Engines, KeptChat, testing::Bool(), nameOf);

} // namespace
} // namespace ponder::engine
