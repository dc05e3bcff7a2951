#include "ui/widgets/progress_bar.h"

#include "ui/theme.h"

#include <QPainter>
#include <QStyle>

namespace ponder::ui {

namespace {

constexpr int kThickness = 4;
constexpr int kFrameMilliseconds = 33;
constexpr int kSteps = 50;
constexpr double kMovingPart = 0.3;

} // namespace

ProgressBar::ProgressBar(Theme& theme, QWidget* parent) : QProgressBar(parent), theme_(theme) {
    setTextVisible(false);
    timer_.setInterval(kFrameMilliseconds);
    connect(&timer_, &QTimer::timeout, this, [this] {
        step_ = (step_ + 1) % kSteps;
        if (maximum() == 0) update();
    });
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ProgressBar::sizeHint() const {
    return {160, kThickness};
}

void ProgressBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF line(0, (height() - kThickness) / 2.0, width(), kThickness);
    const double radius = kThickness / 2.0;
    painter.setBrush(theme_.colours().border);
    painter.drawRoundedRect(line, radius, radius);
    QRectF done = line;
    if (maximum() == 0) {
        painter.setClipRect(line);
        done.setWidth(line.width() * kMovingPart);
        done.moveLeft((line.width() + done.width()) * step_ / kSteps - done.width() / 2);
    } else {
        const double part = double(value() - minimum()) / qMax(1, maximum() - minimum());
        if (part <= 0) return;
        done.setWidth(qMax<double>(kThickness, line.width() * part));
    }
    if (layoutDirection() == Qt::RightToLeft) done.moveRight(width() - done.left());
    painter.setBrush(theme_.colours().accent);
    painter.drawRoundedRect(done, radius, radius);
}

void ProgressBar::showEvent(QShowEvent* event) {
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0) timer_.start();
    QProgressBar::showEvent(event);
}

void ProgressBar::hideEvent(QHideEvent* event) {
    timer_.stop();
    QProgressBar::hideEvent(event);
}

} // namespace ponder::ui
