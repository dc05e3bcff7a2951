#pragma once

#include "ui/markdown/markdown_block.h"

#include <QString>

#include <vector>

namespace ponder::ui {

/// The blocks as HTML that other programs paste: structure and emphasis, no colours and no fonts. Links lead
/// to the web or to mail, others are text; nothing in it is fetched.
QString htmlText(const std::vector<MarkdownBlock>& blocks);

} // namespace ponder::ui
