#include "app/exchange/pdf_paper.h"

#include <QLocale>
#include <QPageLayout>
#include <QPageSize>
#include <QPainterPath>

#include "app/exchange/pdf_style.h"

namespace ponder::app {

namespace {

constexpr int kDotsPerInch = 720;
constexpr qreal kSideMargin = points(64);
constexpr qreal kHeadMargin = points(64);
constexpr qreal kMarginText = points(36); // of head and foot, from the edge
// Strips that only touch show a hair line between them.
constexpr qreal kOverlap = points(0.4);
constexpr qreal kBreakPadding = points(4);

QPageSize paperSize() {
    return QPageSize(QLocale().measurementSystem() == QLocale::ImperialUSSystem ? QPageSize::Letter
                                                                                : QPageSize::A4);
}

enum class Edge { Top, Bottom };

QPainterPath roundedEnd(const QRectF& box, qreal radius, Edge edge) {
    QPainterPath path;
    if (edge == Edge::Top) {
        path.moveTo(box.bottomLeft());
        path.lineTo(box.left(), box.top() + radius);
        path.quadTo(box.topLeft(), {box.left() + radius, box.top()});
        path.lineTo(box.right() - radius, box.top());
        path.quadTo(box.topRight(), {box.right(), box.top() + radius});
        path.lineTo(box.bottomRight());
    } else {
        path.moveTo(box.topLeft());
        path.lineTo(box.left(), box.bottom() - radius);
        path.quadTo(box.bottomLeft(), {box.left() + radius, box.bottom()});
        path.lineTo(box.right() - radius, box.bottom());
        path.quadTo(box.bottomRight(), {box.right(), box.bottom() - radius});
        path.lineTo(box.topRight());
    }
    path.closeSubpath();
    return path;
}

} // namespace

PdfPaper::PdfPaper(QIODevice& device, const QString& title) : writer_(&device) {
    writer_.setResolution(kDotsPerInch);
    writer_.setCreator(QStringLiteral("Ponder " PONDER_VERSION));
    writer_.setTitle(title);
    writer_.setPageLayout(QPageLayout(paperSize(), QPageLayout::Portrait, QMarginsF(0, 0, 0, 0)));
    painter_.begin(&writer_);
    painter_.translate(kSideMargin, 0);
    margin_ = kHeadMargin;
    width_ = writer_.width() - 2 * kSideMargin;
    height_ = writer_.height();
    y_ = top();
}

void PdfPaper::beginChapter(const QString& title) {
    if (!title_.isNull()) {
        title_.clear();
        headed_ = true;
        breakPage();
    }
    title_ = title.isNull() ? QStringLiteral("") : title;
    headed_ = true;
    paintMargins();
}

void PdfPaper::breakPage() {
    writer_.newPage();
    ++page_;
    y_ = top();
    if (title_.isNull()) return; // beginChapter paints its own
    headed_ = false;
    paintMargins();
    if (!grounds_.empty()) {
        paintGrounds(kBreakPadding);
        y_ += kBreakPadding;
    }
}

void PdfPaper::paintMargins() {
    const PdfTextStyle style = pdfStyle(PdfText::Margin);
    painter_.setFont(style.font);
    painter_.setPen(style.colour);
    const qreal height = style.lineHeight;
    painter_.drawText(QRectF(0, height_ - kMarginText - height, width_, height), Qt::AlignCenter,
                      QLocale().toString(page_));
    if (headed_) return;
    const QString shown = QFontMetricsF(style.font).elidedText(title_, Qt::ElideRight, width_);
    painter_.drawText(QRectF(0, kMarginText, width_, height),
                      Qt::AlignVCenter | (title_.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft), shown);
}

qreal PdfPaper::take(qreal height) {
    if (!fits(height) && y_ > top()) breakPage();
    paintGrounds(height);
    const qreal at = y_;
    y_ += height;
    for (const auto& draw : std::exchange(beside_, {})) draw(at);
    return at;
}

void PdfPaper::leave(qreal height) {
    if (y_ <= top()) return;
    if (!fits(height)) return breakPage();
    paintGrounds(height);
    y_ += height;
}

void PdfPaper::keepTogether(qreal height) {
    if (!fits(height) && y_ > top() && height <= usableHeight()) breakPage();
}

void PdfPaper::open(const PdfGround& ground, qreal padding) {
    const qreal rounded = std::max(padding, ground.radius);
    keepTogether(rounded);
    paintGrounds(rounded);
    const QRectF box(ground.left, y_, ground.width, rounded);
    painter_.fillPath(roundedEnd(box, ground.radius, Edge::Top), ground.colour);
    y_ += padding;
    grounds_.push_back(ground);
}

void PdfPaper::close(qreal padding) {
    const PdfGround ground = grounds_.back();
    grounds_.pop_back();
    const qreal rounded = std::max(padding, ground.radius);
    paintGrounds(padding);
    const QRectF box(ground.left, y_ - kOverlap, ground.width, rounded + kOverlap);
    painter_.fillPath(roundedEnd(box, ground.radius, Edge::Bottom), ground.colour);
    y_ += padding;
}

void PdfPaper::paintGrounds(qreal height) {
    const qreal above = y_ > top() ? kOverlap : 0;
    for (const PdfGround& ground : grounds_)
        painter_.fillRect(QRectF(ground.left, y_ - above, ground.width, height + above), ground.colour);
}

} // namespace ponder::app
