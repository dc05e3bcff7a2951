#include "ui/blocks/table_text.h"

#include <algorithm>

namespace ponder::ui {

namespace {

int codePoints(const QString& text) {
    return int(std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isLowSurrogate(); }));
}

QString delimiter(CellAlignment alignment) {
    switch (alignment) {
    case CellAlignment::Start:
        return QStringLiteral("---");
    case CellAlignment::Centre:
        return QStringLiteral(":-:");
    case CellAlignment::End:
        return QStringLiteral("--:");
    }
    return {};
}

QString tableRow(const QStringList& cells) {
    return "| " + cells.join(QStringLiteral(" | ")) + " |";
}

QString csvField(QString text) {
    const bool plain = std::none_of(
        text.begin(), text.end(), [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; });
    if (plain && text.trimmed() == text) return text;
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

TextRange allOf(const InlineText& cell) {
    return {0, int(cell.text.size())};
}

} // namespace

QString cellText(const MarkdownBlock& table, size_t cell, TextRange range, CopyFormat format) {
    const InlineText& text = table.cells[cell];
    if (format == CopyFormat::Text) return plainText(text, table.links, range).replace(u'\n', u' ');
    QString out;
    const QString written = markdownText(text, table.links, range).replace(u'\n', u' ');
    for (QChar c : written) {
        if (c == u'|' && !out.endsWith(u'\\')) out += u'\\';
        out += c;
    }
    return out;
}

QString tableAsCsv(const MarkdownBlock& table) {
    QString csv;
    for (size_t i = 0; i < table.cells.size(); ++i) {
        csv += csvField(plainText(table.cells[i], table.links, allOf(table.cells[i])));
        csv += (i + 1) % size_t(table.columns) == 0 ? "\r\n" : ",";
    }
    return csv;
}

QString tableAsMarkdown(const MarkdownBlock& table) {
    std::vector<QStringList> rows;
    for (size_t i = 0; i < table.cells.size(); ++i) {
        if (i % size_t(table.columns) == 0) rows.emplace_back();
        rows.back().append(cellText(table, i, allOf(table.cells[i]), CopyFormat::Markdown));
    }
    return markdownTable(rows, table.alignments);
}

QString alignedColumns(const std::vector<QStringList>& rows) {
    std::vector<int> widths;
    for (const QStringList& row : rows) {
        widths.resize(std::max(widths.size(), size_t(row.size())));
        for (qsizetype i = 0; i < row.size(); ++i) {
            widths[size_t(i)] = std::max(widths[size_t(i)], codePoints(row[i]));
        }
    }
    QStringList lines;
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line += QString(widths[size_t(i)] - codePoints(row[i]) + 2, u' ');
        }
        lines.append(line);
    }
    return lines.join(u'\n');
}

QString markdownTable(const std::vector<QStringList>& rows, const std::vector<CellAlignment>& alignments) {
    QStringList lines;
    for (const QStringList& row : rows) {
        lines.append(tableRow(row));
        if (lines.size() > 1) continue;
        QStringList delimiters;
        for (qsizetype i = 0; i < row.size(); ++i) {
            delimiters.append(
                delimiter(size_t(i) < alignments.size() ? alignments[size_t(i)] : CellAlignment::Start));
        }
        lines.append(tableRow(delimiters));
    }
    return lines.join(u'\n');
}

} // namespace ponder::ui
