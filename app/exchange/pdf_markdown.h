#pragma once

#include <vector>

#include "app/exchange/pdf_paper.h"
#include "app/exchange/pdf_style.h"
#include "ui/markdown/markdown_block.h"

namespace ponder::app {

/// Where Markdown stands on the sheet and how its paragraphs look.
struct PdfColumn {
    qreal left = 0;
    qreal width = 0;
    PdfText body = PdfText::Body;
};

/// Writes parsed Markdown, as the window shows it, down the paper. Formulas stand as their source.
void writePdfMarkdown(PdfPaper& paper, const std::vector<ui::MarkdownBlock>& blocks, const PdfColumn& column);

/// Code on a ground of its own, its language or name above it.
void writePdfCode(PdfPaper& paper, const QString& code, const QString& label, const PdfColumn& column);

} // namespace ponder::app
