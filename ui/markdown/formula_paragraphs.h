#pragma once

#include "ui/markdown/markdown_block.h"

#include <vector>

namespace ponder::ui {

/// The paragraph with each formula in double dollars as a block of its own, and the text between them as
/// paragraphs; the paragraph itself where there is none. List markers go to the first.
std::vector<MarkdownBlock> withFormulasApart(MarkdownBlock paragraph);

} // namespace ponder::ui
