#include "ui/widgets/slider.h"

#include "ui/theme.h"
#include "ui/widgets/focus_ring.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kTarget = 32;
constexpr int kKnob = 16;
constexpr int kTrack = 4;

} // namespace

Slider::Slider(Theme& theme, QWidget* parent) : QSlider(Qt::Horizontal, parent), theme_(theme) {
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

Slider::~Slider() = default;

QSize Slider::sizeHint() const {
    return {200, theme_.scaled(kTarget)};
}

int Slider::knob() const {
    return theme_.scaled(kKnob);
}

int Slider::valueAt(int x) const {
    const double room = std::max(1, width() - knob());
    double part = std::clamp((x - knob() / 2.0) / room, 0.0, 1.0);
    if (layoutDirection() == Qt::RightToLeft) part = 1 - part;
    return minimum() + int(part * (maximum() - minimum()) + 0.5);
}

void Slider::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled()) painter.setOpacity(0.6);
    const double part = double(value() - minimum()) / std::max(1, maximum() - minimum());
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const double centre = knob() / 2.0 + (rightToLeft ? 1 - part : part) * (width() - knob());
    const QRectF track(knob() / 2.0, (height() - kTrack) / 2.0, width() - knob(), kTrack);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.isHighContrast() ? colours.outline : colours.border);
    painter.drawRoundedRect(track, kTrack / 2.0, kTrack / 2.0);
    QRectF done = track;
    rightToLeft ? done.setLeft(centre) : done.setRight(centre);
    painter.setBrush(colours.accent);
    painter.drawRoundedRect(done, kTrack / 2.0, kTrack / 2.0);
    painter.setPen(QPen(underMouse() && isEnabled() ? colours.text : colours.accent, 2));
    painter.setBrush(colours.surface);
    const double size = knob() - 2;
    painter.drawEllipse(QRectF(centre - size / 2, (height() - size) / 2, size, size));
}

void Slider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    setValue(valueAt(int(event->position().x())));
}

void Slider::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) setValue(valueAt(int(event->position().x())));
}

void Slider::focusInEvent(QFocusEvent* event) {
    if (comesFromKeyboard(*event)) ring_ = std::make_unique<FocusRing>(theme_, *this, radius::kControl);
    QSlider::focusInEvent(event);
}

void Slider::focusOutEvent(QFocusEvent* event) {
    ring_.reset();
    QSlider::focusOutEvent(event);
}

} // namespace ponder::ui
