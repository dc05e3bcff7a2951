#include "ui/window_palette.h"

#include "ui/theme.h"

#include <QApplication>
#include <QPalette>
#include <QToolTip>

namespace ponder::ui {

namespace {

QPalette paletteOf(const Colours& colours) {
    QPalette palette;
    palette.setColor(QPalette::Window, colours.background);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.surface);
    palette.setColor(QPalette::AlternateBase, colours.side);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.muted);
    palette.setColor(QPalette::Button, colours.surface);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::BrightText, colours.danger);
    palette.setColor(QPalette::Highlight, colours.selection);
    palette.setColor(QPalette::HighlightedText, colours.text);
    palette.setColor(QPalette::Link, colours.link);
    palette.setColor(QPalette::LinkVisited, colours.link);
    palette.setColor(QPalette::ToolTipBase, colours.text);
    palette.setColor(QPalette::ToolTipText, colours.background);
    for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, colours.outline);
    }
    return palette;
}

} // namespace

void applyToApplication(const Theme& theme) {
    const QPalette palette = paletteOf(theme.colours());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(theme.font(TextStyle::Caption));
}

} // namespace ponder::ui
