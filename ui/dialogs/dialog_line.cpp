#include "ui/dialogs/dialog_line.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kPadding = 10; // above and below, to the hairline
constexpr int kMark = 2;
constexpr std::chrono::milliseconds kMarked(2500);

} // namespace

DialogLine::DialogLine(Theme& theme, const QString& title, const QString& explanation, QWidget* parent)
    : QWidget(parent), theme_(theme), column_(new QVBoxLayout(this)), words_(new QVBoxLayout),
      row_(new QHBoxLayout), title_(title),
      explanation_(new Label(theme, TextStyle::Caption, &Colours::muted, this)) {
    auto* name = new Label(theme, TextStyle::ControlStrong, &Colours::text, this);
    name->setText(title);
    name->setWordWrap(true);
    explanation_->setWordWrap(true);
    setExplanation(explanation);
    words_->setContentsMargins(0, 0, 0, 0);
    words_->setSpacing(2);
    words_->addStretch(1);
    words_->addWidget(name);
    words_->addWidget(explanation_);
    words_->addStretch(1);
    row_->setContentsMargins(0, 0, 0, 0);
    row_->setSpacing(space::kSmall);
    row_->addLayout(words_, 1);
    row_->addSpacing(space::kSmall);
    column_->setContentsMargins(0, kPadding, 0, kPadding);
    column_->setSpacing(space::kSmall);
    column_->addLayout(row_);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    pointedOut_.setSingleShot(true);
    connect(&pointedOut_, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DialogLine::setExplanation(const QString& text, QColor Colours::*colour) {
    explanation_->setText(text);
    explanation_->setColour(colour);
    explanation_->setVisible(!text.isEmpty());
}

void DialogLine::addControl(QWidget* control) {
    row_->addWidget(control, 0, Qt::AlignVCenter);
}

void DialogLine::addWideControl(QWidget* control) {
    column_->addWidget(control);
}

void DialogLine::addReset() {
    reset_ = new Button(theme_, ButtonLook::Quiet, this);
    reset_->setGlyph(Icon::Refresh);
    reset_->setToolTip(tr("Back to the usual value"));
    reset_->setAccessibleName(tr("%1: back to the usual value").arg(title_));
    QSizePolicy policy = reset_->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // the controls stand in one line, changed or not
    reset_->setSizePolicy(policy);
    row_->addWidget(reset_, 0, Qt::AlignVCenter);
    connect(reset_, &Button::clicked, this, &DialogLine::resetRequested);
}

void DialogLine::setResetShown(bool shown) {
    reset_->setVisible(shown);
}

void DialogLine::pointOut() {
    pointedOut_.start(kMarked);
    update();
}

void DialogLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int hairline = pointedOut_.isActive() ? kMark : 1;
    const QColor& colour = pointedOut_.isActive() ? theme_.colours().accent : theme_.colours().border;
    painter.fillRect(0, height() - hairline, width(), hairline, colour);
}

} // namespace ponder::ui
