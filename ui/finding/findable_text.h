#pragma once

#include "ui/finding/text_folding.h"
#include "ui/markdown/markdown_writer.h"

#include <QStringMatcher>

#include <vector>

namespace ponder::ui {

/// Where something stands in a message: in the characters of one block of one of its parts.
struct FoundPlace {
    int part = 0;
    int block = 0;
    TextRange range;
    int inMessage = 0; ///< the same, counted in the characters of the whole message

    bool operator==(const FoundPlace&) const = default;
};

/// What a message shows, block by block, as it is searched. Made from the parsed text: nothing needs to be
/// laid out for it.
class FindableText {
public:
    void addPart(int part, const std::vector<MarkdownBlock>& blocks);
    int length() const { return int(text_.size()); }
    /// In reading order; a place lies within one block, and within one cell of a table.
    std::vector<FoundPlace> find(const std::vector<QStringMatcher>& words) const;

private:
    struct Block {
        int part = 0;
        int index = 0;
        int start = 0;
        std::vector<int> origins;
    };

    QString text_; ///< a line break after each block
    std::vector<Block> blocks_;
};

/// A block's characters as they are counted when it is laid out.
QString shownText(const MarkdownBlock& block);

} // namespace ponder::ui
