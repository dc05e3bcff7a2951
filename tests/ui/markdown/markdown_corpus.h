#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace ponder::ui {

/// Texts as models write them: every construct, several scripts, unfinished ones.
std::vector<QByteArray> markdownCorpus();
/// What is rarer or harder: formulas, footnotes, tables in lists, three directions of writing, deep nesting.
std::vector<QByteArray> rareMarkdown();
/// About this many bytes of mixed Markdown, always the same.
QByteArray mixedMarkdown(int bytes);

} // namespace ponder::ui
