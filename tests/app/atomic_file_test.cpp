#include "app/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "engine/engine.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;

std::size_t filesIn(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
    return count;
}

TEST(AtomicFile, IsWrittenAndReadBack) {
    const tests::TempDir folder;
    const std::string content("bytes\0and more\n", 15);
    writeFileAtomically(folder / "file", content);
    EXPECT_EQ(readFile(folder / "file", 100), content);
}

TEST(AtomicFile, ReplacesTheOldContentAndLeavesNothingBeside) {
    const tests::TempDir folder;
    folder.write("file", "old");
    writeFileAtomically(folder / "file", "new");
    EXPECT_EQ(tests::contentOf(folder / "file"), "new");
    EXPECT_EQ(filesIn(folder.path()), 1U);
}

TEST(AtomicFile, IsForItsOwnerOnlyUnlessEverybodyMayRead) {
    ::umask(022);
    const tests::TempDir folder;
    writeFileAtomically(folder / "private", "x");
    writeFileAtomically(folder / "public", "x", FileReaders::Everybody);
    struct stat status {};
    ASSERT_EQ(::stat((folder / "private").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    ASSERT_EQ(::stat((folder / "public").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0644U);
}

// D12: QSaveFile of Qt 6.4 fails this one.
TEST(AtomicFile, OnAFullDiskTheOldContentStays) {
    const tests::TempDir folder;
    for (const std::size_t size : {std::size_t{2}, std::size_t{8'000}, std::size_t{100'000}}) {
        folder.write("file", "old");
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{1, 1};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            try {
                writeFileAtomically(folder / "file", std::string(size, 'n'));
                ::_exit(1);
            } catch (const engine::Error&) {
                ::_exit(0);
            }
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_EQ(WEXITSTATUS(status), 0) << size;
        EXPECT_EQ(tests::contentOf(folder / "file"), "old") << size;
        EXPECT_EQ(filesIn(folder.path()), 1U);
    }
}

TEST(AtomicFile, IntoAFolderThatIsNotThereNamesTheFile) {
    const tests::TempDir folder;
    try {
        writeFileAtomically(folder / "nowhere/file", "x");
        FAIL() << "it was written";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("nowhere/file"));
    }
}

TEST(AtomicFile, FollowsNoLinkLaidInItsWay) {
    const tests::TempDir folder;
    folder.write("victim", "precious");
    std::filesystem::create_symlink(folder / "victim", folder / ("file.new-" + std::to_string(::getpid())));
    writeFileAtomically(folder / "file", "new");
    EXPECT_EQ(tests::contentOf(folder / "victim"), "precious");
    EXPECT_EQ(tests::contentOf(folder / "file"), "new");
}

TEST(ReadFile, RefusesWhatIsTooLargeOrNotThere) {
    const tests::TempDir folder;
    folder.write("file", "12345");
    EXPECT_EQ(readFile(folder / "file", 5), "12345");
    EXPECT_THROW(readFile(folder / "file", 4), engine::Error);
    EXPECT_THROW(readFile(folder / "missing", 4), engine::Error);
    EXPECT_THROW(readFile(folder.path(), 1 << 20), engine::Error);
}

} // namespace

} // namespace ponder::app
