// Files that go with a prompt: attached, kept, sent, read again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QClipboard>
#include <QDialog>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QUrl>

#include "app/store/chat_store.h"
#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"
#include "tests/ui/window/parts.h"
#include "ui/widgets/attachment_strip.h"
#include "ui/widgets/prompt_edit.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class WindowAttachments : public testing::Test {
protected:
    WindowAttachments() { harness_.open(); }

    std::vector<std::string> chips() {
        std::vector<std::string> names;
        for (ui::AttachmentChip* chip : harness_.window().composer().findChildren<ui::AttachmentChip*>())
            if (!chip->isHidden() && chip->content().state == ui::AttachmentState::Ready)
                names.push_back(chip->content().name.toStdString());
        return names;
    }
    bool hasChips(const std::vector<std::string>& names) {
        return comesTrue([&] { return chips() == names; });
    }
    ui::AttachmentChip& chip(const char* name) {
        for (ui::AttachmentChip* chip : harness_.window().composer().findChildren<ui::AttachmentChip*>())
            if (!chip->isHidden() && chip->content().name == name) return *chip;
        throw std::runtime_error("no such chip");
    }
    void attach(const std::string& name, const std::string& content) {
        const std::string file = harness_.folder().write(name, content).string();
        emit ui::AttachmentStrip::of(harness_.window()).filesGiven({QString::fromStdString(file)});
    }
    ui::PromptEdit& edit() { return *harness_.window().composer().findChild<ui::PromptEdit*>(); }
    void paste(const QString& text) {
        QApplication::clipboard()->setText(text);
        edit().paste();
    }
    QPlainTextEdit* viewer() {
        for (QDialog* dialog : harness_.window().findChildren<QDialog*>())
            if (dialog->isVisible()) return dialog->findChild<QPlainTextEdit*>();
        return nullptr;
    }

    WindowHarness harness_;
};

TEST_F(WindowAttachments, GoWithThePromptAndTheModelReadsThemFirst) {
    std::string asked;
    harness_.whenAsked([&](const engine::ChatRequest& request) { asked = request.messages.back().text; });
    attach("notes.txt", "the secret is 42\n");
    ASSERT_TRUE(hasChips({"notes.txt"}));
    harness_.askAndWait("What is the secret?");
    EXPECT_EQ(asked, "[notes.txt]\nthe secret is 42\n\n\nWhat is the secret?");
    EXPECT_THAT(chips(), ElementsAre());
    const auto chat = harness_.savedOnce([](const Conversation& c) { return c.turns().size() == 2; });
    ASSERT_TRUE(chat);
    EXPECT_EQ(chat->turn(1).parts[0].kind, PartKind::Attachment);
    EXPECT_EQ(chat->turn(1).parts[0].name, "notes.txt");
    harness_.askAndWait("And again?");
    EXPECT_EQ(asked, "And again?") << "sent once";
}

TEST_F(WindowAttachments, AreCountedByTheModelInTheBackground) {
    attach("notes.txt", "four words are here");
    ASSERT_TRUE(hasChips({"notes.txt"}));
    // The made-up engine takes a token a word; the name goes along.
    EXPECT_TRUE(comesTrue([&] { return chip("notes.txt").content().tokens == ui::TokenFigure{4, true}; }));
    QTest::keyClick(&chip("notes.txt"), Qt::Key_Return);
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("Text · 19 bytes · 1 line · 4 tokens"); }));
}

TEST_F(WindowAttachments, AreEstimatedWhileTheModelIsBusyAndCountedAfterwards) {
    harness_.script().add({.reasoning = {},
                           .text = std::string(400, 'x'),
                           .pieceBytes = 1,
                           .pause = std::chrono::milliseconds(2)});
    harness_.enter("one");
    ASSERT_TRUE(comesTrue([&] { return !harness_.lastText().empty(); }));
    attach("notes.txt", "four words are here");
    ASSERT_TRUE(hasChips({"notes.txt"}));
    EXPECT_FALSE(chip("notes.txt").content().tokens.exact);
    EXPECT_GT(chip("notes.txt").content().tokens.tokens, 0);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_TRUE(comesTrue([&] { return chip("notes.txt").content().tokens.exact; }));
}

TEST_F(WindowAttachments, MoreThanTheContextIsSaidBeforeSendingWithTheExactNumber) {
    std::string words;
    for (int i = 0; i < 4999; ++i) words += "word ";
    attach("long.txt", words + "end");
    ASSERT_TRUE(hasChips({"long.txt"}));
    EXPECT_TRUE(comesTrue([&] {
        return harness_.shows("5,000 tokens are attached, and this chat has room for 4,096. Remove some, or "
                              "choose a model with a longer context.") &&
               !harness_.shows("≈ 5,000");
    }));
}

TEST_F(WindowAttachments, AnotherModelCountsAnew) {
    attach("notes.txt", "four words are here");
    ASSERT_TRUE(hasChips({"notes.txt"}));
    ASSERT_TRUE(comesTrue([&] { return chip("notes.txt").content().tokens.exact; }));
    harness_.script().setLoadTime(std::chrono::milliseconds(100));
    harness_.models().choose(harness_.folder().write("other.gguf", "GGUF").string());
    EXPECT_FALSE(chip("notes.txt").content().tokens.exact);
    EXPECT_TRUE(comesTrue([&] { return chip("notes.txt").content().tokens.exact; }));
}

TEST_F(WindowAttachments, SurviveTheProgramWithTheDraft) {
    attach("a.txt", "one");
    attach("b.txt", "two");
    ASSERT_TRUE(hasChips({"a.txt", "b.txt"}));
    // What is on the disk now is what a kill would leave.
    EXPECT_TRUE(comesTrue([&] {
        return attachmentsFromDraft(ChatStore(harness_.chatFile()).remembered("attachments/")).size() == 2;
    }));
    harness_.close();
    harness_.open();
    EXPECT_TRUE(hasChips({"a.txt", "b.txt"}));
}

TEST_F(WindowAttachments, EveryChatHasItsOwn) {
    harness_.askAndWait("first chat");
    attach("a.txt", "one");
    ASSERT_TRUE(hasChips({"a.txt"}));
    const auto chat = harness_.savedOnce([](const Conversation& c) { return c.turns().size() == 2; });
    ASSERT_TRUE(chat);
    harness_.chats().newChat();
    EXPECT_TRUE(hasChips({}));
    harness_.chats().openChat(chat->header.id);
    EXPECT_TRUE(hasChips({"a.txt"}));
}

TEST_F(WindowAttachments, GoWithTheChatWhenItIsErased) {
    harness_.askAndWait("first chat");
    attach("a.txt", "one");
    ASSERT_TRUE(hasChips({"a.txt"}));
    const std::string id = harness_.saved().at(0).header.id;
    harness_.close();
    ChatStore store(harness_.chatFile());
    ASSERT_NE(store.remembered("attachments/" + id), "");
    store.trash({id});
    store.erase({id});
    EXPECT_EQ(store.remembered("attachments/" + id), "");
}

TEST_F(WindowAttachments, ALongPasteBecomesOneAndUndoTakesItBack) {
    const QString text = QString("A line of the long text.\n").repeated(200);
    paste(text);
    ASSERT_TRUE(hasChips({"Pasted text"}));
    EXPECT_EQ(edit().toPlainText(), "");
    QTest::keyClick(&edit(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(edit().toPlainText(), text);
    EXPECT_TRUE(hasChips({}));
}

TEST_F(WindowAttachments, AShortPasteIsText) {
    paste(QString(4000, 'x'));
    EXPECT_EQ(edit().toPlainText().size(), 4000);
    EXPECT_TRUE(hasChips({}));
}

TEST_F(WindowAttachments, DeleteTakesAChipAway) {
    attach("a.txt", "one");
    attach("b.txt", "two");
    ASSERT_TRUE(hasChips({"a.txt", "b.txt"}));
    chip("a.txt").setFocus();
    QTest::keyClick(&chip("a.txt"), Qt::Key_Delete);
    EXPECT_TRUE(hasChips({"b.txt"}));
    QTest::mouseClick(&ui::partNamed<ui::Button>(harness_.window(), "Remove b.txt"), Qt::LeftButton);
    EXPECT_TRUE(hasChips({}));
}

TEST_F(WindowAttachments, AChipOpensItsText) {
    attach("a.txt", "one");
    ASSERT_TRUE(hasChips({"a.txt"}));
    QTest::keyClick(&chip("a.txt"), Qt::Key_Return);
    ASSERT_TRUE(viewer());
    EXPECT_EQ(viewer()->toPlainText(), "one");
}

TEST_F(WindowAttachments, ASentOneOpensFromItsMessageAlsoAfterARestart) {
    attach("Makefile", "all:\n\ttouch it\n");
    ASSERT_TRUE(hasChips({"Makefile"}));
    harness_.askAndWait("What does it do?");
    harness_.close();
    harness_.open();
    ASSERT_TRUE(comesTrue([&] { return harness_.shown().size() == 2; }));
    harness_.window().transcript().setFocus();
    QTest::keyClick(&harness_.window().transcript(), Qt::Key_Home);
    QTest::keyClick(&harness_.window().transcript(), Qt::Key_Tab);
    QTest::keyClick(&harness_.window().transcript(), Qt::Key_Return);
    ASSERT_TRUE(viewer());
    EXPECT_EQ(viewer()->toPlainText(), "all:\n\ttouch it\n");
    EXPECT_TRUE(harness_.shows("Makefile · 15 bytes · 2 lines"));
}

TEST_F(WindowAttachments, WhatCannotBeReadSaysSoAndIsNotAttached) {
    attach("a.png", std::string("\x89PNG\r\n\x1a\n\0", 9));
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("a.png is a PNG picture, not text."); }));
    EXPECT_TRUE(hasChips({}));
}

TEST_F(WindowAttachments, TheSameFileTwiceIsOne) {
    attach("a.txt", "one");
    attach("a.txt", "one");
    EXPECT_TRUE(hasChips({"a.txt"}));
}

TEST_F(WindowAttachments, AreNotMoreThanTen) {
    QStringList files;
    for (int i = 0; i < 12; ++i) {
        const std::string name = std::to_string(i) + ".txt";
        files << QString::fromStdString(harness_.folder().write(name, name).string());
    }
    emit ui::AttachmentStrip::of(harness_.window()).filesGiven(files);
    EXPECT_TRUE(comesTrue([&] { return chips().size() == 10; }));
    EXPECT_TRUE(harness_.shows("At most 10 files"));
}

TEST_F(WindowAttachments, FilesDroppedOnTheWindowAreAttached) {
    const std::string file = harness_.folder().write("dropped.txt", "x").string();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file))});
    ui::MainWindow& window = harness_.window();
    QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    EXPECT_TRUE(hasChips({"dropped.txt"}));
}

TEST_F(WindowAttachments, FilesFromTheClipboardAreAttached) {
    const std::string file = harness_.folder().write("copied.txt", "x").string();
    auto* data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(QString::fromStdString(file))});
    data->setText(QString::fromStdString(file));
    QApplication::clipboard()->setMimeData(data);
    edit().paste();
    EXPECT_TRUE(hasChips({"copied.txt"}));
    EXPECT_EQ(edit().toPlainText(), "");
}

} // namespace

} // namespace ponder::app
