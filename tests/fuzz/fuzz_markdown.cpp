// A model writes what it likes. Whatever it is, it becomes blocks that hold what they promise, the same
// blocks each time, and growing by pieces ends in the same ones.

#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"
#include "ui/markdown/markdown_diff.h"
#include "ui/markdown/markdown_parser.h"
#include "ui/markdown/markdown_writer.h"

namespace ponder::ui {

namespace {

void checkText(const InlineText& content, const QStringList& links) {
    int at = 0;
    for (const Span& span : content.spans) {
        CHECK(span.start >= at && span.length > 0);
        at = span.start + span.length;
        CHECK(span.link < int(links.size()));
    }
    CHECK(at <= int(content.text.size()));
    const TextRange all{0, int(content.text.size())};
    const TextRange some{all.to / 3, all.to / 2};
    for (const TextRange& range : {all, some}) {
        plainText(content, links, range);
        markdownText(content, links, range);
    }
}

void checkBlock(const MarkdownBlock& block) {
    CHECK(block.nesting.depth <= markdown_limit::kDepth);
    CHECK(block.columns <= markdown_limit::kColumns);
    CHECK(block.columns == 0 || block.cells.size() % size_t(block.columns) == 0);
    for (const ListMarker& marker : block.markers) CHECK(marker.level < block.nesting.depth);
    checkText(block.content, block.links);
    for (const InlineText& cell : block.cells) checkText(cell, block.links);
    for (CopyFormat format : {CopyFormat::Text, CopyFormat::Markdown})
        withNesting(block, block.content.text, format);
}

} // namespace

} // namespace ponder::ui

void ponder::fuzz::tryInput(std::string_view input) {
    using namespace ponder::ui;
    const QByteArray text(input.data(), qsizetype(input.size()));
    for (LineBreaks breaks : {LineBreaks::Join, LineBreaks::Keep}) {
        const auto whole = parseMarkdown(text, breaks);
        for (const MarkdownBlock& block : whole) checkBlock(block);
        std::vector<MarkdownBlock> shown;
        for (qsizetype size : {text.size() / 3, text.size() / 2, text.size()}) {
            const auto fresh = parseMarkdown(text.first(size), breaks);
            const MarkdownChange change = compareBlocks(shown, fresh);
            const auto kept = std::ptrdiff_t(change.kept);
            const auto moved = std::ptrdiff_t(change.moved);
            shown.erase(shown.begin() + kept, shown.end() - moved);
            shown.insert(shown.begin() + kept, fresh.begin() + kept, fresh.end() - moved);
        }
        CHECK(shown == whole);
    }
    for (const MarkdownBlock& block : parseTyped(QString::fromUtf8(text))) checkBlock(block);
}

std::vector<std::string> ponder::fuzz::seeds() {
    return {
        "# Title\n\ntext **bold** *it* `code` ~~no~~ [link](<http://x y>)\n\n---\n",
        "1. one\n2. two\n   - [ ] open\n\n     more\n> quote\n> - in it\n",
        "| a | b |\n|---|:-:|\n| `x|y` | ![i](u) |\n| 1 |\n",
        "```py title\ndef f():\n\treturn '```'\n~~~\nopen",
        "\\(a_1\\) costs $5, \\[ x \\] and $$y$$ &amp; &#x2014; <b>\n",
        "> > - * + 1) deep\n\n[a]: /x\n[a] [a][a] http://a.b/c a@b.c\n",
        "a[^1] b[^n]\n\n[^1]: one\n\n    more\n[^n]: `[^1]`\n- [^2]: in a list\n```\n[^1]: code\n",
        "\xF0\x9F\xA6\x8A \xE4\xB8\xAD\xE6\x96\x87 \xE2\x80\xAE rtl \xFF\xC3 half",
    };
}
