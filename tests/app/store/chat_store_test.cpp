#include "app/store/chat_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class Chats : public testing::Test {
protected:
    std::string path() const { return (folder_ / "chats.db").string(); }
    std::vector<std::string> titles() {
        std::vector<std::string> titles;
        for (const ChatHeader& header : store_.chats()) titles.push_back(header.title);
        return titles;
    }
    Conversation saved(Conversation chat) {
        store_.save(wholeChat(chat));
        return chat;
    }
    tests::TempDir folder_;
    ChatStore store_{path()};
};

/// An answer with a value in every field.
Turn fullAnswer() {
    Turn turn;
    turn.number = 2;
    turn.parent = 1;
    turn.role = engine::Role::Assistant;
    turn.state = TurnState::Stopped;
    turn.createdMs = 11;
    turn.finishedMs = 12;
    Part reasoning = reasoningPart("hm");
    reasoning.tokens = 3;
    reasoning.startedMs = 13;
    reasoning.endedMs = 14;
    Part attachment = textPart("bytes");
    attachment.kind = PartKind::Attachment;
    attachment.name = "notes.txt";
    Part tool = textPart("42");
    tool.kind = PartKind::Tool;
    tool.name = "python";
    tool.input = "6 * 7";
    turn.parts = {reasoning, attachment, tool, textPart("It is 42.")};
    turn.answer = {.modelName = "Small",
                   .modelIdentity = "abc",
                   .modelPath = "/m.gguf",
                   .engineVersion = "1.2.3",
                   .settings = "{\"seed\":7}",
                   .stop = "cancelled",
                   .failure = "It failed.",
                   .promptTokens = 1,
                   .reusedTokens = 2,
                   .reasoningTokens = 3,
                   .answerTokens = 4,
                   .loadSeconds = 0.25,
                   .promptSeconds = 0.5,
                   .answerSeconds = 0.75};
    return turn;
}

TEST_F(Chats, AFreshStoreIsEmpty) {
    EXPECT_THAT(store_.chats(), IsEmpty());
    EXPECT_THAT(store_.notices(), IsEmpty());
    EXPECT_EQ(store_.load("nothing"), std::nullopt);
}

TEST_F(Chats, AChatIsLoadedAsItWasSaved) {
    const Conversation chat = saved(chatOf("A", {"prompt", "answer", "more"}));
    EXPECT_EQ(store_.load(chat.header.id), chat);
}

TEST_F(Chats, EveryFieldOfAnAnswerIsKept) {
    Conversation chat = chatOf("A", {"prompt"});
    ChatHeader header = chat.header;
    header.system = "Be kind.";
    header.modelPath = "/m.gguf";
    header.folder = "Work";
    Turn prompt = chat.turn(1);
    prompt.activeChild = 2;
    const Conversation full(header, {prompt, fullAnswer()});
    store_.save(wholeChat(full));
    EXPECT_EQ(store_.load(header.id), full);
}

TEST_F(Chats, AreThereAfterReopening) {
    const Conversation chat = chatOf("A", {"prompt", "answer"});
    const std::string file = (folder_ / "other.db").string();
    ChatStore(file).save(wholeChat(chat));
    EXPECT_EQ(ChatStore(file).load(chat.header.id), chat);
}

TEST_F(Chats, BranchesAndTheChosenPathAreKept) {
    Conversation chat = chatOf("A", {"prompt", "first", "more"});
    chat.add(1, engine::Role::Assistant, {textPart("second")});
    chat.add(0, engine::Role::User, {textPart("edited")});
    chat.select(2);
    store_.save(wholeChat(chat));
    const auto loaded = store_.load(chat.header.id);
    ASSERT_TRUE(loaded);
    EXPECT_THAT(loaded->activePath(), ElementsAre(1, 2, 3));
    EXPECT_THAT(loaded->siblings(2), ElementsAre(2, 4));
    EXPECT_THAT(loaded->children(0), ElementsAre(1, 5));
}

TEST_F(Chats, AnotherChoiceOfBranchIsOneSmallChange) {
    Conversation chat = chatOf("A", {"prompt", "first"});
    chat.add(1, engine::Role::Assistant, {textPart("second")});
    store_.save(wholeChat(chat));
    store_.save({chat.header, {}, {{1, 2}}});
    EXPECT_THAT(store_.load(chat.header.id)->activePath(), ElementsAre(1, 2));
}

TEST_F(Chats, ACheckpointReplacesTheGrowingText) {
    Conversation chat = chatOf("A", {"prompt", ""});
    chat.turn(2).state = TurnState::Streaming;
    store_.save(wholeChat(chat));
    chat.turn(2).parts[0].text = "half an answer";
    store_.save({chat.header, {chat.turn(2)}, {}});
    EXPECT_EQ(store_.load(chat.header.id)->turn(2).parts[0].text, "half an answer");
}

TEST_F(Chats, PartsThatAreGoneAreGone) {
    Conversation chat = chatOf("A", {"prompt", "answer"});
    chat.turn(2).parts = {reasoningPart("hm"), textPart("answer")};
    store_.save(wholeChat(chat));
    chat.turn(2).parts = {textPart("short")};
    store_.save(wholeChat(chat));
    EXPECT_EQ(store_.load(chat.header.id), chat);
}

TEST_F(Chats, SavingATurnAgainLeavesTheOthersAlone) {
    Conversation chat = saved(chatOf("A", {"prompt", "answer"}));
    chat.turn(2).parts[0].text = "better";
    store_.save({chat.header, {chat.turn(2)}, {}});
    EXPECT_EQ(store_.load(chat.header.id), chat);
}

TEST_F(Chats, AreListedPinnedFirstThenTheLatestFirst) {
    for (int i = 0; i < 3; ++i) {
        Conversation chat = chatOf("chat " + std::to_string(i), {"x"});
        chat.header.updatedMs += i;
        saved(chat);
    }
    EXPECT_THAT(titles(), ElementsAre("chat 2", "chat 1", "chat 0"));
    store_.setPinned({store_.chats()[2].id}, true);
    EXPECT_THAT(titles(), ElementsAre("chat 0", "chat 2", "chat 1"));
}

TEST_F(Chats, ARenamedChatKeepsItsNameWhenItIsSavedByTitle) {
    Conversation chat = saved(chatOf("Automatic", {"x"}));
    store_.rename(chat.header.id, "Mine");
    EXPECT_EQ(store_.chats()[0].title, "Mine");
    EXPECT_EQ(store_.chats()[0].titleOrigin, TitleOrigin::Person);
}

TEST_F(Chats, ATitleOfTheModelGivesWayToAPersons) {
    const Conversation chat = saved(chatOf("Automatic", {"x"}));
    store_.retitle(chat.header.id, "The model's");
    EXPECT_EQ(store_.chats()[0].title, "The model's");
    EXPECT_EQ(store_.chats()[0].titleOrigin, TitleOrigin::Automatic);
    store_.rename(chat.header.id, "Mine");
    store_.retitle(chat.header.id, "The model's again");
    EXPECT_EQ(store_.chats()[0].title, "Mine");
}

TEST_F(Chats, PinAndTrashAreNotTouchedBySavingAChat) {
    const Conversation chat = saved(chatOf("A", {"x"}));
    store_.setPinned({chat.header.id}, true);
    store_.trash({chat.header.id});
    store_.save(wholeChat(chat));
    EXPECT_THAT(store_.chats(), IsEmpty());
    ASSERT_EQ(store_.trashedChats().size(), 1U);
    EXPECT_TRUE(store_.trashedChats()[0].pinned);
}

TEST_F(Chats, ATrashedChatComesBackWhole) {
    const Conversation chat = saved(chatOf("A", {"prompt", "answer"}));
    store_.trash({chat.header.id});
    EXPECT_THAT(store_.chats(), IsEmpty());
    EXPECT_GT(store_.load(chat.header.id)->header.deletedMs, 0);
    store_.restore({chat.header.id});
    EXPECT_EQ(store_.load(chat.header.id), chat);
}

TEST_F(Chats, TheTrashIsEmptiedAfterThirtyDays) {
    const Conversation old = saved(chatOf("old", {"x"}));
    const Conversation young = saved(chatOf("young", {"x"}));
    const std::string file = (folder_ / "trash.db").string();
    {
        ChatStore store(file);
        for (const Conversation* chat : {&old, &young}) {
            store.save(wholeChat(*chat));
            store.trash({chat->header.id});
        }
    }
    {
        Database database(file, DatabaseAccess::ReadWrite);
        database.run("UPDATE chats SET deleted = deleted - ? WHERE uid = ?",
                     std::int64_t{31} * 24 * 3600 * 1000, old.header.id);
    }
    ChatStore store(file);
    ASSERT_EQ(store.trashedChats().size(), 1U);
    EXPECT_EQ(store.trashedChats()[0].title, "young");
}

TEST_F(Chats, AnErasedChatLeavesNoTraceInTheFiles) {
    const Conversation chat = saved(chatOf("A", {"Rumpelstiltskin was here", "and so was Ozymandias"}));
    saved(chatOf("B", {"harmless"}));
    store_.trash({chat.header.id});
    store_.erase({chat.header.id});
    EXPECT_EQ(store_.load(chat.header.id), std::nullopt);
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        const std::string bytes = tests::contentOf(entry.path());
        for (const char* word : {"Rumpelstiltskin", "rumpelstiltskin", "Ozymandias", "ozymandias"})
            EXPECT_EQ(bytes.find(word), std::string::npos) << word << " in " << entry.path();
    }
    EXPECT_EQ(store_.chats().size(), 1U);
}

TEST_F(Chats, WhatIsRememberedOfAChatIsErasedWithItAndNothingElse) {
    Conversation chat = chatOf("A", {"x"});
    chat.header.id = "%"; // as an import may bring it: a name, no pattern
    saved(chat);
    const Conversation other = saved(chatOf("B", {"x"}));
    for (const Conversation& each : {chat, other})
        store_.remember(chatKey("queue", each.header.id), "Rumpelstiltskin waits in " + each.header.title);
    store_.remember("presets", "all of them");
    store_.erase({chat.header.id});
    EXPECT_EQ(store_.remembered(chatKey("queue", chat.header.id)), "");
    EXPECT_NE(store_.remembered(chatKey("queue", other.header.id)), "");
    EXPECT_EQ(store_.remembered("presets"), "all of them");
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
        EXPECT_EQ(tests::contentOf(entry.path()).find("waits in A"), std::string::npos) << entry.path();
}

TEST_F(Chats, DraftsAreKeptForEachChat) {
    const Conversation first = saved(chatOf("A", {"x"}));
    const Conversation second = saved(chatOf("B", {"x"}));
    store_.setDraft(first.header.id, "half a thou");
    EXPECT_EQ(store_.draft(first.header.id), "half a thou");
    EXPECT_EQ(store_.draft(second.header.id), "");
    store_.save(wholeChat(first));
    EXPECT_EQ(store_.draft(first.header.id), "half a thou")
        << "saving the chat is no reason to lose the draft";
}

TEST_F(Chats, SmallThingsAreRemembered) {
    EXPECT_EQ(store_.remembered("place"), "");
    store_.remember("place", "1");
    store_.remember("place", "2");
    EXPECT_EQ(store_.remembered("place"), "2");
}

TEST_F(Chats, AnAnswerCutOffByACrashIsInterruptedAtTheNextOpening) {
    Conversation chat = chatOf("A", {"prompt", "half"});
    chat.turn(2).state = TurnState::Streaming;
    const std::string file = (folder_ / "cut.db").string();
    ChatStore(file).save(wholeChat(chat));
    const auto loaded = ChatStore(file).load(chat.header.id);
    EXPECT_EQ(loaded->turn(2).state, TurnState::Interrupted);
    EXPECT_EQ(loaded->turn(2).parts[0].text, "half");
}

TEST_F(Chats, AnAnswerAnotherProgramIsWritingIsLeftAlone) {
    Conversation chat = chatOf("A", {"prompt", "half"});
    chat.turn(2).state = TurnState::Streaming;
    saved(chat);
    ChatStore second(path());
    EXPECT_EQ(second.load(chat.header.id)->turn(2).state, TurnState::Streaming);
}

TEST_F(Chats, TwoProgramsSeeEachOthersChats) {
    ChatStore second(path());
    const Conversation chat = saved(chatOf("A", {"from the first"}));
    EXPECT_EQ(second.load(chat.header.id), chat);
    const Conversation other = chatOf("B", {"from the second"});
    second.save(wholeChat(other));
    EXPECT_EQ(store_.load(other.header.id), other);
}

TEST_F(Chats, OrderFollowsNumbersWhenTheClockGoesBack) {
    Conversation chat = chatOf("A", {"one", "two", "three"});
    chat.turn(2).createdMs = 5;
    chat.turn(3).createdMs = 1;
    saved(chat);
    EXPECT_THAT(store_.load(chat.header.id)->activePath(), ElementsAre(1, 2, 3));
}

TEST_F(Chats, AMegabyteInOneMessageIsKept) {
    std::string text;
    while (text.size() < (1 << 20)) text += "Ein Megabyte, mit Umlauten: äöü. ";
    const Conversation chat = saved(chatOf("A", {text, "short"}));
    EXPECT_EQ(store_.load(chat.header.id), chat);
}

TEST_F(Chats, TextsOfEveryKindOfBytesAreKept) {
    using namespace std::string_literals;
    const std::string odd = "zero\0byte \xff\xfe broken, \xf0\x9f\x8c\x8a wave, 'quote\" \\"s;
    const Conversation chat = saved(chatOf(odd, {odd, odd}));
    EXPECT_EQ(store_.load(chat.header.id), chat);
}

TEST_F(Chats, OpenFastAmongManyMessages) {
    std::vector<std::string> texts;
    for (int i = 0; i < 2000; ++i) texts.push_back("message " + std::to_string(i));
    const Conversation chat = saved(chatOf("Long", texts));
    const auto start = std::chrono::steady_clock::now();
    const auto loaded = store_.load(chat.header.id);
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(loaded->turns().size(), 2000U);
    RecordProperty("milliseconds", static_cast<int>(taken.count()));
    EXPECT_LT(taken.count(), 1000) << "a machine under load may be slow, but not that slow";
}

} // namespace

} // namespace ponder::app
