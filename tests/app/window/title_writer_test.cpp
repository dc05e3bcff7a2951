// Titles by the model, through the whole window; the engine alone is a fake.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/store/chat_store.h"
#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

class Titles : public testing::Test {
protected:
    void open(ChatTitles titles = ChatTitles::ByModel) {
        std::filesystem::create_directories(harness_.paths().config);
        Settings settings;
        settings.chatTitles = titles;
        settings.defaultModel = harness_.folder().write("other.gguf", "GGUF").string();
        saveSettings(harness_.paths().settingsFile(), settings);
        harness_.open();
        harness_.script().setAside({.reasoning = "hm", .text = "**Title:** \"Adding numbers\"\n"});
    }
    std::string savedTitle() const {
        const auto chats = harness_.saved();
        return chats.size() == 1 ? chats[0].header.title : std::string();
    }
    bool isTitled(const std::string& title) {
        return comesTrue([&] { return savedTitle() == title; });
    }
    WindowHarness harness_;
};

TEST_F(Titles, AreTheModelsAfterTheFirstAnswer) {
    open();
    harness_.askAndWait("What is 2 + 2?");
    EXPECT_TRUE(isTitled("Adding numbers")) << savedTitle();
    EXPECT_TRUE(harness_.shows("Adding numbers"));
    const auto asides = harness_.script().asides();
    ASSERT_THAT(asides, SizeIs(1));
    EXPECT_EQ(asides[0].messages.front().text, "What is 2 + 2?");
    EXPECT_EQ(asides[0].reasoning, engine::ReasoningMode::Off);
    harness_.askAndWait("And 3 + 3?");
    QTest::qWait(200);
    EXPECT_THAT(harness_.script().asides(), SizeIs(1)) << "one title a chat";
    EXPECT_EQ(harness_.saved().at(0).header.titleOrigin, TitleOrigin::Automatic);
}

TEST_F(Titles, AreNotAskedOfTheStarter) {
    open();
    harness_.models().choose(harness_.starter());
    harness_.askAndWait("What is 2 + 2?");
    QTest::qWait(200);
    EXPECT_THAT(harness_.script().asides(), IsEmpty());
    EXPECT_EQ(savedTitle(), "What is 2 + 2?");
}

TEST_F(Titles, AreNotAskedForWhenAPersonDoesNotWantThem) {
    open(ChatTitles::FromPrompt);
    harness_.askAndWait("What is 2 + 2?");
    QTest::qWait(200);
    EXPECT_THAT(harness_.script().asides(), IsEmpty());
}

TEST_F(Titles, OfAPersonStay) {
    open();
    harness_.script().setAside({.reasoning = {}, .text = std::string(60, 'x'), .pause = 20ms});
    harness_.askAndWait("What is 2 + 2?");
    ASSERT_TRUE(comesTrue([&] { return harness_.script().asides().size() == 1; }));
    emit harness_.window().sidebar().renameRequested(QString::fromStdString(harness_.saved().at(0).header.id),
                                                     "Mine");
    QTest::qWait(600);
    EXPECT_EQ(savedTitle(), "Mine");
}

TEST_F(Titles, GiveWayAtOnceToWhatAPersonWrites) {
    open();
    harness_.script().setAside({.reasoning = {}, .text = std::string(400'000, 'x'), .pause = 1ms});
    harness_.askAndWait("What is 2 + 2?");
    ASSERT_TRUE(comesTrue([&] { return harness_.script().asides().size() == 1; }));
    const auto start = std::chrono::steady_clock::now();
    harness_.askAndWait("And 3 + 3?");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
    EXPECT_EQ(harness_.script().requests().back().messages.back().text, "And 3 + 3?");
    harness_.script().setAside({.reasoning = {}, .text = "Two sums"});
    harness_.askAndWait("Thanks");
    EXPECT_TRUE(isTitled("Two sums")) << "it was asked for again when the engine had nothing else to do";
}

TEST_F(Titles, OfNothingUsableLeaveTheOldOne) {
    open();
    harness_.script().setAside({.reasoning = {}, .text = "\"\"\n"});
    harness_.askAndWait("What is 2 + 2?");
    ASSERT_TRUE(comesTrue([&] { return harness_.script().asides().size() == 1; }));
    QTest::qWait(200);
    EXPECT_EQ(savedTitle(), "What is 2 + 2?");
}

} // namespace

} // namespace ponder::app
