#include "ui/blocks/code_block.h"

#include "ui/blocks/code_formats.h"
#include "ui/blocks/code_lines.h"
#include "ui/icons.h"
#include "ui/script/code_languages.h"
#include "ui/script/typesetter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

constexpr int kSidePadding = 14;
// Longer lines are cut: one line must not cost more than a frame to lay out.
constexpr int kMostColumns = 2000;
constexpr int kFewestColumns = 20;
constexpr int kKeptFlows = 400;
constexpr int kHeaderIcon = 18;

} // namespace

CodeBlock::CodeBlock(const Theme& theme)
    : MarkdownPiece(theme), colouring_(std::make_unique<CodeColouring>()) {
    wraps_ = usualCodeLines() == CodeLines::Wrap;
    measureFont();
}

void CodeBlock::measureFont() {
    characterWidth_ = QFontMetricsF(theme().font(TextStyle::Code)).horizontalAdvance(u'0');
    rowHeight_ = theme().lineHeight(TextStyle::Code);
}

void CodeBlock::setContent(const MarkdownBlock& content) {
    const QString& code = content.content.text;
    const qsizetype shorter = std::min(code.size(), code_.size());
    const qsizetype same =
        std::mismatch(code.begin(), code.begin() + shorter, code_.begin()).first - code.begin();
    language_ = content.language;
    colouring_->setCode(code, language_, int(same));
    if (same == code.size() && same == code_.size() && !rows_.empty()) return;
    code_ = code;
    hiddenMarks_.erase(std::lower_bound(hiddenMarks_.begin(), hiddenMarks_.end(), int(same)),
                       hiddenMarks_.end());
    const std::vector<int> fresh = hiddenMarks(code_, int(same));
    hiddenMarks_.insert(hiddenMarks_.end(), fresh.begin(), fresh.end());
    cutRows(int(same));
}

void CodeBlock::cutRows(int changedFrom) {
    const int fitting = int(shownWidth() / characterWidth_);
    cutCodeRows(code_, wraps_ ? std::max(kFewestColumns, fitting) : kMostColumns, changedFrom, rows_);
    const int firstChanged = changedFrom <= 0 ? 0 : rowOf(int(code_.lastIndexOf(u'\n', changedFrom - 1)) + 1);
    flows_.erase(flows_.lower_bound(firstChanged), flows_.end());
    columns_ = 0;
    for (const CodeRow& row : rows_) columns_ = std::max(columns_, row.columns);
}

qreal CodeBlock::shownWidth() const {
    return std::max(0.0, width_ - 2 * kSidePadding);
}

void CodeBlock::layout(qreal width) {
    if (width != width_) {
        width_ = width;
        if (wraps_) cutRows(0);
    }
    scroll_.setExtent(wraps_ ? 0 : columns_ * characterWidth_, shownWidth());
    height_ = bodyTop() + qreal(rows_.size()) * rowHeight_ + space::kMedium;
}

void CodeBlock::restyle() {
    measureFont();
    cutRows(0);
}

int CodeBlock::rowOf(int offset) const {
    const auto after = std::upper_bound(rows_.begin(), rows_.end(), offset,
                                        [](int value, const CodeRow& row) { return value < row.start; });
    return std::max(0, int(after - rows_.begin()) - 1);
}

const TextFlow& CodeBlock::rowFlow(int row) const {
    const auto known = flows_.find(row);
    if (known != flows_.end()) return known->second;
    if (flows_.size() > kKeptFlows) flows_.clear();
    TextFlow& flow = flows_[row];
    flow.setStyle({.font = theme().font(TextStyle::Code),
                   .lineHeight = rowHeight_,
                   .wraps = false,
                   .direction = Qt::LeftToRight,
                   .tabDistance = kTabColumns * characterWidth_});
    const CodeRow& at = rows_[size_t(row)];
    flow.setText(visibleCode(QStringView(code_).sliced(at.start, at.length)),
                 codeFormats(colours(), colouring_->runs(), hiddenMarks_, at));
    flow.layout(shownWidth());
    return flow;
}

void CodeBlock::takeUpColours() const {
    if (Typesetter* typesetter = theme().typesetter()) colouring_->show(typesetter->syntax());
    const int change = colouring_->takeChange();
    if (change >= 0) flows_.erase(flows_.lower_bound(rowOf(change)), flows_.end());
}

QRectF CodeBlock::copyBox() const {
    const qreal wide = QFontMetricsF(theme().font(TextStyle::Caption)).horizontalAdvance(tr("Copied"));
    const qreal width = wide + 2 * space::kSmall;
    return {width_ - width - (kSidePadding - space::kSmall), 1, width, headerHeight() - 2.0};
}

QRectF CodeBlock::wrapBox() const {
    const qreal width = theme().scaled(32);
    return {copyBox().left() - width, 1, width, headerHeight() - 2.0};
}

QRectF CodeBlock::bodyBox() const {
    return {1, qreal(headerHeight()), std::max(0.0, width_ - 2), height_ - headerHeight() - 1};
}

void CodeBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    const QRectF box(0.5, 0.5, width_ - 1, height_ - 1);
    QPainterPath outline;
    outline.addRoundedRect(box, radius::kCode, radius::kCode);
    painter.fillPath(outline, colours().code);
    painter.save();
    painter.setClipRect(QRectF(0, 0, width_, headerHeight()), Qt::IntersectClip);
    painter.fillPath(outline, colours().codeHeader);
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours().border, 1));
    painter.drawPath(outline);
    if (paint.visible.top() < headerHeight()) paintHeader(painter, paint);
    paintRows(painter, paint);
    scroll_.paint(painter, theme(), bodyBox(), isMine(paint.hovered, TargetKind::ScrollBar));
}

void CodeBlock::paintHeader(QPainter& painter, const BlockPaint& paint) const {
    painter.setFont(theme().font(TextStyle::Caption));
    const auto ground = [&](TargetKind kind, const QRectF& box) {
        const bool hovered = isMine(paint.hovered, kind);
        if (hovered) {
            painter.setPen(theme().isHighContrast() ? QPen(colours().accent) : QPen(Qt::NoPen));
            painter.setBrush(isMine(paint.pressed, kind) ? colours().border : colours().selectedRow);
            painter.drawRoundedRect(box.adjusted(0, 3, 0, -3), radius::kControl - 2, radius::kControl - 2);
        }
        return hovered ? colours().text : colours().muted;
    };
    const QRectF copy = copyBox();
    const QColor copyInk = ground(TargetKind::CopyCode, copy);
    const bool copied = isMine(paint.copied, TargetKind::CopyCode);
    painter.setPen(copied ? colours().success : copyInk);
    painter.drawText(copy, Qt::AlignCenter, copied ? tr("Copied") : tr("Copy"));
    qreal right = copy.left();
    if (offersWrap()) {
        const QRectF wrap = wrapBox();
        const QColor ink = ground(TargetKind::WrapCode, wrap);
        drawIcon(painter, Icon::Wrap, wrap, wraps_ ? colours().accent : ink, theme().scaled(kHeaderIcon));
        right = wrap.left();
    }
    QRectF name(kSidePadding, 0, std::max(0.0, right - kSidePadding - space::kSmall), headerHeight());
    const auto write = [&](const QString& text, const QColor& ink) {
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, int(name.width()));
        painter.setPen(ink);
        painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
        name.setLeft(std::min(name.right(),
                              name.left() + painter.fontMetrics().horizontalAdvance(shown) + space::kMedium));
    };
    if (!language_.isEmpty()) write(codeLanguageTitle(language_), colours().muted);
    if (hiddenMarks_.empty()) return;
    write(tr("Hidden characters: %1").arg(hiddenMarks_.size()), colours().warning);
}

void CodeBlock::paintRows(QPainter& painter, const BlockPaint& paint) const {
    takeUpColours();
    const int last = int(rows_.size()) - 1;
    const int from = std::clamp(int((paint.visible.top() - bodyTop()) / rowHeight_), 0, last);
    const int to = std::clamp(int((paint.visible.bottom() - bodyTop()) / rowHeight_), 0, last);
    const FlowColours inks{colours().text, colours().selection, colours().text, {}, {}};
    painter.save();
    painter.setClipRect(bodyBox(), Qt::IntersectClip);
    for (int i = from; i <= to; ++i) {
        const CodeRow& row = rows_[size_t(i)];
        const QPointF at(kSidePadding - scroll_.position(), bodyTop() + i * rowHeight_);
        const TextRange selected{paint.selection.from - row.start, paint.selection.to - row.start};
        const TextFlow& flow = rowFlow(i);
        // A selection that goes on in the next line has taken the line break along.
        if (!row.continues && selected.from <= row.length && selected.to > row.length) {
            painter.fillRect(QRectF(at.x() + flow.naturalWidth(), at.y(), characterWidth_ / 2, rowHeight_),
                             colours().selection);
        }
        flow.draw(painter, at, QRectF(0, at.y(), width_, rowHeight_ + 1), selected, inks,
                  paint.found.within(row.start));
    }
    painter.restore();
}

int CodeBlock::offsetAt(const QPointF& point) const {
    if (point.y() < headerHeight()) return 0;
    if (point.y() >= height_ - space::kMedium) return length();
    const int index = std::clamp(int((point.y() - bodyTop()) / rowHeight_), 0, int(rows_.size()) - 1);
    const QPointF inRow(point.x() - kSidePadding + scroll_.position(), rowHeight_ / 2.0);
    return rows_[size_t(index)].start + rowFlow(index).offsetAt(inRow);
}

QRectF CodeBlock::caretAt(int offset) const {
    const int index = rowOf(offset);
    const QRectF caret = rowFlow(index).caretAt(offset - rows_[size_t(index)].start);
    return caret.translated(kSidePadding - scroll_.position(), bodyTop() + index * rowHeight_);
}

TextRange CodeBlock::wordAt(int offset) const {
    const TextRange line = lineAt(offset);
    if (line.isEmpty()) return {offset, std::min(offset + 1, length())};
    const TextRange word = wordAround(code_.sliced(line.from, line.length()), offset - line.from);
    return {line.from + word.from, line.from + word.to};
}

TextRange CodeBlock::lineAt(int offset) const {
    const int from = offset == 0 ? 0 : int(code_.lastIndexOf(u'\n', offset - 1)) + 1;
    const int end = int(code_.indexOf(u'\n', offset));
    return {from, end < 0 ? length() : end};
}

QString CodeBlock::copied(TextRange range, CopyFormat format) const {
    const QString text = code_.mid(range.from, range.length());
    if (format == CopyFormat::Text) return text;
    const bool inLine = range.length() < length() && !text.contains(u'\n');
    return inLine ? codeSpan(text) : fencedCode(text, language_);
}

Target CodeBlock::targetAt(const QPointF& point) {
    if (copyBox().contains(point)) return {TargetKind::CopyCode, this, {}};
    if (offersWrap() && wrapBox().contains(point)) return {TargetKind::WrapCode, this, {}};
    if (scroll_.isOnBar(point, bodyBox())) return {TargetKind::ScrollBar, this, {}};
    if (bodyBox().contains(point)) return {TargetKind::Text, this, {}};
    return {};
}

std::vector<Control> CodeBlock::controls() {
    std::vector<Control> all;
    if (offersWrap()) {
        all.push_back({{TargetKind::WrapCode, this, {}},
                       wrapBox(),
                       wraps_ ? tr("Do not wrap lines") : tr("Wrap lines")});
    }
    all.push_back({{TargetKind::CopyCode, this, {}}, copyBox(), tr("Copy code")});
    return all;
}

BlockEffect CodeBlock::activate(const Target& target) {
    if (target.kind != TargetKind::WrapCode) return BlockEffect::None;
    wraps_ = !wraps_;
    cutRows(0);
    return BlockEffect::Relayout;
}

QString CodeBlock::copyText(const Target& target) const {
    return target.kind == TargetKind::CopyCode ? code_ : QString();
}

bool CodeBlock::scrollBy(const QPointF& point, const QPointF& delta) {
    return QRectF(0, 0, width_, height_).contains(point) && scroll_.scrollBy(delta.x());
}

void CodeBlock::dragScrollBar(const QPointF& delta) {
    scroll_.drag(delta.x(), bodyBox());
}

void CodeBlock::reveal(int offset) {
    const qreal x = caretAt(offset).left() - kSidePadding + scroll_.position();
    scroll_.reveal(x - characterWidth_, x + characterWidth_);
}

} // namespace ponder::ui
