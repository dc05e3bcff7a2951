#include "ui/widgets/place_header.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace ponder::ui {

PlaceHeader::PlaceHeader(Theme& theme, QWidget* parent)
    : QWidget(parent), back_(new Button(theme, ButtonLook::Quiet, this)),
      about_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      empty_(new Button(theme, ButtonLook::Outlined, this)) {
    back_->setTextStyle(TextStyle::ControlStrong);
    back_->setTextAlignment(Qt::AlignLeading);
    back_->setExtent(36);
    about_->setWordWrap(true);
    about_->setContentsMargins(10, space::kTiny, 10, space::kSmall);
    empty_->setText(tr("Empty trash"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kSmall, 0, space::kSmall - 1, space::kSmall);
    column->setSpacing(0);
    column->addWidget(back_);
    column->addWidget(about_);
    auto* row = new QVBoxLayout;
    row->setContentsMargins(space::kTiny, 0, space::kTiny, 0);
    row->addWidget(empty_);
    column->addLayout(row);
    connect(back_, &Button::clicked, this, &PlaceHeader::backRequested);
    connect(empty_, &Button::clicked, this, &PlaceHeader::emptyRequested);
}

void PlaceHeader::setPlace(ChatPlace place, int count) {
    const bool isTrash = place == ChatPlace::Trash;
    back_->setGlyph(layoutDirection() == Qt::RightToLeft ? Icon::ChevronRight : Icon::ChevronLeft);
    back_->setText(isTrash ? tr("Trash") : tr("Archive"));
    back_->setAccessibleName(isTrash ? tr("Leave the trash") : tr("Leave the archive"));
    about_->setText(isTrash ? tr("Deleted chats are erased after 30 days.")
                            : tr("Out of the way, and found by the search."));
    empty_->setVisible(isTrash && count > 0);
}

} // namespace ponder::ui
