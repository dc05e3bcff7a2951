#pragma once

#include "ui/blocks/code_rows.h"
#include "ui/script/syntax_runs.h"
#include "ui/theme.h"

#include <QTextLayout>

#include <vector>

namespace ponder::ui {

/// The colours of one row of code: those of its syntax, and a warning on every hidden mark.
std::vector<QTextLayout::FormatRange> codeFormats(const Colours& colours, const SyntaxRuns& runs,
                                                  const std::vector<int>& hiddenMarks, const CodeRow& row);

} // namespace ponder::ui
