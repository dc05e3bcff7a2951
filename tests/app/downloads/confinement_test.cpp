// What ponder-fetch has given up before it talks to anybody.

#include "app/fetch/confinement.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "app/fetch/model_check.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

namespace ponder::fetch {

namespace {

bool kernelHasLandlock() {
    return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

/// Runs in a child that is confined to `folder`; true as far as `body` says.
bool whenConfined(const std::string& folder, const std::function<bool()>& body) {
    const pid_t child = ::fork();
    if (child == 0) {
        confineFetcher(folder);
        ::_exit(body() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool opens(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags, 0600);
    if (file >= 0) ::close(file);
    return file >= 0;
}

TEST(Confinement, ADownloadWritesInItsFolderAndNowhereElse) {
    if (!kernelHasLandlock()) GTEST_SKIP() << "this kernel has no Landlock";
    const tests::TempDir models;
    const tests::TempDir home;
    const std::string mine = home.write("letter", "private").string();
    EXPECT_TRUE(whenConfined(models.path().string(), [&] {
        return opens((models / "m.gguf.part").string(), O_RDWR | O_CREAT) &&
               ::rename((models / "m.gguf.part").c_str(), (models / "m.gguf").c_str()) == 0 &&
               ::unlink((models / "m.gguf").c_str()) == 0;
    }));
    EXPECT_TRUE(whenConfined(models.path().string(), [&] {
        return !opens((home / "new").string(), O_RDWR | O_CREAT) && !opens(mine, O_RDONLY) &&
               !opens(mine, O_WRONLY | O_TRUNC) && ::unlink(mine.c_str()) != 0;
    }));
    EXPECT_TRUE(whenConfined({}, [&] { return !opens((models / "m.gguf.part").string(), O_RDWR | O_CREAT); }))
        << "a listing writes nothing";
    EXPECT_EQ(tests::contentOf(mine), "private");
}

TEST(Confinement, NoProgramIsStartedAndNothingServed) {
    const tests::TempDir models;
    EXPECT_TRUE(whenConfined(models.path().string(), [] {
        ::execl("/bin/true", "true", nullptr);
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        return errno == EPERM && socket >= 0 && ::listen(socket, 1) != 0 && ::fork() < 0;
    }));
}

TEST(ModelCheck, SaysWhatTheEngineSaysFromAProcessOfItsOwn) {
    const tests::TempDir folder;
    folder.write("good.gguf", tests::tinyModel().bytes());
    folder.write("bad.gguf", "GGUF, but not really");
    EXPECT_EQ(ModelCheck(folder.path().string()).problemOf((folder / "good.gguf").string()), "");
    EXPECT_NE(ModelCheck(folder.path().string()).problemOf((folder / "bad.gguf").string()), "");
    EXPECT_NE(ModelCheck(folder.path().string()).problemOf((folder / "none.gguf").string()), "");
}

} // namespace

} // namespace ponder::fetch
