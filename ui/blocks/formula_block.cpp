#include "ui/blocks/formula_block.h"

#include "ui/script/typesetter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

constexpr int kPadding = space::kTiny; // above and below
constexpr qreal kTagGap = 1;           // em, between a formula and its number

} // namespace

FormulaBlock::FormulaBlock(const Theme& theme, const BlockLook& look) : MarkdownPiece(theme), look_(look) {}

void FormulaBlock::setContent(const MarkdownBlock& content) {
    content_ = content;
    source_.setStyle({.font = theme().font(style()), .lineHeight = theme().lineHeight(style())});
    takeUpSource();
}

void FormulaBlock::takeUpSource() {
    source_.setText(content_.content.text, spanFormats(theme(), style(), content_.content.spans));
    formula_ = {};
    pending_ = false;
    if (!theme().typesetter()) return;
    const Formulas::Answer answer =
        theme().typesetter()->formulas().find(formulaSource(content_.content.text));
    formula_ = answer.formula;
    pending_ = answer.pending;
}

void FormulaBlock::askForFormulas(qreal, qreal) {
    if (pending_) ui::askForFormulas(theme(), content_.content);
}

bool FormulaBlock::takeUpFormulas() {
    if (!pending_) return false;
    takeUpSource();
    return !pending_;
}

void FormulaBlock::restyle() {
    setContent(content_);
}

void FormulaBlock::layout(qreal width) {
    width_ = width;
    if (!isDrawn()) {
        source_.layout(width);
        height_ = source_.height();
        return;
    }
    const qreal formulaWidth = formula_.width() * size();
    const FormulaPart& tag = formula_.tag();
    const qreal tagWidth = tag.isEmpty() ? 0 : (tag.width + kTagGap) * size();
    const qreal content = std::max(width, std::ceil(formulaWidth + tagWidth));
    left_ = std::max(0.0, std::min((width - formulaWidth) / 2, content - tagWidth - formulaWidth));
    left_ = std::floor(left_);
    tagLeft_ = content - tag.width * size();
    scroll_.setExtent(content, width);
    height_ = std::ceil(std::max(formula_.height(), tag.height) * size()) +
              std::ceil(std::max(formula_.depth(), tag.depth) * size()) + 2 * kPadding +
              (scroll_.isNeeded() ? space::kMedium : 0);
}

qreal FormulaBlock::usedWidth() const {
    return isDrawn() ? width_ : source_.naturalWidth();
}

QRectF FormulaBlock::formulaBox() const {
    const qreal above = std::ceil(std::max(formula_.height(), formula_.tag().height) * size());
    const qreal top = kPadding + above - formula_.height() * size();
    return {left_ - scroll_.position(), top, formula_.width() * size(),
            (formula_.height() + formula_.depth()) * size()};
}

void FormulaBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    const Colours& palette = colours();
    const QColor ink = palette.*look_.ink;
    if (!isDrawn()) {
        source_.draw(painter, {}, paint.visible, paint.selection,
                     {ink, palette.selection, palette.text, palette.bubble, QColor()});
        return;
    }
    const TextRange selected{std::max(0, paint.selection.from), std::min(length(), paint.selection.to)};
    const QRectF box = formulaBox();
    painter.save();
    if (scroll_.isNeeded()) painter.setClipRect(frame(), Qt::IntersectClip);
    if (!selected.isEmpty()) {
        painter.fillRect(box.adjusted(-kPadding, -kPadding, kPadding, kPadding), palette.selection);
    }
    const QPointF baseline(box.left(), std::round(box.top() + formula_.height() * size()));
    const QColor& drawn = selected.isEmpty() ? ink : palette.text;
    formula_.paint(painter, baseline, size(), drawn);
    formula_.paintPart(painter, formula_.tag(), {tagLeft_ - scroll_.position(), baseline.y()}, size(), drawn);
    painter.restore();
    scroll_.paint(painter, theme(), frame(), isMine(paint.hovered, TargetKind::ScrollBar));
}

int FormulaBlock::offsetAt(const QPointF& point) const {
    if (!isDrawn()) return source_.offsetAt(point);
    if (point.y() < 0) return 0;
    if (point.y() > height_) return length();
    return point.x() < formulaBox().center().x() ? 0 : length();
}

QRectF FormulaBlock::caretAt(int offset) const {
    if (!isDrawn()) return source_.caretAt(offset);
    const QRectF box = formulaBox();
    return {offset < length() ? box.left() : box.right(), 0, 0, height_};
}

TextRange FormulaBlock::wordAt(int offset) const {
    return isDrawn() ? TextRange{0, length()} : wordAround(source_.text(), offset);
}

QString FormulaBlock::copied(TextRange range, CopyFormat format) const {
    if (range.isEmpty()) return {};
    if (isDrawn()) range = {0, length()};
    return format == CopyFormat::Text ? plainText(content_.content, content_.links, range)
                                      : markdownText(content_.content, content_.links, range);
}

Target FormulaBlock::targetAt(const QPointF& point) {
    if (!isDrawn()) return {source_.isOnText(point) ? TargetKind::Text : TargetKind::None, this, {}};
    if (scroll_.isOnBar(point, frame())) return {TargetKind::ScrollBar, this, {}};
    if (formulaBox().contains(point)) return {TargetKind::Text, this, {}};
    return {};
}

bool FormulaBlock::scrollBy(const QPointF& point, const QPointF& delta) {
    return isDrawn() && frame().contains(point) && scroll_.scrollBy(delta.x());
}

void FormulaBlock::dragScrollBar(const QPointF& delta) {
    scroll_.drag(delta.x(), frame());
}

} // namespace ponder::ui
