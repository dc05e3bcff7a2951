#include "ui/widgets/card.h"

#include "ui/theme.h"

#include <QPainter>

namespace ponder::ui {

Card::Card(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme_.colours().surface);
    painter.setPen(QPen(theme_.colours().border, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::kCode, radius::kCode);
}

} // namespace ponder::ui
