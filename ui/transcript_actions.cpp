#include "ui/transcript_actions.h"

#include "ui/markdown/footnotes.h"
#include "ui/transcript_clipboard.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_links.h"
#include "ui/transcript_selection.h"
#include "ui/widgets/menu.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QUrl>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kCopiedShown = 2000; // ms

/// Controls of the block under the pointer that its menu offers too.
bool isInMenu(TargetKind kind) {
    return kind == TargetKind::CopyTable || kind == TargetKind::CopyTableAsCsv ||
           kind == TargetKind::Attachment;
}

} // namespace

TranscriptActions::TranscriptActions(Theme& theme, TranscriptLayout& layout, TranscriptSelection& selection,
                                     QWidget* window)
    : QObject(window), theme_(theme), layout_(layout), selection_(selection), window_(window) {
    copiedTimer_.setSingleShot(true);
    copiedTimer_.setInterval(kCopiedShown);
    connect(&copiedTimer_, &QTimer::timeout, this, [this] {
        copied_ = {};
        emit copiedChanged();
    });
}

void TranscriptActions::activate(const Target& target) {
    const int message = layout_.messageHolding(target.block);
    if (message < 0) return;
    const MessageContent& content = layout_.contents()[size_t(message)];
    switch (target.kind) {
    case TargetKind::Link:
        if (const QString note = noteLabel(target.address); !note.isEmpty())
            emit noteWanted(message, target.block, note);
        else
            openLink(target.address);
        break;
    case TargetKind::CopyCode:
    case TargetKind::CopyTable:
    case TargetKind::CopyTableAsCsv:
        copy(target.block->copyText(target));
        confirm(target);
        break;
    case TargetKind::CopyMessage:
        copyMessage(message, CopyFormat::Markdown);
        confirm(target);
        break;
    case TargetKind::Attachment:
        emit attachmentRequested(content.id, layout_.live(message).indexHolding(target.block));
        break;
    case TargetKind::EditMessage:
        emit editWanted(message, content.role == Role::User ? EditPurpose::Prompt : EditPurpose::Answer);
        break;
    case TargetKind::EditThought:
        emit editWanted(message, EditPurpose::Thought);
        break;
    case TargetKind::AnswerNow:
        emit answerNowRequested(content.id);
        break;
    case TargetKind::Regenerate:
        emit regenerateRequested(content.id);
        break;
    case TargetKind::Continue:
        emit continueRequested(content.id);
        break;
    case TargetKind::PreviousBranch:
        emit branchRequested(content.id, content.branch - 1);
        break;
    case TargetKind::NextBranch:
        emit branchRequested(content.id, content.branch + 1);
        break;
    default:
        emit blockWanted(message, target);
        break;
    }
}

void TranscriptActions::copy(const QString& text) {
    if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
}

void TranscriptActions::copySelection(CopyFormat format) {
    copy(selection_.copied(format));
}

void TranscriptActions::copyMessage(int message, CopyFormat format) {
    // A menu may have been open while the chat changed.
    if (message < layout_.count()) copy(messageText(layout_, message, format));
}

void TranscriptActions::confirm(const Target& target) {
    copied_ = target;
    copiedTimer_.start();
    emit copiedChanged();
}

void TranscriptActions::openLink(const QString& address) {
    auto* dialog = new LinkDialog(theme_, address, window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LinkDialog::openConfirmed, this,
            [](const QUrl& url) { QDesktopServices::openUrl(url); });
    dialog->open();
}

void TranscriptActions::fillMenu(Menu& menu, const Target& target, int message) {
    const auto add = [&](Icon icon, const QString& text, auto act, const QKeySequence& key = {}) {
        connect(menu.add(icon, text, key), &QAction::triggered, this, act);
    };
    if (!selection_.isEmpty()) {
        add(
            Icon::Copy, tr("Copy"), [this] { copySelection(CopyFormat::Text); }, QKeySequence::Copy);
        add(Icon::Markdown, tr("Copy as Markdown"), [this] { copySelection(CopyFormat::Markdown); });
        add(Icon::None, tr("Copy as rich text"), [this] { copyRich(selection_); });
    }
    if (target.kind == TargetKind::Link && noteLabel(target.address).isEmpty()) {
        add(Icon::None, tr("Copy address"), [this, address = target.address] { copy(address); });
    }
    if (target.block && layout_.messageHolding(target.block) >= 0) {
        for (const Control& control : target.block->controls()) {
            if (!isInMenu(control.target.kind)) continue;
            const Icon icon = control.target.kind == TargetKind::Attachment ? Icon::File : Icon::None;
            add(icon, control.name, [this, target = control.target] { activate(target); });
        }
    }
    if (message < 0) return;
    if (!menu.isEmpty()) menu.addSeparator();
    const MessageContent& content = layout_.contents()[size_t(message)];
    const bool answer = content.role == Role::Assistant;
    if (answer) {
        add(Icon::Copy, tr("Copy answer"), [this, message] { copyMessage(message, CopyFormat::Text); });
        add(Icon::Markdown, tr("Copy answer as Markdown"),
            [this, message] { copyMessage(message, CopyFormat::Markdown); });
    } else {
        add(Icon::Copy, tr("Copy prompt"), [this, message] { copyMessage(message, CopyFormat::Text); });
    }
    add(
        Icon::None, tr("Select all of it"), [this, message] { emit selectMessageWanted(message); },
        QKeySequence::SelectAll);
    if (layout_.contents().back().state == MessageState::Streaming) return;
    menu.addSeparator();
    const auto edit = [&](const QString& text, EditPurpose purpose) {
        add(Icon::Pencil, text, [this, message, purpose] { emit editWanted(message, purpose); });
    };
    if (!answer) return edit(tr("Edit and ask again"), EditPurpose::Prompt);
    add(Icon::Refresh, tr("Answer again"), [this, id = content.id] { emit regenerateRequested(id); });
    if (content.state == MessageState::Done)
        add(Icon::None, tr("Reproduce with the same seed"),
            [this, id = content.id] { emit reproductionRequested(id); });
    const auto has = [&](PartKind kind) {
        return std::any_of(content.parts.begin(), content.parts.end(),
                           [kind](const MessagePart& part) { return part.kind == kind; });
    };
    if (has(PartKind::Text)) edit(tr("Edit the answer"), EditPurpose::Answer);
    add(Icon::Information, tr("Token by token…"), [this, id = content.id] { emit tokensRequested(id); });
    if (content.branchCount > 1)
        add(Icon::Branch, tr("Compare versions…"), [this, id = content.id] { emit comparisonRequested(id); });
    if (has(PartKind::Reasoning)) edit(tr("Edit the thought and go on from it"), EditPurpose::Thought);
}

} // namespace ponder::ui
