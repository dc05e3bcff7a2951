#include "ui/composer.h"

#include "ui/commands.h"
#include "ui/shown_speed.h"
#include "ui/theme.h"
#include "ui/widgets/attachment_strip.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/prompt_edit.h"
#include "ui/widgets/tool_tip.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

// The text in the card lines up with the reading column of 720.
constexpr int kWidest = 752;
constexpr int kLeastMargin = 8;
constexpr int kChipWidth = 280;
constexpr int kSendExtent = 36;

} // namespace

Composer::Composer(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), card_(new QWidget(this)), edit_(new PromptEdit(theme, card_)),
      model_(new Button(theme, ButtonLook::Outlined, card_)),
      reasoning_(new Button(theme, ButtonLook::Outlined, card_)),
      send_(new Button(theme, ButtonLook::Filled, card_)),
      statusLine_(new Label(theme, TextStyle::Caption, &Colours::muted, this)) {
    edit_->setHint(tr("Message the model"));
    model_->setTrailingGlyph(Icon::ChevronDown);
    model_->setMaximumWidth(kChipWidth);
    model_->setCommandTip(tr("Choose a model"), Command::ChooseModel);
    setModelName({});
    reasoning_->setText(tr("Reasoning"));
    reasoning_->setCheckable(true);
    reasoning_->setToolTip(tr("Let the model think before it answers"));
    reasoning_->hide();
    auto* attachments = new AttachmentStrip(theme, card_);
    auto* attach = new Button(theme, ButtonLook::Quiet, card_);
    attach->setGlyph(Icon::Paperclip);
    attach->setToolTip(tr("Attach files"));
    setTabOrder(reasoning_, attach);
    // Before the send button for whoever walks through the children.
    attach->lower();
    attachments->lower();
    send_->setExtent(kSendExtent);
    statusLine_->setAlignment(Qt::AlignCenter);

    auto* chips = new QHBoxLayout;
    chips->setSpacing(6);
    chips->addWidget(model_);
    chips->addWidget(reasoning_);
    chips->addWidget(attach);
    chips->addStretch(1);
    chips->addWidget(send_);
    auto* text = new QVBoxLayout;
    text->setContentsMargins(4, 0, 8, 0);
    text->addWidget(edit_);
    auto* inside = new QVBoxLayout(card_);
    inside->setContentsMargins(14, 10, 10, 9);
    inside->setSpacing(17);
    inside->addWidget(attachments);
    inside->addLayout(text);
    inside->addLayout(chips);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(card_);
    column->addWidget(statusLine_);

    connect(edit_, &PromptEdit::sendRequested, this, &Composer::send);
    connect(edit_, &PromptEdit::editLastRequested, this, &Composer::editLastRequested);
    connect(edit_, &PromptEdit::focusChanged, this, qOverload<>(&QWidget::update));
    connect(edit_, &PromptEdit::textChanged, this, [this] {
        refreshSendButton();
        if (activity_ == ComposerActivity::Answering) refreshStatus();
        emit draftChanged(draft());
    });
    connect(attach, &Button::clicked, attachments, &AttachmentStrip::attachRequested);
    connect(edit_, &PromptEdit::filesGiven, attachments, &AttachmentStrip::filesGiven);
    connect(edit_, &PromptEdit::longTextPasted, attachments, &AttachmentStrip::longTextPasted);
    connect(edit_, &PromptEdit::longPasteUndone, attachments, &AttachmentStrip::longPasteUndone);
    connect(attachments, &AttachmentStrip::insertRequested, edit_, &PromptEdit::insertPlainText);
    connect(attachments, &AttachmentStrip::focusLeft, this, &Composer::focusText);
    connect(attachments, &AttachmentStrip::changed, this, [this, attachments] {
        attachments->followInTabOrder(*edit_);
        refreshSendButton();
    });
    connect(send_, &Button::clicked, this, [this] {
        if (activity_ == ComposerActivity::Answering)
            emit stopRequested();
        else
            send();
    });
    connect(model_, &Button::clicked, this,
            [this] { emit modelMenuRequested(model_->mapToGlobal(QPoint(0, 0))); });
    connect(reasoning_, &Button::clicked, this, [this](bool on) {
        setReasoning(on ? ReasoningSwitch::On : ReasoningSwitch::Off);
        emit reasoningToggled(on);
    });
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
    refreshSendButton();
    refreshStatus();
}

Composer::~Composer() = default;

QString Composer::draft() const {
    return edit_->toPlainText();
}

void Composer::setDraft(const QString& text) {
    if (text == draft()) return;
    edit_->put(text);
    refreshSendButton();
    refreshStatus();
}

void Composer::setActivity(ComposerActivity activity) {
    activity_ = activity;
    refreshSendButton();
    refreshStatus();
}

void Composer::setSendBlocked(const QString& reason) {
    blocked_ = reason;
    refreshSendButton();
    refreshStatus();
}

void Composer::setModelName(const QString& name) {
    model_->setText(name.isEmpty() ? tr("Choose a model") : name);
    model_->setAccessibleName(name.isEmpty() ? tr("Choose a model") : tr("Model: %1").arg(name));
    model_->updateGeometry();
}

void Composer::requestModelMenu() {
    emit modelMenuRequested(model_->mapToGlobal(QPoint(0, 0)));
}

void Composer::setReasoning(ReasoningSwitch state) {
    reasoning_->setVisible(state != ReasoningSwitch::Hidden);
    reasoning_->setChecked(state == ReasoningSwitch::On);
    // Not by colour alone.
    reasoning_->setGlyph(state == ReasoningSwitch::On ? Icon::Check : Icon::None);
}

void Composer::setStatus(const ComposerStatus& status) {
    if (status == status_) return;
    status_ = status;
    ChatRoom room;
    if (status.contextTokens > 0)
        room = {qMax(0, status.contextTokens - status.usedTokens), status.contextTokens};
    AttachmentStrip::of(*this).setRoom(room);
    refreshStatus();
}

void Composer::setSendKey(SendKey key) {
    sendKey_ = key;
    edit_->setSendKey(key);
    refreshSendButton();
}

void Composer::focusText() {
    edit_->setFocus(Qt::OtherFocusReason);
}

QString Composer::whyNot() const {
    if (!blocked_.isEmpty()) return blocked_;
    if (AttachmentStrip::of(*this).isReading()) return tr("A file is still being read.");
    if (draft().trimmed().isEmpty()) return tr("Write a message first.");
    return {};
}

void Composer::send() {
    const QString text = draft();
    if (const QString reason = whyNot(); !reason.isEmpty()) {
        if (!text.trimmed().isEmpty() || !blocked_.isEmpty()) {
            QToolTip::showText(send_->mapToGlobal(QPoint(0, -kSendExtent)), plainToolTip(reason), send_);
        }
        return;
    }
    // Whoever receives it puts it back where it cannot be taken.
    setDraft({});
    emit submitted(text);
}

void Composer::refreshSendButton() {
    const bool answering = activity_ == ComposerActivity::Answering;
    const QString reason = whyNot();
    send_->setGlyph(answering ? Icon::Stop : Icon::ArrowUp);
    send_->setEnabled(answering || reason.isEmpty());
    send_->setAccessibleName(answering ? tr("Stop") : tr("Send"));
    const QString ready = sendKey_ == SendKey::Enter ? tr("Send (Enter)") : tr("Send (Ctrl+Enter)");
    send_->setToolTip(answering ? tr("Stop (Esc)") : reason.isEmpty() ? ready : plainToolTip(reason));
    send_->setAccessibleDescription(answering ? QString() : reason);
}

void Composer::refreshStatus() {
    const QLocale locale;
    QStringList figures;
    if (status_.tokensPerSecond > 0) figures << tr("%1 tokens/s").arg(shownSpeed(status_.tokensPerSecond));
    if (status_.usedTokens > 0 && status_.contextTokens > 0) {
        figures << tr("%1 of %2 tokens used")
                       .arg(locale.toString(status_.usedTokens), locale.toString(status_.contextTokens));
    }
    QString first = tr("Runs on this computer.");
    if (activity_ == ComposerActivity::Answering && !draft().trimmed().isEmpty())
        first = tr("Sent when the answer is there.");
    if (!status_.note.isEmpty()) first = status_.note;
    if (!blocked_.isEmpty()) first = blocked_;
    statusLine_->setElided(figures.isEmpty() ? first : first + ' ' + figures.join(", "));
}

void Composer::paintEvent(QPaintEvent*) {
    const Colours& colours = theme_.colours();
    const qreal line = edit_->hasFocus() ? 2 : 1;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(colours.surface);
    painter.setPen(QPen(edit_->hasFocus() ? colours.accent : colours.border, line));
    painter.drawRoundedRect(QRectF(card_->geometry()).adjusted(line / 2, line / 2, -line / 2, -line / 2),
                            radius::kPanel, radius::kPanel);
}

void Composer::resizeEvent(QResizeEvent* event) {
    const int margin = qMax(kLeastMargin, (width() - kWidest) / 2);
    layout()->setContentsMargins(margin, space::kSmall, margin, 6);
    QWidget::resizeEvent(event);
}

void Composer::mousePressEvent(QMouseEvent* event) {
    if (card_->geometry().contains(event->pos())) focusText();
    QWidget::mousePressEvent(event);
}

} // namespace ponder::ui
