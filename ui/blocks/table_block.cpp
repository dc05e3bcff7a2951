#include "ui/blocks/table_block.h"

#include "ui/blocks/table_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <numeric>

namespace ponder::ui {

namespace {

constexpr int kCellPadding = space::kMedium;
constexpr int kRowPadding = 7;
constexpr int kWidestCell = 360;
constexpr int kNarrowestCell = 96;
constexpr int kScrolledCell = 240;
constexpr int kFirstRows = 200;
// Every cell is laid out by itself: a wide table begins with fewer rows.
constexpr int kFirstCells = 2000;
constexpr int kFewestRows = 20;

} // namespace

TableBlock::TableBlock(const Theme& theme, const BlockLook& look)
    : MarkdownPiece(theme), look_(look), actions_(theme), wantedRows_(kFirstRows) {}

void TableBlock::setContent(const MarkdownBlock& content) {
    if (content.columns != content_.columns) {
        cells_.clear();
        wantedRows_ = std::clamp(kFirstCells / std::max(1, content.columns), kFewestRows, kFirstRows);
    }
    size_t same = 0;
    while (same < cells_.size() && same < content.cells.size() && content_.cells[same] == content.cells[same])
        ++same;
    content_ = content;
    const Qt::LayoutDirection direction = directionOf(content).value_or(Qt::LeftToRight);
    if (direction != direction_) {
        direction_ = direction;
        same = 0;
    }
    cells_.resize(std::min(cells_.size(), same));
    measured_ = std::min(measured_, same);
}

int TableBlock::shownRows() const {
    return std::min(content_.rows(), wantedRows_ + 1);
}

void TableBlock::restyle() {
    cells_.clear();
    measured_ = 0;
    width_ = -1;
}

void TableBlock::measure(size_t index) {
    Cell& cell = cells_[index];
    const InlineText& text = content_.cells[index];
    const TextStyle style = index < size_t(content_.columns) ? TextStyle::TableHeader : TextStyle::Table;
    cell.direction = directionOf(text).value_or(direction_);
    cell.flow.setStyle(
        {.font = theme().font(style), .lineHeight = theme().lineHeight(style), .direction = cell.direction});
    cell.pending = fillFlow(cell.flow, theme(), style, text);
    cell.laidFor = theme().scaled(kWidestCell);
    cell.flow.layout(cell.laidFor);
    const bool oneLine = cell.flow.lineCount() <= 1;
    cell.wanted = oneLine ? std::ceil(cell.flow.naturalWidth()) : cell.laidFor;
    cell.follows = !oneLine || cell.direction == Qt::RightToLeft;
    cell.start = index == 0 ? 0 : cells_[index - 1].start + cells_[index - 1].flow.length() + 1;
}

void TableBlock::askForFormulas(qreal top, qreal bottom) {
    const int columns = content_.columns;
    for (int index = int(cells_.size()) - 1; index >= 0; --index) {
        const int row = index / columns;
        const bool near = row + 1 < int(rowTops_.size()) && rowTops_[size_t(row)] <= bottom &&
                          rowTops_[size_t(row) + 1] >= top;
        if (near && cells_[size_t(index)].pending) ui::askForFormulas(theme(), content_.cells[size_t(index)]);
    }
}

bool TableBlock::takeUpFormulas() {
    bool changed = false;
    for (size_t i = 0; i < measured_; ++i) {
        if (!cells_[i].pending) continue;
        measure(i);
        changed = true;
    }
    if (changed) {
        columnWidths_.clear();
        width_ = -1;
    }
    return changed;
}

void TableBlock::layout(qreal width) {
    const size_t shown = size_t(shownRows()) * size_t(content_.columns);
    if (width == width_ && measured_ == shown && cells_.size() == shown) return;
    const int firstNewRow = content_.columns == 0 ? 0 : int(measured_) / content_.columns;
    cells_.resize(shown);
    for (; measured_ < shown; ++measured_) measure(measured_);
    const std::vector<qreal> before = columnWidths_;
    width_ = width;
    fitColumns();
    placeCells(before == columnWidths_ ? firstNewRow : 0);
    placeColumns();
    const bool fromTheRight = isMirrored() && scroll_.isAtEnd();
    scroll_.setExtent(gridWidth_, width_);
    if (fromTheRight) scroll_.setPosition(gridWidth_);
    QRectF header = gridBox();
    header.setHeight(rowTops_.size() > 1 ? rowTops_[1] : 0);
    actions_.place(header, width_, direction_);
    length_ = cells_.empty() ? 0 : cells_.back().start + cells_.back().flow.length();
    height_ = rowTops_.back() + (scroll_.isNeeded() ? space::kMedium : 0);
    if (!footnote().isEmpty() || !moreText().isEmpty()) height_ += theme().scaled(32) + space::kTiny;
}

/// As wide as wanted where that fits; else what is over is taken from the widest.
void TableBlock::fitColumns() {
    const size_t columns = size_t(content_.columns);
    columnWidths_.assign(columns, 0);
    for (size_t i = 0; i < cells_.size(); ++i) {
        qreal& width = columnWidths_[i % columns];
        width = std::max(width, cells_[i].wanted);
    }
    qreal room = width_ - 2.0 * kCellPadding * content_.columns;
    if (std::accumulate(columnWidths_.begin(), columnWidths_.end(), 0.0) <= room) return;
    std::vector<size_t> narrowFirst(columns);
    std::iota(narrowFirst.begin(), narrowFirst.end(), size_t(0));
    std::stable_sort(narrowFirst.begin(), narrowFirst.end(),
                     [this](size_t a, size_t b) { return columnWidths_[a] < columnWidths_[b]; });
    // Where it has to scroll anyway, nothing is gained by columns as narrow as that.
    const qreal narrowest = theme().scaled(kNarrowestCell);
    qreal least = 0;
    for (qreal width : columnWidths_) least += std::min(width, narrowest);
    const qreal floor = least > room ? theme().scaled(kScrolledCell) : narrowest;
    size_t left = columns;
    for (size_t column : narrowFirst) {
        const qreal share = std::max(floor, std::floor(room / qreal(left)));
        columnWidths_[column] = std::min(columnWidths_[column], share);
        room -= columnWidths_[column];
        --left;
    }
}

void TableBlock::placeColumns() {
    columnLefts_.resize(columnWidths_.size());
    gridWidth_ = 0;
    const auto place = [this](size_t column) {
        columnLefts_[column] = gridWidth_;
        gridWidth_ += columnWidths_[column] + 2 * kCellPadding;
    };
    const size_t columns = columnWidths_.size();
    for (size_t i = 0; i < columns; ++i) place(isMirrored() ? columns - 1 - i : i);
}

void TableBlock::placeCells(int firstRow) {
    rowTops_.resize(size_t(firstRow) + 1);
    if (firstRow == 0) rowTops_[0] = 0;
    for (int row = firstRow; row < shownRows(); ++row) {
        qreal tallest = theme().lineHeight(TextStyle::Table);
        for (int column = 0; column < content_.columns; ++column) {
            Cell& cell = cells_[size_t(row * content_.columns + column)];
            const qreal width = columnWidths_[size_t(column)];
            const CellAlignment alignment = size_t(column) < content_.alignments.size()
                                                ? content_.alignments[size_t(column)]
                                                : CellAlignment::Start;
            if ((cell.follows || cell.wanted > width) && cell.laidFor != width) {
                const TextStyle style = row == 0 ? TextStyle::TableHeader : TextStyle::Table;
                cell.flow.setStyle({.font = theme().font(style),
                                    .lineHeight = theme().lineHeight(style),
                                    .alignment = alignment == CellAlignment::Centre ? Qt::AlignHCenter
                                                 : alignment == CellAlignment::End
                                                     ? Qt::AlignRight | Qt::AlignAbsolute
                                                     : Qt::AlignLeft,
                                    .direction = cell.direction});
                cell.flow.layout(width);
                cell.laidFor = width;
                cell.follows = true;
            }
            const qreal slack = cell.follows ? 0 : width - cell.wanted;
            cell.x = alignment == CellAlignment::End      ? slack
                     : alignment == CellAlignment::Centre ? slack / 2
                                                          : 0;
        }
        const auto forEachCell = [&](auto visit) {
            for (int column = 0; column < content_.columns; ++column)
                visit(cells_[size_t(row * content_.columns + column)]);
        };
        qreal baseline = 0;
        forEachCell([&](Cell& cell) { baseline = std::max(baseline, cell.flow.firstBaseline()); });
        forEachCell([&](Cell& cell) {
            cell.y = baseline - cell.flow.firstBaseline();
            tallest = std::max(tallest, cell.y + cell.flow.height());
        });
        rowTops_.push_back(rowTops_.back() + tallest + 2 * kRowPadding);
    }
}

qreal TableBlock::usedWidth() const {
    return std::min(gridWidth_, width_);
}

QPointF TableBlock::cellOrigin(size_t index) const {
    const size_t columns = size_t(content_.columns);
    return {gridBox().left() + columnLefts_[index % columns] + kCellPadding + cells_[index].x -
                scroll_.position(),
            rowTops_[index / columns] + kRowPadding + cells_[index].y};
}

QRectF TableBlock::gridBox() const {
    const qreal left = isMirrored() ? width_ - usedWidth() : 0;
    return {left, 0, usedWidth(), rowTops_.empty() ? 0 : rowTops_.back()};
}

QString TableBlock::moreText() const {
    const int hidden = content_.rows() - shownRows();
    return hidden > 0 ? tr("Show more (%n row(s) are left)", nullptr, hidden) : QString();
}

QString TableBlock::footnote() const {
    QStringList notes;
    if (content_.hiddenColumns > 0) notes.append(tr("%n more column(s)", nullptr, content_.hiddenColumns));
    if (content_.hiddenRows > 0) notes.append(tr("%n more row(s)", nullptr, content_.hiddenRows));
    return notes.isEmpty() ? QString()
                           : tr("Too large to show all: %1").arg(notes.join(QStringLiteral(", ")));
}

QRectF TableBlock::moreBox() const {
    const qreal width = QFontMetricsF(theme().font(TextStyle::Label)).horizontalAdvance(moreText());
    const qreal extent = theme().scaled(32);
    const qreal whole = width + 2 * space::kSmall;
    return {isMirrored() ? width_ - whole : 0, height_ - extent, whole, extent};
}

void TableBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    if (cells_.empty()) return;
    const QRectF grid = gridBox();
    const QRectF outlineBox = grid.adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(outlineBox, radius::kTable, radius::kTable);
    painter.save();
    painter.setClipRect(QRectF(grid.left(), 0, grid.width(), rowTops_[1]), Qt::IntersectClip);
    painter.fillPath(outline, colours().codeHeader);
    painter.restore();
    painter.save();
    painter.setClipRect(grid.adjusted(1, 1, -1, -1), Qt::IntersectClip);
    paintGrid(painter, paint);
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours().border, 1));
    painter.drawPath(outline);
    scroll_.paint(painter, theme(), grid.adjusted(0, 0, 0, space::kMedium),
                  isMine(paint.hovered, TargetKind::ScrollBar));
    actions_.paint(painter, *this, paint);

    const QRectF more = moreBox();
    QRectF notes(space::kTiny, more.top(), std::max(0.0, width_ - 2 * space::kTiny), more.height());
    if (!moreText().isEmpty()) {
        const bool hovered = isMine(paint.hovered, TargetKind::MoreRows);
        painter.setFont(theme().font(TextStyle::Label));
        painter.setPen(hovered ? colours().text : colours().muted);
        painter.drawText(more, Qt::AlignCenter, moreText());
        if (isMirrored())
            notes.setRight(more.left());
        else
            notes.setLeft(more.right());
    }
    painter.setFont(theme().font(TextStyle::Caption));
    painter.setPen(colours().muted);
    painter.drawText(notes, Qt::AlignVCenter | (isMirrored() ? Qt::AlignRight : Qt::AlignLeft), footnote());
}

void TableBlock::paintGrid(QPainter& painter, const BlockPaint& paint) const {
    const Colours& palette = colours();
    const FlowColours inks{palette.*look_.ink, palette.selection, palette.text, palette.bubble,
                           theme().isHighContrast() ? palette.border : QColor()};
    const auto below = std::upper_bound(rowTops_.begin(), rowTops_.end(), paint.visible.top());
    const size_t columns = size_t(content_.columns);
    for (size_t row = size_t(std::max<std::ptrdiff_t>(0, below - rowTops_.begin() - 1));
         row + 1 < rowTops_.size(); ++row) {
        if (rowTops_[row] > paint.visible.bottom()) break;
        if (row > 0) painter.fillRect(QRectF(gridBox().left(), rowTops_[row], gridWidth_, 1), palette.border);
        for (size_t index = row * columns; index < (row + 1) * columns; ++index) {
            const Cell& cell = cells_[index];
            const TextRange selected{std::max(0, paint.selection.from - cell.start),
                                     std::min(cell.flow.length(), paint.selection.to - cell.start)};
            cell.flow.draw(painter, cellOrigin(index), paint.visible, selected, inks,
                           paint.found.within(cell.start));
        }
    }
}

const TableBlock::Cell* TableBlock::cellAt(int offset) const {
    const auto after = std::upper_bound(cells_.begin(), cells_.end(), offset,
                                        [](int value, const Cell& cell) { return value < cell.start; });
    return cells_.empty() ? nullptr : &*(after == cells_.begin() ? after : after - 1);
}

int TableBlock::offsetAt(const QPointF& point) const {
    if (cells_.empty()) return 0;
    const auto below = std::upper_bound(rowTops_.begin(), rowTops_.end(), point.y());
    const int row = std::clamp(int(below - rowTops_.begin()) - 1, 0, shownRows() - 1);
    const qreal x = point.x() - gridBox().left() + scroll_.position();
    int column = 0;
    for (; column < content_.columns - 1; ++column) {
        const qreal left = columnLefts_[size_t(column)];
        if (isMirrored() ? x >= left : x < left + columnWidths_[size_t(column)] + 2 * kCellPadding) break;
    }
    const size_t index = size_t(row * content_.columns + column);
    return cells_[index].start + cells_[index].flow.offsetAt(point - cellOrigin(index));
}

QRectF TableBlock::caretAt(int offset) const {
    const Cell* cell = cellAt(offset);
    if (!cell) return {0, 0, 0, qreal(theme().lineHeight(TextStyle::Table))};
    return cell->flow.caretAt(offset - cell->start).translated(cellOrigin(size_t(cell - cells_.data())));
}

Qt::LayoutDirection TableBlock::directionAt(int offset) const {
    const Cell* cell = cellAt(offset);
    return cell ? cell->direction : direction_;
}

QString TableBlock::text() const {
    QString text;
    text.reserve(length_);
    for (size_t i = 0; i < cells_.size(); ++i) {
        if (i > 0) text += i % size_t(content_.columns) == 0 ? u'\n' : u'\t';
        text += cells_[i].flow.text();
    }
    return text;
}

TextRange TableBlock::wordAt(int offset) const {
    const Cell* cell = cellAt(offset);
    if (!cell) return {};
    const TextRange formula = cell->flow.formulaAt(offset - cell->start);
    const TextRange word = formula.isEmpty() ? wordAround(cell->flow.text(), offset - cell->start) : formula;
    return {cell->start + word.from, cell->start + word.to};
}

TextRange TableBlock::lineAt(int offset) const {
    const Cell* cell = cellAt(offset);
    return cell ? TextRange{cell->start, cell->start + cell->flow.length()} : TextRange{};
}

QString TableBlock::copied(TextRange range, CopyFormat format) const {
    const Cell* first = cellAt(range.from);
    const Cell* last = cellAt(std::max(range.from, range.to - 1));
    if (!first || !last) return {};
    const auto textOf = [&](size_t index, TextRange within) {
        if (index < cells_.size()) within = cells_[index].flow.withWholeFormulas(within);
        return cellText(content_, index, within, format);
    };
    const size_t firstIndex = size_t(first - cells_.data());
    const size_t lastIndex = size_t(last - cells_.data());
    if (firstIndex == lastIndex)
        return textOf(firstIndex, {range.from - first->start, range.to - first->start});

    const size_t columns = size_t(content_.columns);
    std::vector<QStringList> rows;
    const auto addRow = [&](size_t row) {
        QStringList texts;
        for (size_t index = row * columns; index < (row + 1) * columns; ++index) {
            TextRange within{0, int(content_.cells[index].text.size())};
            if (index < cells_.size()) {
                within.from = std::max(within.from, range.from - cells_[index].start);
                within.to = std::min(within.to, range.to - cells_[index].start);
            }
            texts.append(within.isEmpty() ? QString() : textOf(index, within));
        }
        rows.push_back(texts);
    };
    if (format == CopyFormat::Markdown && firstIndex >= columns) {
        QStringList header;
        for (size_t i = 0; i < columns; ++i)
            header.append(textOf(i, {0, int(content_.cells[i].text.size())}));
        rows.push_back(header);
    }
    for (size_t row = firstIndex / columns; row <= lastIndex / columns; ++row) addRow(row);
    // Whoever takes all of it means the rows that are not shown yet as well.
    if (range.from <= 0 && range.to >= length_) {
        for (int row = shownRows(); row < content_.rows(); ++row) addRow(size_t(row));
    }
    return format == CopyFormat::Text ? alignedColumns(rows) : markdownTable(rows, content_.alignments);
}

Target TableBlock::targetAt(const QPointF& point) {
    if (!moreText().isEmpty() && moreBox().contains(point)) return {TargetKind::MoreRows, this, {}};
    if (scroll_.isOnBar(point, gridBox().adjusted(0, 0, 0, space::kMedium)))
        return {TargetKind::ScrollBar, this, {}};
    if (cells_.empty()) return {};
    if (const TargetKind kind = actions_.at(point); kind != TargetKind::None) return {kind, this, {}};
    if (!gridBox().contains(point)) return {};
    const int offset = offsetAt(point);
    const Cell* cell = cellAt(offset);
    const size_t index = size_t(cell - cells_.data());
    if (cell->flow.isOnText(point - cellOrigin(index))) {
        const int character = characterAt(cell->flow, point - cellOrigin(index));
        const QString address = linkAt(content_.cells[index], content_.links, character);
        if (!address.isEmpty()) return {TargetKind::Link, this, address};
    }
    return {TargetKind::Text, this, {}};
}

std::vector<Control> TableBlock::controls() {
    if (cells_.empty()) return {};
    std::vector<Control> all = actions_.controls(*this);
    for (size_t index = 0; index < cells_.size(); ++index) {
        const InlineText& text = content_.cells[index];
        for (const Span& span : text.spans) {
            if (span.link < 0) continue;
            const QRectF from = caretAt(cells_[index].start + span.start);
            const QRectF to = caretAt(cells_[index].start + span.start + span.length);
            all.push_back({{TargetKind::Link, this, content_.links.value(span.link)},
                           from.united(to),
                           text.text.mid(span.start, span.length)});
        }
    }
    if (!moreText().isEmpty()) all.push_back({{TargetKind::MoreRows, this, {}}, moreBox(), moreText()});
    return all;
}

BlockEffect TableBlock::activate(const Target& target) {
    if (target.kind != TargetKind::MoreRows) return BlockEffect::None;
    wantedRows_ += kFirstRows;
    return BlockEffect::Relayout;
}

QString TableBlock::copyText(const Target& target) const {
    if (target.kind == TargetKind::CopyTable) return tableAsMarkdown(content_);
    return target.kind == TargetKind::CopyTableAsCsv ? tableAsCsv(content_) : QString();
}

bool TableBlock::scrollBy(const QPointF& point, const QPointF& delta) {
    return gridBox().contains(point) && scroll_.scrollBy(delta.x());
}

void TableBlock::dragScrollBar(const QPointF& delta) {
    scroll_.drag(delta.x(), gridBox());
}

void TableBlock::reveal(int offset) {
    const qreal x = caretAt(offset).left() - gridBox().left() + scroll_.position();
    scroll_.reveal(x - kCellPadding, x + kCellPadding);
}

BlockEffect TableBlock::uncover(int offset) {
    if (offset <= length_ || shownRows() >= content_.rows()) return BlockEffect::None;
    int start = length_ + 1;
    int row = shownRows();
    for (; row + 1 < content_.rows(); ++row) {
        for (int column = 0; column < content_.columns; ++column)
            start += int(content_.cells[size_t(row * content_.columns + column)].text.size()) + 1;
        if (offset < start) break;
    }
    wantedRows_ = std::max(wantedRows_, row);
    return BlockEffect::Relayout;
}

} // namespace ponder::ui
