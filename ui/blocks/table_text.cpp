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

} // namespace

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
