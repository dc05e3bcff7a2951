#include "ui/blocks/action_row.h"

#include "ui/icons.h"
#include "ui/shown_speed.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kExtent = 32;
constexpr int kIconSize = 18;
constexpr int kArrowExtent = 32;
constexpr float kDisabled = 0.4f;

Icon iconOf(TargetKind kind) {
    switch (kind) {
    case TargetKind::CopyMessage:
        return Icon::Copy;
    case TargetKind::EditMessage:
        return Icon::Pencil;
    case TargetKind::Regenerate:
        return Icon::Refresh;
    case TargetKind::PreviousBranch:
        return Icon::ChevronLeft;
    case TargetKind::NextBranch:
        return Icon::ChevronRight;
    default:
        return Icon::None;
    }
}

} // namespace

void ActionRow::setContent(const MessageContent& content) {
    role_ = content.role;
    state_ = content.state;
    branch_ = content.branch;
    branchCount_ = content.branchCount;
    figures_ = content.figures;
    hasText_ = std::any_of(content.parts.begin(), content.parts.end(), [](const MessagePart& part) {
        return part.kind == PartKind::Text && !part.text.isEmpty();
    });
}

void ActionRow::layout(qreal width) {
    width_ = width;
    height_ = theme().scaled(kExtent);
}

QString ActionRow::figures() const {
    if (figures_.tokensPerSecond <= 0) return {};
    return tr("%1 tokens/s").arg(shownSpeed(figures_.tokensPerSecond));
}

std::vector<ActionRow::Item> ActionRow::items() const {
    std::vector<Item> row;
    const qreal extent = height_;
    const auto add = [&](TargetKind kind, qreal width, const QString& words, bool enabled) {
        row.push_back({kind, QRectF(0, 0, width, extent), words, enabled});
    };
    const bool answer = role_ == Role::Assistant;
    if (!answer) add(TargetKind::EditMessage, extent, tr("Edit and ask again"), !locked_);
    if (hasText_) add(TargetKind::CopyMessage, extent, answer ? tr("Copy answer") : tr("Copy prompt"), true);
    if (answer) add(TargetKind::Regenerate, extent, tr("Answer again"), !locked_);
    if (answer && hasText_) add(TargetKind::EditMessage, extent, tr("Edit the answer"), !locked_);
    if (branchCount_ > 1) {
        const QString count = tr("%1/%2").arg(branch_).arg(branchCount_);
        const QFontMetricsF metrics(theme().font(TextStyle::Caption));
        const qreal arrow = theme().scaled(kArrowExtent);
        add(TargetKind::PreviousBranch, arrow, tr("Previous version"), branch_ > 1 && !locked_);
        add(TargetKind::None, metrics.horizontalAdvance(count) + space::kTiny, count, true);
        add(TargetKind::NextBranch, arrow, tr("Next version"), branch_ < branchCount_ && !locked_);
    }
    if (answer && !figures().isEmpty()) {
        const QFontMetricsF metrics(theme().font(TextStyle::Caption));
        add(TargetKind::None, metrics.horizontalAdvance(figures()) + 2 * space::kSmall, figures(), true);
    }
    qreal whole = 0;
    for (const Item& item : row) whole += item.box.width();
    // The first icon's stroke, not its box, lines up with the text.
    const qreal overhang = (extent - theme().scaled(kIconSize)) / 2;
    qreal left = answer ? -overhang : width_ - whole + overhang;
    for (Item& item : row) {
        item.box.moveLeft(left);
        left = item.box.right();
    }
    return row;
}

std::vector<Aside> ActionRow::asides() const {
    std::vector<Aside> all;
    if (state_ == MessageState::Streaming) return all;
    if (branchCount_ > 1) all.push_back({0, tr("Version %1 of %2").arg(branch_).arg(branchCount_)});
    if (role_ == Role::Assistant && !figures().isEmpty()) all.push_back({0, figures()});
    return all;
}

bool ActionRow::isDrawn(const Item& item) const {
    if (state_ == MessageState::Streaming) return false;
    if (shown_) return true;
    const bool aboutBranches = item.kind == TargetKind::PreviousBranch ||
                               item.kind == TargetKind::NextBranch ||
                               (item.kind == TargetKind::None && item.words != figures());
    return aboutBranches;
}

void ActionRow::paint(QPainter& painter, const BlockPaint& paint) const {
    painter.setFont(theme().font(TextStyle::Caption));
    for (const Item& item : items()) {
        if (!isDrawn(item)) continue;
        if (item.kind == TargetKind::None) {
            painter.setPen(colours().muted);
            painter.drawText(item.box, Qt::AlignCenter | Qt::TextSingleLine, item.words);
            continue;
        }
        const bool hovered = item.enabled && isMine(paint.hovered, item.kind);
        if (hovered) {
            painter.setPen(theme().isHighContrast() ? QPen(colours().accent) : QPen(Qt::NoPen));
            painter.setBrush(isMine(paint.pressed, item.kind) ? colours().selectedRow : colours().bubble);
            painter.drawRoundedRect(item.box, radius::kControl, radius::kControl);
        }
        QColor ink = hovered ? colours().text : colours().muted;
        if (!item.enabled) ink.setAlphaF(kDisabled);
        const bool copied = isMine(paint.copied, item.kind);
        drawIcon(painter, copied ? Icon::Check : iconOf(item.kind), item.box,
                 copied ? colours().success : ink, theme().scaled(kIconSize));
    }
}

Target ActionRow::targetAt(const QPointF& point) {
    for (const Item& item : items()) {
        const bool hit = item.kind != TargetKind::None && item.enabled && item.box.contains(point);
        if (hit && state_ != MessageState::Streaming) return {item.kind, this, {}};
    }
    return {};
}

std::vector<Control> ActionRow::controls() {
    std::vector<Control> all;
    if (state_ == MessageState::Streaming) return all;
    for (const Item& item : items()) {
        if (item.kind != TargetKind::None && item.enabled)
            all.push_back({{item.kind, this, {}}, item.box, item.words});
    }
    return all;
}

} // namespace ponder::ui
