#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/store/chat_store.h"
#include "tests/app/cli/terminal.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class TerminalConversation : public testing::Test {
protected:
    Outcome chat(const std::string& input) { return terminal_.run(chatCommand(), {}, input); }
    std::vector<Conversation> saved() {
        std::vector<Conversation> chats;
        ChatStore store(terminal_.paths().chatFile().string());
        for (const ChatHeader& header : store.chats()) chats.push_back(*store.load(header.id));
        return chats;
    }
    Terminal terminal_;
};

TEST_F(TerminalConversation, AnswersEachLineWithWhatWentBefore) {
    terminal_.script().add({.reasoning = "hm", .text = "one"});
    terminal_.script().add({.reasoning = {}, .text = "two"});
    const Outcome outcome = chat("first\nsecond\n");
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.output, "hm\n\none\ntwo\n");
    const auto requests = terminal_.script().requests();
    ASSERT_THAT(requests, SizeIs(2));
    ASSERT_THAT(requests[1].messages, SizeIs(3));
    EXPECT_EQ(requests[1].messages[1].text, "one");
    EXPECT_EQ(requests[1].messages[1].reasoning, "") << "earlier thoughts are left out";
    EXPECT_EQ(terminal_.script().openings(), 1);
}

TEST_F(TerminalConversation, IsSavedLikeAnyOther) {
    chat("first\nsecond\n");
    ASSERT_THAT(saved(), SizeIs(1));
    EXPECT_THAT(saved()[0].activePath(), ElementsAre(1, 2, 3, 4));
    EXPECT_EQ(saved()[0].header.title, "first");
}

TEST_F(TerminalConversation, BeginsANewChatWhenAsked) {
    EXPECT_THAT(chat("first\n/new\nsecond\n").output, HasSubstr("A new chat."));
    EXPECT_THAT(saved(), SizeIs(2));
    EXPECT_THAT(terminal_.script().requests()[1].messages, SizeIs(1));
}

TEST_F(TerminalConversation, EndsWithQuitOrTheEndOfTheInput) {
    chat("/quit\nnever asked\n");
    chat("");
    EXPECT_THAT(terminal_.script().requests(), SizeIs(0));
}

TEST_F(TerminalConversation, SkipsEmptyLines) {
    chat("\n  \nfirst\n\n");
    EXPECT_THAT(terminal_.script().requests(), SizeIs(1));
}

TEST_F(TerminalConversation, ExplainsItsCommands) {
    EXPECT_THAT(chat("/help\n").output, HasSubstr("/quit"));
    EXPECT_THAT(chat("/dance\n").output, HasSubstr("no command /dance"));
    EXPECT_THAT(terminal_.script().requests(), SizeIs(0));
}

TEST_F(TerminalConversation, APathIsAPromptNotACommand) {
    chat("/etc is a folder, is it not?\n");
    EXPECT_THAT(terminal_.script().requests(), SizeIs(1));
}

TEST_F(TerminalConversation, AFailureEndsAScriptWithItsReason) {
    terminal_.script().add(
        {.reasoning = {}, .text = "half", .end = tests::FakeEnd::Error, .failure = "No. Try again."});
    const Outcome outcome = chat("first\nsecond\n");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.complaints, "No. Try again.");
    EXPECT_EQ(saved()[0].turn(2).state, TurnState::Failed);
}

/// Three questions of ten words fit with their answers, which repeat them; with the fourth, the first two go.
const std::string kLong = "is one of the long questions of this chat\n";

TEST_F(TerminalConversation, LeavesOutTheOldestMessagesWhenTheContextIsFullAndSaysSo) {
    terminal_.script().setContext(80);
    const Outcome outcome = chat("1 " + kLong + "2 " + kLong + "3 " + kLong + "4 " + kLong);
    EXPECT_EQ(outcome.code, 0) << outcome.complaints;
    const auto requests = terminal_.script().requests();
    ASSERT_THAT(requests, SizeIs(4));
    EXPECT_THAT(requests[2].messages, SizeIs(5));
    ASSERT_THAT(requests[3].messages, SizeIs(3));
    EXPECT_THAT(requests[3].messages[0].text, testing::StartsWith("3 is"));
    EXPECT_EQ(outcome.complaints,
              "ponder: The context is full: the oldest 4 messages (43 tokens) are not sent to the model.\n");
    EXPECT_THAT(saved()[0].turns(), SizeIs(8)) << "nothing is deleted";
}

TEST_F(TerminalConversation, StopsWhereThePersonWantsThat) {
    terminal_.script().setContext(80);
    terminal_.settings().whenFull = ContextPolicy::Stop;
    const Outcome outcome = chat("1 " + kLong + "2 " + kLong + "3 " + kLong + "4 " + kLong);
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.complaints, HasSubstr("The conversation has 77 tokens"));
    EXPECT_THAT(terminal_.script().requests(), SizeIs(3));
    EXPECT_EQ(saved()[0].turn(8).state, TurnState::Failed);
}

TEST_F(TerminalConversation, WithoutANewPromptMakesNoChat) {
    chat("/help\n");
    EXPECT_THAT(saved(), SizeIs(0));
}

} // namespace

} // namespace ponder::app
