#include "ui/widgets/menu.h"

#include "ui/theme.h"
#include "ui/widgets/rounded_mask.h"
#include "ui/widgets/style_sheets.h"

#include <QPainter>

namespace ponder::ui {

Menu::Menu(Theme& theme, QWidget* parent) : QMenu(parent), theme_(theme) {
    setWindowFlag(Qt::FramelessWindowHint);
    setWindowFlag(Qt::NoDropShadowWindowHint);
    setAttribute(Qt::WA_TranslucentBackground);
    setStyleSheet(menuStyle(theme_));
    setFont(theme_.font(TextStyle::Control));
}

void Menu::resizeEvent(QResizeEvent* event) {
    QMenu::resizeEvent(event);
    // Without a compositor the corners would be black.
    if (isTranslucencyShown())
        clearMask();
    else
        setMask(roundedMask(rect(), kMenuRadius));
}

void Menu::paintEvent(QPaintEvent* event) {
    if (!mask().isEmpty()) QPainter(this).fillRect(rect(), theme_.colours().border);
    QMenu::paintEvent(event);
}

QAction* Menu::add(Icon icon, const QString& text, const QKeySequence& shortcut) {
    QAction* action = addAction(text);
    if (icon != Icon::None) action->setIcon(menuIcon(icon, theme_.colours().muted));
    if (!shortcut.isEmpty()) {
        // Shown only: the window's own shortcut acts.
        action->setText(text + '\t' + shortcut.toString(QKeySequence::NativeText));
    }
    return action;
}

Menu* Menu::addSubmenu(Icon icon, const QString& text) {
    auto* submenu = new Menu(theme_, this);
    submenu->setTitle(text);
    if (icon != Icon::None) submenu->setIcon(menuIcon(icon, theme_.colours().muted));
    addMenu(submenu);
    return submenu;
}

} // namespace ponder::ui
