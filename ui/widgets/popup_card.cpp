#include "ui/widgets/popup_card.h"

#include "ui/theme.h"
#include "ui/widgets/rounded_mask.h"

#include <QMouseEvent>
#include <QPainter>

namespace ponder::ui {

namespace {

QRectF outlineOf(const QRect& box) {
    return QRectF(box).adjusted(-0.5, -0.5, 0.5, 0.5);
}

void paintCard(QPainter& painter, const Theme& theme, const QRect& box) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.colours().surface);
    painter.setPen(QPen(theme.colours().border, 1));
    painter.drawRoundedRect(outlineOf(box), radius::kPanel, radius::kPanel);
}

} // namespace

PopupCard::PopupCard(Theme& theme, QWidget* parent)
    : QWidget(parent, Qt::Popup | Qt::FramelessWindowHint | Qt::NoDropShadowWindowHint), theme_(theme) {
    setAttribute(Qt::WA_TranslucentBackground);
    // A second click on the button that opened it closes it, and does not open it again.
    setAttribute(Qt::WA_NoMouseReplay);
    setContentsMargins(kShadow, kShadow, kShadow, kShadow);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PopupCard::mousePressEvent(QMouseEvent* event) {
    // To the eye, the shadow is outside.
    if (!contentsRect().contains(event->position().toPoint())) close();
    QWidget::mousePressEvent(event);
}

void PopupCard::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // Without a compositor the shadow would be a black frame.
    if (isTranslucencyShown())
        clearMask();
    else
        setMask(roundedMask(contentsRect().adjusted(-1, -1, 1, 1), radius::kPanel));
}

void PopupCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (mask().isEmpty()) return paintPopupCard(painter, theme_, contentsRect());
    painter.fillRect(rect(), theme_.colours().border);
    paintCard(painter, theme_, contentsRect());
}

void paintPopupCard(QPainter& painter, const Theme& theme, const QRect& box) {
    constexpr int kShadow = PopupCard::kShadow;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = outlineOf(box);
    painter.setPen(Qt::NoPen);
    // Many faint layers: one blurred shadow, a little below the card.
    painter.setBrush(QColor(0, 0, 0, theme.isDark() ? 12 : 3));
    for (int reach = kShadow - 4; reach > 0; --reach) {
        painter.drawRoundedRect(card.adjusted(-reach, -reach + 4, reach, reach + 3), radius::kPanel + reach,
                                radius::kPanel + reach);
    }
    paintCard(painter, theme, box);
}

} // namespace ponder::ui
