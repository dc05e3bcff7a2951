#include "app/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/app/sample_chats.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Turn turnOf(int number, int parent) {
    Turn turn;
    turn.number = number;
    turn.parent = parent;
    return turn;
}

TEST(Conversation, StartsEmptyWithoutAPath) {
    const Conversation chat;
    EXPECT_TRUE(chat.empty());
    EXPECT_THAT(chat.activePath(), IsEmpty());
    EXPECT_EQ(chat.find(1), nullptr);
}

TEST(Conversation, NumbersTurnsFromOneInTheOrderTheyCame) {
    const Conversation chat = chatOf("A", {"one", "two", "three"});
    EXPECT_THAT(chat.activePath(), ElementsAre(1, 2, 3));
    EXPECT_EQ(chat.turn(3).parent, 2);
}

TEST(Conversation, AnAddedTurnEndsTheActivePath) {
    Conversation chat = chatOf("A", {"prompt", "answer"});
    const int second = chat.add(1, engine::Role::Assistant, {textPart("another")}).number;
    EXPECT_THAT(chat.activePath(), ElementsAre(1, second));
}

TEST(Conversation, AnswersToOnePromptAreSiblingsOldestFirst) {
    Conversation chat = chatOf("A", {"prompt", "first"});
    chat.add(1, engine::Role::Assistant, {textPart("second")});
    chat.add(1, engine::Role::Assistant, {textPart("third")});
    EXPECT_THAT(chat.siblings(3), ElementsAre(2, 3, 4));
}

TEST(Conversation, VersionsOfTheFirstPromptAreSiblingsToo) {
    Conversation chat = chatOf("A", {"prompt", "answer"});
    const int edited = chat.add(0, engine::Role::User, {textPart("edited")}).number;
    EXPECT_THAT(chat.siblings(1), ElementsAre(1, edited));
    EXPECT_THAT(chat.activePath(), ElementsAre(edited));
}

TEST(Conversation, SelectingABranchGoesOnBelowItAsLastTime) {
    Conversation chat = chatOf("A", {"prompt", "first", "more", "end"});
    chat.add(1, engine::Role::Assistant, {textPart("second")});
    EXPECT_THAT(chat.activePath(), ElementsAre(1, 5));
    chat.select(2);
    EXPECT_THAT(chat.activePath(), ElementsAre(1, 2, 3, 4));
}

TEST(Conversation, SelectingADeepTurnPullsThePathThroughItsParents) {
    Conversation chat = chatOf("A", {"prompt", "first", "more"});
    chat.add(0, engine::Role::User, {textPart("edited")});
    chat.select(3);
    EXPECT_THAT(chat.activePath(), ElementsAre(1, 2, 3));
}

TEST(Conversation, IsRebuiltFromItsTurnsInAnyOrder) {
    const Conversation chat = chatOf("A", {"one", "two", "three"});
    std::vector<Turn> turns(chat.turns().rbegin(), chat.turns().rend());
    EXPECT_EQ(Conversation(chat.header, turns), chat);
}

TEST(Conversation, RefusesATurnWhoseParentIsMissing) {
    EXPECT_THROW(Conversation(ChatHeader{}, {turnOf(1, 0), turnOf(3, 2)}), engine::Error);
}

TEST(Conversation, RefusesATurnBeforeItsParent) {
    EXPECT_THROW(Conversation(ChatHeader{}, {turnOf(1, 2), turnOf(2, 1)}), engine::Error);
}

TEST(Conversation, RefusesTwoTurnsOfOneNumberAndNamesTheChat) {
    ChatHeader header;
    header.title = "Trees";
    try {
        const Conversation chat(header, {turnOf(1, 0), turnOf(1, 0)});
        FAIL() << "it was accepted";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("Trees"));
    }
}

TEST(Conversation, AChoiceThatPointsNowhereFallsBackToTheNewestChild) {
    ChatHeader header;
    header.activeRoot = 9;
    Turn prompt = turnOf(1, 0);
    prompt.activeChild = 77;
    const Conversation chat(header, {prompt, turnOf(2, 1), turnOf(3, 1)});
    EXPECT_THAT(chat.activePath(), ElementsAre(1, 3));
}

TEST(Conversation, ARootThatWasNeverChosenIsTheNewestOne) {
    const Conversation chat(ChatHeader{}, {turnOf(1, 0), turnOf(2, 0)});
    EXPECT_THAT(chat.activePath(), ElementsAre(2));
}

TEST(Messages, BeginWithTheSystemPromptWhereThereIsOne) {
    Conversation chat = chatOf("A", {"hello"});
    EXPECT_EQ(messagesFor(chat, chat.activePath(), PastThoughts::LeaveOut).size(), 1U);
    chat.header.system = "Be short.";
    const auto messages = messagesFor(chat, chat.activePath(), PastThoughts::LeaveOut);
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].role, engine::Role::System);
    EXPECT_EQ(messages[0].text, "Be short.");
}

TEST(Messages, LeaveEarlierThoughtsOutUnlessTheyAreKept) {
    Conversation chat = chatOf("A", {"hello"});
    chat.add(1, engine::Role::Assistant, {reasoningPart("hm"), textPart("hi")});
    EXPECT_EQ(messagesFor(chat, chat.activePath(), PastThoughts::LeaveOut)[1].reasoning, "");
    EXPECT_EQ(messagesFor(chat, chat.activePath(), PastThoughts::Keep)[1].reasoning, "hm");
    EXPECT_EQ(messagesFor(chat, chat.activePath(), PastThoughts::Keep)[1].text, "hi");
}

TEST(Messages, FollowThePathTheyAreGiven) {
    Conversation chat = chatOf("A", {"prompt", "first"});
    chat.add(1, engine::Role::Assistant, {textPart("second")});
    EXPECT_EQ(messagesFor(chat, {1, 2}, PastThoughts::LeaveOut)[1].text, "first");
}

TEST(Messages, AttachmentsComeFirstUnderTheirNames) {
    Part file = textPart("a,b\n1,2");
    file.kind = PartKind::Attachment;
    file.name = "table.csv";
    Turn turn;
    turn.parts = {textPart("Sum it up."), file};
    EXPECT_EQ(promptText(turn), "[table.csv]\na,b\n1,2\n\nSum it up.");
}

TEST(Messages, PartsOfOneKindAreJoinedByABlankLine) {
    Turn turn;
    turn.parts = {reasoningPart("a"), textPart("b"), reasoningPart("c")};
    EXPECT_EQ(joinedText(turn, PartKind::Reasoning), "a\n\nc");
}

TEST(ChatId, IsTwelveCharactersWithoutLookAlikes) {
    const std::string id = newChatId();
    EXPECT_EQ(id.size(), 12U);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos) << id;
}

TEST(ChatId, IsDrawnAnewEachTime) {
    std::set<std::string> ids;
    for (int i = 0; i < 1000; ++i) ids.insert(newChatId());
    EXPECT_EQ(ids.size(), 1000U);
}

TEST(Names, AreReadBackAsTheyAreWritten) {
    for (const PartKind kind : {PartKind::Reasoning, PartKind::Text, PartKind::Attachment, PartKind::Tool})
        EXPECT_EQ(partKindFromName(partKindName(kind)), kind);
    for (const TurnState state : {TurnState::Complete, TurnState::Streaming, TurnState::Stopped,
                                  TurnState::Interrupted, TurnState::Failed})
        EXPECT_EQ(turnStateFromName(turnStateName(state)), state);
    for (const engine::Role role : {engine::Role::System, engine::Role::User, engine::Role::Assistant})
        EXPECT_EQ(roleFromName(roleName(role)), role);
}

TEST(Names, OfALaterVersionAreReadAsThePlainestValue) {
    EXPECT_EQ(partKindFromName("hologram"), PartKind::Text);
    EXPECT_EQ(turnStateFromName("dreaming"), TurnState::Interrupted);
    EXPECT_EQ(roleFromName("oracle"), engine::Role::User);
}

} // namespace

} // namespace ponder::app
