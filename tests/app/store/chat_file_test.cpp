#include "app/store/chat_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::size_t kPage = 4096;

class ChatFileOnDisk : public testing::Test {
protected:
    std::string path() const { return (folder_ / "chats.db").string(); }

    /// Chats enough for a few hundred pages.
    std::vector<Conversation> fill(int chats) const {
        std::vector<Conversation> all;
        ChatStore store(path());
        for (int i = 0; i < chats; ++i) {
            const std::string text = "message " + std::to_string(i) + std::string(700, 'x');
            all.push_back(chatOf("chat " + std::to_string(i), {text, text, text, text}));
            store.save(wholeChat(all.back()));
        }
        return all;
    }

    void overwrite(std::size_t offset, const std::string& bytes) const {
        std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(offset));
        file << bytes;
    }

    std::vector<std::filesystem::path> setAside() const {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
            if (entry.path().string().find(".corrupt-") != std::string::npos &&
                !entry.path().string().ends_with("-wal"))
                found.push_back(entry.path());
        return found;
    }

    /// As a crash leaves it: with a log, so that the next opening looks closely.
    void leaveInAHurry() const { std::ofstream(path() + "-wal") << "not a log"; }

    tests::TempDir folder_;
};

TEST_F(ChatFileOnDisk, IsMadeWithTheFoldersAboveIt) {
    const std::string deep = (folder_ / "a/b/chats.db").string();
    const ChatFile file = openChatFile(deep);
    EXPECT_TRUE(std::filesystem::exists(deep));
    EXPECT_THAT(file.notices, IsEmpty());
}

TEST_F(ChatFileOnDisk, ALogWithoutSenseCostsNothing) {
    const auto chats = fill(3);
    leaveInAHurry();
    ChatStore store(path());
    EXPECT_THAT(store.notices(), IsEmpty());
    EXPECT_THAT(store.chats(), SizeIs(3));
}

TEST_F(ChatFileOnDisk, AFileOfZeroesIsSetAsideAndTold) {
    fill(2);
    { std::ofstream(path(), std::ios::binary) << std::string(65536, '\0'); }
    ChatStore store(path());
    ASSERT_THAT(store.notices(), SizeIs(1));
    EXPECT_THAT(store.notices()[0], HasSubstr("damaged"));
    EXPECT_THAT(setAside(), SizeIs(1));
    EXPECT_THAT(store.notices()[0], HasSubstr(setAside()[0].string()));
    store.save(wholeChat(chatOf("works again", {"x"})));
    EXPECT_THAT(store.chats(), SizeIs(1));
}

TEST_F(ChatFileOnDisk, ABrokenHeaderIsSetAsideByteForByte) {
    fill(2);
    overwrite(0, std::string(100, '!'));
    const std::string damaged = tests::contentOf(path());
    const ChatStore store(path());
    ASSERT_THAT(setAside(), SizeIs(1));
    EXPECT_EQ(tests::contentOf(setAside()[0]), damaged);
}

TEST_F(ChatFileOnDisk, NearlyAllRowsAreSavedFromABrokenPage) {
    const auto chats = fill(150);
    const std::size_t pages = std::filesystem::file_size(path()) / kPage;
    ASSERT_GT(pages, 100U);
    overwrite(pages / 2 * kPage, std::string(kPage, '\xee'));
    leaveInAHurry();
    ChatStore store(path());
    ASSERT_THAT(store.notices(), SizeIs(1));
    std::size_t whole = 0;
    for (const Conversation& chat : chats) whole += store.load(chat.header.id) == chat ? 1 : 0;
    EXPECT_GE(whole, chats.size() * 95 / 100) << store.notices()[0];
    EXPECT_GT(store.search(parseSearch("message", LastWord::Whole), 1).total, 500);
}

// D7: each page in turn is overwritten; the damage is found or does no harm, and the program always has a
// working file.
TEST_F(ChatFileOnDisk, APageBrokenAnywhereLeavesAWorkingFile) {
    const auto chats = fill(30);
    const std::string good = tests::contentOf(path());
    const std::size_t pages = good.size() / kPage;
    std::mt19937 random(11);
    std::size_t savedTurns = 0;
    std::size_t allTurns = 0;
    constexpr int kRounds = 40;
    for (int round = 0; round < kRounds; ++round) {
        const tests::TempDir folder;
        std::string bytes = good;
        const std::size_t page = random() % pages;
        for (std::size_t i = 0; i < kPage; ++i) bytes[page * kPage + i] = static_cast<char>(random());
        const std::string file = folder.write("chats.db", bytes).string();
        std::ofstream(file + "-wal") << "not a log";
        ChatStore store(file);
        for (const ChatHeader& header : store.chats()) {
            const auto loaded = store.load(header.id);
            ASSERT_TRUE(loaded);
            savedTurns += loaded->turns().size();
        }
        allTurns += chats.size() * 4;
        const Conversation fresh = chatOf("fresh", {"works"});
        store.save(wholeChat(fresh));
        ASSERT_EQ(store.load(fresh.header.id), fresh) << "page " << page;
    }
    RecordProperty("turnsSavedPerMille", static_cast<int>(1000 * savedTurns / allTurns));
    // A page of thirty chats' titles takes many turns' place in the list, but not the turns themselves.
    EXPECT_GT(savedTurns * 100, allTurns * 90) << savedTurns << " of " << allTurns;
}

TEST_F(ChatFileOnDisk, ATruncatedFileKeepsWhatItHolds) {
    fill(60);
    std::filesystem::resize_file(path(), std::filesystem::file_size(path()) / 2 / kPage * kPage);
    leaveInAHurry();
    ChatStore store(path());
    EXPECT_THAT(store.notices(), SizeIs(1));
    EXPECT_GT(store.chats().size(), 10U);
}

TEST_F(ChatFileOnDisk, ASecondProgramLeavesTheLogToTheFirst) {
    const ChatStore first(path());
    const ChatFile second = openChatFile(path());
    EXPECT_EQ(second.database->integer("PRAGMA wal_autocheckpoint"), 0);
}

/// A folder that can be read and not written while this lives.
class ReadOnlyFolder {
public:
    explicit ReadOnlyFolder(const std::filesystem::path& folder) : folder_(folder) {
        constexpr std::filesystem::perms kRead{0444};
        constexpr std::filesystem::perms kReadAndEnter{0555};
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            std::filesystem::permissions(entry, kRead);
        std::filesystem::permissions(folder, kReadAndEnter);
    }
    ~ReadOnlyFolder() { std::filesystem::permissions(folder_, std::filesystem::perms::owner_all); }

    /// The exit code of `body`, run by somebody for whom the folder is read-only: root may write everywhere.
    int visit(const std::function<int()>& body) const {
        const pid_t child = ::fork();
        if (child == 0) {
            if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(99);
            try {
                ::_exit(body());
            } catch (const std::exception& error) {
                std::fprintf(stderr, "%s\n", error.what());
                ::_exit(98);
            }
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    std::filesystem::path folder_;
};

bool isRefused(const std::function<void()>& step, const std::string& because) {
    try {
        step();
    } catch (const engine::Error& error) {
        return std::string(error.what()).find(because) != std::string::npos;
    }
    return false;
}

TEST_F(ChatFileOnDisk, AFolderThatCannotBeWrittenIsToldAsSuch) {
    const ReadOnlyFolder folder(folder_.path());
    EXPECT_EQ(folder.visit(
                  [&] { return isRefused([&] { const ChatStore store(path()); }, "permissions") ? 0 : 1; }),
              0);
}

TEST_F(ChatFileOnDisk, ChatsInAFolderThatCannotBeWrittenAreReadWithANotice) {
    const std::vector<Conversation> chats = fill(3);
    const ReadOnlyFolder folder(folder_.path());
    EXPECT_EQ(folder.visit([&] {
        ChatStore store(path());
        if (store.notices().size() != 1 || store.notices()[0].find("cannot be written") == std::string::npos)
            return 1;
        for (const Conversation& chat : chats)
            if (store.load(chat.header.id) != chat) return 2;
        if (store.search(parseSearch("message", LastWord::Whole), 0).total != 12) return 3;
        return isRefused([&] { store.save(wholeChat(chatOf("new", {"question"}))); }, "permissions") ? 0 : 4;
    }),
              0);
}

TEST_F(ChatFileOnDisk, WhatACrashLeftInTheLogIsReadOnAReadOnlyDisk) {
    ChatStore running(path());
    Conversation chat = chatOf("chat", {"question", "half an ans"});
    chat.turn(2).state = TurnState::Streaming;
    running.save(wholeChat(chat));
    const ReadOnlyFolder folder(folder_.path());
    EXPECT_EQ(folder.visit([&] {
        const auto found = ChatStore(path()).load(chat.header.id);
        if (!found || found->turns().size() != 2) return 1;
        return found->turn(2).state == TurnState::Interrupted ? 0 : 2;
    }),
              0);
}

} // namespace

} // namespace ponder::app
