#include "ui/widgets/undo_bar.h"

#include "tests/ui/window/parts.h"
#include "ui/widgets/label.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

/// Away from the corner, where the pointer is.
struct BarOnScreen {
    explicit BarOnScreen(std::chrono::milliseconds life = UndoBar::kLife) : bar(theme, &window, life) {
        window.resize(600, 400);
        bar.setGeometry(200, 200, 300, 40);
        open(window);
    }

    Theme theme;
    QWidget window;
    UndoBar bar;
    QSignalSpy expired{&bar, &UndoBar::expired};
};

TEST(UndoBar, ExpiresAfterEightSeconds) {
    EXPECT_EQ(UndoBar::kLife, std::chrono::seconds(8));
    BarOnScreen screen(std::chrono::milliseconds(30));
    screen.bar.offer("Deleted “A title”");
    EXPECT_TRUE(screen.bar.isVisible());
    ASSERT_TRUE(screen.expired.wait(2000));
    EXPECT_FALSE(screen.bar.isVisible());
}

TEST(UndoBar, WaitsWhileThePointerIsOnIt) {
    BarOnScreen screen(std::chrono::milliseconds(30));
    screen.bar.offer("Deleted “A title”");
    QEnterEvent enters({}, {}, {});
    QApplication::sendEvent(&screen.bar, &enters);
    EXPECT_FALSE(screen.expired.wait(120));
    QEvent leaves(QEvent::Leave);
    QApplication::sendEvent(&screen.bar, &leaves);
    EXPECT_TRUE(screen.expired.wait(2000));
}

TEST(UndoBar, TheNextDeletionEndsTheOneBefore) {
    BarOnScreen screen;
    screen.bar.offer("Deleted “First”");
    screen.bar.offer("Deleted “Second”");
    ASSERT_EQ(screen.expired.size(), 1);
    EXPECT_EQ(screen.bar.findChild<Label*>()->text(), "Deleted “Second”");
    click(screen.bar, "Close");
    ASSERT_EQ(screen.expired.size(), 2);
}

TEST(UndoBar, WithdrawnItSaysNothing) {
    BarOnScreen screen(std::chrono::milliseconds(20));
    screen.bar.offer("Deleted “First”");
    screen.bar.withdraw();
    EXPECT_FALSE(screen.expired.wait(100));
}

} // namespace
} // namespace ponder::ui
