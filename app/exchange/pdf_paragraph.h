#pragma once

#include <QStringList>
#include <QTextLayout>

#include "app/exchange/pdf_paper.h"
#include "app/exchange/pdf_style.h"
#include "ui/markdown/markdown_block.h"

namespace ponder::app {

enum class PdfWrap { Words, Anywhere, Never };

/// How a paragraph is set. Lengths in dots.
struct PdfSetting {
    PdfTextStyle style;
    qreal width = 0;
    PdfWrap wrap = PdfWrap::Words;
    Qt::Alignment alignment = Qt::AlignLeft; ///< turned round for text from right to left
};

/// A run of text in lines, links and all. Made, then drawn once.
class PdfParagraph {
public:
    PdfParagraph(const ui::InlineText& text, const QStringList& links, const PdfSetting& setting);
    PdfParagraph(const QString& text, const PdfSetting& setting);

    qreal height() const { return style_.lineHeight * layout_.lineCount(); }
    /// Of the widest line, and of the widest word.
    qreal naturalWidth() const;
    qreal wordWidth() const { return layout_.minimumWidth(); }

    /// Line by line down the paper, never leaving a single line of several alone on a sheet.
    void write(PdfPaper& paper, qreal left);
    /// All lines where they are told to be.
    void draw(QPainter& painter, const QPointF& at);

private:
    void drawLine(QPainter& painter, int line, const QPointF& at);

    PdfTextStyle style_;
    QTextLayout layout_;
};

} // namespace ponder::app
