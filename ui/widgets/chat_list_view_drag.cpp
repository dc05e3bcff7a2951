// Dragging chats out of the list and dropping them on a group of it.
#include "ui/chat_rows.h"
#include "ui/theme.h"
#include "ui/widgets/chat_drag.h"
#include "ui/widgets/chat_list_view.h"

#include <QDrag>
#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>

namespace ponder::ui {

void ChatListView::startDrag(Qt::DropActions) {
    const QModelIndex index = pressed_.isValid() ? QModelIndex(pressed_) : currentIndex();
    if (!rows_.chat(index)) return;
    const QStringList ids = chatsWith(index);
    auto* drag = new QDrag(this);
    drag->setMimeData(chatsToDrag(ids));
    const QString words =
        ids.size() == 1 ? index.data().toString() : tr("%n chats", nullptr, int(ids.size()));
    drag->setPixmap(dragPicture(theme_, words, devicePixelRatioF()));
    drag->setHotSpot({-space::kMedium, -space::kSmall});
    pressed_ = QModelIndex();
    showPinnedHeading(true);
    drag->exec(Qt::MoveAction);
    showPinnedHeading(false);
    aimAt({});
}

// The first chat to be pinned needs a place to be dropped on.
void ChatListView::showPinnedHeading(bool always) {
    const int before = rows_.rowCount();
    QScrollBar* const bar = verticalScrollBar();
    const int place = bar->value();
    rows_.setPinnedHeading(always ? PinnedHeading::Always : PinnedHeading::WithChats);
    if (place == 0 || rows_.rowCount() == before) return;
    executeDelayedItemsLayout();
    bar->setValue(place + (rows_.rowCount() - before) * visualRect(rows_.index(0)).height());
}

QString ChatListView::groupAt(const QPoint& place) const {
    const QModelIndex index = indexAt(place);
    return index.isValid() ? index.data(ChatRows::Group).toString() : looseGroup();
}

void ChatListView::aimAt(const QString& group) {
    if (group == target_) return;
    target_ = group;
    viewport()->update();
}

QRect ChatListView::groupRect(const QString& group) const {
    QRect whole;
    for (int i = 0; i < rows_.rowCount(); ++i) {
        if (rows_.index(i).data(ChatRows::Group).toString() != group) continue;
        const QRect row = visualRect(rows_.index(i));
        whole = whole.isNull() ? row : whole.united(row);
        if (row.top() > viewport()->height()) break;
    }
    return whole;
}

void ChatListView::dragEnterEvent(QDragEnterEvent* event) {
    if (rows_.page() == ChatPlace::List && !draggedChats(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ChatListView::dragMoveEvent(QDragMoveEvent* event) {
    QListView::dragMoveEvent(event); // scrolls at the edges
    aimAt(groupAt(event->position().toPoint()));
    event->acceptProposedAction();
}

void ChatListView::dragLeaveEvent(QDragLeaveEvent* event) {
    QListView::dragLeaveEvent(event);
    aimAt({});
}

void ChatListView::dropEvent(QDropEvent* event) {
    const QString group = groupAt(event->position().toPoint());
    stopAutoScroll();
    setState(NoState);
    aimAt({});
    event->acceptProposedAction();
    emit dropped(draggedChats(*event->mimeData()), group);
}

void ChatListView::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (target_.isEmpty()) return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    QColor wash = theme_.colours().accent;
    wash.setAlpha(24);
    painter.setBrush(wash);
    painter.setPen(QPen(theme_.colours().accent, 2));
    const QRectF around = QRectF(groupRect(target_)).adjusted(5, 1, -5, -1);
    painter.drawRoundedRect(around, radius::kControl, radius::kControl);
}

} // namespace ponder::ui
