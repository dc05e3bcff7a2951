#include "ui/markdown/formula_paragraphs.h"

#include <algorithm>
#include <utility>

namespace ponder::ui {

namespace {

bool standsApart(const InlineText& content, const Span& span) {
    if (!(span.style & span::kFormula) || span.link >= 0) return false;
    const QStringView text = QStringView(content.text).sliced(span.start, span.length);
    return text.size() > 4 && text.startsWith(u"$$") && text.endsWith(u"$$");
}

/// What is left of the content between two of its characters, without the spaces around it.
InlineText between(const InlineText& content, int from, int to) {
    while (from < to && content.text[from].isSpace()) ++from;
    while (to > from && content.text[to - 1].isSpace()) --to;
    InlineText part;
    part.text = content.text.mid(from, to - from);
    const auto first =
        std::partition_point(content.spans.begin(), content.spans.end(),
                             [from](const Span& span) { return span.start + span.length <= from; });
    for (auto at = first; at != content.spans.end() && at->start < to; ++at) {
        Span span = *at;
        const int start = std::max(span.start, from);
        const int end = std::min(span.start + span.length, to);
        span.start = start - from;
        span.length = end - start;
        part.spans.push_back(span);
    }
    return part;
}

} // namespace

std::vector<MarkdownBlock> withFormulasApart(MarkdownBlock paragraph) {
    std::vector<MarkdownBlock> parts;
    InlineText content = std::exchange(paragraph.content, {});
    const auto add = [&](MarkdownKind kind, int from, int to) {
        InlineText part = between(content, from, to);
        if (part.text.isEmpty()) return;
        MarkdownBlock& block = parts.emplace_back(paragraph);
        block.kind = kind;
        block.content = std::move(part);
        paragraph.markers.clear();
    };
    int at = 0;
    for (const Span& span : content.spans) {
        if (!standsApart(content, span)) continue;
        add(MarkdownKind::Paragraph, at, span.start);
        at = span.start + span.length;
        add(MarkdownKind::Formula, span.start, at);
    }
    if (at == 0) {
        paragraph.content = std::move(content);
        return {std::move(paragraph)};
    }
    add(MarkdownKind::Paragraph, at, int(content.text.size()));
    return parts;
}

} // namespace ponder::ui
