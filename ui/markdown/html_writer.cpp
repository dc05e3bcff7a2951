#include "ui/markdown/html_writer.h"

#include <algorithm>
#include <optional>

namespace ponder::ui {

namespace {

struct Tag {
    quint8 style;
    const char* name;
};
constexpr Tag kTags[] = {
    {span::kBold, "b"}, {span::kItalic, "i"}, {span::kStrike, "s"}, {span::kCode, "code"}};

QString escaped(const QString& text) {
    QString html = text.toHtmlEscaped();
    html.replace(QChar(QChar::LineSeparator), QStringLiteral("<br>"));
    // What HTML does not allow at all.
    html.replace(QChar(QChar::Null), QChar(QChar::ReplacementCharacter));
    return html;
}

bool mayBeFollowed(const QString& address) {
    for (const char* scheme : {"https://", "http://", "mailto:"}) {
        if (address.startsWith(QLatin1String(scheme), Qt::CaseInsensitive)) return true;
    }
    return false;
}

QString spanHtml(const QString& text, const Span& style, const QStringList& links) {
    QString html = escaped(text);
    for (const Tag& tag : kTags) {
        if (style.style & tag.style) html = QStringLiteral("<%1>%2</%1>").arg(QLatin1String(tag.name), html);
    }
    const QString address = links.value(style.link);
    if (!mayBeFollowed(address)) return html;
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(address.toHtmlEscaped(), html);
}

QString inlineHtml(const InlineText& content, const QStringList& links) {
    QString html;
    int at = 0;
    for (const Span& style : content.spans) {
        html += escaped(content.text.mid(at, style.start - at));
        html += spanHtml(content.text.mid(style.start, style.length), style, links);
        at = style.start + style.length;
    }
    return html + escaped(content.text.mid(at));
}

QString alignmentOf(const MarkdownBlock& table, int column) {
    const CellAlignment alignment =
        size_t(column) < table.alignments.size() ? table.alignments[size_t(column)] : CellAlignment::Start;
    if (alignment == CellAlignment::Start) return {};
    return alignment == CellAlignment::End ? QStringLiteral(" align=\"right\"")
                                           : QStringLiteral(" align=\"center\"");
}

QString tableHtml(const MarkdownBlock& table) {
    QString html = QStringLiteral("<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\">");
    for (int row = 0; row < table.rows(); ++row) {
        html += QStringLiteral("<tr>");
        const QLatin1String name(row == 0 ? "th" : "td");
        for (int column = 0; column < table.columns; ++column) {
            const InlineText& cell = table.cells[size_t(row * table.columns + column)];
            html += QStringLiteral("<%1%2>%3</%1>")
                        .arg(name, alignmentOf(table, column), inlineHtml(cell, table.links));
        }
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString blockHtml(const MarkdownBlock& block) {
    switch (block.kind) {
    case MarkdownKind::Heading:
        return QStringLiteral("<h%1>%2</h%1>").arg(block.level).arg(inlineHtml(block.content, block.links));
    case MarkdownKind::Code:
        return QStringLiteral("<pre><code>%1</code></pre>").arg(escaped(block.content.text));
    case MarkdownKind::Table:
        return tableHtml(block);
    case MarkdownKind::Rule:
        return QStringLiteral("<hr>");
    default:
        break;
    }
    const QString words = inlineHtml(block.content, block.links);
    return block.tight ? words : QStringLiteral("<p>%1</p>").arg(words);
}

QString itemStart(const ListMarker& marker) {
    if (marker.kind == MarkerKind::TaskOpen) return QStringLiteral("<li>\u2610 ");
    if (marker.kind == MarkerKind::TaskDone) return QStringLiteral("<li>\u2611 ");
    return QStringLiteral("<li>");
}

int numberOf(const ListMarker& marker) {
    return marker.kind == MarkerKind::Number ? marker.text.chopped(1).toInt() : 0;
}

/// Opens and closes the lists and quotes that the blocks stand in. Two lists of bullets behind each other
/// become one: the blocks do not tell them apart.
class HtmlNesting {
public:
    QString stepTo(const MarkdownBlock& block) {
        QString html;
        int level = 0;
        for (; level < std::min(int(open_.size()), int(block.nesting.depth)); ++level) {
            Container& container = open_[size_t(level)];
            if (container.quote != block.nesting.isQuote(level)) break;
            const std::optional<ListMarker> marker = markerAt(block, level);
            if (!marker) continue;
            if (!isNext(container, *marker)) break;
            html += closeTo(level + 1) + QStringLiteral("</li>") + itemStart(*marker);
            open_[size_t(level)].number = numberOf(*marker);
        }
        html += closeTo(level);
        for (; level < block.nesting.depth; ++level)
            html += open(block.nesting.isQuote(level), markerAt(block, level));
        return html;
    }
    QString closeTo(int depth) {
        QString html;
        for (; int(open_.size()) > depth; open_.pop_back()) html += open_.back().end;
        return html;
    }

private:
    struct Container {
        bool quote = false;
        bool marked = false; ///< a list of which the items have markers
        int number = 0;      ///< of the last item, 0: bullets
        QString end;
    };

    static std::optional<ListMarker> markerAt(const MarkdownBlock& block, int level) {
        for (const ListMarker& marker : block.markers) {
            if (marker.level == level) return marker;
        }
        return std::nullopt;
    }

    static bool isNext(const Container& list, const ListMarker& marker) {
        if (list.quote || !list.marked) return false;
        return numberOf(marker) == (list.number == 0 ? 0 : list.number + 1);
    }

    QString open(bool quote, const std::optional<ListMarker>& marker) {
        if (quote) {
            open_.push_back({.quote = true, .marked = false, .number = 0, .end = "</blockquote>"});
            return QStringLiteral("<blockquote>");
        }
        if (!marker) {
            open_.push_back({.quote = false, .marked = false, .number = 0, .end = "</li></ul>"});
            return QStringLiteral("<ul style=\"list-style-type:none\"><li>");
        }
        const bool ordered = marker->kind == MarkerKind::Number;
        open_.push_back({.quote = false,
                         .marked = true,
                         .number = numberOf(*marker),
                         .end = ordered ? "</li></ol>" : "</li></ul>"});
        if (!ordered) return "<ul>" + itemStart(*marker);
        return QStringLiteral("<ol start=\"%1\">").arg(numberOf(*marker)) + itemStart(*marker);
    }

    std::vector<Container> open_;
};

} // namespace

QString htmlText(const std::vector<MarkdownBlock>& blocks) {
    HtmlNesting nesting;
    QString html;
    for (const MarkdownBlock& block : blocks) html += nesting.stepTo(block) + blockHtml(block);
    return html + nesting.closeTo(0);
}

} // namespace ponder::ui
