#include "ui/dialogs/text_viewer.h"

#include "tests/ui/window/parts.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QPlainTextEdit>

namespace ponder::ui {
namespace {

struct ViewerOnScreen {
    explicit ViewerOnScreen(const QString& text = "One line.\nA second Line,\nand a third line.\n")
        : viewer(theme,
                 {.name = "notes.py", .kind = "Python", .size = "46 bytes", .tokens = {12}, .text = text},
                 nullptr) {
        open(viewer);
    }
    QString facts() { return viewer.findChildren<Label*>()[0]->text(); }
    QPlainTextEdit& paper() { return *viewer.findChild<QPlainTextEdit*>(); }
    SearchField& field() { return *viewer.findChild<SearchField*>(); }
    bool says(const QString& words) {
        for (const Label* label : viewer.findChildren<Label*>())
            if (label->text() == words) return true;
        return false;
    }

    Theme theme;
    TextViewer viewer;
};

TEST(TextViewer, SaysWhatItIsAndShowsItLetterForLetter) {
    ViewerOnScreen screen;
    EXPECT_EQ(screen.viewer.windowTitle(), "notes.py");
    EXPECT_TRUE(screen.says("Python · 46 bytes · 3 lines · ≈ 12 tokens"));
    EXPECT_EQ(screen.paper().toPlainText(), "One line.\nA second Line,\nand a third line.\n");
    EXPECT_TRUE(screen.paper().isReadOnly());
    screen.viewer.setTokens({14, true});
    EXPECT_TRUE(screen.says("Python · 46 bytes · 3 lines · 14 tokens"));
}

TEST(TextViewer, CopiesAllOfIt) {
    ViewerOnScreen screen;
    click(screen.viewer, "Copy all");
    EXPECT_EQ(QApplication::clipboard()->text(), screen.paper().toPlainText());
}

TEST(TextViewer, FindsWordsWithTheKeyboard) {
    ViewerOnScreen screen;
    QTest::keyClick(&screen.viewer, Qt::Key_F, Qt::ControlModifier);
    ASSERT_TRUE(screen.field().hasFocus());
    QTest::keyClicks(&screen.field(), "line");
    EXPECT_TRUE(screen.says("1 of 3"));
    EXPECT_EQ(screen.paper().extraSelections().size(), 3);
    QTest::keyClick(&screen.field(), Qt::Key_Return);
    EXPECT_TRUE(screen.says("2 of 3"));
    EXPECT_EQ(screen.paper().textCursor().position(), 19);
    QTest::keyClick(&screen.field(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(&screen.field(), Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_TRUE(screen.says("3 of 3")) << "round the beginning";
    QTest::keyClicks(&screen.field(), "x");
    EXPECT_TRUE(screen.says("Not found"));
    QTest::keyClick(&screen.field(), Qt::Key_Escape);
    EXPECT_EQ(screen.field().text(), "");
    EXPECT_TRUE(screen.viewer.isVisible()) << "the first Escape ends the search, not the reading";
    QTest::keyClick(&screen.field(), Qt::Key_Escape);
    EXPECT_FALSE(screen.viewer.isVisible());
}

TEST(TextViewer, SaysWhereOnlyTheNameIsKept) {
    ViewerOnScreen screen("");
    EXPECT_TRUE(screen.paper().placeholderText().startsWith("Only the name of this file is here"));
    EXPECT_FALSE(screen.field().isVisible());
    EXPECT_TRUE(screen.says("Python"));
}

} // namespace
} // namespace ponder::ui
