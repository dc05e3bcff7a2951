// Export and import in the window.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QFileDialog>

#include "app/exchange/export.h"
#include "tests/app/sample_chats.h"
#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"
#include "ui/chat_menus.h"

namespace ponder::app {

namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(WindowExport, WritesTheChatAsTheEndingOfTheFileSays) {
    WindowHarness harness;
    harness.script().add({.reasoning = {}, .text = "It is **4**."});
    harness.open();
    harness.askAndWait("2+2?");
    const auto chat = harness.savedOnce([](const Conversation& c) { return c.turns().size() == 2; });
    ASSERT_TRUE(chat);
    const std::pair<const char*, const char*> kinds[] = {
        {"a.html", "<strong>4</strong>"}, {"a.md", "**4**"},   {"a.txt", "It is 4."},
        {"a.json", "ponder-chats"},       {"a.pdf", "%PDF-1"}, {"plain", "**4**"}};
    for (const auto& [name, content] : kinds) {
        const std::filesystem::path file = harness.folder() / name;
        const std::string ending = file.extension().empty() ? "md" : file.extension().string().substr(1);
        harness.exporter().write({chat->header.id}, file.string(), *exportFormat(ending));
        EXPECT_TRUE(comesTrue([&] { return harness.shows(QString::fromStdString(file.string())); }));
        EXPECT_THAT(tests::contentOf(file), testing::HasSubstr(content)) << name;
    }
}

TEST(WindowExport, SaysWhyAFileCouldNotBeWritten) {
    WindowHarness harness;
    harness.open();
    harness.askAndWait("2+2?");
    const auto chat = harness.savedOnce([](const Conversation& c) { return c.turns().size() == 2; });
    ASSERT_TRUE(chat);
    harness.exporter().write({chat->header.id}, "/nowhere/at/all.md", *exportFormat("md"));
    EXPECT_TRUE(comesTrue([&] { return harness.shows("/nowhere/at"); }));
}

TEST(WindowExport, WritesSeveralChatsIntoAZip) {
    WindowHarness harness;
    harness.open();
    harness.askAndWait("one");
    harness.chats().newChat();
    harness.askAndWait("two");
    ASSERT_TRUE(comesTrue([&] { return harness.saved().size() == 2; }));
    std::vector<std::string> ids;
    for (const Conversation& chat : harness.saved()) ids.push_back(chat.header.id);
    const std::filesystem::path file = harness.folder() / "two.zip";
    harness.exporter().write(ids, file.string(), *exportFormat("html"));
    EXPECT_TRUE(comesTrue([&] { return harness.shows("2 chats were written to"); }));
    EXPECT_THAT(tests::contentOf(file), testing::StartsWith("PK"));
}

TEST(WindowExport, AnExportThatFailsLeavesNothingBehind) {
    WindowHarness harness;
    harness.open();
    harness.askAndWait("one");
    const auto chat = harness.savedOnce([](const Conversation& c) { return c.turns().size() == 2; });
    ASSERT_TRUE(chat);
    const std::filesystem::path taken = harness.folder().write("taken/file", "x").parent_path();
    harness.exporter().write({chat->header.id, chat->header.id}, taken.string(), *exportFormat("md"));
    EXPECT_TRUE(comesTrue([&] { return harness.shows("exists already"); }));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(taken), {}), 1);
}

TEST(WindowExport, AFolderAsksForItsZip) {
    WindowHarness harness;
    harness.open();
    harness.askAndWait("one");
    ASSERT_TRUE(comesTrue([&] { return harness.saved().size() == 1; }));
    emit harness.window().findChild<ui::ChatMenus*>()->exportFolderChosen({});
    ASSERT_TRUE(comesTrue([&] { return harness.window().findChild<QFileDialog*>() != nullptr; }));
    auto* dialog = harness.window().findChild<QFileDialog*>();
    EXPECT_TRUE(dialog->selectedFiles().value(0).endsWith(".zip"));
    EXPECT_EQ(dialog->nameFilters().size(), 5);
    dialog->close();
    emit harness.window().findChild<ui::ChatMenus*>()->exportFolderChosen("no such folder");
    EXPECT_TRUE(comesTrue([&] { return harness.shows("There are no chats to export."); }));
}

class WindowImport : public testing::Test {
protected:
    /// Exports these chats into a file, as another computer's Ponder would.
    std::string fileOf(const std::vector<Conversation>& chats) {
        return harness_.folder().write("in.json", exportJson(chats, 1)).string();
    }
    bool shows(const QString& text) {
        return comesTrue([&] { return harness_.shows(text); });
    }

    WindowHarness harness_;
};

TEST_F(WindowImport, ShowsWhatWouldComeInBeforeItDoes) {
    harness_.open();
    harness_.importer().preview(fileOf({chatOf("from elsewhere", {"q", "a"}), chatOf("another", {"q"})}));
    EXPECT_TRUE(shows("Ponder: 2 chats to add."));
    EXPECT_THAT(harness_.saved(), IsEmpty());
    emit harness_.window().noticeActionRequested("Import");
    EXPECT_TRUE(shows("2 chats came in."));
    EXPECT_THAT(harness_.saved(), SizeIs(2));
    harness_.importer().preview(fileOf({harness_.saved()[0]}));
    EXPECT_TRUE(shows("nothing new"));
}

TEST_F(WindowImport, AnotherNoticesButtonImportsNothing) {
    harness_.open();
    harness_.importer().preview(fileOf({chatOf("from elsewhere", {"q", "a"})}));
    EXPECT_TRUE(shows("to add"));
    emit harness_.window().noticeActionRequested("Try again");
    QTest::qWait(100);
    EXPECT_THAT(harness_.saved(), IsEmpty());
}

TEST_F(WindowImport, AnOpenChatIsNotWrittenOver) {
    harness_.open();
    harness_.askAndWait("mine");
    Conversation chat = *harness_.savedOnce([](const Conversation& c) { return c.turns().size() == 2; });
    chat.add(2, engine::Role::User, {textPart("written elsewhere")});
    harness_.importer().preview(fileOf({chat, chatOf("new", {"q"})}));
    EXPECT_TRUE(shows("1 to continue"));
    emit harness_.window().noticeActionRequested("Import");
    EXPECT_TRUE(shows("left as they are"));
    harness_.askAndWait("and mine again");
    EXPECT_TRUE(comesTrue([&] {
        const auto saved = harness_.saved();
        return std::any_of(saved.begin(), saved.end(), [&](const Conversation& c) {
            return c.header.id == chat.header.id && c.turns().size() == 4 &&
                   joinedText(c.turn(3), PartKind::Text) == "and mine again";
        });
    }));
}

TEST_F(WindowImport, ABrokenFileIsToldAsSuch) {
    harness_.open();
    harness_.importer().preview(harness_.folder().write("bad.json", "{").string());
    EXPECT_TRUE(shows("not valid JSON"));
}

} // namespace

} // namespace ponder::app
