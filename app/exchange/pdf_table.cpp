#include "app/exchange/pdf_table.h"

#include <algorithm>
#include <numeric>

#include "app/exchange/pdf_paragraph.h"

namespace ponder::app {

namespace {

constexpr qreal kSidePadding = points(7);
constexpr qreal kTopPadding = points(4);
constexpr qreal kRule = points(0.6);
constexpr qreal kUnlimited = 1e6;

Qt::Alignment alignmentOf(ui::CellAlignment alignment) {
    switch (alignment) {
    case ui::CellAlignment::Centre:
        return Qt::AlignHCenter;
    case ui::CellAlignment::End:
        return Qt::AlignRight;
    case ui::CellAlignment::Start:
        break;
    }
    return Qt::AlignLeft;
}

class Table {
public:
    Table(PdfPaper& paper, const ui::MarkdownBlock& table, qreal left, qreal width)
        : paper_(paper), table_(table), left_(left) {
        mirrored_ = std::any_of(table_.cells.begin(), table_.cells.begin() + table_.columns,
                                [](const ui::InlineText& cell) { return cell.text.isRightToLeft(); });
        widths_ = columnWidths(width - 2 * kSidePadding * table_.columns);
        width_ = std::accumulate(widths_.begin(), widths_.end(), 2 * kSidePadding * table_.columns);
        if (mirrored_) left_ += width - width_;
    }

    void write() {
        writeRow(0);
        for (int row = 1; row < table_.rows(); ++row) writeRow(row);
    }

private:
    std::unique_ptr<PdfParagraph> cell(int row, int column, qreal width) const {
        PdfSetting setting{.style = pdfStyle(row == 0 ? PdfText::TableHeader : PdfText::Table),
                           .width = width};
        if (std::size_t(column) < table_.alignments.size())
            setting.alignment = alignmentOf(table_.alignments[std::size_t(column)]);
        return std::make_unique<PdfParagraph>(table_.cells[std::size_t(row * table_.columns + column)],
                                              table_.links, setting);
    }

    /// Wide columns give up what they have beyond their longest word, in proportion.
    std::vector<qreal> columnWidths(qreal room) const {
        const std::size_t columns = std::size_t(table_.columns);
        std::vector<qreal> natural(columns, 0);
        std::vector<qreal> least(columns, 0);
        for (int row = 0; row < table_.rows(); ++row) {
            for (std::size_t column = 0; column < columns; ++column) {
                const auto text = cell(row, int(column), kUnlimited);
                natural[column] = std::max(natural[column], text->naturalWidth() + points(0.5));
                least[column] = std::max(least[column], text->wordWidth() + points(0.5));
            }
        }
        const auto sum = [](const std::vector<qreal>& widths) {
            return std::accumulate(widths.begin(), widths.end(), qreal(0));
        };
        if (sum(natural) <= room) return natural;
        for (qreal& width : least) width = std::min(width, room / qreal(columns));
        const qreal spare = std::max(qreal(0), room - sum(least));
        const qreal wanted = std::max(qreal(1), sum(natural) - sum(least));
        for (std::size_t i = 0; i < columns; ++i) least[i] += spare * (natural[i] - least[i]) / wanted;
        return least;
    }

    void writeRow(int row) {
        std::vector<std::unique_ptr<PdfParagraph>> cells;
        qreal height = 0;
        for (int column = 0; column < table_.columns; ++column) {
            cells.push_back(cell(row, column, widths_[std::size_t(column)]));
            height = std::max(height, cells.back()->height());
        }
        height += 2 * kTopPadding;
        if (height > paper_.usableHeight() / 2) return writeLongRow(cells);
        // A header is not left behind by its first row.
        if (row == 0) paper_.keepTogether(2 * height);
        if (!paper_.fits(height) && row > 0) {
            paper_.breakPage();
            writeRow(0);
        }
        const qreal y = paper_.take(height);
        QPainter& painter = paper_.painter();
        if (row == 0) painter.fillRect(QRectF(left_, y, width_, height), pdfColours().codeHeader);
        painter.fillRect(QRectF(left_, y + height - kRule, width_, kRule), pdfColours().border);
        for (std::size_t column = 0; column < cells.size(); ++column)
            cells[column]->draw(painter, {leftOf(column) + kSidePadding, y + kTopPadding});
    }

    /// A row that would leave most of a sheet empty: its cells below each other.
    void writeLongRow(std::vector<std::unique_ptr<PdfParagraph>>& cells) {
        for (std::size_t column = 0; column < cells.size(); ++column) {
            cells[column]->write(paper_, leftOf(column) + kSidePadding);
        }
        const qreal y = paper_.take(kTopPadding);
        paper_.painter().fillRect(QRectF(left_, y + kTopPadding - kRule, width_, kRule), pdfColours().border);
    }

    qreal leftOf(std::size_t column) const {
        const auto here = widths_.begin() + std::ptrdiff_t(column);
        const qreal before =
            std::accumulate(widths_.begin(), here, qreal(0)) + 2 * kSidePadding * qreal(column);
        if (!mirrored_) return left_ + before;
        return left_ + width_ - before - *here - 2 * kSidePadding;
    }

    PdfPaper& paper_;
    const ui::MarkdownBlock& table_;
    qreal left_ = 0;
    qreal width_ = 0;
    std::vector<qreal> widths_; // without padding
    bool mirrored_ = false;     // the first column is the rightmost
};

} // namespace

void writePdfTable(PdfPaper& paper, const ui::MarkdownBlock& table, qreal left, qreal width) {
    if (table.columns > 0) Table(paper, table, left, width).write();
}

} // namespace ponder::app
