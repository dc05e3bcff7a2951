#include "app/library/library_watch.h"

#include <gtest/gtest.h>

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>

#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Counts what a watch tells.
class Ear {
public:
    void hear() {
        const std::lock_guard lock(mutex_);
        ++heard_;
        changed_.notify_all();
    }
    /// Heard something since the last call?
    bool waits(std::chrono::milliseconds time) {
        std::unique_lock lock(mutex_);
        const bool heard = changed_.wait_for(lock, time, [this] { return heard_ > 0; });
        heard_ = 0;
        return heard;
    }
    int count() {
        const std::lock_guard lock(mutex_);
        return heard_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int heard_ = 0;
};

constexpr auto kSoon = 5000ms; // much longer than it takes, even on a machine that is busy
constexpr auto kQuiet = 150ms;

class Watching : public testing::Test {
protected:
    Watching() { fs::create_directories(folder_ / "models"); }
    void append(const std::string& file, const std::string& text) const {
        std::ofstream(folder_ / file, std::ios::app) << text;
    }

    tests::TempDir folder_;
    Ear ear_;
    LibraryWatch watch_{[this] { ear_.hear(); }, {.gathered = 30ms, .growing = 200ms, .polled = 10s}};
};

TEST_F(Watching, HearsOfFilesThatComeGrowMoveAndGo) {
    watch_.watch((folder_ / "models").string());
    EXPECT_FALSE(ear_.waits(kQuiet)) << "nothing has happened";
    folder_.write("models/a.gguf", "1");
    EXPECT_TRUE(ear_.waits(kSoon));
    append("models/a.gguf", "2");
    EXPECT_TRUE(ear_.waits(kSoon));
    fs::rename(folder_ / "models/a.gguf", folder_ / "models/b.gguf");
    EXPECT_TRUE(ear_.waits(kSoon));
    fs::remove(folder_ / "models/b.gguf");
    EXPECT_TRUE(ear_.waits(kSoon));
    fs::create_directory(folder_ / "models/below");
    EXPECT_TRUE(ear_.waits(kSoon));
    fs::remove_all(folder_ / "models");
    EXPECT_TRUE(ear_.waits(kSoon));
}

TEST_F(Watching, AFileThatKeepsGrowingIsToldOfNowAndThen) {
    watch_.watch((folder_ / "models").string());
    std::ofstream file(folder_ / "models/a.gguf");
    EXPECT_TRUE(ear_.waits(kSoon));
    const auto until = std::chrono::steady_clock::now() + 900ms;
    while (std::chrono::steady_clock::now() < until) {
        file << "x" << std::flush;
        ::usleep(5000);
    }
    EXPECT_GE(ear_.count(), 1);
    EXPECT_LE(ear_.count(), 6) << "not for every byte";
}

TEST_F(Watching, GathersABurst) {
    watch_.watch((folder_ / "models").string());
    for (int i = 0; i < 200; ++i) folder_.write("models/" + std::to_string(i) + ".gguf", "1");
    EXPECT_TRUE(ear_.waits(kSoon));
    EXPECT_LE(ear_.count(), 20);
}

TEST_F(Watching, AwaitsAFolderThatIsNotThereYet) {
    watch_.watchFor((folder_ / "a/b/models").string());
    folder_.write("something-else", "1");
    EXPECT_FALSE(ear_.waits(kQuiet)) << "that is not what was awaited";
    fs::create_directory(folder_ / "a");
    EXPECT_TRUE(ear_.waits(kSoon));
    watch_.watchFor((folder_ / "a/b/models").string());
    fs::create_directories(folder_ / "a/b/models");
    EXPECT_TRUE(ear_.waits(kSoon));
}

TEST_F(Watching, AFolderThatVanishesMayComeBack) {
    watch_.watchFor((folder_ / "models").string());
    watch_.watch((folder_ / "models").string());
    fs::rename(folder_ / "models", folder_ / "elsewhere");
    EXPECT_TRUE(ear_.waits(kSoon));
    EXPECT_FALSE(ear_.waits(kQuiet));
    fs::rename(folder_ / "elsewhere", folder_ / "models");
    EXPECT_TRUE(ear_.waits(kSoon));
}

TEST_F(Watching, WhatWasForgottenIsHeardNoMore) {
    watch_.watch((folder_ / "models").string());
    watch_.forgetOthers();
    fs::create_directory(folder_ / "other");
    watch_.watch((folder_ / "other").string());
    watch_.forgetOthers();
    while (ear_.waits(4 * kQuiet)) {
    } // what was under way when it was forgotten
    folder_.write("models/a.gguf", "1");
    EXPECT_FALSE(ear_.waits(kQuiet));
    folder_.write("other/a.gguf", "1");
    EXPECT_TRUE(ear_.waits(kSoon));
}

TEST_F(Watching, HearsOfADiskThatIsMounted) {
    if (::mount("none", (folder_ / "models").c_str(), "tmpfs", 0, "size=1m") != 0)
        GTEST_SKIP() << "nothing can be mounted here: disks that come and go were NOT checked";
    EXPECT_TRUE(ear_.waits(kSoon));
    watch_.watch((folder_ / "models").string());
    ASSERT_EQ(::umount((folder_ / "models").c_str()), 0);
    EXPECT_TRUE(ear_.waits(kSoon));
}

/// What a process sees whose system lets it watch very few folders: 0 as it should, 1 not, 77 cannot be
/// tried.
int watchWithALimit() {
    // In a user namespace of its own the limit is the process's own.
    if (::unshare(CLONE_NEWUSER) != 0) return 77;
    std::ofstream limit("/proc/sys/user/max_inotify_watches");
    limit << 5 << std::flush;
    if (!limit) return 77;
    const tests::TempDir folder;
    Ear ear;
    LibraryWatch watch([&] { ear.hear(); }, {.gathered = 30ms, .growing = 200ms, .polled = 100ms});
    for (int i = 0; i < 4; ++i) {
        fs::create_directory(folder / std::to_string(i));
        watch.watch((folder / std::to_string(i)).string());
    }
    const bool wasFine = watch.trouble().empty();
    for (int i = 4; i < 8; ++i) {
        fs::create_directory(folder / std::to_string(i));
        watch.watch((folder / std::to_string(i)).string());
    }
    watch.forgetOthers();
    const bool saysSo = watch.trouble().find("limit for watched folders") != std::string::npos;
    ear.waits(kQuiet);
    return wasFine && saysSo && ear.waits(kSoon) ? 0 : 1; // heard without anything having changed
}

TEST(WatchingManyFolders, BeyondTheSystemsLimitPollsAndSaysSo) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) ::_exit(watchWithALimit());
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "no limit can be set here: it was NOT checked";
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

} // namespace

} // namespace ponder::app
