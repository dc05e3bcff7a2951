#include "ui/blocks/reasoning_block.h"

#include "ui/icons.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kBarWidth = 3;
constexpr int kTextIndent = 18;
constexpr int kTitleIndent = 22;
constexpr int kMostHeight = 320;
constexpr int kChevronSize = 16;
constexpr int kHeaderPadding = space::kSmall;

} // namespace

QString spokenDuration(std::chrono::milliseconds duration) {
    const auto seconds = std::chrono::round<std::chrono::seconds>(duration).count();
    if (seconds < 60)
        return QCoreApplication::translate("ReasoningBlock", "%1 s").arg(std::max<qint64>(1, seconds));
    return QCoreApplication::translate("ReasoningBlock", "%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

ReasoningBlock::ReasoningBlock(const Theme& theme)
    : EnclosingBlock(theme, {.body = TextStyle::Thought, .ink = &Colours::muted}) {}

void ReasoningBlock::setBlocks(std::vector<MarkdownBlock> blocks) {
    column().setBlocks(std::move(blocks));
}

void ReasoningBlock::setRunning(bool running) {
    if (running && !running_) {
        open_ = !inHand_ || open_;
        capped_ = true;
    }
    running_ = running;
}

bool ReasoningBlock::answerBegins() {
    running_ = false;
    if (inHand_ || !open_) return false;
    open_ = false;
    return true;
}

void ReasoningBlock::layout(qreal width) {
    width_ = width;
    height_ = headerHeight();
    if (!open_) return;
    column().layout(width - kTextIndent);
    const qreal whole = column().height();
    const bool wasAtEnd = followsEnd_;
    shownHeight_ = capped_ ? std::min(whole, qreal(theme().scaled(kMostHeight))) : whole;
    scroll_.setExtent(whole, shownHeight_);
    if (running_ && wasAtEnd) scroll_.setPosition(whole);
    height_ += shownHeight_ + space::kSmall + space::kTiny;
}

QPointF ReasoningBlock::columnOrigin() const {
    return {kTextIndent, headerHeight() + space::kTiny - scroll_.position()};
}

QRectF ReasoningBlock::columnBox() const {
    return {kTextIndent, qreal(headerHeight() + space::kTiny), width_ - kTextIndent, shownHeight_};
}

QString ReasoningBlock::title() const {
    using namespace std::chrono_literals;
    if (running_) return elapsed_ < 1s ? tr("Reasoning…") : tr("Reasoning… %1").arg(spokenDuration(elapsed_));
    return elapsed_ > 0ms ? tr("Reasoned for %1").arg(spokenDuration(elapsed_)) : tr("Reasoned");
}

QRectF ReasoningBlock::headerBox() const {
    const qreal words = QFontMetricsF(theme().font(TextStyle::Control)).horizontalAdvance(title());
    return {-kHeaderPadding, 0, theme().scaled(kTitleIndent) + words + 2.0 * kHeaderPadding,
            qreal(headerHeight())};
}

std::optional<Control> ReasoningBlock::action() const {
    const qreal left = headerBox().right() + space::kTiny;
    const qreal height = headerHeight();
    if (running_) {
        const QString words = tr("Answer now");
        const qreal width = QFontMetricsF(theme().font(TextStyle::Label)).horizontalAdvance(words);
        return Control{{TargetKind::AnswerNow, const_cast<ReasoningBlock*>(this), {}},
                       QRectF(left, 0, width + 2 * space::kMedium, height),
                       words};
    }
    if (!open_ || column().length() == 0) return std::nullopt;
    return Control{{TargetKind::EditThought, const_cast<ReasoningBlock*>(this), {}},
                   QRectF(left, 0, height, height),
                   tr("Edit the thought and go on from it")};
}

void ReasoningBlock::paintAction(QPainter& painter, const BlockPaint& paint) const {
    const auto control = action();
    if (!control) return;
    const TargetKind kind = control->target.kind;
    const bool hovered = isMine(paint.hovered, kind);
    const bool outlined = kind == TargetKind::AnswerNow;
    if (hovered || outlined) {
        painter.setPen(outlined || theme().isHighContrast()
                           ? QPen(hovered ? colours().accent : colours().border)
                           : QPen(Qt::NoPen));
        painter.setBrush(isMine(paint.pressed, kind) ? colours().selectedRow
                         : hovered                   ? colours().bubble
                                                     : QColor(Qt::transparent));
        const qreal inset = outlined ? 1.5 : 0.5;
        painter.drawRoundedRect(control->box.adjusted(0.5, inset, -0.5, -inset), radius::kControl,
                                radius::kControl);
    }
    const QColor ink = hovered ? colours().text : colours().muted;
    if (kind == TargetKind::EditThought)
        return drawIcon(painter, Icon::Pencil, control->box, ink, theme().scaled(kChevronSize));
    painter.setFont(theme().font(TextStyle::Label));
    painter.setPen(ink);
    painter.drawText(control->box, Qt::AlignCenter | Qt::TextSingleLine, control->name);
}

void ReasoningBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    paintAction(painter, paint);
    const bool hovered = isMine(paint.hovered, TargetKind::ReasoningHeader);
    if (hovered) {
        painter.setPen(theme().isHighContrast() ? QPen(colours().accent) : QPen(Qt::NoPen));
        painter.setBrush(isMine(paint.pressed, TargetKind::ReasoningHeader) ? colours().selectedRow
                                                                            : colours().bubble);
        painter.drawRoundedRect(headerBox(), radius::kControl, radius::kControl);
    }
    const QColor ink = hovered ? colours().text : colours().muted;
    const int size = theme().scaled(kChevronSize);
    const int indent = theme().scaled(kTitleIndent);
    drawIcon(painter, open_ ? Icon::ChevronDown : Icon::ChevronRight, QRectF(0, 0, size, headerHeight()), ink,
             size);
    painter.setFont(theme().font(TextStyle::Control));
    painter.setPen(ink);
    painter.drawText(QRectF(indent, 0, width_ - indent, headerHeight()),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, title());
    if (!open_) return;
    const QRectF body = columnBox();
    painter.fillRect(QRectF(0, body.top(), kBarWidth, body.height()), colours().border);
    paintColumn(painter, paint);
    scroll_.paint(painter, theme(), body, isMine(paint.hovered, TargetKind::ScrollBar));
}

Target ReasoningBlock::targetAt(const QPointF& point) {
    if (headerBox().contains(point)) return {TargetKind::ReasoningHeader, this, {}};
    if (const auto control = action(); control && control->box.contains(point)) return control->target;
    if (open_ && scroll_.isOnBar(point, columnBox())) return {TargetKind::ScrollBar, this, {}};
    return EnclosingBlock::targetAt(point);
}

std::vector<Control> ReasoningBlock::controls() {
    std::vector<Control> all{{{TargetKind::ReasoningHeader, this, {}},
                              headerBox(),
                              title(),
                              open_ ? Unfolding::Open : Unfolding::Closed}};
    if (const auto control = action()) all.push_back(*control);
    for (Control& control : EnclosingBlock::controls()) all.push_back(std::move(control));
    return all;
}

BlockEffect ReasoningBlock::activate(const Target& target) {
    if (!isMine(target, TargetKind::ReasoningHeader)) return EnclosingBlock::activate(target);
    open_ = !open_;
    inHand_ = true;
    // Opened once they are over, thoughts are read like any text.
    if (open_) capped_ = running_;
    return BlockEffect::Relayout;
}

bool ReasoningBlock::scrollBy(const QPointF& point, const QPointF& delta) {
    if (EnclosingBlock::scrollBy(point, delta)) return true;
    if (!open_ || !columnBox().contains(point) || !scroll_.scrollBy(delta.y())) return false;
    followsEnd_ = scroll_.isAtEnd();
    inHand_ = true;
    return true;
}

void ReasoningBlock::dragScrollBar(const QPointF& delta) {
    scroll_.drag(delta.y(), columnBox());
    followsEnd_ = scroll_.isAtEnd();
    inHand_ = true;
}

void ReasoningBlock::reveal(int offset) {
    EnclosingBlock::reveal(offset);
    if (!open_) return;
    const QRectF caret = column().caretAt(offset);
    scroll_.reveal(caret.top(), caret.bottom());
    followsEnd_ = scroll_.isAtEnd();
}

BlockEffect ReasoningBlock::uncover(int offset) {
    inHand_ = true;
    if (open_) return EnclosingBlock::uncover(offset);
    open_ = true;
    capped_ = running_;
    return BlockEffect::Relayout;
}

} // namespace ponder::ui
