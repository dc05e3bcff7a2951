#include "app/store/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;

class DatabaseFile : public testing::Test {
protected:
    std::string path() const { return (folder_ / "test.db").string(); }
    tests::TempDir folder_;
};

TEST_F(DatabaseFile, BindsAndReadsEveryKindOfValue) {
    Database database(path(), DatabaseAccess::ReadWrite);
    database.execute("CREATE TABLE t(a, b, c, d)");
    database.run("INSERT INTO t VALUES(?, ?, ?, ?)", std::int64_t{1} << 40, 0.5, "text", nullptr);
    Statement rows = database.prepare("SELECT a, b, c, d FROM t");
    ASSERT_TRUE(rows.step());
    EXPECT_EQ(rows.integer(0), std::int64_t{1} << 40);
    EXPECT_EQ(rows.real(1), 0.5);
    EXPECT_EQ(rows.text(2), "text");
    EXPECT_TRUE(rows.isNull(3));
    EXPECT_FALSE(rows.step());
}

TEST_F(DatabaseFile, AnEmptyTextIsNotNull) {
    Database database(path(), DatabaseAccess::ReadWrite);
    database.execute("CREATE TABLE t(a)");
    database.run("INSERT INTO t VALUES(?)", std::string_view());
    EXPECT_EQ(database.integer("SELECT count(*) FROM t WHERE a IS NULL"), 0);
}

TEST_F(DatabaseFile, TextsMayHoldZeroBytes) {
    Database database(path(), DatabaseAccess::ReadWrite);
    database.execute("CREATE TABLE t(a)");
    const std::string text("a\0b", 3);
    database.run("INSERT INTO t VALUES(?)", text);
    EXPECT_EQ(database.text("SELECT a FROM t"), text);
}

TEST_F(DatabaseFile, AStatementIsUsedAgainWithOtherValues) {
    Database database(path(), DatabaseAccess::ReadWrite);
    database.execute("CREATE TABLE t(a)");
    Statement insert = database.prepare("INSERT INTO t VALUES(?)");
    for (int i = 0; i < 3; ++i) insert.bind(i).run();
    EXPECT_EQ(database.integer("SELECT sum(a) FROM t"), 3);
}

TEST_F(DatabaseFile, ATransactionThatIsNotCommittedNeverHappened) {
    Database database(path(), DatabaseAccess::ReadWrite);
    database.execute("CREATE TABLE t(a)");
    {
        Transaction transaction(database);
        database.execute("INSERT INTO t VALUES(1)");
    }
    EXPECT_EQ(database.integer("SELECT count(*) FROM t"), 0);
    {
        Transaction transaction(database);
        database.execute("INSERT INTO t VALUES(1)");
        transaction.commit();
    }
    EXPECT_EQ(database.integer("SELECT count(*) FROM t"), 1);
}

TEST_F(DatabaseFile, EveryCommitGoesToTheDiskThroughTheLog) {
    Database database(path(), DatabaseAccess::ReadWrite);
    EXPECT_EQ(database.text("PRAGMA journal_mode"), "wal");
    EXPECT_EQ(database.integer("PRAGMA synchronous"), 2);
    EXPECT_EQ(database.integer("PRAGMA foreign_keys"), 1);
    EXPECT_EQ(database.integer("PRAGMA mmap_size"), 0);
}

TEST_F(DatabaseFile, IsForItsOwnerOnlyWithAllItsCompanions) {
    ::umask(022);
    Database database(path(), DatabaseAccess::ReadWrite);
    database.execute("CREATE TABLE t(a)");
    for (const char* ending : {"", "-wal", "-shm"}) {
        struct stat status {};
        ASSERT_EQ(::stat((path() + ending).c_str(), &status), 0) << ending;
        EXPECT_EQ(status.st_mode & 0777, 0600U) << ending;
    }
}

TEST_F(DatabaseFile, AFileThatIsNoDatabaseIsDamaged) {
    folder_.write("test.db", std::string(8192, 'x'));
    EXPECT_THROW(Database(path(), DatabaseAccess::ReadWrite), DatabaseDamaged);
}

TEST_F(DatabaseFile, ASecondWriterIsToldWhoIsInTheWay) {
    Database first(path(), DatabaseAccess::ReadWrite);
    first.execute("CREATE TABLE t(a)");
    Database second(path(), DatabaseAccess::ReadWrite);
    second.execute("PRAGMA busy_timeout = 10");
    const Transaction held(first);
    try {
        second.execute("INSERT INTO t VALUES(1)");
        FAIL() << "both wrote";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("Another program"));
    }
}

TEST_F(DatabaseFile, ReadOnlyAccessReadsAndRefusesToWrite) {
    {
        Database database(path(), DatabaseAccess::ReadWrite);
        database.execute("CREATE TABLE t(a); INSERT INTO t VALUES(5)");
    }
    Database database(path(), DatabaseAccess::ReadOnly);
    EXPECT_EQ(database.integer("SELECT a FROM t"), 5);
    EXPECT_THROW(database.execute("INSERT INTO t VALUES(6)"), engine::Error);
}

TEST_F(DatabaseFile, ABackUpHoldsEverythingAndIsPrivate) {
    Database database(path(), DatabaseAccess::ReadWrite);
    database.execute("CREATE TABLE t(a); INSERT INTO t VALUES(5)");
    const std::string copy = (folder_ / "copy.db").string();
    database.backUpTo(copy);
    Database copied(copy, DatabaseAccess::ReadWrite);
    EXPECT_EQ(copied.integer("SELECT a FROM t"), 5);
    struct stat status {};
    ASSERT_EQ(::stat(copy.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(DatabaseFile, InAFolderThatIsNotThereNamesThePath) {
    try {
        Database((folder_ / "nowhere/test.db").string(), DatabaseAccess::ReadWrite);
        FAIL() << "it was opened";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("nowhere/test.db"));
    }
}

} // namespace

} // namespace ponder::app
