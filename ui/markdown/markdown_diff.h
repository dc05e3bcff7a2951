#pragma once

#include "ui/markdown/markdown_block.h"

#include <span>

namespace ponder::ui {

/// What a fresh parse keeps of the blocks already shown.
struct MarkdownChange {
    size_t kept = 0; ///< leading blocks that are the same
    /// The block after the kept ones is of the same kind and place as before: it can take up the new content
    /// and keep what it has laid out of it.
    bool grows = false;
    size_t moved = 0; ///< blocks at the end that are the same: notes, while text is written before them
};

MarkdownChange compareBlocks(std::span<const MarkdownBlock> shown, std::span<const MarkdownBlock> fresh);

} // namespace ponder::ui
