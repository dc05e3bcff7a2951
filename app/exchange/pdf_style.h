#pragma once

#include <QColor>
#include <QFont>

#include "ui/theme.h"

namespace ponder::app {

/// The kinds of text on paper.
enum class PdfText {
    Title,
    About,   ///< below the title
    Speaker, ///< above a message
    Body,
    Heading1,
    Heading2,
    Heading3,
    Heading4,
    Thought,
    Code,
    CodeLabel,
    Table,
    TableHeader,
    Margin,
};

/// Lengths in dots.
struct PdfTextStyle {
    QFont font;
    qreal lineHeight = 0;
    QColor colour;
};

PdfTextStyle pdfStyle(PdfText text);
/// Paper is white: the light ones.
const ui::Colours& pdfColours();

} // namespace ponder::app
