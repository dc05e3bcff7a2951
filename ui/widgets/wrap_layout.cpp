#include "ui/widgets/wrap_layout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace ponder::ui {

WrapLayout::WrapLayout(int gap) : gap_(gap) {
    setContentsMargins(0, 0, 0, 0);
}

WrapLayout::~WrapLayout() {
    for (QLayoutItem* item : items_) delete item;
}

void WrapLayout::addItem(QLayoutItem* item) {
    items_.push_back(item);
}

QLayoutItem* WrapLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? items_[size_t(index)] : nullptr;
}

QLayoutItem* WrapLayout::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item) items_.erase(items_.begin() + index);
    return item;
}

void WrapLayout::setGeometry(const QRect& box) {
    QLayout::setGeometry(box);
    arrange(box, Placing::Move);
}

QSize WrapLayout::sizeHint() const {
    QSize size;
    for (const QLayoutItem* item : items_) {
        if (item->isEmpty()) continue;
        size.rwidth() += item->sizeHint().width() + (size.width() > 0 ? gap_ : 0);
        size.setHeight(std::max(size.height(), item->sizeHint().height()));
    }
    return size;
}

QSize WrapLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : items_) size = size.expandedTo(item->minimumSize());
    return size;
}

int WrapLayout::arrange(const QRect& box, Placing placing) const {
    int x = box.left();
    int y = box.top();
    int tallest = 0;
    for (QLayoutItem* item : items_) {
        if (item->isEmpty()) continue;
        const QSize size = item->sizeHint().boundedTo(QSize(std::max(1, box.width()), QLAYOUTSIZE_MAX));
        if (x > box.left() && x + size.width() > box.left() + box.width()) {
            x = box.left();
            y += tallest + gap_;
            tallest = 0;
        }
        if (placing == Placing::Move) {
            const Qt::LayoutDirection direction =
                parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
            item->setGeometry(QStyle::visualRect(direction, box, QRect(QPoint(x, y), size)));
        }
        x += size.width() + gap_;
        tallest = std::max(tallest, size.height());
    }
    return y + tallest - box.top();
}

} // namespace ponder::ui
