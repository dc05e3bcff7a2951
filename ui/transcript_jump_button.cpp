#include "ui/transcript_jump_button.h"

#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/widgets/focus_ring.h"

#include <QKeyEvent>
#include <QPainter>

namespace ponder::ui {

TranscriptJumpButton::TranscriptJumpButton(Theme& theme, QWidget* parent)
    : QAbstractButton(parent), theme_(theme) {
    setToolTip(tr("Jump to the latest message"));
    setAccessibleName(toolTip());
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    resize(sizeHint());
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

TranscriptJumpButton::~TranscriptJumpButton() = default;

void TranscriptJumpButton::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    const bool over = underMouse() || isDown();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(isDown() ? colours.selectedRow : over ? colours.bubble : colours.surface);
    painter.setPen(QPen(over && theme_.isHighContrast() ? colours.accent : colours.border, 1));
    painter.drawEllipse(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    drawIcon(painter, Icon::ArrowDown, rect(), colours.text);
}

void TranscriptJumpButton::focusInEvent(QFocusEvent* event) {
    if (comesFromKeyboard(*event)) ring_ = std::make_unique<FocusRing>(theme_, *this, kExtent / 2);
    QAbstractButton::focusInEvent(event);
}

void TranscriptJumpButton::focusOutEvent(QFocusEvent* event) {
    ring_.reset();
    QAbstractButton::focusOutEvent(event);
}

void TranscriptJumpButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace ponder::ui
