// D4: what a full disk does to the chats. Mounting a small disk takes root; a limit on the size of files does
// not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>

#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

/// Runs in a child, so that limits and broken handles are its own; true as far as `body` says.
bool inChild(const std::function<bool()>& body) {
    const pid_t child = ::fork();
    if (child == 0) {
        bool good = false;
        try {
            good = body();
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
        }
        ::_exit(good ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Saves chats until the disk refuses; the chats whose save returned.
std::vector<Conversation> saveUntilRefused(ChatStore& store, std::string* refusal) {
    std::vector<Conversation> kept;
    for (int i = 0; i < 100'000; ++i) {
        const Conversation chat =
            chatOf("chat", {"prompt " + std::to_string(i) + std::string(2000, 'x'), "answer"});
        try {
            store.save(wholeChat(chat));
        } catch (const engine::Error& error) {
            *refusal = error.what();
            std::printf("refused after %zu chats: %s\n", kept.size(), error.what());
            std::fflush(stdout);
            return kept;
        }
        kept.push_back(chat);
    }
    return kept;
}

bool holdsAll(ChatStore& store, const std::vector<Conversation>& chats) {
    for (const Conversation& chat : chats)
        if (store.load(chat.header.id) != chat) return false;
    return true;
}

TEST(FullDisk, LosesNothingThatWasSavedAndSaysWhatToDo) {
    const tests::TempDir folder;
    const std::string path = (folder / "chats.db").string();
    EXPECT_TRUE(inChild([&] {
        std::signal(SIGXFSZ, SIG_IGN); // then writing beyond the limit fails like a full disk
        ChatStore store(path);
        const rlimit limit{2'000'000, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        std::string refusal;
        const auto kept = saveUntilRefused(store, &refusal);
        if (kept.size() < 10 || refusal.find("Free some space") == std::string::npos) return false;
        const rlimit room{RLIM_INFINITY, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &room);
        const Conversation after = chatOf("after", {"there is room again"});
        store.save(wholeChat(after));
        return holdsAll(store, kept) && store.load(after.header.id) == after;
    }));
    const ChatStore reopened(path);
    EXPECT_TRUE(reopened.notices().empty());
}

TEST(FullDisk, OnASmallDiskWorksAgainWhenThereIsRoom) {
    const tests::TempDir folder;
    const std::string disk = (folder / "disk").string();
    std::filesystem::create_directory(disk);
    if (::mount("none", disk.c_str(), "tmpfs", 0, "size=4m") != 0) {
        std::printf(
            "1 case not run: mounting a small disk takes root; the limit on the size of files stands in.\n");
        return;
    }
    std::ofstream(disk + "/ballast") << std::string(500'000, 'b');
    const bool good = inChild([&] {
        ChatStore store(disk + "/chats.db");
        std::string refusal;
        const auto kept = saveUntilRefused(store, &refusal);
        std::filesystem::remove(disk + "/ballast");
        const Conversation after = chatOf("after", {"there is room again"});
        store.save(wholeChat(after));
        return kept.size() > 10 && refusal.find("Free some space") != std::string::npos &&
               holdsAll(store, kept) && store.load(after.header.id) == after;
    });
    ::umount(disk.c_str());
    EXPECT_TRUE(good);
}

} // namespace

} // namespace ponder::app
