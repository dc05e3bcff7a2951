#include "ui/widgets/undo_bar.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace ponder::ui {

UndoBar::UndoBar(Theme& theme, QWidget* parent, std::chrono::milliseconds life)
    : QWidget(parent), theme_(theme), text_(new Label(theme, TextStyle::Control, &Colours::text, this)),
      undo_(new Button(theme, ButtonLook::Quiet, this)) {
    auto* close = new Button(theme, ButtonLook::Quiet, this);
    close->setGlyph(Icon::Close);
    close->setToolTip(tr("Close"));
    undo_->setText(tr("Undo"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kMedium, space::kTiny, space::kTiny, space::kTiny);
    row->setSpacing(0);
    row->addWidget(text_, 1);
    row->addWidget(undo_);
    row->addWidget(close);
    setAccessibleName(tr("Undo"));

    timer_.setSingleShot(true);
    timer_.setInterval(life);
    connect(&timer_, &QTimer::timeout, this, &UndoBar::expire);
    connect(close, &Button::clicked, this, &UndoBar::expire);
    connect(undo_, &Button::clicked, this, &UndoBar::undo);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void UndoBar::offer(const QString& done) {
    if (isOffering_) emit expired();
    isOffering_ = true;
    text_->setElided(done);
    undo_->setAccessibleDescription(done);
    show();
    timer_.start();
}

void UndoBar::undo() {
    const bool wasOffering = isOffering_;
    withdraw();
    if (wasOffering) emit undone();
}

void UndoBar::withdraw() {
    isOffering_ = false;
    timer_.stop();
    hide();
}

void UndoBar::expire() {
    const bool wasOffering = isOffering_;
    withdraw();
    if (wasOffering) emit expired();
}

void UndoBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme_.colours().surface);
    painter.setPen(QPen(theme_.colours().border, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl,
                            radius::kControl);
}

void UndoBar::enterEvent(QEnterEvent* event) {
    timer_.stop();
    QWidget::enterEvent(event);
}

void UndoBar::leaveEvent(QEvent* event) {
    if (isOffering_) timer_.start();
    QWidget::leaveEvent(event);
}

} // namespace ponder::ui
