#include "ui/widgets/page_header.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kHeight = 52;

} // namespace

PageHeader::PageHeader(Theme& theme, const QString& title, const QString& closing, QWidget* parent)
    : QWidget(parent), sidebar_(new Button(theme, ButtonLook::Quiet, this)), row_(new QHBoxLayout(this)) {
    setObjectName("header");
    auto* words = new Label(theme, TextStyle::Title, &Colours::text, this);
    words->setText(title);
    auto* close = new Button(theme, ButtonLook::Quiet, this);
    close->setGlyph(Icon::Close);
    close->setToolTip(closing);
    sidebar_->setGlyph(Icon::Sidebar);
    row_->setContentsMargins(space::kSmall, 0, space::kMedium, 0);
    row_->setSpacing(space::kSmall);
    row_->addWidget(sidebar_);
    row_->addWidget(words, 1);
    row_->addWidget(close);
    setFixedHeight(theme.scaled(kHeight));
    connect(&theme, &Theme::changed, this, [this, &theme] { setFixedHeight(theme.scaled(kHeight)); });
    connect(sidebar_, &Button::clicked, this, &PageHeader::sidebarToggled);
    connect(close, &Button::clicked, this, &PageHeader::closed);
    setSidebarShown(true);
}

void PageHeader::setSidebarShown(bool shown) {
    sidebar_->setToolTip(shown ? tr("Hide the sidebar (Ctrl+B)") : tr("Show the sidebar (Ctrl+B)"));
    sidebar_->setAccessibleName(sidebar_->toolTip());
}

void PageHeader::add(QWidget* widget) {
    row_->insertWidget(row_->count() - 1, widget);
}

} // namespace ponder::ui
