#include "ui/widgets/queue_strip.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tool_tip.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ponder::ui {

QueueStrip::QueueStrip(Theme& theme, QWidget* parent)
    : Card(theme, parent), title_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      goOn_(new Button(theme, ButtonLook::Outlined, this)), rows_(new QVBoxLayout) {
    goOn_->setText(tr("Send the next one"));
    goOn_->setGlyph(Icon::Play);
    auto* head = new QHBoxLayout;
    head->addWidget(title_, 1);
    head->addWidget(goOn_);
    rows_->setSpacing(0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kLarge, space::kSmall, space::kSmall, space::kSmall);
    column->setSpacing(space::kTiny);
    column->addLayout(head);
    column->addLayout(rows_);
    setAccessibleName(tr("Waiting messages"));
    connect(goOn_, &Button::clicked, this, &QueueStrip::goOnRequested);
    hide();
}

void QueueStrip::setQueue(const QStringList& prompts, QueueState state) {
    title_->setElided(state == QueueState::Going
                          ? tr("%n message(s) to send when the answer is there", nullptr, int(prompts.size()))
                          : tr("%n message(s) waiting", nullptr, int(prompts.size())));
    goOn_->setVisible(state == QueueState::Held);
    setVisible(!prompts.isEmpty());
    if (prompts == prompts_) return;
    prompts_ = prompts;
    // One of their buttons may be what was pressed just now.
    for (QWidget* row : shown_) {
        row->hide();
        row->deleteLater();
    }
    shown_.clear();
    for (int i = 0; i < int(prompts_.size()); ++i) {
        shown_.push_back(makeRow(i));
        rows_->addWidget(shown_.back());
    }
}

QWidget* QueueStrip::makeRow(int index) {
    auto* row = new QWidget(this);
    auto* text = new Label(theme_, TextStyle::Control, &Colours::text, row);
    const QString prompt = prompts_[index];
    text->setElided(prompt.simplified());
    text->setToolTip(plainToolTip(prompt));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    line->addWidget(text, 1);
    const auto add = [&](Icon icon, const QString& words, auto signal) {
        auto* button = new Button(theme_, ButtonLook::Quiet, row);
        button->setGlyph(icon);
        button->setToolTip(words);
        button->setAccessibleDescription(prompt.simplified());
        connect(button, &Button::clicked, this, [this, index, signal] { emit(this->*signal)(index); });
        line->addWidget(button);
    };
    if (index > 0) add(Icon::ArrowUp, tr("Send it earlier"), &QueueStrip::moveUpRequested);
    add(Icon::Pencil, tr("Put it back to write on"), &QueueStrip::editRequested);
    add(Icon::Close, tr("Do not send it"), &QueueStrip::removeRequested);
    return row;
}

} // namespace ponder::ui
