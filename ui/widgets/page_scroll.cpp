#include "ui/widgets/page_scroll.h"

#include "ui/theme.h"
#include "ui/widgets/style_sheets.h"

#include <QScrollBar>
#include <QVBoxLayout>

namespace ponder::ui {

PageScroll::PageScroll(Theme& theme, QWidget* parent)
    : QScrollArea(parent), theme_(theme), page_(new QWidget), column_(new QVBoxLayout(page_)) {
    setWidget(page_);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    page_->setAutoFillBackground(false);
    column_->setContentsMargins(space::kWide, space::kSmall, space::kWide, space::kHuge);
    column_->setSpacing(space::kSmall);
    const auto takeTheme = [this] { verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_)); };
    connect(&theme_, &Theme::changed, this, takeTheme);
    takeTheme();
}

} // namespace ponder::ui
