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

} // namespace

void tabAsLaidOut(QWidget& whole) {
    std::vector<QWidget*> stops;
    collect(whole, stops);
    for (std::size_t i = 1; i < stops.size(); ++i) QWidget::setTabOrder(stops[i - 1], stops[i]);
}

void tabBehind(QWidget& before, QWidget& whole) {
    std::vector<QWidget*> stops{&before};
    collect(whole, stops);
    for (std::size_t i = 1; i < stops.size(); ++i) QWidget::setTabOrder(stops[i - 1], stops[i]);
}

} // namespace ponder::ui
