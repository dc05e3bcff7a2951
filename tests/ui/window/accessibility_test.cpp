#include "ui/main_window.h"

#include "tests/ui/window/parts.h"
#include "ui/context/context_question.h"
#include "ui/dialogs/shortcut_sheet.h"
#include "ui/widgets/label.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/model_row_button.h"
#include "ui/widgets/tool_tip.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSet>
#include <QTextDocumentFragment>

namespace ponder::ui {
namespace {

constexpr int kLeastTarget = 32;

/// Everything the window can show, shown at once.
struct FullWindow {
    FullWindow() {
        ChatRow chat;
        chat.id = "one";
        chat.title = "<b>One</b> & more";
        chat.updated = QDateTime::currentDateTime();
        window.sidebar().setChats({chat});
        window.sidebar().setCurrentChat("one");
        window.sidebar().showUndo(UndoneAction::Delete, {"<b>Two</b>"});
        window.setChatTitle(chat.title);
        window.setModels(
            {{.path = "/m/a", .name = "<i>A</i>", .size = "1 GB", .where = "here", .problem = {}},
             {.path = "/m/b", .name = "B", .size = {}, .where = {}, .problem = "<u>No</u>"}});
        window.setCurrentModel("/m/a");
        window.setModelResidence(ModelResidence::InMemory);
        window.setEmptyChat(EmptyChat::Starter);
        window.composer().setReasoning(ReasoningSwitch::On);
        window.composer().setDraft("words");
        window.showLoading({.name = "Model", .loadedBytes = 1, .totalBytes = 2});
        window.showNotice(NoticeKind::Error, {.what = "<b>What</b>", .next = "Next", .details = "Details"},
                          "Restart");
        window.contextQuestion().ask({.promptTokens = 81, .contextTokens = 100});
        open(window);
        QApplication::processEvents();
    }

    Theme theme;
    MainWindow window{theme};
};

bool isInteractive(const QWidget& widget) {
    return widget.isVisible() && widget.isEnabled() && widget.focusPolicy() != Qt::NoFocus;
}

std::vector<QWidget*> interactiveParts(QWidget& whole) {
    std::vector<QWidget*> parts;
    for (QWidget* part : whole.findChildren<QWidget*>()) {
        if (isInteractive(*part)) parts.push_back(part);
    }
    return parts;
}

TEST(Accessibility, EverythingThatCanBeUsedHasAName) {
    FullWindow screen;
    const std::vector<QWidget*> parts = interactiveParts(screen.window);
    EXPECT_GE(parts.size(), 15u);
    for (QWidget* part : parts) {
        EXPECT_FALSE(spokenName(*part).isEmpty())
            << part->metaObject()->className() << " in " << part->parentWidget()->metaObject()->className();
    }
}

TEST(Accessibility, EveryButtonIsLargeEnoughToHit) {
    FullWindow screen;
    int buttons = 0;
    for (const auto* button : screen.window.findChildren<QAbstractButton*>()) {
        if (!button->isVisible()) continue;
        ++buttons;
        EXPECT_GE(button->width(), kLeastTarget) << button->accessibleName().toStdString();
        EXPECT_GE(button->height(), kLeastTarget) << button->accessibleName().toStdString();
    }
    EXPECT_GE(buttons, 12);
}

TEST(Accessibility, EntriesOfMenusAreLargeEnoughToHit) {
    FullWindow screen;
    Menu menu(screen.theme);
    screen.window.sidebar().addChatActions(menu, "one");
    open(menu);
    for (QAction* action : menu.actions()) {
        if (action->isSeparator()) continue;
        EXPECT_GE(menu.actionGeometry(action).height(), kLeastTarget) << action->text().toStdString();
    }
}

TEST(Accessibility, TabGoesThroughTheWindowAsItIsRead) {
    FullWindow screen;
    partNamed<Button>(screen.window, "New chat").setFocus();
    QStringList stops;
    QSet<QWidget*> seen;
    for (QWidget* place = QApplication::focusWidget(); !seen.contains(place);
         place = QApplication::focusWidget()) {
        seen.insert(place);
        stops << spokenName(*place);
        QTest::keyClick(place, Qt::Key_Tab);
    }
    int before = -1;
    for (const char* name :
         {"New chat", "Chats", "Undo", "Hide the sidebar (Ctrl+B)", "Menu", "What is 347 + 588?", "Cancel",
          "Restart", "Message the model", "Model: <i>A</i>", "Reasoning", "Send"}) {
        const int place = int(stops.indexOf(name));
        EXPECT_GT(place, before) << name << " in " << stops.join(" | ").toStdString();
        before = place;
    }
}

TEST(Accessibility, ARingShowsWhereTheKeyboardIsAndOnlyTheKeyboard) {
    FullWindow screen;
    auto& button = partNamed<Button>(screen.window, "New chat");
    button.setFocus(Qt::MouseFocusReason);
    EXPECT_FALSE(screen.window.findChild<QWidget*>("FocusRing"));
    button.clearFocus();
    button.setFocus(Qt::TabFocusReason);
    const auto* ring = screen.window.findChild<QWidget*>("FocusRing");
    ASSERT_TRUE(ring);
    EXPECT_TRUE(ring->isVisible());
    button.clearFocus();
    EXPECT_FALSE(screen.window.findChild<QWidget*>("FocusRing"));
}

TEST(Accessibility, EnterAndSpacePressAButton) {
    FullWindow screen;
    int presses = 0;
    auto& button = partNamed<Button>(screen.window, "New chat");
    QObject::connect(&button, &Button::clicked, [&] { ++presses; });
    QTest::keyClick(&button, Qt::Key_Return);
    QTest::keyClick(&button, Qt::Key_Space);
    EXPECT_EQ(presses, 2);
}

TEST(PlainText, NoLabelReadsItsWordsAsMarkup) {
    FullWindow screen;
    ShortcutSheet sheet(screen.theme);
    for (QWidget* whole : {static_cast<QWidget*>(&screen.window), static_cast<QWidget*>(&sheet)}) {
        for (const auto* label : whole->findChildren<QLabel*>()) {
            EXPECT_EQ(label->textFormat(), Qt::PlainText) << label->text().toStdString();
        }
    }
}

TEST(PlainText, NoToolTipReadsForeignWordsAsMarkup) {
    FullWindow screen;
    screen.window.findChild<ModelPicker*>()->grab();
    int escaped = 0;
    for (const QWidget* part : screen.window.findChildren<QWidget*>()) {
        const QString tip = part->toolTip();
        for (const char* tag : {"<b>", "<i>", "<u>"}) EXPECT_FALSE(tip.contains(tag)) << tip.toStdString();
        escaped += tip.contains("&lt;u&gt;No");
    }
    EXPECT_EQ(escaped, 1) << "the problem of the second model";
}

TEST(PlainText, AToolTipShowsItsWordsLetterForLetter) {
    const QString letters = "<b>a</b> & b";
    EXPECT_EQ(plainToolTip("New chat (Ctrl+N)"), "New chat (Ctrl+N)");
    for (const QString& text : {letters, QString(300, 'x') + " <i>", QString("a < b && c > d")}) {
        const QString tip = plainToolTip(text);
        const QString seen =
            Qt::mightBeRichText(tip) ? QTextDocumentFragment::fromHtml(tip).toPlainText() : tip;
        EXPECT_EQ(seen, text);
    }
}

} // namespace
} // namespace ponder::ui
