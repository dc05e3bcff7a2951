#include "ui/widgets/queue_strip.h"

#include "ui/widgets/button.h"
#include "ui/widgets/icon_mark.h"
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

void QueueStrip::setQueue(const std::vector<QueuedMessage>& messages, QueueState state) {
    const int count = int(messages.size());
    title_->setElided(state == QueueState::Going
                          ? tr("%n message(s) to send when the answer is there", nullptr, count)
                          : tr("%n message(s) waiting", nullptr, count));
    goOn_->setVisible(state == QueueState::Held);
    setVisible(!messages.empty());
    if (messages == messages_) return;
    messages_ = messages;
    // One of their buttons may be what was pressed just now.
    for (QWidget* row : shown_) {
        row->hide();
        row->deleteLater();
    }
    shown_.clear();
    for (int i = 0; i < count; ++i) {
        shown_.push_back(makeRow(i));
        rows_->addWidget(shown_.back());
    }
}

QWidget* QueueStrip::makeRow(int index) {
    auto* row = new QWidget(this);
    const QueuedMessage& message = messages_[size_t(index)];
    auto* text = new Label(theme_, TextStyle::Control, &Colours::text, row);
    text->setElided(message.text.simplified());
    text->setToolTip(plainToolTip(message.text));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(text);
    if (!message.files.isEmpty()) words->addLayout(makeFiles(message.files, row));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    line->addLayout(words, 1);
    const auto add = [&](Icon icon, const QString& tip, auto signal) {
        auto* button = new Button(theme_, ButtonLook::Quiet, row);
        button->setGlyph(icon);
        button->setToolTip(tip);
        button->setAccessibleDescription((QStringList{message.text.simplified()} + message.files).join(", "));
        connect(button, &Button::clicked, this, [this, index, signal] { emit(this->*signal)(index); });
        line->addWidget(button);
    };
    if (index > 0) add(Icon::ArrowUp, tr("Send it earlier"), &QueueStrip::moveUpRequested);
    add(Icon::Pencil, tr("Put it back to write on"), &QueueStrip::editRequested);
    add(Icon::Close, tr("Do not send it"), &QueueStrip::removeRequested);
    return row;
}

QLayout* QueueStrip::makeFiles(const QStringList& files, QWidget* row) {
    auto* names = new Label(theme_, TextStyle::Caption, &Colours::muted, row);
    names->setElided(files.join(", "));
    names->setAccessibleName(tr("With %1").arg(files.join(", ")));
    auto* line = new QHBoxLayout;
    line->setSpacing(space::kTiny);
    line->addWidget(new IconMark(theme_, Icon::Paperclip, row));
    line->addWidget(names, 1);
    return line;
}

} // namespace ponder::ui
