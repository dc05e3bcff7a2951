#include "ui/widgets/switch.h"

#include "ui/theme.h"
#include "ui/widgets/focus_ring.h"

#include <QKeyEvent>
#include <QPainter>

namespace ponder::ui {

namespace {

constexpr int kTrackWidth = 40;
constexpr int kTrackHeight = 22;
constexpr int kTarget = 32;
constexpr int kGap = 3; // between knob and track

} // namespace

Switch::Switch(Theme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

Switch::~Switch() = default;

QSize Switch::sizeHint() const {
    return {theme_.scaled(kTrackWidth), theme_.scaled(kTarget)};
}

void Switch::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled()) painter.setOpacity(0.6);
    const qreal height = theme_.scaled(kTrackHeight);
    const QRectF track(0.5, (this->height() - height) / 2.0, width() - 1, height);
    const bool on = isChecked();
    const bool over = isEnabled() && underMouse();
    painter.setBrush(on ? colours.accent : over ? colours.bubble : colours.surface);
    painter.setPen(QPen(on ? colours.accent : over ? colours.text : colours.outline, 1));
    painter.drawRoundedRect(track, height / 2, height / 2);
    const qreal knob = height - 2 * kGap - (on ? 0 : 2);
    const bool atRight = on != (layoutDirection() == Qt::RightToLeft);
    const qreal margin = (height - knob) / 2;
    painter.setBrush(on ? colours.onAccent : over ? colours.text : colours.muted);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(QRectF(atRight ? track.right() - margin - knob : track.left() + margin,
                               track.center().y() - knob / 2, knob, knob));
}

void Switch::focusInEvent(QFocusEvent* event) {
    if (comesFromKeyboard(*event))
        ring_ = std::make_unique<FocusRing>(theme_, *this, theme_.scaled(kTarget) / 2);
    QAbstractButton::focusInEvent(event);
}

void Switch::focusOutEvent(QFocusEvent* event) {
    ring_.reset();
    QAbstractButton::focusOutEvent(event);
}

void Switch::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    QAbstractButton::keyPressEvent(event);
}

} // namespace ponder::ui
