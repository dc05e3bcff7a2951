#include "ui/transcript_links.h"

#include "tests/ui/transcript/opened_urls.h"
#include "tests/ui/transcript/stage.h"
#include "ui/widgets/button.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QUrl>

namespace ponder::ui {
namespace {

LinkDialog* dialog(TranscriptStage& stage) {
    return stage.view().findChild<LinkDialog*>();
}

TEST(LinkRules, OnlyWebAndMailMayBeOpened) {
    for (const char* address : {"http://x.example", "https://x.example/a?b=c#d", "mailto:a@b.example"}) {
        EXPECT_TRUE(openableUrl(address)) << address;
    }
    for (const char* address :
         {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "smb://host/share",
          "tel:123", "steam://run/1", "qrc:/x", "//host/share", "\\\\host\\x", "relative/path", "",
          "https://", "http://good.example@evil.example/", "ht\ntp://x.example", "JAVASCRIPT:alert(1)",
          " javascript:alert(1)"}) {
        EXPECT_FALSE(openableUrl(address)) << address;
    }
}

TEST(LinkRules, LookAlikeHostsAreShownAsTheyAre) {
    EXPECT_TRUE(shownAddress(QString::fromUtf8("https://аpple.com/")).contains("xn--"));
    EXPECT_EQ(shownAddress("https://x.example/a"), "https://x.example/a");
}

TEST(LinkRules, NothingInvisibleIsShown) {
    const QString shown = shownAddress(QString("javascript:a") + QChar(0x202E) + "b\nc" + QChar(0x200B));
    for (QChar c : shown) EXPECT_TRUE(c.isPrint());
    EXPECT_LT(shownAddress("https://x.example/" + QString(10'000, 'a')).size(), 700);
}

TEST(TranscriptLinks, AskBeforeTheyOpen) {
    OpenedUrls opened;
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), answer(2, "See [this page](https://x.example/page) now.")});
    const QPoint link = stage.placeOf(TargetKind::Link, 1);
    stage.click(link);
    ASSERT_TRUE(dialog(stage));
    EXPECT_TRUE(opened.urls.isEmpty());
    EXPECT_TRUE(dialog(stage)
                    ->findChild<QLabel*>("address")
                    ->text()
                    .remove(QChar(0x200B))
                    .contains("https://x.example/page"));
    dialog(stage)->findChild<Button*>("cancel")->click();
    QTest::qWait(10);
    EXPECT_TRUE(opened.urls.isEmpty());
    stage.click(link);
    ASSERT_TRUE(dialog(stage));
    dialog(stage)->findChild<Button*>("open")->click();
    EXPECT_EQ(opened.urls, QList<QUrl>{QUrl("https://x.example/page")});
}

TEST(TranscriptLinks, OthersCannotBeOpenedAtAll) {
    OpenedUrls opened;
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), answer(2, "See [this](file:///etc/passwd) now.")});
    stage.click(stage.placeOf(TargetKind::Link, 1));
    ASSERT_TRUE(dialog(stage));
    EXPECT_FALSE(dialog(stage)->findChild<Button*>("open"));
}

TEST(TranscriptLinks, TheTargetIsShownBeforeItIsPressed) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), answer(2, "See [this page](https://x.example/page) now.")});
    const QRect corner(0, 560, 300, 40);
    const QImage before = stage.view().viewport()->grab(corner).toImage();
    QTest::mouseMove(stage.view().viewport(), stage.placeOf(TargetKind::Link, 1));
    stage.settle();
    EXPECT_NE(stage.view().viewport()->grab(corner).toImage(), before);
}

TEST(TranscriptLinks, DraggingFromALinkSelectsAndOpensNothing) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), answer(2, "[this long page](https://x.example/page) now.")});
    stage.drag(stage.placeOf(1, 0, 0) + QPoint(1, 0), stage.placeOf(1, 0, 9));
    EXPECT_EQ(stage.view().selectedText(), "this long");
    EXPECT_FALSE(dialog(stage));
}

TEST(TranscriptLinks, AFootnoteIsShownAndNothingIsOpened) {
    OpenedUrls opened;
    TranscriptStage stage;
    const QString filling = QString("Some words that fill the page.\n\n").repeated(40);
    stage.view().show({prompt(1, "Go."), answer(2, "A claim[^a].\n\n" + filling + "[^a]: Its source.\n")});
    stage.key(Qt::Key_Home, Qt::ControlModifier);
    stage.settle();
    const int top = stage.scrollTop();
    stage.click(stage.placeOf(TargetKind::Link, 1));
    stage.settle();
    EXPECT_FALSE(dialog(stage));
    EXPECT_TRUE(opened.urls.isEmpty());
    EXPECT_GT(stage.scrollTop(), top);
    EXPECT_EQ(stage.view().selectedText(), "1. Its source.");
}

} // namespace
} // namespace ponder::ui
