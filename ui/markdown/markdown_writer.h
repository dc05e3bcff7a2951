#pragma once

#include "ui/markdown/markdown_block.h"

#include <QString>

namespace ponder::ui {

/// Characters [from, to) of a block's content.
struct TextRange {
    int from = 0;
    int to = 0;

    bool isEmpty() const { return to <= from; }
    int length() const { return to > from ? to - from : 0; }
    bool operator==(const TextRange&) const = default;
};

/// A text as it reads without its markers; links become "text (address)" when the whole link is in the range.
QString plainText(const InlineText& content, const QStringList& links, TextRange range);
/// The same as Markdown that parses back to it.
QString markdownText(const InlineText& content, const QStringList& links, TextRange range);

/// Code between fences that nothing in it closes.
QString fencedCode(const QString& code, const QString& language);
/// Code inside a line.
QString codeSpan(const QString& code);

/// Puts a block's list markers, indent and quote marks around its lines. Plain text keeps "- " and "1. ",
/// nested by two spaces; Markdown also keeps "> " and task boxes.
enum class CopyFormat { Text, Markdown };
QString withNesting(const MarkdownBlock& block, const QString& lines, CopyFormat format);

} // namespace ponder::ui
