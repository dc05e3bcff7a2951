#include "ui/widgets/place_button.h"

#include "ui/widgets/chat_drag.h"

#include <QDropEvent>
#include <QPainter>

namespace ponder::ui {

PlaceButton::PlaceButton(Theme& theme, Icon icon, const QString& name, QWidget* parent)
    : Button(theme, ButtonLook::Quiet, parent), theme_(theme) {
    setGlyph(icon);
    setText(name);
    setTextStyle(TextStyle::Control);
    setTextAlignment(Qt::AlignLeading);
    setExtent(36);
    setAcceptDrops(true);
}

void PlaceButton::dragEnterEvent(QDragEnterEvent* event) {
    if (draggedChats(*event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    isTarget_ = true;
    update();
}

void PlaceButton::dragLeaveEvent(QDragLeaveEvent*) {
    isTarget_ = false;
    update();
}

void PlaceButton::dropEvent(QDropEvent* event) {
    isTarget_ = false;
    update();
    event->acceptProposedAction();
    emit chatsDropped(draggedChats(*event->mimeData()));
}

void PlaceButton::paintEvent(QPaintEvent* event) {
    Button::paintEvent(event);
    if (!isTarget_) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.colours().accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius::kControl, radius::kControl);
}

} // namespace ponder::ui
