#include "app/engine_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/fake_engine.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using tests::FakeAnswer;
using tests::FakeEnd;
using tests::FakeEngine;
using tests::FakeScript;

class Runner : public testing::Test {
protected:
    static engine::EngineOptions model(const std::string& path) {
        engine::EngineOptions options;
        options.modelPath = path;
        return options;
    }
    static engine::ChatRequest says(const std::string& text) {
        engine::ChatRequest request;
        request.messages.push_back({engine::Role::User, text, {}});
        return request;
    }
    /// Everything up to the end of `request`.
    std::vector<EngineEvent> eventsOf(RequestId request) {
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (std::chrono::steady_clock::now() < end) {
            for (Delivery& delivery : mailbox_.collect()) {
                const bool done = std::holds_alternative<RequestDone>(delivery.event);
                const RequestId from = delivery.request;
                events_[from].push_back(std::move(delivery.event));
                if (done) runner_.forget(from);
            }
            const auto& events = events_[request];
            if (!events.empty() && std::holds_alternative<RequestDone>(events.back())) return events;
            std::this_thread::sleep_for(2ms);
        }
        ADD_FAILURE() << "request " << request << " did not end";
        return {};
    }
    template <typename Event>
    static const Event* firstOf(const std::vector<EngineEvent>& events) {
        for (const EngineEvent& event : events)
            if (const auto* found = std::get_if<Event>(&event)) return found;
        return nullptr;
    }
    static std::string textOf(const std::vector<EngineEvent>& events) {
        std::string text;
        for (const EngineEvent& event : events)
            if (const auto* piece = std::get_if<engine::AnswerPiece>(&event)) text += piece->text;
        return text;
    }

    std::shared_ptr<FakeScript> script_ = std::make_shared<FakeScript>();
    AnswerMailbox mailbox_;
    std::map<RequestId, std::vector<EngineEvent>> events_;
    EngineRunner runner_{mailbox_, [script = script_](const engine::EngineOptions& options) {
                             return std::make_unique<FakeEngine>(script, options);
                         }};
};

TEST_F(Runner, OpensTheModelAndStreamsTheAnswer) {
    script_->add({.reasoning = "two and two", .text = "4"});
    const auto events = eventsOf(runner_.answer(model("/a.gguf"), says("2+2?"), PromptRoom::Checked));
    ASSERT_NE(firstOf<ModelLoaded>(events), nullptr);
    EXPECT_EQ(firstOf<ModelLoaded>(events)->info.path, "/a.gguf");
    EXPECT_NE(firstOf<AnswerStarted>(events), nullptr);
    EXPECT_EQ(textOf(events), "two and two4");
    ASSERT_NE(firstOf<AnswerFinished>(events), nullptr);
    EXPECT_EQ(firstOf<AnswerFinished>(events)->summary.stop, engine::StopReason::EndOfAnswer);
}

TEST_F(Runner, KeepsTheModelOpenFromRequestToRequest) {
    eventsOf(runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked));
    eventsOf(runner_.answer(model("/a.gguf"), says("two"), PromptRoom::Checked));
    EXPECT_EQ(script_->openings(), 1);
}

TEST_F(Runner, LetsOneModelGoForAnother) {
    eventsOf(runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked));
    eventsOf(runner_.answer(model("/b.gguf"), says("two"), PromptRoom::Checked));
    EXPECT_THAT(script_->openedModels(), ElementsAre("/a.gguf", "/b.gguf"));
}

TEST_F(Runner, OpensTheSameModelAgainWithOtherOptions) {
    eventsOf(runner_.load(model("/a.gguf")));
    engine::EngineOptions larger = model("/a.gguf");
    larger.contextTokens = 1024;
    eventsOf(runner_.load(larger));
    EXPECT_EQ(script_->openings(), 2);
}

TEST_F(Runner, AfterUnloadingTheNextQuestionOpensTheModelAgain) {
    eventsOf(runner_.load(model("/a.gguf")));
    eventsOf(runner_.unload());
    eventsOf(runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked));
    EXPECT_EQ(script_->openings(), 2);
}

TEST_F(Runner, TellsWhyAModelCannotBeOpened) {
    script_->failNextOpening("The file is no model. Choose another.");
    const auto events = eventsOf(runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked));
    ASSERT_NE(firstOf<LoadFailed>(events), nullptr);
    EXPECT_EQ(firstOf<LoadFailed>(events)->message, "The file is no model. Choose another.");
    EXPECT_FALSE(firstOf<LoadFailed>(events)->cancelled);
    EXPECT_EQ(firstOf<AnswerStarted>(events), nullptr);
}

TEST_F(Runner, AFailedOpeningIsTriedAgainByTheNextQuestion) {
    script_->failNextOpening("No memory. Close something.");
    eventsOf(runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked));
    EXPECT_NE(
        firstOf<AnswerFinished>(eventsOf(runner_.answer(model("/a.gguf"), says("two"), PromptRoom::Checked))),
        nullptr);
}

TEST_F(Runner, LoadingIsCancelled) {
    script_->setLoadTime(10s);
    const auto start = std::chrono::steady_clock::now();
    const RequestId request = runner_.load(model("/a.gguf"));
    std::this_thread::sleep_for(20ms);
    runner_.cancel(request);
    const auto events = eventsOf(request);
    ASSERT_NE(firstOf<LoadFailed>(events), nullptr);
    EXPECT_TRUE(firstOf<LoadFailed>(events)->cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(Runner, AnAnswerStopsWithinAPieceAndKeepsTheTextSoFar) {
    script_->add({.reasoning = {}, .text = std::string(4000, 'x'), .pause = 2ms});
    const RequestId request = runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked);
    std::this_thread::sleep_for(100ms);
    runner_.cancel(request);
    const auto events = eventsOf(request);
    ASSERT_NE(firstOf<AnswerFinished>(events), nullptr);
    EXPECT_EQ(firstOf<AnswerFinished>(events)->summary.stop, engine::StopReason::Cancelled);
    EXPECT_LT(textOf(events).size(), 4000U);
}

TEST_F(Runner, AQuestionCancelledBeforeItsTurnNeverReachesTheEngine) {
    script_->add({.reasoning = {}, .text = std::string(200, 'x'), .pause = 2ms});
    const RequestId first = runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked);
    const RequestId second = runner_.answer(model("/a.gguf"), says("two"), PromptRoom::Checked);
    runner_.cancel(second);
    const auto events = eventsOf(second);
    EXPECT_EQ(firstOf<AnswerFinished>(events)->summary.stop, engine::StopReason::Cancelled);
    eventsOf(first);
    EXPECT_EQ(script_->requests().size(), 1U);
}

TEST_F(Runner, AnswersOneQuestionAfterTheOther) {
    script_->add({.reasoning = {}, .text = "first", .pause = 5ms});
    script_->add({.reasoning = {}, .text = "second"});
    const RequestId first = runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked);
    const RequestId second = runner_.answer(model("/a.gguf"), says("two"), PromptRoom::Checked);
    EXPECT_EQ(textOf(eventsOf(second)), "second");
    EXPECT_EQ(textOf(events_[first]), "first");
}

TEST_F(Runner, AFailedAnswerLeavesTheEngineOpen) {
    script_->add({.reasoning = {},
                  .text = "half",
                  .end = FakeEnd::Error,
                  .failure = "The context is full. Begin anew."});
    const auto events = eventsOf(runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked));
    ASSERT_NE(firstOf<AnswerFailed>(events), nullptr);
    EXPECT_EQ(firstOf<AnswerFailed>(events)->message, "The context is full. Begin anew.");
    EXPECT_FALSE(firstOf<AnswerFailed>(events)->engineLost);
    EXPECT_EQ(script_->openings(), 1);
}

TEST_F(Runner, ADeadEngineCostsOneAnswerAndIsStartedAgainAtOnce) {
    script_->add({.reasoning = {},
                  .text = "half",
                  .end = FakeEnd::Death,
                  .failure = "The engine stopped. Try again."});
    const auto start = std::chrono::steady_clock::now();
    const auto events = eventsOf(runner_.answer(model("/a.gguf"), says("one"), PromptRoom::Checked));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    ASSERT_NE(firstOf<AnswerFailed>(events), nullptr);
    EXPECT_TRUE(firstOf<AnswerFailed>(events)->engineLost);
    EXPECT_EQ(textOf(events), "half");
    EXPECT_EQ(script_->openings(), 2);
    EXPECT_EQ(textOf(eventsOf(runner_.answer(model("/a.gguf"), says("again"), PromptRoom::Checked))),
              "again");
    EXPECT_EQ(script_->openings(), 2);
}

TEST_F(Runner, APreviewCountsWithoutAnsweringAndOpensNoModel) {
    const auto unopened = eventsOf(runner_.preview(model("/a.gguf"), says("how many words"), {}));
    ASSERT_NE(firstOf<PromptPreviewed>(unopened), nullptr);
    EXPECT_FALSE(firstOf<PromptPreviewed>(unopened)->preview);
    EXPECT_EQ(script_->openings(), 0);
    eventsOf(runner_.load(model("/a.gguf")));
    const auto events = eventsOf(runner_.preview(model("/a.gguf"), says("how many words"), {1, 2}));
    ASSERT_NE(firstOf<PromptPreviewed>(events), nullptr);
    const auto& preview = firstOf<PromptPreviewed>(events)->preview;
    ASSERT_TRUE(preview);
    EXPECT_THAT(preview->messageTokens, ElementsAre(3));
    EXPECT_EQ(preview->tokens.size(), 2U);
    EXPECT_TRUE(script_->requests().empty());
}

TEST_F(Runner, APromptThatLeavesNoRoomIsCountedAndNotAnswered) {
    script_->setContext(20); // five of them for the answer
    engine::ChatRequest request;
    request.messages = {{engine::Role::User, "one two three four five six seven", {}},
                        {engine::Role::Assistant, "yes", {}},
                        {engine::Role::User, "And four more words now?", {}}};
    const auto events = eventsOf(runner_.answer(model("/a.gguf"), request, PromptRoom::Checked));
    const auto* tooLong = firstOf<PromptTooLong>(events);
    ASSERT_NE(tooLong, nullptr);
    EXPECT_EQ(tooLong->cost.total(), 16); // a token a word, and one a message
    EXPECT_EQ(tooLong->cost.context, 20);
    EXPECT_EQ(firstOf<AnswerStarted>(events), nullptr);
    EXPECT_TRUE(script_->requests().empty());
    EXPECT_EQ(textOf(eventsOf(runner_.answer(model("/a.gguf"), request, PromptRoom::AsItIs))),
              "And four more words now?");
    // Of a single question nothing can be left out: the engine says what it thinks of it.
    const auto alone =
        says("one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
             "fifteen sixteen");
    EXPECT_NE(firstOf<AnswerFinished>(eventsOf(runner_.answer(model("/a.gguf"), alone, PromptRoom::Checked))),
              nullptr);
}

TEST_F(Runner, AnExaminationTellsTokenByToken) {
    engine::ExamineRequest request{.chat = says("how"), .alternatives = 2};
    request.chat.continued = engine::PartialAnswer{.reasoning = "hm hm", .text = "it is so"};
    const auto events = eventsOf(runner_.examine(model("/a.gguf"), request));
    std::vector<std::string> words;
    for (const EngineEvent& event : events)
        if (const auto* examined = std::get_if<TokensExamined>(&event))
            for (const engine::ExaminedToken& token : examined->tokens) words.push_back(token.text);
    EXPECT_THAT(words, ElementsAre("hm", " hm", "it", " is", " so"));
    ASSERT_NE(firstOf<ExamineFinished>(events), nullptr);
    EXPECT_EQ(firstOf<ExamineFinished>(events)->summary.tokens, 5);
}

TEST_F(Runner, AQuestionAsideOpensNoModel) {
    engine::ChatRequest aside = says("a title");
    aside.kind = engine::RequestKind::Aside;
    const auto unopened = eventsOf(runner_.answer(model("/a.gguf"), aside, PromptRoom::Checked));
    EXPECT_NE(firstOf<AnswerFailed>(unopened), nullptr);
    EXPECT_EQ(script_->openings(), 0);
    eventsOf(runner_.load(model("/a.gguf")));
    script_->setAside({.reasoning = {}, .text = "A title"});
    EXPECT_EQ(textOf(eventsOf(runner_.answer(model("/a.gguf"), aside, PromptRoom::Checked))), "A title");
    EXPECT_EQ(script_->openings(), 1);
}

TEST_F(Runner, EndsInTheMiddleOfAnAnswerWithoutWaitingForIt) {
    const auto start = std::chrono::steady_clock::now();
    {
        AnswerMailbox mailbox;
        EngineRunner runner(mailbox, [script = script_](const engine::EngineOptions& options) {
            return std::make_unique<FakeEngine>(script, options);
        });
        script_->add({.reasoning = {}, .text = std::string(100'000, 'x'), .pause = 2ms});
        runner.answer(model("/a.gguf"), says("one"), PromptRoom::Checked);
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

} // namespace

} // namespace ponder::app
