#include "ui/blocks/markdown_column.h"

#include "ui/blocks/column_marks.h"
#include "ui/blocks/text_block.h"
#include "ui/blocks/text_flow.h"
#include "ui/markdown/markdown_diff.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace ponder::ui {

namespace {

constexpr int kListIndent = 26;
constexpr int kQuoteIndent = 18;
constexpr int kLeastWidth = 160;

constexpr int kBlockGap = space::kLarge;
constexpr int kGreatHeadingGap = 28;
constexpr int kSmallHeadingGap = 22;
constexpr int kAfterHeadingGap = space::kSmall;
constexpr int kNotesGap = space::kHuge;
constexpr int kNotesRule = 96;
constexpr int kLooseItemGap = space::kSmall;
constexpr int kTightItemGap = space::kTiny;

bool isInList(const MarkdownBlock& value) {
    for (int level = 0; level < value.nesting.depth; ++level) {
        if (!value.nesting.isQuote(level)) return true;
    }
    return false;
}

/// Nothing but a line break stands between the two in the source. A list that begins inside an item is as far
/// from it as the items of the outer list are from each other.
bool isCloseTo(const MarkdownBlock& before, const MarkdownBlock& value) {
    if (!isInList(before) || !isInList(value) || before.note.isEmpty() != value.note.isEmpty()) return false;
    return value.nesting.depth > before.nesting.depth ? before.tight : value.tight;
}

/// The empty line between two blocks: a quote around both goes on through it.
QString separatorLine(const MarkdownBlock& before, const MarkdownBlock& value) {
    QString line;
    for (int level = 0; level < std::min(before.nesting.depth, value.nesting.depth); ++level) {
        if (before.nesting.isQuote(level) != value.nesting.isQuote(level)) break;
        line += before.nesting.isQuote(level) ? "> " : "    ";
    }
    while (line.endsWith(u' ')) line.chop(1);
    return u'\n' + line + u'\n';
}

} // namespace

MarkdownColumn::MarkdownColumn(const Theme& theme, const BlockLook& look) : Block(theme), look_(look) {}
MarkdownColumn::~MarkdownColumn() = default;

void MarkdownColumn::replaceBlocks(size_t kept, std::vector<MarkdownBlock> rest) {
    const MarkdownChange change = compareBlocks(std::span(values_).subspan(kept), rest);
    const size_t same = kept + change.kept;
    std::vector<Piece> moved(std::make_move_iterator(pieces_.end() - std::ptrdiff_t(change.moved)),
                             std::make_move_iterator(pieces_.end()));
    pieces_.resize(same + (change.grows ? 1 : 0));
    values_.resize(same);
    const size_t fresh = rest.size() - change.moved;
    for (size_t i = change.kept; i < rest.size(); ++i) {
        if (i >= fresh) {
            pieces_.push_back(std::move(moved[i - fresh]));
        } else {
            const size_t at = kept + i;
            if (at >= pieces_.size()) pieces_.push_back({makeMarkdownPiece(theme(), look_, rest[i].kind)});
            pieces_[at].block->setContent(rest[i]);
        }
        values_.push_back(std::move(rest[i]));
    }
    placed_ = std::min(placed_, same);
}

qreal MarkdownColumn::indentOf(const MarkdownBlock& value, int levels) const {
    qreal indent = 0;
    for (int level = 0; level < levels; ++level) {
        indent += theme().scaled(value.nesting.isQuote(level) ? kQuoteIndent : kListIndent);
    }
    return std::floor(indent * indentScale_);
}

Qt::LayoutDirection MarkdownColumn::directionOfLevel(size_t index, int level) const {
    return (pieces_[index].mirrored >> level) & 1 ? Qt::RightToLeft : Qt::LeftToRight;
}

qreal MarkdownColumn::indentAt(Side side, size_t index, int levels) const {
    const MarkdownBlock& value = values_[index];
    const Qt::LayoutDirection wanted = side == Side::Right ? Qt::RightToLeft : Qt::LeftToRight;
    qreal indent = 0;
    for (int level = 0; level < levels; ++level) {
        if (directionOfLevel(index, level) == wanted)
            indent += indentOf(value, level + 1) - indentOf(value, level);
    }
    return indent;
}

qreal MarkdownColumn::edgeOf(size_t index, int levels, Qt::LayoutDirection direction) const {
    return direction == Qt::RightToLeft ? width_ - indentAt(Side::Right, index, levels)
                                        : indentAt(Side::Left, index, levels);
}

/// The first text in a quote, and in each item of a list, decides where its bar or marker stands: what else
/// is in there follows, whatever its own direction is.
void MarkdownColumn::turn(size_t index) {
    const MarkdownBlock& value = values_[index];
    const MarkdownBlock* before = index == 0 ? nullptr : &values_[index - 1];
    const std::optional<Qt::LayoutDirection> own = directionOf(value);
    const auto opensItem = [&](int level) {
        return std::any_of(value.markers.begin(), value.markers.end(),
                           [level](const ListMarker& marker) { return marker.level == level; });
    };
    Piece& piece = pieces_[index];
    piece.mirrored = 0;
    Qt::LayoutDirection around = Qt::LeftToRight;
    bool goesOn = before != nullptr;
    for (int level = 0; level < value.nesting.depth; ++level) {
        goesOn = goesOn && level < before->nesting.depth &&
                 before->nesting.isQuote(level) == value.nesting.isQuote(level);
        const bool isNew = !goesOn || opensItem(level);
        if (goesOn) around = directionOfLevel(index - 1, level);
        if (isNew) around = own.value_or(around);
        if (around == Qt::RightToLeft) piece.mirrored |= quint16(1 << level);
        goesOn = goesOn && !isNew;
    }
    piece.block->setDirection(own.value_or(around));
}

qreal MarkdownColumn::gapBefore(size_t index) const {
    if (index == 0) return 0;
    const MarkdownBlock& before = values_[index - 1];
    const MarkdownBlock& value = values_[index];
    if (beginsNotes(index)) return kNotesGap;
    if (before.kind == MarkdownKind::Heading) return kAfterHeadingGap;
    if (value.kind == MarkdownKind::Heading) return value.level <= 2 ? kGreatHeadingGap : kSmallHeadingGap;
    if (isInList(before) && isInList(value)) return isCloseTo(before, value) ? kTightItemGap : kLooseItemGap;
    return kBlockGap;
}

void MarkdownColumn::layout(qreal width) {
    if (width != width_) {
        width_ = width;
        placed_ = 0;
    }
    if (placed_ == 0) indentScale_ = 1;
    // Deep nesting in a narrow column gives up indentation, not the text.
    for (size_t i = placed_; i < values_.size(); ++i) {
        const qreal indent = indentOf(values_[i], values_[i].nesting.depth);
        const qreal most = std::max(0.0, width_ - std::min(qreal(theme().scaled(kLeastWidth)), width_ / 2));
        if (indent <= most) continue;
        indentScale_ *= most / indent;
        placed_ = 0;
    }
    for (; placed_ < pieces_.size(); ++placed_) {
        Piece& piece = pieces_[placed_];
        const Piece* above = placed_ == 0 ? nullptr : &pieces_[placed_ - 1];
        const int depth = values_[placed_].nesting.depth;
        turn(placed_);
        piece.x = indentAt(Side::Left, placed_, depth);
        piece.y = above ? above->y + above->block->height() + gapBefore(placed_) : 0;
        piece.block->layout(width_ - piece.x - indentAt(Side::Right, placed_, depth));
        piece.start = above ? above->start + above->block->length() + 1 : 0;
    }
    height_ = pieces_.empty() ? 0 : pieces_.back().y + pieces_.back().block->height();
}

void MarkdownColumn::askForFormulas(qreal top, qreal bottom) {
    if (pieces_.empty()) return;
    for (size_t i = pieceNear(bottom) + 1; i-- > 0;) {
        const Piece& piece = pieces_[i];
        if (piece.y + piece.block->height() < top) break;
        piece.block->askForFormulas(top - piece.y, bottom - piece.y);
    }
}

bool MarkdownColumn::takeUpFormulas() {
    bool changed = false;
    for (size_t i = 0; i < pieces_.size(); ++i) {
        if (!pieces_[i].block->takeUpFormulas()) continue;
        placed_ = std::min(placed_, i);
        changed = true;
    }
    return changed;
}

void MarkdownColumn::restyle() {
    for (Piece& piece : pieces_) piece.block->restyle();
    placed_ = 0;
}

qreal MarkdownColumn::usedWidth() const {
    qreal used = 0;
    for (size_t i = 0; i < pieces_.size(); ++i) {
        const qreal behind = indentAt(Side::Right, i, values_[i].nesting.depth);
        used = std::max(used, pieces_[i].x + pieces_[i].block->usedWidth() + behind);
    }
    return std::min(used, width_);
}

void MarkdownColumn::paint(QPainter& painter, const BlockPaint& paint) const {
    if (pieces_.empty()) return;
    for (size_t i = pieceNear(paint.visible.top()); i < pieces_.size(); ++i) {
        const Piece& piece = pieces_[i];
        if (piece.y > paint.visible.bottom()) break;
        if (beginsNotes(i)) paintNotesRule(painter, i);
        paintQuotes(painter, i);
        paintMarkers(painter, i);
        painter.save();
        painter.translate(piece.origin());
        BlockPaint inner = paint.within(piece.origin(), piece.start);
        if (inner.selection.from < 0) inner.selection.from = 0;
        piece.block->paint(painter, inner);
        painter.restore();
    }
}

/// The first of the notes is set off from what they belong to.
bool MarkdownColumn::beginsNotes(size_t index) const {
    return index > 0 && !values_[index].note.isEmpty() && values_[index - 1].note.isEmpty();
}

void MarkdownColumn::paintNotesRule(QPainter& painter, size_t index) const {
    const qreal y = std::round(pieces_[index].y - gapBefore(index) / 2);
    const qreal width = std::min(width_, qreal(kNotesRule));
    const bool mirrored = directionAt(pieces_[index].start) == Qt::RightToLeft;
    painter.fillRect(QRectF(mirrored ? width_ - width : 0, y, width, 1), colours().border);
}

void MarkdownColumn::paintQuotes(QPainter& painter, size_t index) const {
    const MarkdownBlock& value = values_[index];
    const Piece& piece = pieces_[index];
    for (int level = 0; level < value.nesting.depth; ++level) {
        if (!value.nesting.isQuote(level)) continue;
        const bool goesOn = index > 0 && level < values_[index - 1].nesting.depth &&
                            values_[index - 1].nesting.isQuote(level);
        const qreal top = goesOn ? piece.y - gapBefore(index) : piece.y;
        const Qt::LayoutDirection direction = directionOfLevel(index, level);
        paintQuoteBar(painter, theme(), {edgeOf(index, level, direction), top},
                      piece.y + piece.block->height() - top, direction);
    }
}

void MarkdownColumn::paintMarkers(QPainter& painter, size_t index) const {
    const MarkdownBlock& value = values_[index];
    for (const ListMarker& marker : value.markers) {
        const Qt::LayoutDirection direction = directionOfLevel(index, marker.level);
        const qreal edge = edgeOf(index, marker.level + 1, direction);
        paintListMarker(painter, theme(), textStyleOf(look_, value), marker, {edge, pieces_[index].y},
                        direction);
    }
}

int MarkdownColumn::length() const {
    return pieces_.empty() ? 0 : pieces_.back().start + pieces_.back().block->length();
}

QString MarkdownColumn::text() const {
    QString text;
    text.reserve(length());
    for (size_t i = 0; i < pieces_.size(); ++i) {
        if (i > 0) text += u'\n';
        text += pieces_[i].block->text();
    }
    return text;
}

std::vector<Aside> MarkdownColumn::asides() const {
    std::vector<Aside> all;
    for (size_t i = 0; i < pieces_.size(); ++i) {
        for (const ListMarker& marker : values_[i].markers)
            all.push_back({pieces_[i].start, spokenMarker(marker) + u' '});
        for (const Aside& aside : pieces_[i].block->asides())
            all.push_back({pieces_[i].start + aside.at, aside.words});
    }
    return all;
}

TextLook MarkdownColumn::lookAt(int offset) const {
    if (pieces_.empty()) return {};
    const Piece& piece = pieces_[pieceAt(offset)];
    TextLook look = piece.block->lookAt(offset - piece.start);
    look.range = {look.range.from + piece.start, look.range.to + piece.start};
    return look;
}

Qt::LayoutDirection MarkdownColumn::directionAt(int offset) const {
    if (pieces_.empty()) return Qt::LeftToRight;
    const Piece& piece = pieces_[pieceAt(offset)];
    return piece.block->directionAt(offset - piece.start);
}

size_t MarkdownColumn::pieceAt(int offset) const {
    const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                        [](int value, const Piece& piece) { return value < piece.start; });
    return after == pieces_.begin() ? 0 : size_t(after - pieces_.begin()) - 1;
}

size_t MarkdownColumn::pieceNear(qreal y) const {
    const auto below = std::upper_bound(pieces_.begin(), pieces_.end(), y,
                                        [](qreal value, const Piece& piece) { return value < piece.y; });
    return below == pieces_.begin() ? 0 : size_t(below - pieces_.begin()) - 1;
}

int MarkdownColumn::offsetAt(const QPointF& point) const {
    if (pieces_.empty()) return 0;
    size_t index = pieceNear(point.y());
    // In the gap between two the nearer one is meant.
    if (index + 1 < pieces_.size()) {
        const qreal bottom = pieces_[index].y + pieces_[index].block->height();
        if (point.y() - bottom > pieces_[index + 1].y - point.y()) ++index;
    }
    const Piece& piece = pieces_[index];
    if (point.y() < piece.y) return piece.start;
    if (point.y() > piece.y + piece.block->height()) return piece.start + piece.block->length();
    return piece.start + piece.block->offsetAt(point - piece.origin());
}

QRectF MarkdownColumn::caretAt(int offset) const {
    if (pieces_.empty()) return {0, 0, 0, qreal(theme().lineHeight(look_.body))};
    const Piece& piece = pieces_[pieceAt(offset)];
    return piece.block->caretAt(offset - piece.start).translated(piece.origin());
}

TextRange MarkdownColumn::wordAt(int offset) const {
    if (pieces_.empty()) return {};
    const Piece& piece = pieces_[pieceAt(offset)];
    const TextRange word = piece.block->wordAt(offset - piece.start);
    return {piece.start + word.from, piece.start + word.to};
}

TextRange MarkdownColumn::lineAt(int offset) const {
    if (pieces_.empty()) return {};
    const Piece& piece = pieces_[pieceAt(offset)];
    const TextRange line = piece.block->lineAt(offset - piece.start);
    return {piece.start + line.from, piece.start + line.to};
}

QString MarkdownColumn::copied(TextRange range, CopyFormat format) const {
    if (pieces_.empty()) return {};
    const size_t first = pieceAt(range.from);
    const size_t last = pieceAt(std::max(range.from, range.to - 1));
    QString out;
    for (size_t i = first; i <= last; ++i) {
        const Piece& piece = pieces_[i];
        const TextRange within{std::max(0, range.from - piece.start),
                               std::min(piece.block->length(), range.to - piece.start)};
        const bool whole = within.from == 0 && within.to == piece.block->length();
        if (within.isEmpty() && !whole) continue;
        const QString text = piece.block->copied(within, format);
        // Part of one item is what it says; more than that keeps its place in the list.
        const QString lines = first == last && !whole ? text : withNesting(values_[i], text, format);
        if (i > first && isCloseTo(values_[i - 1], values_[i]))
            out += u'\n';
        else if (i > first)
            out += format == CopyFormat::Text ? "\n\n" : separatorLine(values_[i - 1], values_[i]);
        out += lines;
    }
    return out;
}

Target MarkdownColumn::targetAt(const QPointF& point) {
    if (pieces_.empty()) return {};
    Piece& piece = pieces_[pieceNear(point.y())];
    if (point.y() > piece.y + piece.block->height()) return {};
    return piece.block->targetAt(point - piece.origin());
}

bool MarkdownColumn::holds(const Block* leaf) const {
    return leaf == this || std::any_of(pieces_.begin(), pieces_.end(),
                                       [leaf](const Piece& piece) { return piece.block.get() == leaf; });
}

std::vector<Control> MarkdownColumn::controls() {
    std::vector<Control> all;
    for (Piece& piece : pieces_) {
        for (Control& control : piece.block->controls()) {
            control.box.translate(piece.origin());
            all.push_back(std::move(control));
        }
    }
    return all;
}

BlockEffect MarkdownColumn::activate(const Target& target) {
    const auto piece = std::find_if(pieces_.begin(), pieces_.end(),
                                    [&](const Piece& each) { return each.block.get() == target.block; });
    if (piece == pieces_.end()) return BlockEffect::None;
    const BlockEffect effect = piece->block->activate(target);
    if (effect == BlockEffect::Relayout) placed_ = std::min(placed_, size_t(piece - pieces_.begin()));
    return effect;
}

bool MarkdownColumn::scrollBy(const QPointF& point, const QPointF& delta) {
    if (pieces_.empty()) return false;
    const Piece& piece = pieces_[pieceNear(point.y())];
    return piece.block->scrollBy(point - piece.origin(), delta);
}

std::optional<int> MarkdownColumn::offsetOfNote(const QString& label) const {
    for (size_t i = 0; i < pieces_.size(); ++i) {
        if (values_[i].note == label) return pieces_[i].start;
    }
    return std::nullopt;
}

void MarkdownColumn::reveal(int offset) {
    if (pieces_.empty()) return;
    const Piece& piece = pieces_[pieceAt(offset)];
    piece.block->reveal(offset - piece.start);
}

BlockEffect MarkdownColumn::uncover(int offset) {
    if (pieces_.empty()) return BlockEffect::None;
    const size_t index = pieceAt(offset);
    const BlockEffect effect = pieces_[index].block->uncover(offset - pieces_[index].start);
    if (effect == BlockEffect::Relayout) placed_ = std::min(placed_, index);
    return effect;
}

bool MarkdownColumn::hasRightToLeft() const {
    return std::any_of(values_.begin(), values_.end(),
                       [](const MarkdownBlock& value) { return directionOf(value) == Qt::RightToLeft; });
}

TextRange MarkdownColumn::rangeOf(size_t index) const {
    if (index >= pieces_.size()) return {};
    return {pieces_[index].start, pieces_[index].start + pieces_[index].block->length()};
}

} // namespace ponder::ui
