#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kDay = 24LL * 3600 * 1000;

class Keeping : public testing::Test {
protected:
    std::string path() const { return (folder_ / "chats.db").string(); }
    std::string saved(const std::string& title, const std::string& folder = {}) {
        Conversation chat = chatOf(title, {"prompt of " + title, "answer"});
        chat.header.folder = folder;
        store_.save(wholeChat(chat));
        return chat.header.id;
    }
    ChatHeader header(const std::string& chat) { return store_.load(chat)->header; }

    tests::TempDir folder_;
    ChatStore store_{path()};
};

TEST_F(Keeping, ManyChatsChangeTogether) {
    const ChatIds chats{saved("a"), saved("b"), saved("c")};
    store_.setPinned(chats, true);
    store_.setArchived(chats, 77);
    store_.setFolder(chats, "Work");
    for (const std::string& chat : chats) {
        EXPECT_TRUE(header(chat).pinned);
        EXPECT_EQ(header(chat).archivedMs, 77);
        EXPECT_EQ(header(chat).folder, "Work");
    }
    store_.trash({chats[0], chats[1]});
    EXPECT_THAT(store_.chats(), SizeIs(1));
    store_.restore({chats[0], chats[1]});
    EXPECT_THAT(store_.chats(), SizeIs(3));
}

TEST_F(Keeping, ASavedChatStaysWhereItIsKept) {
    Conversation chat = chatOf("a", {"x"});
    store_.save(wholeChat(chat));
    const ChatIds only{chat.header.id};
    store_.setFolder(only, "Work");
    store_.setArchived(only, 5);
    store_.setReadingTurn(only[0], 1);
    chat.header.settings = R"({"temperature":0.2})";
    store_.save(wholeChat(chat));
    EXPECT_EQ(header(only[0]).folder, "Work");
    EXPECT_EQ(header(only[0]).archivedMs, 5);
    EXPECT_EQ(header(only[0]).readingTurn, 1);
    EXPECT_EQ(header(only[0]).settings, R"({"temperature":0.2})");
    store_.setSettings(only[0], "{}");
    EXPECT_EQ(header(only[0]).settings, "{}");
}

TEST_F(Keeping, ANewChatBringsItsFolderWithIt) {
    saved("a", "From elsewhere");
    EXPECT_THAT(store_.folders(), ElementsAre(Folder{"From elsewhere"}));
}

TEST_F(Keeping, AFolderWithoutChatsIsThereAllTheSame) {
    store_.addFolder("Empty");
    store_.addFolder("Another");
    store_.addFolder("Empty");
    EXPECT_THAT(store_.folders(), ElementsAre(Folder{"Empty"}, Folder{"Another"}));
    EXPECT_THAT(ChatStore(path()).folders(), SizeIs(2));
}

TEST_F(Keeping, ARenamedFolderTakesItsChatsWithIt) {
    const std::string chat = saved("a", "Work");
    store_.renameFolder("Work", "Job");
    EXPECT_THAT(store_.folders(), ElementsAre(Folder{"Job"}));
    EXPECT_EQ(header(chat).folder, "Job");
}

TEST_F(Keeping, AFolderCannotTakeTheNameOfAnother) {
    const std::string chat = saved("a", "Work");
    store_.addFolder("Job");
    EXPECT_THROW(store_.renameFolder("Work", "Job"), engine::Error);
    EXPECT_EQ(header(chat).folder, "Work");
    EXPECT_THAT(store_.folders(), SizeIs(2));
}

TEST_F(Keeping, ChatsOfADeletedFolderAreInNone) {
    const std::string chat = saved("a", "Work");
    store_.deleteFolder("Work");
    EXPECT_THAT(store_.folders(), IsEmpty());
    EXPECT_EQ(header(chat).folder, "");
}

TEST_F(Keeping, FoldersRememberOrderAndWhetherTheyAreOpen) {
    for (const char* name : {"a", "b", "c"}) store_.addFolder(name);
    store_.setCollapsed("b", true);
    store_.orderFolders({"c", "a"});
    store_.addFolder("d");
    EXPECT_THAT(ChatStore(path()).folders(),
                ElementsAre(Folder{"c"}, Folder{"a"}, Folder{"b", true}, Folder{"d"}));
}

TEST_F(Keeping, EmptyingTheTrashErasesWhatIsInItAndNothingElse) {
    const std::string kept = saved("kept");
    store_.trash({saved("Rumpelstiltskin"), saved("Ozymandias")});
    store_.emptyTrash();
    EXPECT_THAT(store_.trashedChats(), IsEmpty());
    ASSERT_THAT(store_.chats(), SizeIs(1));
    EXPECT_EQ(store_.chats()[0].id, kept);
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        const std::string bytes = tests::contentOf(entry.path());
        for (const char* word : {"Rumpelstiltskin", "rumpelstiltskin", "Ozymandias", "ozymandias"})
            EXPECT_EQ(bytes.find(word), std::string::npos) << word << " in " << entry.path();
    }
}

TEST_F(Keeping, TheTrashIsEmptiedOnTheThirtiethDayAndNotBefore) {
    const std::string file = (folder_ / "trash.db").string();
    const Conversation chat = chatOf("Rumpelstiltskin", {"Ozymandias was here"});
    {
        ChatStore store(file);
        store.save(wholeChat(chat));
        store.save(wholeChat(chatOf("kept", {"x"})));
        store.trash({chat.header.id});
    }
    std::int64_t deletedMs = 0;
    {
        const ChatFile opened = openChatFile(file);
        deletedMs = opened.database->integer("SELECT max(deleted) FROM chats");
        EXPECT_GT(deletedMs, nowMilliseconds() - kDay);
    }
    const auto chatsAt = [&](std::int64_t nowMs) {
        return openChatFile(file, migrations(), nowMs).database->integer("SELECT count(*) FROM chats");
    };
    EXPECT_EQ(chatsAt(deletedMs - 400 * kDay), 2) << "a clock that went back";
    EXPECT_EQ(chatsAt(deletedMs + 30 * kDay - 1), 2);
    EXPECT_EQ(chatsAt(deletedMs + 30 * kDay), 1);
    const std::string bytes = tests::contentOf(file);
    for (const char* word : {"Rumpelstiltskin", "Ozymandias", "ozymandias"})
        EXPECT_EQ(bytes.find(word), std::string::npos) << word;
}

} // namespace

} // namespace ponder::app
