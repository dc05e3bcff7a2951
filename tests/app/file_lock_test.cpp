#include "app/file_lock.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "engine/engine.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

// Two open files are to the system what two processes are.
class Lock : public testing::Test {
protected:
    std::string path() const { return (folder_ / "lock").string(); }
    tests::TempDir folder_;
};

TEST_F(Lock, IsHeldByOneAtATime) {
    FileLock first(path());
    FileLock second(path());
    EXPECT_TRUE(first.tryExclusive());
    EXPECT_FALSE(second.tryExclusive());
}

TEST_F(Lock, IsFreeAgainWhenItsHolderGoes) {
    FileLock second(path());
    {
        FileLock first(path());
        ASSERT_TRUE(first.tryExclusive());
    }
    EXPECT_TRUE(second.tryExclusive());
}

TEST_F(Lock, IsSharedByManyAndThenHeldByNone) {
    FileLock first(path());
    FileLock second(path());
    FileLock third(path());
    EXPECT_TRUE(first.waitShared(0));
    EXPECT_TRUE(second.waitShared(0));
    EXPECT_FALSE(third.tryExclusive());
}

TEST_F(Lock, HeldAloneBecomesShared) {
    FileLock first(path());
    FileLock second(path());
    ASSERT_TRUE(first.tryExclusive());
    EXPECT_FALSE(second.waitShared(0));
    ASSERT_TRUE(first.waitShared(0));
    EXPECT_TRUE(second.waitShared(0));
}

TEST_F(Lock, OfAKilledProcessIsFree) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        FileLock lock(path());
        const char held = lock.tryExclusive() ? '1' : '0';
        if (::write(pipe[1], &held, 1) == 1) ::pause();
        ::_exit(0);
    }
    char held = '0';
    ASSERT_EQ(::read(pipe[0], &held, 1), 1);
    ASSERT_EQ(held, '1');
    FileLock mine(path());
    EXPECT_FALSE(mine.tryExclusive());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(mine.tryExclusive());
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST_F(Lock, WhereNoFileCanBeMadeSaysSo) {
    EXPECT_THROW(FileLock((folder_ / "nowhere/lock").string()), engine::Error);
}

} // namespace

} // namespace ponder::app
