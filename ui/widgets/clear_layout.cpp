#include "ui/widgets/clear_layout.h"

#include <QLayout>
#include <QWidget>

namespace ponder::ui {

void clearLayout(QLayout& layout) {
    while (QLayoutItem* item = layout.takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

} // namespace ponder::ui
