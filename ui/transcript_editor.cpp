#include "ui/transcript_editor.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/prompt_edit.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kBorder = 2;

QString nameOf(EditPurpose purpose) {
    switch (purpose) {
    case EditPurpose::Prompt:
        return TranscriptEditor::tr("Prompt");
    case EditPurpose::Answer:
        return TranscriptEditor::tr("Answer");
    case EditPurpose::Thought:
        return TranscriptEditor::tr("Thought");
    }
    return {};
}

QString actionOf(EditPurpose purpose) {
    switch (purpose) {
    case EditPurpose::Prompt:
        return TranscriptEditor::tr("Ask again");
    case EditPurpose::Answer:
        return TranscriptEditor::tr("Keep as new version");
    case EditPurpose::Thought:
        return TranscriptEditor::tr("Go on from here");
    }
    return {};
}

} // namespace

TranscriptEditor::TranscriptEditor(Theme& theme, EditPurpose purpose, const QString& text, QWidget* parent)
    : QWidget(parent), theme_(theme), purpose_(purpose), original_(text), edit_(new PromptEdit(theme, this)) {
    edit_->put(text);
    edit_->setAccessibleName(nameOf(purpose));
    auto* cancel = new Button(theme_, ButtonLook::Outlined, this);
    cancel->setText(tr("Cancel"));
    cancel->setObjectName("cancel");
    auto* send = new Button(theme_, ButtonLook::Filled, this);
    send->setText(actionOf(purpose));
    send->setObjectName("send");
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(send);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kLarge, space::kMedium, space::kMedium, space::kMedium);
    column->setSpacing(space::kSmall);
    column->addWidget(edit_);
    column->addLayout(buttons);
    setFocusProxy(edit_);
    connect(edit_, &PromptEdit::sendRequested, this, &TranscriptEditor::submit);
    connect(edit_, &QTextEdit::textChanged, send,
            [this, send] { send->setEnabled(!edit_->toPlainText().trimmed().isEmpty()); });
    connect(send, &Button::clicked, this, &TranscriptEditor::submit);
    connect(cancel, &Button::clicked, this, &TranscriptEditor::cancelled);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

int TranscriptEditor::heightFor(int width) {
    resize(width, height());
    layout()->activate();
    return layout()->sizeHint().height();
}

void TranscriptEditor::submit() {
    const QString text = edit_->toPlainText();
    if (!text.trimmed().isEmpty()) emit submitted(text);
}

bool TranscriptEditor::event(QEvent* event) {
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) emit heightChanged();
    return handled;
}

void TranscriptEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        emit cancelled();
    else
        QWidget::keyPressEvent(event);
}

void TranscriptEditor::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme_.colours().surface);
    painter.setPen(QPen(theme_.colours().accent, kBorder));
    const qreal half = kBorder / 2.0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), radius::kPanel,
                            radius::kPanel);
}

} // namespace ponder::ui
