#pragma once

#include "ui/markdown/markdown_writer.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace ponder::ui {

/// Part of a cell on one line, as it stands in a row of text or of a Markdown table.
QString cellText(const MarkdownBlock& table, size_t cell, TextRange range, CopyFormat format);

/// All of the table for a spreadsheet (RFC 4180).
QString tableAsCsv(const MarkdownBlock& table);
/// All of the table as Markdown.
QString tableAsMarkdown(const MarkdownBlock& table);

/// Rows of cells as aligned columns.
QString alignedColumns(const std::vector<QStringList>& rows);
/// Rows of cells, the first of them the header, as a Markdown table.
QString markdownTable(const std::vector<QStringList>& rows, const std::vector<CellAlignment>& alignments);

} // namespace ponder::ui
