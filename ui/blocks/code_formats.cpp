#include "ui/blocks/code_formats.h"

#include <algorithm>

namespace ponder::ui {

namespace {

const QColor& inkOf(const Colours& colours, SyntaxKind kind) {
    switch (kind) {
    case SyntaxKind::Plain:
        break;
    case SyntaxKind::Keyword:
        return colours.codeKeyword;
    case SyntaxKind::String:
        return colours.codeString;
    case SyntaxKind::Comment:
        return colours.codeComment;
    case SyntaxKind::Number:
        return colours.codeNumber;
    case SyntaxKind::Function:
        return colours.codeFunction;
    case SyntaxKind::Type:
        return colours.codeType;
    case SyntaxKind::Operator:
        return colours.codeOperator;
    case SyntaxKind::Tag:
        return colours.codeTag;
    }
    return colours.text;
}

} // namespace

std::vector<QTextLayout::FormatRange> codeFormats(const Colours& colours, const SyntaxRuns& runs,
                                                  const std::vector<int>& hiddenMarks, const CodeRow& row) {
    std::vector<QTextLayout::FormatRange> formats;
    const int rowEnd = row.start + row.length;
    const auto add = [&](int from, int to, const QColor& ink) -> QTextCharFormat& {
        QTextLayout::FormatRange range;
        range.start = std::max(row.start, from) - row.start;
        range.length = std::min(rowEnd, to) - row.start - range.start;
        range.format.setForeground(ink);
        return formats.emplace_back(range).format;
    };
    auto run = std::upper_bound(runs.begin(), runs.end(), row.start,
                                [](int value, const SyntaxRun& each) { return value < each.end; });
    for (; run != runs.end() && run->start < rowEnd; ++run)
        add(run->start, run->end, inkOf(colours, run->kind));
    auto mark = std::lower_bound(hiddenMarks.begin(), hiddenMarks.end(), row.start);
    for (; mark != hiddenMarks.end() && *mark < rowEnd; ++mark)
        add(*mark, *mark + 1, colours.code).setBackground(colours.warning);
    return formats;
}

} // namespace ponder::ui
