#include "app/store/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <vector>

#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;

class Schema : public testing::Test {
protected:
    std::string path() const { return (folder_ / "chats.db").string(); }
    bool hasBackUp(int version) const {
        return std::filesystem::exists(path() + ".before-version-" + std::to_string(version));
    }
    tests::TempDir folder_;
};

void addColour(Database& database) {
    database.execute("ALTER TABLE chats ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'");
}

void addManyRows(Database& database) {
    database.execute("CREATE TABLE many(a)");
    for (int i = 0; i < 2000; ++i) database.run("INSERT INTO many VALUES(?)", i);
}

void fail(Database& database) {
    database.execute("CREATE TABLE half(a)");
    throw engine::Error("The step failed. Try again.");
}

std::vector<Migration> stepsWith(std::initializer_list<Migration> further) {
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    steps.insert(steps.end(), further);
    return steps;
}

TEST_F(Schema, AFreshFileGetsTheNewestVersionWithoutABackUp) {
    Database database(path(), DatabaseAccess::ReadWrite);
    bringUpToDate(database, path(), migrations());
    EXPECT_EQ(database.integer("PRAGMA user_version"), static_cast<std::int64_t>(migrations().size()));
    EXPECT_EQ(database.integer("PRAGMA application_id"), kApplicationId);
    EXPECT_FALSE(hasBackUp(1));
}

TEST_F(Schema, TheFileSaysWhoseItIs) {
    EXPECT_EQ(kApplicationId, 0x506f6e64);
}

TEST_F(Schema, BringingUpToDateTwiceChangesNothing) {
    Database database(path(), DatabaseAccess::ReadWrite);
    bringUpToDate(database, path(), migrations());
    const std::string before = database.text("SELECT group_concat(sql) FROM sqlite_master");
    bringUpToDate(database, path(), migrations());
    EXPECT_EQ(database.text("SELECT group_concat(sql) FROM sqlite_master"), before);
}

TEST_F(Schema, AStepKeepsEveryChatAndCopiesTheFileBefore) {
    const Conversation chat = chatOf("Before", {"prompt", "answer"});
    ChatStore(path()).save(wholeChat(chat));
    const auto steps = stepsWith({addColour});
    {
        const ChatFile file = openChatFile(path(), steps);
        EXPECT_EQ(file.database->text("SELECT colour FROM chats"), "grey");
    }
    const int version = static_cast<int>(steps.size());
    ASSERT_TRUE(hasBackUp(version));
    ChatStore old(path() + ".before-version-" + std::to_string(version));
    EXPECT_EQ(old.load(chat.header.id), chat);
}

TEST_F(Schema, AFileWhoseIndexKnowsNoSingleLettersIsIndexedAgain) {
    const Conversation chat = chatOf("Rivers", {"Where does the Danube begin?"});
    ChatStore(path()).save(wholeChat(chat));
    {
        // As the version before left it.
        Database database(path(), DatabaseAccess::ReadWrite);
        database.execute("CREATE TEMP TABLE kept AS SELECT rowid AS turn, thoughts, words FROM search;"
                         "DROP TABLE search;"
                         "CREATE VIRTUAL TABLE search USING fts5(thoughts, words, "
                         "tokenize = 'unicode61 remove_diacritics 2', prefix = '2');"
                         "INSERT INTO search(rowid, thoughts, words) SELECT turn, thoughts, words FROM kept;"
                         "PRAGMA user_version = 3");
    }
    ChatStore store(path());
    EXPECT_TRUE(hasBackUp(4));
    const SearchQuery query = parseSearch("does d", LastWord::Prefix);
    EXPECT_EQ(store.search(query, 10, SearchEffort::Quick).total, 1);
    EXPECT_EQ(store.load(chat.header.id), chat);
    Database database(path(), DatabaseAccess::ReadOnly);
    EXPECT_THAT(database.text("SELECT sql FROM sqlite_master WHERE name = 'search'"),
                HasSubstr("prefix = '1 2'"));
}

TEST_F(Schema, OnlyTheNewestThreeCopiesAreKept) {
    ChatStore(path()).save(wholeChat(chatOf("A", {"x"})));
    const auto nothing = [](Database&) {};
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    for (int i = 0; i < 5; ++i) {
        steps.push_back(nothing);
        const ChatFile file = openChatFile(path(), steps);
        ::usleep(10'000); // the copies are told apart by their dates
    }
    int copies = 0;
    for (int version = 1; version < 20; ++version) copies += hasBackUp(version) ? 1 : 0;
    EXPECT_EQ(copies, 3);
    EXPECT_TRUE(hasBackUp(static_cast<int>(steps.size())));
}

TEST_F(Schema, AStepThatFailsLeavesTheOldVersionWhole) {
    const Conversation chat = chatOf("Kept", {"prompt"});
    ChatStore(path()).save(wholeChat(chat));
    const auto steps = stepsWith({fail});
    EXPECT_THROW(openChatFile(path(), steps), engine::Error);
    ChatStore store(path());
    EXPECT_EQ(store.load(chat.header.id), chat);
    Database database(path(), DatabaseAccess::ReadOnly);
    EXPECT_EQ(database.integer("SELECT count(*) FROM sqlite_master WHERE name = 'half'"), 0);
}

TEST_F(Schema, StepsBeforeTheOneThatFailsStay) {
    ChatStore(path()).save(wholeChat(chatOf("Kept", {"prompt"})));
    const auto steps = stepsWith({addColour, fail});
    EXPECT_THROW(openChatFile(path(), steps), engine::Error);
    const ChatFile file = openChatFile(path(), stepsWith({addColour}));
    EXPECT_EQ(file.database->text("SELECT colour FROM chats"), "grey");
}

TEST_F(Schema, AFileOfANewerPonderIsRefusedAndLeftAsItIs) {
    ChatStore(path()).save(wholeChat(chatOf("Newer", {"prompt"})));
    {
        Database database(path(), DatabaseAccess::ReadWrite);
        database.execute("PRAGMA user_version = 99");
    }
    const std::string before = tests::contentOf(path());
    try {
        const ChatStore store(path());
        FAIL() << "it was opened";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("newer Ponder"));
        EXPECT_THAT(error.what(), HasSubstr("nothing was changed"));
    }
    EXPECT_EQ(tests::contentOf(path()), before);
}

TEST_F(Schema, ADatabaseOfAnotherProgramIsRefused) {
    {
        Database database(path(), DatabaseAccess::ReadWrite);
        database.execute("CREATE TABLE recipes(a)");
    }
    try {
        const ChatStore store(path());
        FAIL() << "it was opened";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("another program"));
    }
}

// D9 of the durability tests, smaller: the process is killed at random instants of a step.
TEST_F(Schema, AKillInTheMiddleOfAStepLeavesTheOldOrTheNewVersion) {
    const Conversation chat = chatOf("Kept", {"prompt", "answer"});
    const auto steps = stepsWith({addManyRows});
    std::mt19937 random(7);
    int oldOnes = 0;
    for (int round = 0; round < 20; ++round) {
        const tests::TempDir folder;
        const std::string file = (folder / "chats.db").string();
        ChatStore(file).save(wholeChat(chat));
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            openChatFile(file, steps);
            ::_exit(0);
        }
        ::usleep(random() % 30'000);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        Database database(file, DatabaseAccess::ReadWrite);
        ASSERT_EQ(database.text("PRAGMA integrity_check"), "ok");
        const std::int64_t version = database.integer("PRAGMA user_version");
        const bool isNew = version == static_cast<std::int64_t>(steps.size());
        ASSERT_TRUE(isNew || version == static_cast<std::int64_t>(migrations().size())) << version;
        ASSERT_EQ(database.integer("SELECT count(*) FROM sqlite_master WHERE name = 'many'"), isNew ? 1 : 0);
        if (isNew) {
            ASSERT_EQ(database.integer("SELECT count(*) FROM many"), 2000);
        }
        ASSERT_EQ(database.integer("SELECT count(*) FROM turns"), 2);
        oldOnes += isNew ? 0 : 1;
    }
    RecordProperty("killedBeforeTheEnd", oldOnes);
}

} // namespace

} // namespace ponder::app
