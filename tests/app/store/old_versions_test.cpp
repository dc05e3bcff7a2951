#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "app/exchange/import.h"
#include "app/store/chat_store.h"
#include "tests/places.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::filesystem::path kFixtures = PONDER_SOURCE_DIR "/tests/app/store/fixtures";

/// A file that version 1 of the schema wrote, with the same chats as the JSON beside it; "interruptedchat" is
/// in the trash, "onlyaprompt" has a draft, and a last chat is remembered.
class FileOfVersion1 : public testing::Test {
protected:
    FileOfVersion1() {
        std::filesystem::copy_file(kFixtures / "version_1.db", path());
        std::filesystem::permissions(path(), std::filesystem::perms::owner_read |
                                                 std::filesystem::perms::owner_write);
    }
    std::string path() const { return (folder_ / "chats.db").string(); }
    std::string backUp() const { return path() + ".before-version-2"; }

    tests::TempDir folder_;
    std::vector<Conversation> chats_ = readChats(kFixtures / "version_1.json").chats;
};

TEST_F(FileOfVersion1, EveryChatComesThroughUnchanged) {
    ChatStore store(path());
    EXPECT_THAT(store.notices(), IsEmpty());
    ASSERT_THAT(chats_, SizeIs(4));
    for (Conversation chat : chats_) {
        if (chat.header.id == "interruptedchat") chat.header.deletedMs = 4'102'444'800'000;
        EXPECT_EQ(store.load(chat.header.id), chat) << chat.header.title;
    }
    EXPECT_THAT(store.chats(), SizeIs(3));
    EXPECT_THAT(store.trashedChats(), SizeIs(1));
    EXPECT_EQ(store.draft("onlyaprompt"), "half a thought");
    EXPECT_EQ(store.remembered("lastChat"), "brancheschat");
    EXPECT_EQ(store.search(parseSearch("天气", LastWord::Whole), 0).total, 1);
}

TEST_F(FileOfVersion1, FoldersOfChatsBecomeFolders) {
    EXPECT_THAT(ChatStore(path()).folders(), ElementsAre(Folder{"Reisen"}, Folder{"Work"}));
}

TEST_F(FileOfVersion1, IsKeptAsItWas) {
    { const ChatStore store(path()); }
    ASSERT_TRUE(std::filesystem::exists(backUp()));
    Database old(backUp(), DatabaseAccess::ReadOnly);
    EXPECT_EQ(old.integer("PRAGMA user_version"), 1);
    EXPECT_EQ(old.integer("SELECT count(*) FROM turns"), 9);
    EXPECT_EQ(old.text("PRAGMA integrity_check"), "ok");
}

TEST_F(FileOfVersion1, CannotBeReadWhereItCannotBeWritten) {
    std::filesystem::permissions(path(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::others_read);
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0555));
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        // Root may write everything; its group may not even read this.
        if (::geteuid() == 0 &&
            (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 || ::setuid(65534) != 0))
            ::_exit(99);
        try {
            const ChatStore store(path());
            ::_exit(1);
        } catch (const engine::Error& error) {
            ::_exit(std::string(error.what()).find("older Ponder") == std::string::npos ? 2 : 0);
        }
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all);
    EXPECT_EQ(WEXITSTATUS(status), 0) << "1: it was opened, 2: for another reason";
}

TEST_F(FileOfVersion1, IsSalvagedWhenItIsDamaged) {
    {
        // The list of all pages that hold messages is lost; the chats' table is not.
        Database database(path(), DatabaseAccess::ReadOnly);
        const std::int64_t page = database.integer("SELECT rootpage FROM sqlite_master WHERE name = 'parts'");
        std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp((page - 1) * 4096);
        file << std::string(4096, '\x55');
    }
    std::ofstream(path() + "-wal") << "as a crash leaves it";
    ChatStore store(path());
    ASSERT_THAT(store.notices(), SizeIs(1));
    EXPECT_THAT(store.notices()[0], HasSubstr("4 chats with 9 messages"));
    EXPECT_THAT(store.folders(), SizeIs(2));
    EXPECT_EQ(store.draft("onlyaprompt"), "half a thought");
}

} // namespace

} // namespace ponder::app
