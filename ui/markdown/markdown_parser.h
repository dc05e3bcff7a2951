#pragma once

#include "ui/markdown/markdown_block.h"

#include <QByteArray>

#include <vector>

namespace ponder::ui {

class Footnotes;

/// What a single line break inside a paragraph means.
enum class LineBreaks { Join, Keep };

/// A message is untrusted text; these keep any of it showable.
namespace markdown_limit {
constexpr int kDepth = 16;
constexpr int kColumns = 32;
constexpr int kCells = 32 * 1024;
constexpr int kSpans = 2000;
constexpr int kBlockCharacters = 64 * 1024;
constexpr int kMessageBytes = 1024 * 1024; ///< longer messages are shown as plain text
} // namespace markdown_limit

/// Parses a whole message: CommonMark with tables, strikethrough, task lists, autolinks and TeX spans. HTML
/// stays text, images become links to themselves. Never fails; bytes that are not UTF-8 become U+FFFD. Longer
/// blocks than kBlockCharacters are cut into several.
std::vector<MarkdownBlock> parseMarkdown(const QByteArray& utf8, LineBreaks lineBreaks = LineBreaks::Join);

/// Parses a further part of a text: the notes of the parts before are known, and those of this part are
/// added. The paragraphs of the part's own notes stand where they were written; Footnotes::arrange moves
/// them.
std::vector<MarkdownBlock> parseMarkdownPart(const QByteArray& utf8, LineBreaks lineBreaks, Footnotes& notes);

/// What a person typed: shown as it is, but for fenced code.
std::vector<MarkdownBlock> parseTyped(const QString& text);

/// The whole text as one block of code without a language: the way out for text that is too much for
/// parseMarkdown.
std::vector<MarkdownBlock> parseNothing(const QString& text);

} // namespace ponder::ui
