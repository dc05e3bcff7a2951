#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/chat_list.h"
#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"
#include "ui/chat_rows.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kDay = 24LL * 3600 * 1000;

/// The window over three chats.
class KeptChats : public testing::Test {
protected:
    KeptChats() {
        ChatStore store(prepared());
        for (int i = 0; i < 3; ++i) {
            Conversation chat = chatOf("chat " + std::to_string(i), {"prompt", "answer"});
            chat.header.updatedMs += i;
            ids_.push_back(chat.header.id);
            store.save(wholeChat(chat));
        }
    }
    std::string prepared() {
        makePrivateFolder(harness_.paths().chatFile().parent_path());
        return harness_.chatFile();
    }
    ui::Sidebar& sidebar() { return harness_.window().sidebar(); }
    QStringList words(const ChatIds& ids) {
        QStringList words;
        for (const std::string& id : ids) words << QString::fromStdString(id);
        return words;
    }
    bool onDisk(const std::function<bool(ChatStore&)>& condition) {
        return comesTrue([&] {
            ChatStore store(harness_.chatFile());
            return condition(store);
        });
    }
    ChatHeader header(const std::string& id) { return ChatStore(harness_.chatFile()).load(id)->header; }
    /// The lines of the sidebar's list.
    QStringList lines() {
        QStringList lines;
        const auto* rows = sidebar().findChild<ui::ChatRows*>();
        for (int i = 0; i < rows->rowCount(); ++i) lines << rows->index(i).data().toString();
        return lines;
    }

    WindowHarness harness_;
    ChatIds ids_;
};

TEST_F(KeptChats, SeveralAreDeletedAndComeBackTogether) {
    harness_.open();
    emit sidebar().deleteRequested(words({ids_[0], ids_[2]}));
    EXPECT_TRUE(onDisk([](ChatStore& store) { return store.trashedChats().size() == 2; }));
    emit sidebar().undoRequested();
    EXPECT_TRUE(onDisk([](ChatStore& store) { return store.chats().size() == 3; }));
    EXPECT_EQ(lines().filter("chat ").size(), 3);
    emit sidebar().undoRequested();
    EXPECT_EQ(lines().filter("chat ").size(), 3) << "there is nothing more to take back";
}

TEST_F(KeptChats, AFolderIsMadeFilledRenamedAndDeleted) {
    harness_.open();
    emit sidebar().folderAdded("Work", words({ids_[1]}));
    EXPECT_THAT(lines(), testing::Contains(QString("Work")));
    EXPECT_TRUE(onDisk([&](ChatStore& store) { return store.load(ids_[1])->header.folder == "Work"; }));
    emit sidebar().folderRenamed("Work", "Job");
    EXPECT_TRUE(onDisk([&](ChatStore& store) { return store.load(ids_[1])->header.folder == "Job"; }));
    emit sidebar().folderDeleted("Job");
    EXPECT_TRUE(onDisk([](ChatStore& store) { return store.folders().empty(); }));
    EXPECT_EQ(header(ids_[1]).folder, "");
    emit sidebar().undoRequested();
    EXPECT_TRUE(onDisk([&](ChatStore& store) { return store.load(ids_[1])->header.folder == "Job"; }));
    EXPECT_TRUE(comesTrue([&] { return lines().contains("Job"); }));
}

TEST_F(KeptChats, AMovedChatIsPinnedNoMore) {
    harness_.open();
    emit sidebar().pinRequested(words({ids_[0]}), true);
    emit sidebar().moveRequested(words({ids_[0]}), "Work");
    EXPECT_TRUE(onDisk([&](ChatStore& store) {
        const ChatHeader header = store.load(ids_[0])->header;
        return header.folder == "Work" && !header.pinned;
    }));
}

TEST_F(KeptChats, TheArchiveIsLeftByUndo) {
    harness_.open();
    emit sidebar().archiveRequested(words(ids_), true);
    EXPECT_THAT(lines(), IsEmpty());
    EXPECT_TRUE(onDisk([&](ChatStore& store) { return store.load(ids_[0])->header.archivedMs > 0; }));
    sidebar().showPlace(ui::ChatPlace::Archive);
    EXPECT_EQ(lines().filter("chat ").size(), 3);
    emit sidebar().undoRequested();
    EXPECT_TRUE(onDisk([&](ChatStore& store) { return store.load(ids_[2])->header.archivedMs == 0; }));
}

TEST_F(KeptChats, TheTrashIsThereAfterAStartAndCanBeEmptied) {
    ChatStore(prepared()).trash({ids_[0], ids_[1]});
    harness_.open();
    sidebar().showPlace(ui::ChatPlace::Trash);
    EXPECT_TRUE(comesTrue([&] { return lines().size() == 2; }));
    emit sidebar().eraseRequested(words({ids_[0]}));
    EXPECT_THAT(lines(), SizeIs(1));
    emit sidebar().emptyTrashRequested();
    EXPECT_THAT(lines(), IsEmpty());
    EXPECT_TRUE(onDisk([](ChatStore& store) { return store.trashedChats().empty(); }));
    EXPECT_TRUE(onDisk([](ChatStore& store) { return store.chats().size() == 1; }));
}

TEST_F(KeptChats, AFolderStaysClosed) {
    ChatStore(prepared()).setFolder({ids_[0]}, "Work");
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return lines().contains("Work"); }));
    emit sidebar().folderCollapsed("Work", true);
    EXPECT_FALSE(lines().contains("chat 0"));
    EXPECT_TRUE(onDisk([](ChatStore& store) { return store.folders()[0].collapsed; }));
    harness_.close();
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return lines().contains("Work"); }));
    EXPECT_FALSE(lines().contains("chat 0"));
}

TEST_F(KeptChats, ANewChatBeginsInItsFolder) {
    ChatStore(prepared()).addFolder("Work");
    harness_.open();
    emit sidebar().newChatInFolderRequested("Work");
    harness_.askAndWait("in the folder");
    EXPECT_TRUE(onDisk([](ChatStore& store) {
        const auto chats = store.chats();
        return std::count_if(chats.begin(), chats.end(),
                             [](const ChatHeader& chat) { return chat.folder == "Work"; }) == 1;
    }));
    harness_.askAndWait("more");
    EXPECT_THAT(lines(), testing::Contains(QString("Work")));
}

TEST(DaysLeft, CountTheDayThatHasBegun) {
    EXPECT_EQ(daysLeft(0, 0), 30);
    EXPECT_EQ(daysLeft(0, 1), 30);
    EXPECT_EQ(daysLeft(0, kDay), 29);
    EXPECT_EQ(daysLeft(0, 29 * kDay + 1), 1);
    EXPECT_EQ(daysLeft(0, 30 * kDay), 0);
    EXPECT_EQ(daysLeft(0, 99 * kDay), 0);
    EXPECT_EQ(daysLeft(5 * kDay, 0), 30) << "a clock that was set back";
}

} // namespace

} // namespace ponder::app
