#include "ui/widgets/attachment_strip.h"

#include "ui/widgets/label.h"

#include <QLocale>

#include <algorithm>

namespace ponder::ui {

AttachmentStrip::AttachmentStrip(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme),
      warning_(new Label(theme, TextStyle::Caption, &Colours::warning, this)) {
    setAccessibleName(tr("Attachments"));
    warning_->setWordWrap(true);
    warning_->hide();
    hide();
    connect(&theme_, &Theme::changed, this, &AttachmentStrip::place);
}

AttachmentStrip& AttachmentStrip::of(const QWidget& composer) {
    auto* strip = composer.findChild<AttachmentStrip*>();
    Q_ASSERT(strip);
    return *strip;
}

void AttachmentStrip::setAttachments(const std::vector<AttachmentContent>& attachments) {
    const bool hadFocus = std::any_of(chips_.begin(), chips_.end(), [](AttachmentChip* chip) {
        return chip->hasFocus() || chip->isAncestorOf(chip->window()->focusWidget());
    });
    const bool fewer = attachments.size() < chips_.size();
    while (chips_.size() > attachments.size()) {
        chips_.back()->hide(); // a chip may be the sender of what is going on
        chips_.back()->deleteLater();
        chips_.pop_back();
    }
    while (chips_.size() < attachments.size()) {
        auto* chip = new AttachmentChip(theme_, this);
        connect(chip, &AttachmentChip::removeRequested, this, &AttachmentStrip::removeRequested);
        connect(chip, &AttachmentChip::openRequested, this, &AttachmentStrip::openRequested);
        connect(chip, &AttachmentChip::asTextRequested, this, &AttachmentStrip::asTextRequested);
        chip->show();
        chips_.push_back(chip);
    }
    for (size_t i = 0; i < attachments.size(); ++i) chips_[i]->setContent(attachments[i]);
    setVisible(!chips_.empty());
    refreshWarning();
    place();
    if (hadFocus && fewer) {
        if (chips_.empty())
            emit focusLeft();
        else
            chips_.back()->setFocus(Qt::TabFocusReason);
    }
    emit changed();
}

void AttachmentStrip::setRoom(const ChatRoom& room) {
    if (room == room_) return;
    room_ = room;
    refreshWarning();
    place();
}

bool AttachmentStrip::isReading() const {
    return std::any_of(chips_.begin(), chips_.end(), [](const AttachmentChip* chip) {
        return chip->content().state == AttachmentState::Reading;
    });
}

void AttachmentStrip::followInTabOrder(QWidget& widget) {
    QWidget* last = &widget;
    for (AttachmentChip* chip : chips_) {
        QWidget::setTabOrder(last, chip);
        QWidget::setTabOrder(chip, chip->cross());
        last = chip->cross();
    }
}

void AttachmentStrip::refreshWarning() {
    TokenFigure sum{.tokens = 0, .exact = true};
    for (const AttachmentChip* chip : chips_) {
        sum.tokens += chip->content().tokens.tokens;
        sum.exact &= chip->content().tokens.exact;
    }
    const bool tooLong = room_.left >= 0 && sum.tokens > room_.left;
    if (tooLong) {
        const QString next = sum.tokens < room_.whole
                                 ? tr("Remove some, or attach them in a new chat.")
                                 : tr("Remove some, or choose a model with a longer context.");
        warning_->setText(tr("%1 are attached, and this chat has room for %2.")
                              .arg(shownTokens(sum), QLocale().toString(room_.left)) +
                          u' ' + next);
    }
    warning_->setVisible(tooLong);
}

void AttachmentStrip::place() {
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    int x = 0;
    int y = 0;
    int rowHeight = 0;
    for (AttachmentChip* chip : chips_) {
        const QSize size = chip->sizeHint().boundedTo({std::max(width(), 1), 1000});
        if (x > 0 && x + size.width() > width()) {
            x = 0;
            y += rowHeight + space::kSmall;
        }
        chip->setGeometry(mirrored ? width() - x - size.width() : x, y, size.width(), size.height());
        x += size.width() + space::kSmall;
        rowHeight = size.height();
    }
    int height = y + rowHeight;
    if (!warning_->isHidden()) {
        height += space::kSmall;
        const int lines = warning_->heightForWidth(width());
        warning_->setGeometry(0, height, width(), lines);
        height += lines;
    }
    if (height != minimumHeight() || height != maximumHeight()) setFixedHeight(height);
}

void AttachmentStrip::resizeEvent(QResizeEvent* event) {
    place();
    QWidget::resizeEvent(event);
}

} // namespace ponder::ui
