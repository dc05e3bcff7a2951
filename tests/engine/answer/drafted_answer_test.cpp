// Answers of an engine that drafts whatever it can are those of one that never does. The built-in model with
// a draft head added: thoughts, schemas and ends of answers are real, and guesses are sometimes right.

#include "tests/engine/answer/answering.h"
#include "tests/support/draft_head.h"
#include "tests/support/image_of_file.h"

#include <gtest/gtest.h>

#include <iostream>

#include "tests/places.h"

namespace ponder::engine {
namespace {

const char* kStarter = PONDER_SOURCE_DIR "/resources/starter/ponder-starter.gguf";

class StarterWithHead {
public:
    StarterWithHead() {
        tests::GgufImage image = tests::imageOfFile(kStarter);
        tests::addDraftHead(image, {.guesses = tests::Guesses::AsIfByTokens});
        image.write(folder_ / "model.gguf");
    }

    EngineOptions options() const {
        return {.modelPath = (folder_ / "model.gguf").string(),
                .contextTokens = 1024,
                .expertsInMemory = 1.0,
                .threads = 1};
    }

    const tests::TempDir& folder() const { return folder_; }

private:
    tests::TempDir folder_;
};

void expectSame(const Heard& heard, const Heard& expected) {
    EXPECT_EQ(heard.reasoning, expected.reasoning);
    EXPECT_EQ(heard.text, expected.text);
    EXPECT_EQ(heard.pieceTokens, expected.pieceTokens);
    EXPECT_EQ(heard.summary.stop, expected.summary.stop);
    EXPECT_EQ(heard.summary.answerTokens, expected.summary.answerTokens);
    EXPECT_EQ(heard.summary.reasoningTokens, expected.summary.reasoningTokens);
    EXPECT_EQ(heard.summary.reasoningCut, expected.summary.reasoningCut);
    EXPECT_EQ(heard.summary.conversationTokens, expected.summary.conversationTokens);
}

class DraftedAnswer : public testing::Test {
protected:
    /// Asks both engines, expects the same, and returns it.
    Heard both(const ChatRequest& request) {
        const Heard expected = ask(plain_, request);
        const Heard heard = ask(drafted_, request);
        expectSame(heard, expected);
        return heard;
    }

    DraftCounts counts() { return drafted_.timeline().draftCounts(); }

    StarterWithHead model_;
    LocalEngine plain_{model_.options(), Drafting::Off};
    LocalEngine drafted_{model_.options(), Drafting::Always};
};

ChatRequest lively(std::uint64_t seed, float temperature) {
    ChatRequest request = question("What is 347 + 588?", 160);
    request.sampling.temperature = temperature;
    request.sampling.seed = seed;
    return request;
}

TEST_F(DraftedAnswer, IsThePlainOneAtEveryTemperature) {
    for (const float temperature : {0.0f, 0.7f, 1.2f})
        for (const std::uint64_t seed : {1u, 2u, 3u}) both(lively(seed, temperature));
    EXPECT_GT(counts().made, 300);
    EXPECT_GT(counts().right, 3);
    std::cout << counts().right << " of " << counts().made << " guesses were right\n";
}

TEST_F(DraftedAnswer, ItsThoughtIsClosedAtTheBudget) {
    for (const int budget : {1, 2, 7, 20}) {
        ChatRequest request = lively(5, 0.7f);
        request.reasoningBudget = budget;
        EXPECT_TRUE(both(request).summary.reasoningCut);
    }
}

TEST_F(DraftedAnswer, ItFollowsASchema) {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        ChatRequest request = lively(seed, 2.0f);
        request.jsonSchema = R"({"type": "object", "properties": {"sum": {"type": "integer"}, "words":
            {"type": "array", "items": {"enum": ["carry", "ten"]}, "maxItems": 3}}, "required": ["sum"]})";
        both(request);
        request.reasoning = ReasoningMode::Off;
        EXPECT_NE(both(request).text.find('{'), std::string::npos);
    }
}

TEST_F(DraftedAnswer, ItEndsAtAStopTextAndAtItsLimit) {
    const Heard whole = both(lively(1, 0));
    ASSERT_GT(whole.text.size(), 3u);
    ChatRequest request = lively(1, 0);
    request.sampling.stopTexts = {whole.text.substr(whole.text.size() / 2, 2)};
    EXPECT_EQ(both(request).summary.stop, StopReason::StopText);
    for (const int tokens : {1, 2, 9, 10, 11, 12}) {
        request = lively(1, 0);
        request.maximumTokens = tokens;
        EXPECT_EQ(both(request).summary.stop, StopReason::TokenLimit);
    }
}

TEST_F(DraftedAnswer, PenaltiesAndBiasHoldForIt) {
    ChatRequest request = lively(3, 0.9f);
    request.sampling.repetitionPenalty = 1.4f;
    request.sampling.presencePenalty = 0.5f;
    request.sampling.logitBias[static_cast<TokenId>('7')] = 2.0f;
    both(request);
}

TEST_F(DraftedAnswer, ItGoesOnWhereItWasCancelled) {
    const auto cancelled = [](LocalEngine& engine, int pieces) {
        std::stop_source stop;
        Heard heard;
        AnswerSink sink;
        sink.piece = [&](const AnswerPiece& piece) {
            (piece.kind == PieceKind::Text ? heard.text : heard.reasoning) += piece.text;
            if (--pieces == 0) stop.request_stop();
        };
        heard.summary = engine.answer(lively(1, 0), sink, stop.get_token());
        return heard;
    };
    for (const int pieces : {1, 4, 5, 12}) {
        const Heard expected = cancelled(plain_, pieces);
        expectSame(cancelled(drafted_, pieces), expected);
        ChatRequest rest = lively(1, 0);
        rest.continued = PartialAnswer{.reasoning = expected.reasoning, .text = expected.text};
        both(rest);
    }
}

TEST_F(DraftedAnswer, TurnsAndSideQuestionsFollowOneAnother) {
    ChatRequest request = lively(1, 0.5f);
    for (int turn = 0; turn < 3; ++turn) {
        const Heard heard = both(request);
        ChatRequest aside = request;
        aside.kind = RequestKind::Aside;
        aside.maximumTokens = 8;
        both(aside);
        request.messages.push_back({.role = Role::Assistant, .text = heard.text, .reasoning = {}});
        request.messages.push_back({.role = Role::User, .text = "And 12 + 30?", .reasoning = {}});
    }
}

TEST_F(DraftedAnswer, ExaminedItShowsTheSameNumbers) {
    const Heard heard = both(lively(1, 0));
    const auto probabilities = [&](LocalEngine& engine) {
        ExamineRequest look{.chat = lively(1, 0), .alternatives = 3};
        look.chat.continued = PartialAnswer{.reasoning = heard.reasoning, .text = heard.text};
        std::vector<double> all;
        engine.examine(
            look,
            {.token = [&](const ExaminedToken& token) { all.push_back(token.probability); }, .progress = {}},
            {});
        return all;
    };
    EXPECT_EQ(probabilities(drafted_), probabilities(plain_));
    both(lively(2, 0.7f));
}

TEST_F(DraftedAnswer, ASnapshotOfItServesBoth) {
    EngineOptions options = model_.options();
    options.snapshotFolder = (model_.folder() / "snapshots").string();
    ChatRequest request = lively(1, 0.5f);
    request.messages.front().text = std::string(500, '5') + " + 1?";
    request.chat = "chat";
    Heard first;
    {
        LocalEngine engine(options, Drafting::Always);
        first = ask(engine, request);
        engine.settle();
    }
    request.messages.push_back({.role = Role::Assistant, .text = first.text, .reasoning = {}});
    request.messages.push_back({.role = Role::User, .text = "And 12 + 30?", .reasoning = {}});
    const Heard expected = ask(plain_, request);
    for (const Drafting drafting : {Drafting::Always, Drafting::Off}) {
        LocalEngine engine(options, drafting);
        const Heard heard = ask(engine, request);
        expectSame(heard, expected);
        EXPECT_GT(heard.summary.reusedTokens, 256);
    }
}

TEST(DraftingOfAnEngine, ExpertsFromTheDiskAreNotReadForGuesses) {
    const StarterWithHead model;
    EngineOptions options = model.options();
    options.expertsInMemory = 0.5;
    LocalEngine engine(options, Drafting::Always);
    ask(engine, lively(1, 0));
    EXPECT_EQ(engine.timeline().draftCounts().made, 0);
}

} // namespace
} // namespace ponder::engine
