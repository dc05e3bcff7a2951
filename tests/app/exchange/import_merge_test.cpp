#include "app/exchange/import_merge.h"

#include <gtest/gtest.h>

#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

class ImportMerge : public testing::Test {
protected:
    ImportPlan bringIn(const std::vector<Conversation>& chats) {
        ImportPlan plan = planImport(&store_, chats);
        store_.saveAll(plan.changes);
        return plan;
    }

    tests::TempDir folder_;
    ChatStore store_{(folder_ / "chats.db").string()};
};

TEST_F(ImportMerge, AddsWhatIsNotThere) {
    const std::vector<Conversation> chats{chatOf("one", {"a", "b"}), chatOf("two", {"c"})};
    EXPECT_EQ(bringIn(chats).added, 2);
    for (const Conversation& chat : chats) EXPECT_EQ(store_.load(chat.header.id), chat);
}

TEST_F(ImportMerge, ASecondImportChangesNothing) {
    const std::vector<Conversation> chats{chatOf("one", {"a", "b", "a", "b"})};
    bringIn(chats);
    const ImportPlan again = planImport(&store_, chats);
    EXPECT_EQ(again.unchanged, 1);
    EXPECT_TRUE(again.changes.empty());
}

TEST_F(ImportMerge, AChatThatGrewGetsItsNewMessagesAndKeepsWhatWasWrittenHere) {
    Conversation chat = chatOf("one", {"a", "b"});
    bringIn({chat});
    Conversation here = *store_.load(chat.header.id);
    here.add(2, engine::Role::User, {textPart("asked here")});
    here.header.title = "my title";
    store_.save(wholeChat(here));

    chat.add(2, engine::Role::User, {textPart("asked there")});
    chat.add(1, engine::Role::Assistant, {textPart("another answer")});
    EXPECT_EQ(bringIn({chat}).grown, 1);

    const Conversation merged = *store_.load(chat.header.id);
    EXPECT_EQ(merged.header.title, "my title");
    ASSERT_EQ(merged.turns().size(), 5U);
    EXPECT_EQ(merged.siblings(3).size(), 2U) << "both follow-ups";
    EXPECT_EQ(merged.siblings(2).size(), 2U) << "both answers";
    EXPECT_EQ(joinedText(merged.turn(merged.activePath().back()), PartKind::Text), "another answer");
    EXPECT_EQ(planImport(&store_, {chat}).unchanged, 1);
}

TEST_F(ImportMerge, EqualMessagesSideBySideAreTwoMessages) {
    Conversation chat = chatOf("one", {"a", "same"});
    bringIn({chat});
    chat.add(1, engine::Role::Assistant, {textPart("same")});
    EXPECT_EQ(bringIn({chat}).grown, 1);
    EXPECT_EQ(store_.load(chat.header.id)->turns().size(), 3U);
}

TEST_F(ImportMerge, WhatIsInTheTrashStaysThere) {
    const Conversation chat = chatOf("one", {"a"});
    bringIn({chat});
    store_.trash({chat.header.id});
    EXPECT_EQ(bringIn({chat}).trashed, 1);
    EXPECT_TRUE(store_.chats().empty());
}

TEST_F(ImportMerge, IsFoundBySearch) {
    bringIn({chatOf("one", {"the narwhal question", "b"})});
    EXPECT_EQ(store_.search(parseSearch("narwhal", LastWord::Whole), 0).total, 1);
}

} // namespace

} // namespace ponder::app
