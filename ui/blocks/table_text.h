#pragma once

#include "ui/markdown/markdown_writer.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace ponder::ui {

/// Rows of cells as aligned columns.
QString alignedColumns(const std::vector<QStringList>& rows);
/// Rows of cells, the first of them the header, as a Markdown table.
QString markdownTable(const std::vector<QStringList>& rows, const std::vector<CellAlignment>& alignments);

} // namespace ponder::ui
