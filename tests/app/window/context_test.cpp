// A chat that no longer fits into the model's context, through the whole window; the engine alone is a fake,
// which counts a token a word and one a message.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QTreeWidget>

#include "app/answer_builder.h"
#include "app/chat_settings.h"
#include "app/store/chat_store.h"
#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"
#include "ui/context/context_question.h"
#include "ui/context/ledger_dialog.h"
#include "ui/widgets/button.h"
#include "ui/widgets/switch.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kDrop = "Leave out the oldest messages";
constexpr const char* kSummarise = "Summarise the oldest messages";
constexpr const char* kStop = "Stop here";

/// With 100 tokens, 25 of them for the answer, four questions of eight words fit with their answers, which
/// repeat them; with the fifth, the first two questions have to go.
class FullContext : public testing::Test {
protected:
    void open(ContextPolicy policy = ContextPolicy::Ask) {
        std::filesystem::create_directories(harness_.paths().config);
        Settings settings;
        settings.chatTitles = ChatTitles::FromPrompt;
        settings.defaultModel = harness_.folder().write("other.gguf", "GGUF").string();
        settings.whenFull = policy;
        saveSettings(harness_.paths().settingsFile(), settings);
        script().setContext(100);
        harness_.open();
    }
    tests::FakeScript& script() { return harness_.script(); }
    static QString question(int number) {
        return QString("Question %1 has these many words in it").arg(number); // eight
    }
    /// Questions and answers up to this one.
    void fill(int last = 4) {
        for (int i = 1; i <= last; ++i) harness_.askAndWait(question(i));
        ASSERT_THAT(script().requests(), SizeIs(last));
    }
    bool isAsked() { return harness_.window().contextQuestion().isVisible(); }
    bool waitForQuestion() {
        return comesTrue([&] { return isAsked(); });
    }
    void choose(const char* words) {
        for (ui::Button* button : harness_.window().contextQuestion().findChildren<ui::Button*>())
            if (button->text() == words) button->click();
    }
    /// The texts of the last request.
    std::vector<std::string> lastRequest() {
        const auto requests = script().requests();
        std::vector<std::string> texts;
        for (const engine::Message& message : requests.back().messages) texts.push_back(message.text);
        return texts;
    }
    std::string text(int number) { return question(number).toStdString(); }
    QString cutBelow(std::size_t message) { return harness_.shown().at(message).cutBelow; }
    Conversation onlySaved() { return harness_.saved().at(0); }
    std::string keptSummaries() {
        ChatStore store(harness_.chatFile());
        return store.remembered(chatKey("summaries", onlySaved().header.id));
    }

    WindowHarness harness_;
};

TEST_F(FullContext, IsAskedAboutOnceAndTheOldestMessagesAreLeftOut) {
    open();
    fill();
    EXPECT_FALSE(isAsked());
    harness_.enter(question(5));
    ASSERT_TRUE(waitForQuestion());
    EXPECT_TRUE(harness_.shows("The next prompt has 81 tokens; with its answer, the context holds 100."));
    EXPECT_THAT(script().requests(), SizeIs(4)) << "nothing is asked of the model yet";
    EXPECT_EQ(harness_.window().composer().activity(), ui::ComposerActivity::Answering);
    EXPECT_EQ(promptText(onlySaved().turn(9)), text(5)) << "it is on the disk before anything is asked";

    choose(kDrop);
    EXPECT_FALSE(isAsked());
    ASSERT_TRUE(harness_.waitForIdle());
    ASSERT_THAT(script().requests(), SizeIs(5));
    EXPECT_EQ(lastRequest(), (std::vector{text(3), text(3), text(4), text(4), text(5)}));
    EXPECT_EQ(cutBelow(3), "4 messages above this line are not sent to the model.");
    EXPECT_TRUE(cutBelow(1).isEmpty());

    harness_.askAndWait(question(6));
    EXPECT_FALSE(isAsked()) << "once a chat";
    EXPECT_EQ(lastRequest().front(), text(3)) << "the cut stays where it is";
    harness_.askAndWait(question(7));
    EXPECT_EQ(lastRequest(), (std::vector{text(5), text(5), text(6), text(6), text(7)}));
    EXPECT_THAT(harness_.shown(), SizeIs(14)) << "nothing is deleted";
    EXPECT_TRUE(cutBelow(3).isEmpty());
    EXPECT_FALSE(cutBelow(7).isEmpty());

    harness_.close();
    harness_.open();
    EXPECT_FALSE(cutBelow(7).isEmpty()) << "the line is there again";
    harness_.askAndWait(question(8));
    EXPECT_FALSE(isAsked());
    EXPECT_EQ(lastRequest().front(), text(5));
    EXPECT_THAT(onlySaved().header.settings, HasSubstr("drop oldest"));
    EXPECT_EQ(recordedLeftOut(onlySaved().turn(16)), (LeftOut{8, 8, 71, LeftOutWay::Dropped}));
}

TEST_F(FullContext, TheChoiceIsTheDefaultOfAllChatsWhereThePersonWantsThat) {
    open();
    fill();
    harness_.enter(question(5));
    ASSERT_TRUE(waitForQuestion());
    harness_.window().contextQuestion().findChild<ui::Switch*>()->click();
    choose(kDrop);
    ASSERT_TRUE(harness_.waitForIdle());
    harness_.chats().newChat();
    for (int i = 1; i <= 5; ++i) harness_.askAndWait(question(i));
    EXPECT_FALSE(isAsked());
    EXPECT_EQ(lastRequest().front(), text(3));
    harness_.close();
    EXPECT_EQ(loadSettings(harness_.paths().settingsFile()).settings.whenFull, ContextPolicy::DropOldest);
}

TEST_F(FullContext, NothingIsAnsweredWhereThePersonWantsToStop) {
    open();
    fill();
    harness_.enter(question(5));
    ASSERT_TRUE(waitForQuestion());
    choose(kStop);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastShown().state, ui::MessageState::Failed);
    EXPECT_EQ(harness_.lastShown().failure.what,
              "The conversation has 81 tokens; with the answer that is more than the 100 of the model's "
              "context.");
    EXPECT_FALSE(harness_.lastShown().failure.next.isEmpty());
    harness_.askAndWait(question(6));
    EXPECT_FALSE(isAsked());
    EXPECT_EQ(harness_.lastShown().state, ui::MessageState::Failed);
    EXPECT_THAT(script().requests(), SizeIs(4));
    EXPECT_THAT(onlySaved().turns(), SizeIs(12));
}

/// With 800 tokens, 200 of them for the answer, seven questions of forty words fit with their answers. With
/// the eighth, a summary stands for the first three; with the ninth, one for the first six.
class Summarised : public FullContext {
protected:
    void fillLong(int last = 7, ContextPolicy policy = ContextPolicy::Summarise) {
        open(policy);
        script().setContext(800);
        for (int i = 1; i <= last; ++i) ask(i);
        ASSERT_THAT(script().requests(), SizeIs(last));
    }
    static QString longQuestion(int number) {
        return QString("Question %1").arg(number) + QString(" word").repeated(38);
    }
    std::string longText(int number) { return longQuestion(number).toStdString(); }
    void ask(int number) {
        harness_.chats().submit(longQuestion(number));
        ASSERT_TRUE(harness_.waitForIdle());
    }
    const engine::ChatRequest& request(std::size_t place) {
        requests_ = script().requests();
        return requests_.at(place);
    }
    bool isSummarising() { return harness_.shows("Summarising the oldest messages…"); }

private:
    std::vector<engine::ChatRequest> requests_;
};

TEST_F(Summarised, TheOldestMessagesAreSummarisedAndTheSummaryIsKept) {
    fillLong();
    script().add({.reasoning = "hm", .text = "  They counted to three.\n"});
    ask(8);
    ASSERT_THAT(script().requests(), SizeIs(9));
    const engine::ChatRequest summary = request(7);
    ASSERT_THAT(summary.messages, SizeIs(7)) << "three questions, their answers, and what is wanted";
    EXPECT_EQ(summary.messages[0].text, longText(1));
    EXPECT_EQ(summary.messages[5].text, longText(3));
    EXPECT_THAT(summary.messages[6].text, HasSubstr("Summarise our conversation"));
    const engine::ChatRequest answered = request(8);
    ASSERT_THAT(answered.messages, SizeIs(kSummaryMessages + 9));
    EXPECT_THAT(answered.messages[0].text, testing::EndsWith("\n\nThey counted to three."));
    EXPECT_EQ(answered.messages[2].text, longText(4));
    EXPECT_EQ(answered.messages.back().text, longText(8));
    EXPECT_EQ(cutBelow(5), "Above this line, the model sees a summary of 6 messages.");
    EXPECT_THAT(keptSummaries(), HasSubstr("They counted to three."));

    // The same cut needs no second summary, in the next program neither.
    harness_.chats().regenerate(16);
    ASSERT_TRUE(harness_.waitForIdle());
    ASSERT_THAT(script().requests(), SizeIs(10));
    harness_.close();
    harness_.open();
    harness_.chats().regenerate(16);
    ASSERT_TRUE(harness_.waitForIdle());
    ASSERT_THAT(script().requests(), SizeIs(11));
    EXPECT_EQ(request(10).messages[0].text, answered.messages[0].text);
    EXPECT_EQ(harness_.chats().requestWith(16).messages[0].text, answered.messages[0].text)
        << "its tokens are looked at in the prompt it had";

    // When the cut moves, the new summary is written from the old one.
    script().add({.reasoning = {}, .text = "They counted to six."});
    ask(9);
    const engine::ChatRequest second = request(11);
    ASSERT_THAT(second.messages, SizeIs(kSummaryMessages + 6 + 1));
    EXPECT_EQ(second.messages[0].text, answered.messages[0].text);
    EXPECT_EQ(second.messages[2].text, longText(4));
    EXPECT_EQ(second.messages[7].text, longText(6));
    EXPECT_THAT(request(12).messages[0].text, HasSubstr("They counted to six."));
    EXPECT_EQ(request(12).messages[2].text, longText(7));

    const std::string id = onlySaved().header.id;
    ChatStore store(harness_.chatFile());
    store.erase({id});
    EXPECT_THAT(store.remembered(chatKey("summaries", id)), IsEmpty()) << "erased with the chat";
}

TEST_F(Summarised, WhereNoneCouldBeWrittenTheyAreLeftOutAndTheWindowSaysSo) {
    fillLong();
    script().add(
        {.reasoning = {}, .text = {}, .end = tests::FakeEnd::Error, .failure = "It broke. Try again."});
    ask(8);
    EXPECT_TRUE(harness_.shows("The oldest messages could not be summarised."));
    ASSERT_THAT(script().requests(), SizeIs(9));
    EXPECT_EQ(request(8).messages[0].text, longText(4));
    EXPECT_THAT(cutBelow(5).toStdString(), HasSubstr("no summary could be written"));
    EXPECT_EQ(harness_.lastText(), longText(8));
    EXPECT_THAT(keptSummaries(), IsEmpty());
}

TEST_F(Summarised, OfNothingButThoughtsThereIsNone) {
    fillLong();
    script().add({.reasoning = "hm", .text = " \n"});
    ask(8);
    EXPECT_TRUE(harness_.shows("The oldest messages could not be summarised."));
    EXPECT_EQ(harness_.lastText(), longText(8));
}

TEST_F(Summarised, TheWindowSaysThatASummaryIsWrittenAndItCanBeStopped) {
    fillLong();
    script().add({.reasoning = {}, .text = std::string(100'000, 'x'), .pause = 1ms});
    harness_.chats().submit(longQuestion(8));
    ASSERT_TRUE(comesTrue([&] { return isSummarising() && script().requests().size() == 8; }));
    harness_.chats().stop();
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_FALSE(isSummarising());
    EXPECT_EQ(harness_.lastShown().state, ui::MessageState::Stopped);
    EXPECT_EQ(promptText(onlySaved().turn(15)), longText(8));
    script().add({.reasoning = {}, .text = "They counted."});
    harness_.chats().continueAnswer(16);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastText(), longText(8));
    EXPECT_THAT(request(9).messages[0].text, HasSubstr("They counted."));
}

TEST_F(Summarised, AnEngineThatDiesOverASummaryCostsTheSummaryAlone) {
    fillLong();
    script().add(
        {.reasoning = {}, .text = "They", .end = tests::FakeEnd::Death, .failure = "It died. Try again."});
    ask(8);
    EXPECT_EQ(harness_.lastText(), longText(8));
    EXPECT_THAT(cutBelow(5).toStdString(), HasSubstr("no summary could be written"));
}

TEST_F(Summarised, ATemporaryChatsSummaryReachesTheDiskOnlyWithTheChat) {
    open(ContextPolicy::Summarise);
    script().setContext(800);
    harness_.chats().newChat(ChatKeeping::InMemory);
    for (int i = 1; i <= 7; ++i) ask(i);
    script().add({.reasoning = {}, .text = "They counted."});
    ask(8);
    EXPECT_THAT(request(8).messages[0].text, HasSubstr("They counted."));
    EXPECT_THAT(harness_.saved(), IsEmpty());
    harness_.chats().keepChat();
    EXPECT_TRUE(comesTrue([&] {
        return harness_.saved().size() == 1 && keptSummaries().find("They counted.") != std::string::npos;
    }));
}

TEST_F(Summarised, TheBuiltInModelIsNotAsked) {
    fillLong(7, ContextPolicy::Ask);
    harness_.models().choose(harness_.starter());
    harness_.chats().submit(longQuestion(8));
    ASSERT_TRUE(waitForQuestion());
    choose(kSummarise); // cannot be pressed
    EXPECT_TRUE(isAsked());
    choose(kDrop);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastText(), longText(8));
    ChatSettings own = harness_.chats().settingsHere();
    own.whenFull = ContextPolicy::Summarise;
    harness_.chats().changeSettings({}, own);
    ask(9);
    EXPECT_TRUE(harness_.shows("The built-in model cannot summarise the oldest messages."));
    EXPECT_EQ(harness_.lastText(), longText(9));
    EXPECT_THAT(script().requests(), SizeIs(9)) << "no summary was asked for";
}

TEST_F(FullContext, StoppedBeforeAChoiceNothingIsLost) {
    open();
    fill();
    harness_.enter(question(5));
    ASSERT_TRUE(waitForQuestion());
    harness_.chats().stop();
    EXPECT_FALSE(isAsked());
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastShown().state, ui::MessageState::Stopped);
    ASSERT_TRUE(harness_.savedOnce([](const Conversation& chat) {
        return chat.turns().size() == 10 && chat.turn(10).state == TurnState::Stopped;
    }));
    EXPECT_EQ(promptText(onlySaved().turn(9)), text(5));
    EXPECT_EQ(onlySaved().header.settings, "") << "nothing was chosen";
    harness_.chats().continueAnswer(10);
    ASSERT_TRUE(waitForQuestion());
    choose(kDrop);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastText(), text(5));
}

TEST_F(FullContext, TheQuestionWaitsInItsChat) {
    open();
    fill();
    harness_.enter(question(5));
    ASSERT_TRUE(waitForQuestion());
    const std::string id = harness_.chats().shownChat();
    harness_.chats().newChat();
    EXPECT_FALSE(isAsked());
    harness_.askAndWait("Something else?");
    EXPECT_EQ(harness_.lastText(), "Something else?") << "another chat is not held up";
    harness_.chats().openChat(id);
    EXPECT_TRUE(isAsked());
    choose(kDrop);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastText(), text(5));
}

TEST_F(FullContext, AProgramThatEndsBeforeTheChoiceAsksAgain) {
    open();
    fill();
    harness_.enter(question(5));
    ASSERT_TRUE(waitForQuestion());
    harness_.close();
    harness_.open();
    EXPECT_FALSE(isAsked());
    EXPECT_EQ(harness_.lastShown().state, ui::MessageState::Interrupted);
    harness_.chats().continueAnswer(10);
    ASSERT_TRUE(waitForQuestion());
    choose(kDrop);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastText(), text(5));
}

TEST_F(FullContext, WhatIsWrittenMeanwhileWaits) {
    open(ContextPolicy::Ask);
    fill();
    harness_.enter(question(5));
    ASSERT_TRUE(waitForQuestion());
    harness_.enter(question(6));
    choose(kDrop);
    ASSERT_TRUE(comesTrue([&] { return harness_.shown().size() == 12 && script().requests().size() == 6; }));
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastText(), text(6));
}

TEST_F(FullContext, WithALongerContextTheWholeChatIsSentAgain) {
    open(ContextPolicy::DropOldest);
    fill();
    harness_.askAndWait(question(5));
    EXPECT_FALSE(cutBelow(3).isEmpty());
    script().setContext(4096);
    harness_.askAndWait(question(6));
    EXPECT_THAT(lastRequest(), SizeIs(11));
    EXPECT_TRUE(cutBelow(3).isEmpty());
}

TEST_F(FullContext, AnAnswerThatFillsItSaysSoAndGoesOnWithLess) {
    open(ContextPolicy::DropOldest);
    fill(3);
    script().add({.reasoning = {},
                  .text = "a long answer of which the rest found no more room left in it",
                  .stop = engine::StopReason::ContextFull});
    harness_.askAndWait(question(4));
    EXPECT_EQ(harness_.lastShown().state, ui::MessageState::Stopped);
    EXPECT_EQ(harness_.lastShown().failure.what, "Stopped: the model's context is full.");
    EXPECT_TRUE(harness_.savedOnce(
        [](const Conversation& chat) { return chat.turn(8).answer.stop == "contextFull"; }));
    script().add({.reasoning = {}, .text = ", now it has"});
    harness_.chats().continueAnswer(8);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(lastRequest(), (std::vector{text(3), text(3), text(4)}));
    ASSERT_TRUE(script().requests().back().continued);
    EXPECT_THAT(harness_.lastText(), testing::EndsWith("room left in it, now it has"));
    EXPECT_EQ(harness_.lastShown().state, ui::MessageState::Done);
}

TEST_F(FullContext, TheLedgerListsWhatIsLeftOutAndWhy) {
    open(ContextPolicy::DropOldest);
    fill();
    harness_.window().composer().setDraft(question(5));
    emit harness_.window().contextRequested();
    const auto* dialog = harness_.window().findChild<ui::LedgerDialog*>();
    ASSERT_NE(dialog, nullptr);
    const auto* rows = dialog->findChild<QTreeWidget*>();
    ASSERT_TRUE(comesTrue(
        [&] { return rows->topLevelItemCount() == 9 && rows->topLevelItem(0)->text(2).toInt() > 0; }));
    for (int i = 0; i < 9; ++i) {
        const QString note = rows->topLevelItem(i)->text(3);
        EXPECT_EQ(note == "left out: the context is full", i < 4) << i << note.toStdString();
        EXPECT_GT(rows->topLevelItem(i)->text(2).toInt(), 0) << i;
    }
    EXPECT_TRUE(harness_.shows("45 of 100 tokens."));
    EXPECT_TRUE(harness_.shows("4 messages are left out because the context is full."));
}

TEST_F(FullContext, TheLedgerForeseesTheQuestion) {
    open();
    fill();
    harness_.window().composer().setDraft(question(5));
    emit harness_.window().contextRequested();
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("you will be asked what to do"); }));
    EXPECT_TRUE(harness_.shows("81 of 100 tokens."));
}

TEST_F(Summarised, TheLedgerShowsTheSummary) {
    fillLong();
    harness_.window().composer().setDraft(longQuestion(8));
    emit harness_.window().contextRequested();
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("The model will summarise them first."); }));
    delete harness_.window().findChild<ui::LedgerDialog*>();
    script().add({.reasoning = {}, .text = "They counted to three."});
    script().add({.reasoning = {}, .text = "Yes."});
    ask(8);
    harness_.window().composer().setDraft("And?");
    emit harness_.window().contextRequested();
    const auto* rows = harness_.window().findChild<ui::LedgerDialog*>()->findChild<QTreeWidget*>();
    ASSERT_TRUE(comesTrue([&] { return rows->topLevelItemCount() == 18; }));
    EXPECT_EQ(rows->topLevelItem(5)->text(3), "left out: the context is full");
    EXPECT_EQ(rows->topLevelItem(6)->text(0), "Summary");
    EXPECT_EQ(rows->topLevelItem(6)->text(1), "They counted to three.");
    EXPECT_EQ(rows->topLevelItem(7)->text(2), "40");
    EXPECT_EQ(rows->topLevelItem(17)->text(2), "1");
}

} // namespace

} // namespace ponder::app
