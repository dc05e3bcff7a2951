#pragma once

#include "app/exchange/pdf_paper.h"
#include "ui/markdown/markdown_block.h"

namespace ponder::app {

/// Writes a table no wider than `width`: columns as wide as they need to be while there is room, the header
/// again at the top of every sheet.
void writePdfTable(PdfPaper& paper, const ui::MarkdownBlock& table, qreal left, qreal width);

} // namespace ponder::app
