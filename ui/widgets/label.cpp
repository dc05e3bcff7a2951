#include "ui/widgets/label.h"

#include "ui/widgets/tool_tip.h"

#include <QPainter>

namespace ponder::ui {

Label::Label(Theme& theme, TextStyle style, QColor Colours::*colour, QWidget* parent)
    : QLabel(parent), theme_(theme), style_(style), colour_(colour) {
    setTextFormat(Qt::PlainText);
    takeTheme();
    connect(&theme_, &Theme::changed, this, &Label::takeTheme);
}

void Label::setElided(const QString& text) {
    elided_ = true;
    setText(text);
    updateGeometry();
}

void Label::setColour(QColor Colours::*colour) {
    colour_ = colour;
    takeTheme();
}

QSize Label::minimumSizeHint() const {
    return elided_ ? QSize(0, QLabel::minimumSizeHint().height()) : QLabel::minimumSizeHint();
}

void Label::paintEvent(QPaintEvent* event) {
    if (!elided_) return QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, width());
    setToolTip(shown == text() ? QString() : plainToolTip(text()));
    painter.drawText(rect(), int(alignment()) | Qt::TextSingleLine, shown);
}

void Label::takeTheme() {
    setFont(theme_.font(style_));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, theme_.colours().*colour_);
    colours.setColor(QPalette::Highlight, theme_.colours().selection);
    colours.setColor(QPalette::HighlightedText, theme_.colours().text);
    setPalette(colours);
}

} // namespace ponder::ui
