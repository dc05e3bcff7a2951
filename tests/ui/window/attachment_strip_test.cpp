#include "ui/widgets/attachment_strip.h"

#include "tests/ui/window/parts.h"
#include "ui/composer.h"
#include "ui/file_drop.h"
#include "ui/widgets/label.h"
#include "ui/widgets/prompt_edit.h"

#include <gtest/gtest.h>

#include <QDragEnterEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QUrl>

namespace ponder::ui {
namespace {

AttachmentContent file(int id, const QString& name, int tokens = 100, bool exact = false) {
    return {.id = id, .name = name, .size = "2 KB", .tokens = {tokens, exact}};
}

struct StripOnScreen {
    StripOnScreen() {
        composer.resize(800, 300);
        open(composer);
    }
    AttachmentStrip& strip() { return AttachmentStrip::of(composer); }
    std::vector<AttachmentChip*> chips() {
        std::vector<AttachmentChip*> shown;
        for (AttachmentChip* chip : strip().findChildren<AttachmentChip*>())
            if (!chip->isHidden()) shown.push_back(chip);
        return shown;
    }
    QString warning() {
        Label* label = strip().findChild<Label*>();
        return label->isHidden() ? QString() : label->text();
    }
    QString whyNot() { return composer.findChildren<Button*>().last()->accessibleDescription(); }

    Theme theme;
    Composer composer{theme};
};

TEST(AttachmentStrip, TakesNoRoomWithoutAttachments) {
    StripOnScreen screen;
    EXPECT_TRUE(screen.strip().isHidden());
    screen.strip().setAttachments({file(1, "a.txt")});
    EXPECT_TRUE(screen.strip().isVisible());
    screen.strip().setAttachments({});
    EXPECT_TRUE(screen.strip().isHidden());
}

TEST(AttachmentStrip, ChipsGoOnInTheNextRowAndStayInside) {
    StripOnScreen screen;
    std::vector<AttachmentContent> files;
    for (int i = 0; i < 10; ++i)
        files.push_back(file(i, "a rather long name of a file " + QString::number(i) + ".txt"));
    screen.strip().setAttachments(files);
    QCoreApplication::processEvents();
    int bottom = 0;
    for (AttachmentChip* chip : screen.chips()) {
        EXPECT_GE(chip->x(), 0);
        EXPECT_LE(chip->geometry().right(), screen.strip().width());
        EXPECT_GE(chip->height(), 32);
        bottom = std::max(bottom, chip->geometry().bottom());
    }
    EXPECT_GT(bottom, 2 * screen.chips()[0]->height());
    EXPECT_LE(bottom, screen.strip().height());
}

TEST(AttachmentStrip, MoreThanTheChatHasRoomForIsSaid) {
    StripOnScreen screen;
    screen.strip().setAttachments({file(1, "a.txt", 5000)});
    EXPECT_EQ(screen.warning(), "") << "the room is not known";
    screen.composer.setStatus({.usedTokens = 1000, .contextTokens = 4096});
    EXPECT_EQ(screen.warning(),
              "≈ 5,000 tokens are attached, and this chat has room for 3,096. Remove some, or "
              "choose a model with a longer context.");
    screen.strip().setAttachments({file(1, "a.txt", 2000, true), file(2, "b.txt", 1500, true)});
    EXPECT_EQ(screen.warning(),
              "3,500 tokens are attached, and this chat has room for 3,096. Remove some, or "
              "attach them in a new chat.");
    screen.strip().setAttachments({file(1, "a.txt", 3000)});
    EXPECT_EQ(screen.warning(), "");
}

TEST(AttachmentStrip, NothingIsSentWhileAFileIsRead) {
    StripOnScreen screen;
    screen.composer.setDraft("What is in it?");
    EXPECT_EQ(screen.whyNot(), "");
    screen.strip().setAttachments(
        {{.id = 1, .name = "a.pdf", .size = {}, .state = AttachmentState::Reading}});
    EXPECT_EQ(screen.whyNot(), "A file is still being read.");
    screen.strip().setAttachments({file(1, "a.pdf")});
    EXPECT_EQ(screen.whyNot(), "");
}

TEST(AttachmentStrip, ChipsSayWhatTheyAre) {
    StripOnScreen screen;
    screen.strip().setAttachments({file(1, "a.txt", 1234)});
    EXPECT_EQ(spokenName(*screen.chips()[0]), "a.txt, 2 KB, about 1,234 tokens");
    EXPECT_EQ(spokenName(*screen.chips()[0]->findChild<Button*>()), "Remove a.txt");
}

TEST(AttachmentStrip, TheKeyboardReachesOpensAndRemoves) {
    StripOnScreen screen;
    screen.strip().setAttachments({file(7, "a.txt"), file(8, "b.txt")});
    QSignalSpy opened(&screen.strip(), &AttachmentStrip::openRequested);
    QSignalSpy removed(&screen.strip(), &AttachmentStrip::removeRequested);
    screen.composer.focusText();
    QTest::keyClick(screen.composer.window()->focusWidget(), Qt::Key_Tab);
    ASSERT_TRUE(screen.chips()[0]->hasFocus());
    QTest::keyClick(screen.chips()[0], Qt::Key_Space);
    QTest::keyClick(screen.chips()[0], Qt::Key_Return);
    ASSERT_EQ(opened.size(), 2);
    EXPECT_EQ(opened[0][0].toInt(), 7);
    QTest::keyClick(screen.chips()[0], Qt::Key_Tab);
    EXPECT_EQ(spokenName(*screen.composer.window()->focusWidget()), "Remove a.txt");
    QTest::keyClick(screen.chips()[1], Qt::Key_Backspace);
    ASSERT_EQ(removed.size(), 1);
    EXPECT_EQ(removed[0][0].toInt(), 8);
}

TEST(AttachmentStrip, TheFocusStaysInReachWhenAChipGoes) {
    StripOnScreen screen;
    screen.strip().setAttachments({file(1, "a.txt"), file(2, "b.txt")});
    screen.chips()[1]->setFocus(Qt::TabFocusReason);
    screen.strip().setAttachments({file(1, "a.txt")});
    EXPECT_TRUE(screen.chips()[0]->hasFocus());
    screen.strip().setAttachments({});
    EXPECT_TRUE(screen.composer.findChild<PromptEdit*>()->hasFocus());
}

TEST(FileDrop, KnowsFilesFromOtherThings) {
    QMimeData data;
    EXPECT_TRUE(filesIn(data).isEmpty());
    data.setUrls({QUrl("https://example.org")});
    EXPECT_TRUE(filesIn(data).isEmpty());
    data.setUrls({QUrl::fromLocalFile("/a.txt"), QUrl("https://example.org")});
    EXPECT_TRUE(filesIn(data).isEmpty());
    data.setUrls({QUrl::fromLocalFile("/a.txt"), QUrl::fromLocalFile("/b.txt")});
    EXPECT_EQ(filesIn(data), QStringList({"/a.txt", "/b.txt"}));
}

TEST(FileDrop, CoversTheWindowWhileFilesHoverAboveIt) {
    Theme theme;
    QWidget window;
    window.resize(400, 300);
    auto* drop = new FileDrop(theme, window);
    open(window);
    QMimeData text;
    text.setText("words");
    QDragEnterEvent words(QPoint(9, 9), Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    words.ignore();
    QCoreApplication::sendEvent(&window, &words);
    EXPECT_TRUE(drop->isHidden());
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile("/a.txt")});
    QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    EXPECT_TRUE(drop->isVisible());
    EXPECT_EQ(drop->geometry(), window.rect());
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(&window, &leave);
    EXPECT_TRUE(drop->isHidden());
}

} // namespace
} // namespace ponder::ui
