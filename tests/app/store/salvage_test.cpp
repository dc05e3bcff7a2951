#include "app/store/salvage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;

class Salvage : public testing::Test {
protected:
    std::string damaged() const { return (folder_ / "damaged.db").string(); }
    std::string fresh() const { return (folder_ / "fresh.db").string(); }

    SalvageReport run() {
        const ChatFile into = openChatFile(fresh());
        return salvage(damaged(), *into.database);
    }
    void change(const std::string& sql) const {
        Database database(damaged(), DatabaseAccess::ReadWrite);
        database.execute("PRAGMA foreign_keys = OFF; " + sql);
    }

    tests::TempDir folder_;
};

TEST_F(Salvage, CopiesAnUndamagedFileWholeAndSaysSo) {
    Conversation chat = chatOf("A", {"prompt", "answer"});
    chat.add(1, engine::Role::Assistant, {reasoningPart("hm"), textPart("another")});
    {
        ChatStore store(damaged());
        store.save(wholeChat(chat));
        store.setDraft(chat.header.id, "draft");
    }
    const SalvageReport report = run();
    EXPECT_EQ(report.chats, 1);
    EXPECT_EQ(report.turns, 3);
    EXPECT_TRUE(report.complete);
    ChatStore store(fresh());
    EXPECT_EQ(store.load(chat.header.id), chat);
    EXPECT_EQ(store.draft(chat.header.id), "draft");
}

TEST_F(Salvage, MakesTheSearchIndexAnew) {
    ChatStore(damaged()).save(wholeChat(chatOf("A", {"needle in 北京"})));
    run();
    ChatStore store(fresh());
    EXPECT_EQ(store.search(parseSearch("needle", LastWord::Whole), 0).total, 1);
    EXPECT_EQ(store.search(parseSearch("北京", LastWord::Whole), 0).total, 1);
}

TEST_F(Salvage, MessagesWhoseChatIsLostComeIntoAChatOfTheirOwn) {
    const Conversation lost = chatOf("Lost", {"first words", "second words"});
    ChatStore(damaged()).save(wholeChat(lost));
    change("DELETE FROM chats");
    run();
    ChatStore store(fresh());
    ASSERT_EQ(store.chats().size(), 1U);
    EXPECT_EQ(store.chats()[0].title, "Recovered");
    const auto chat = store.load(store.chats()[0].id);
    ASSERT_EQ(chat->turns().size(), 2U);
    EXPECT_EQ(chat->turn(1).parts[0].text, "first words");
    EXPECT_EQ(chat->activePath(), (std::vector<int>{1, 2}));
}

TEST_F(Salvage, WordsWhoseMessageIsLostAreKeptToo) {
    ChatStore(damaged()).save(wholeChat(chatOf("A", {"words without a home"})));
    change("DELETE FROM turns");
    run();
    ChatStore store(fresh());
    EXPECT_EQ(store.search(parseSearch("\"without a home\"", LastWord::Whole), 0).total, 1);
}

TEST_F(Salvage, ATurnWhoseParentIsLostHangsOnTheOneBefore) {
    const Conversation chat = chatOf("A", {"one", "two", "three", "four"});
    ChatStore(damaged()).save(wholeChat(chat));
    change("DELETE FROM turns WHERE number = 2");
    run();
    ChatStore store(fresh());
    const auto loaded = store.load(chat.header.id);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->turn(3).parent, 1);
    EXPECT_EQ(loaded->activePath(), (std::vector<int>{1, 3, 4}));
}

TEST_F(Salvage, AFileThatIsNoDatabaseGivesAnEmptyReport) {
    folder_.write("damaged.db", "nothing like a database");
    const SalvageReport report = run();
    EXPECT_EQ(report.turns, 0);
    EXPECT_FALSE(report.complete);
}

TEST_F(Salvage, TheDamagedFileIsOnlyRead) {
    ChatStore(damaged()).save(wholeChat(chatOf("A", {"x"})));
    const std::string before = tests::contentOf(damaged());
    run();
    EXPECT_EQ(tests::contentOf(damaged()), before);
}

TEST(SalvageReport, SpeaksInWholeSentences) {
    const SalvageReport report{.chats = 1, .turns = 3, .complete = false};
    EXPECT_THAT(report.sentence("/x/chats.db.corrupt-1"),
                HasSubstr("1 chat with 3 messages could be saved."));
    EXPECT_THAT(report.sentence("/x/chats.db.corrupt-1"), HasSubstr("/x/chats.db.corrupt-1"));
}

} // namespace

} // namespace ponder::app
