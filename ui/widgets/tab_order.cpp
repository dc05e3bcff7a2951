#include "ui/widgets/tab_order.h"

#include <QLayout>
#include <QScrollArea>

#include <vector>

namespace ponder::ui {

namespace {

void collect(QWidget& widget, std::vector<QWidget*>& stops);

void collect(QLayout& layout, std::vector<QWidget*>& stops) {
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem* item = layout.itemAt(i);
        // What was hidden by hand Qt would leave where it is.
        const QWidget* part = item->widget();
        const bool hidden = part && part->isHidden() && part->testAttribute(Qt::WA_WState_ExplicitShowHide);
        if (part && !hidden) collect(*item->widget(), stops);
        if (item->layout()) collect(*item->layout(), stops);
    }
}

void collect(QWidget& widget, std::vector<QWidget*>& stops) {
    if ((widget.focusPolicy() & Qt::TabFocus) && !widget.focusProxy()) stops.push_back(&widget);
    const auto* area = qobject_cast<QScrollArea*>(&widget);
    if (area && area->widget()) collect(*area->widget(), stops);
    if (widget.layout()) collect(*widget.layout(), stops);
}

/// Qt 6.4 moves nothing behind what is last in the chain: all are put behind the first, which is not.
void chain(const std::vector<QWidget*>& stops) {
    if (stops.size() < 2) return;
    if (stops[0]->nextInFocusChain() == stops[0]->window()) QWidget::setTabOrder(stops[1], stops[0]);
    for (std::size_t i = stops.size() - 1; i > 0; --i) QWidget::setTabOrder(stops[0], stops[i]);
}

} // namespace

void tabAsLaidOut(QWidget& whole) {
    std::vector<QWidget*> stops;
    collect(whole, stops);
    chain(stops);
}

void tabBehind(QWidget& before, QWidget& whole) {
    std::vector<QWidget*> stops{&before};
    collect(whole, stops);
    chain(stops);
}

} // namespace ponder::ui
