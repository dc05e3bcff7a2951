#pragma once

#include <QColor>
#include <QIODevice>
#include <QPainter>
#include <QPdfWriter>
#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

namespace ponder::app {

/// Lengths on paper are in dots, ten a point: fonts of whole dots are then fine enough.
constexpr qreal points(qreal count) {
    return count * 10;
}

/// What lies behind a stretch of the text or beside it, over as many pages as the text takes: the ground of
/// code, the bar of a quote.
struct PdfGround {
    qreal left = 0;
    qreal width = 0;
    QColor colour;
    qreal radius = 0;
};

/// Sheets of A4 or Letter, as the country has it, filled from top to bottom. Needs a QGuiApplication; any
/// thread, one at a time.
class PdfPaper {
public:
    PdfPaper(QIODevice& device, const QString& title);
    PdfPaper(const PdfPaper&) = delete;
    PdfPaper& operator=(const PdfPaper&) = delete;

    /// A new sheet, unless this one is empty; `title` stands at the head of those that follow.
    void beginChapter(const QString& title);
    void breakPage();

    /// Takes the next `height` of the sheet, or of the next one if it does not fit, with all grounds painted,
    /// and returns its top.
    qreal take(qreal height);
    /// Space between two things; none at the head of a sheet.
    void leave(qreal height);
    /// What follows begins on the next sheet if so much is not left on this one.
    void keepTogether(qreal height);
    bool fits(qreal height) const { return y_ + height <= bottom(); }
    qreal usableHeight() const { return bottom() - top(); }
    /// Draws something beside what is taken next; it is told its top.
    void besideNext(std::function<void(qreal)> draw) { beside_.push_back(std::move(draw)); }

    /// Paints `ground` behind everything until `close`, with so much of it above.
    void open(const PdfGround& ground, qreal padding = 0);
    void close(qreal padding = 0);

    QPainter& painter() { return painter_; }
    qreal width() const { return width_; }

private:
    qreal top() const { return margin_; }
    qreal bottom() const { return height_ - margin_; }
    void paintGrounds(qreal height);
    void paintMargins();

    QPdfWriter writer_;
    QPainter painter_;
    QString title_;
    qreal margin_ = 0;
    qreal width_ = 0;  // between the margins; 0 is where the text begins
    qreal height_ = 0; // of the sheet
    qreal y_ = 0;
    int page_ = 1;
    bool headed_ = false; // the sheet begins a chapter, which has a title of its own
    std::vector<PdfGround> grounds_;
    std::vector<std::function<void(qreal)>> beside_;
};

} // namespace ponder::app
