#pragma once

#include "ui/markdown/markdown_block.h"

#include <vector>

namespace ponder::ui {

/// What a fresh parse keeps of the blocks already shown.
struct MarkdownChange {
    size_t kept = 0; ///< leading blocks that are the same
    /// The block after the kept ones is of the same kind and place as before: it can take up the new content
    /// and keep what it has laid out of it.
    bool grows = false;
};

MarkdownChange compareBlocks(const std::vector<MarkdownBlock>& shown,
                             const std::vector<MarkdownBlock>& fresh);

} // namespace ponder::ui
