#include "ui/widgets/reading_column.h"

#include "ui/theme.h"

#include <QVBoxLayout>

namespace ponder::ui {

ReadingColumn::ReadingColumn(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
    column_->setContentsMargins(space::kSmall, 0, space::kSmall, 0);
    column_->setSpacing(space::kSmall);
}

void ReadingColumn::add(QWidget* widget) {
    column_->addWidget(widget);
}

void ReadingColumn::resizeEvent(QResizeEvent* event) {
    const int margin = qMax(space::kSmall, (width() - kWidest) / 2);
    column_->setContentsMargins(margin, 0, margin, 0);
    QWidget::resizeEvent(event);
}

} // namespace ponder::ui
