#include "ui/markdown/markdown_parser.h"

#include "ui/markdown/block_builder.h"
#include "ui/markdown/formula_delimiters.h"
#include "ui/markdown/parser_lines.h"

namespace ponder::ui {

namespace {

constexpr unsigned kFlags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
                            MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOHTML |
                            MD_FLAG_NOINDENTEDCODEBLOCKS;

BlockBuilder& builder(void* user) {
    return *static_cast<BlockBuilder*>(user);
}

} // namespace

std::vector<MarkdownBlock> parseMarkdown(const QByteArray& utf8, LineBreaks lineBreaks) {
    if (utf8.size() > markdown_limit::kMessageBytes) return parseNothing(QString::fromUtf8(utf8));
    Footnotes notes;
    std::vector<MarkdownBlock> blocks = parseMarkdownPart(utf8, lineBreaks, notes);
    notes.arrange(blocks);
    return blocks;
}

std::vector<MarkdownBlock> parseMarkdownPart(const QByteArray& utf8, LineBreaks lineBreaks,
                                             Footnotes& notes) {
    const MarkedNotes marked = withMarkedNotes(utf8);
    const QByteArray source = withDollarFormulas(withParserLines(marked.markdown));
    MD_PARSER parser{};
    parser.flags = kFlags;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
        builder(user).enterBlock(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) {
        return builder(user).leaveBlock(type), 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) {
        builder(user).enterSpan(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* user) {
        builder(user).leaveSpan(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* characters, MD_SIZE size, void* user) {
        builder(user).text(type, characters, size);
        return 0;
    };
    notes.add(marked.labels);
    BlockBuilder blocks(lineBreaks, notes);
    md_parse(source.constData(), MD_SIZE(source.size()), &parser, &blocks);
    return blocks.take();
}

} // namespace ponder::ui
