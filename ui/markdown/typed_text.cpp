#include "ui/markdown/markdown_parser.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr QChar kLineBreak(0x2028);

/// How many backticks open a fence on this line; 0: it opens none.
qsizetype fenceWidth(QStringView line) {
    qsizetype width = 0;
    while (width < line.size() && line[width] == u'`') ++width;
    return width >= 3 && !line.sliced(width).contains(u'`') ? width : 0;
}

bool closesFence(QStringView line, qsizetype width) {
    const QStringView trimmed = line.trimmed();
    return trimmed.size() >= width &&
           std::all_of(trimmed.begin(), trimmed.end(), [](QChar c) { return c == u'`'; });
}

MarkdownBlock blockOf(MarkdownKind kind, QString text) {
    MarkdownBlock block;
    block.kind = kind;
    block.content.text = std::move(text);
    updateHash(block);
    return block;
}

void addParagraphs(std::vector<MarkdownBlock>& blocks, const QStringList& lines) {
    qsizetype first = 0;
    qsizetype last = lines.size();
    while (first < last && lines[first].trimmed().isEmpty()) ++first;
    while (last > first && lines[last - 1].trimmed().isEmpty()) --last;
    if (first == last) return;
    QString text = lines.sliced(first, last - first).join(kLineBreak);
    while (text.size() > markdown_limit::kBlockCharacters) {
        qsizetype cut = markdown_limit::kBlockCharacters;
        if (text[cut - 1].isHighSurrogate()) --cut;
        blocks.push_back(blockOf(MarkdownKind::Paragraph, text.first(cut)));
        text = text.sliced(cut);
    }
    blocks.push_back(blockOf(MarkdownKind::Paragraph, std::move(text)));
}

} // namespace

std::vector<MarkdownBlock> parseTyped(const QString& text) {
    std::vector<MarkdownBlock> blocks;
    QStringList paragraph;
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const qsizetype width = fenceWidth(lines[i]);
        if (width == 0) {
            paragraph.append(lines[i]);
            continue;
        }
        addParagraphs(blocks, paragraph);
        paragraph.clear();
        const QString language = lines[i].sliced(width).trimmed().section(u' ', 0, 0);
        qsizetype end = i + 1;
        while (end < lines.size() && !closesFence(lines[end], width)) ++end;
        MarkdownBlock code = blockOf(MarkdownKind::Code, lines.sliced(i + 1, end - i - 1).join(u'\n'));
        code.language = language;
        updateHash(code);
        blocks.push_back(std::move(code));
        i = end;
    }
    addParagraphs(blocks, paragraph);
    return blocks;
}

std::vector<MarkdownBlock> parseNothing(const QString& text) {
    std::vector<MarkdownBlock> blocks;
    blocks.push_back(blockOf(MarkdownKind::Code, text));
    return blocks;
}

} // namespace ponder::ui
