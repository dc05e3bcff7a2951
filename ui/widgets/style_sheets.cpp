#include "ui/widgets/style_sheets.h"

#include "ui/theme.h"

#include <QTextBlockFormat>
#include <QTextCursor>

namespace ponder::ui {

namespace {

QString withAlpha(const QColor& colour, double alpha) {
    return QString("rgba(%1,%2,%3,%4)").arg(colour.red()).arg(colour.green()).arg(colour.blue()).arg(alpha);
}

} // namespace

QString scrollBarStyle(const Theme& theme) {
    const QColor handle = theme.colours().outline;
    return QString("QScrollBar:vertical { background: transparent; width: 12px; margin: 0; border: 0; }"
                   "QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; border: 0; }"
                   "QScrollBar::handle { background: %1; border-radius: 3px; margin: 3px; }"
                   "QScrollBar::handle:vertical { min-height: 36px; }"
                   "QScrollBar::handle:horizontal { min-width: 36px; }"
                   "QScrollBar::handle:hover, QScrollBar::handle:pressed { background: %2; }"
                   "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
                   "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }")
        .arg(withAlpha(handle, theme.isHighContrast() ? 1 : 0.45), withAlpha(handle, 1));
}

QString menuStyle(const Theme& theme) {
    const Colours& colours = theme.colours();
    const QColor hover = theme.isHighContrast() ? colours.selection : colours.bubble;
    return QString(
               "QMenu { background: %1; color: %2; border: 1px solid %3; border-radius: %6px; padding: 6px; }"
               "QMenu::item { padding: 8px 26px 8px 10px; border-radius: 6px; background: transparent; }"
               "QMenu::item:selected { background: %4; }"
               "QMenu::item:disabled { color: %5; background: transparent; }"
               "QMenu::icon { padding-left: 8px; }"
               "QMenu::separator { height: 1px; background: %3; margin: 6px 4px; }")
        .arg(colours.surface.name(), colours.text.name(), colours.border.name(), hover.name(),
             withAlpha(colours.muted, 0.6))
        .arg(kMenuRadius);
}

QString textFieldStyle(const Theme& theme) {
    const Colours& colours = theme.colours();
    // The border is drawn in the padding's place while it is wider, so the text keeps its own.
    return QString("QLineEdit, QPlainTextEdit { background: %1; color: %2; border: 1px solid %3;"
                   " border-radius: 8px; padding: 1px 9px; selection-background-color: %5;"
                   " selection-color: %2; }"
                   "QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid %4; padding: 0 8px; }"
                   "QPlainTextEdit { padding: 5px; } QPlainTextEdit:focus { padding: 4px; }")
        .arg(colours.surface.name(), colours.text.name(), colours.outline.name(), colours.accent.name(),
             colours.selection.name());
}

QString lineEditStyle(const Theme& theme) {
    const Colours& colours = theme.colours();
    return QString("QLineEdit { background: %1; color: %2; border: 2px solid %3; border-radius: 8px;"
                   " padding: 0 6px; selection-background-color: %4; selection-color: %2; }")
        .arg(colours.surface.name(), colours.text.name(), colours.accent.name(), colours.selection.name());
}

void setReadingLines(QTextCursor& cursor) {
    constexpr int kPercent = 135; // of the font's own, which is 1.2 times its size
    QTextBlockFormat lines;
    lines.setLineHeight(kPercent, QTextBlockFormat::ProportionalHeight);
    cursor.mergeBlockFormat(lines);
}

} // namespace ponder::ui
