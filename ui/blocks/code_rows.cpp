#include "ui/blocks/code_rows.h"

#include <algorithm>

namespace ponder::ui {

namespace {

bool isWide(char32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || c >= 0x1F300;
}

int columnsOf(char32_t c, int before) {
    if (c == u'\t') return kTabColumns - before % kTabColumns;
    if (c < 0x300) return 1;
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing) return 0;
    return isWide(c) ? 2 : 1;
}

bool isHiddenMark(char16_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0x115F && c <= 0x1160) || c == 0x00AD || c == 0x061C ||
           c == 0x180E || c == 0x2028 || c == 0x2029 || c == 0x3164 || c == 0xFEFF || c == 0xFFA0;
}

/// First half of the tag characters, U+E0000 to U+E007F, which spell text that is not shown.
constexpr char16_t kTagHighSurrogate = 0xDB40;

bool isTagLowSurrogate(char16_t c) {
    return c >= 0xDC00 && c <= 0xDC7F;
}

} // namespace

void cutCodeRows(const QString& code, int mostColumns, int changedFrom, std::vector<CodeRow>& rows) {
    int at = changedFrom <= 0 ? 0 : int(code.lastIndexOf(u'\n', changedFrom - 1)) + 1;
    const auto firstChanged =
        std::find_if(rows.begin(), rows.end(), [at](const CodeRow& row) { return row.start >= at; });
    rows.erase(firstChanged, rows.end());
    const int size = int(code.size());
    CodeRow row{.start = at};
    int lastSpace = -1;
    int columnsAtSpace = 0;
    const auto finish = [&](int end, int columns, bool continues) {
        row.length = end - row.start;
        row.columns = columns;
        row.continues = continues;
        rows.push_back(row);
        row = {.start = end};
        lastSpace = -1;
    };
    int columns = 0;
    while (at < size) {
        if (code[at] == u'\n') {
            finish(at, columns, false);
            row.start = ++at;
            columns = 0;
            continue;
        }
        char32_t c = code[at].unicode();
        int units = 1;
        if (code[at].isHighSurrogate() && at + 1 < size && code[at + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(code[at], code[at + 1]);
            units = 2;
        }
        const int wide = columnsOf(c, columns);
        const bool tooLong =
            at - row.start >= 4 * mostColumns; // marks without a width do not count as columns
        if ((columns + wide > mostColumns || tooLong) && at > row.start) {
            const bool atSpace = lastSpace > row.start && columnsAtSpace * 2 > mostColumns;
            const int end = atSpace ? lastSpace : at;
            finish(end, atSpace ? columnsAtSpace : columns, true);
            at = end;
            columns = 0;
            continue;
        }
        columns += wide;
        at += units;
        if (c == u' ') {
            lastSpace = at;
            columnsAtSpace = columns;
        }
    }
    finish(size, columns, false);
}

std::vector<int> hiddenMarks(QStringView code, int from) {
    std::vector<int> marks;
    for (int i = std::max(0, from); i < code.size(); ++i) {
        const char16_t c = code[i].unicode();
        if (c < 0xAD) continue;
        const bool tag = isTagLowSurrogate(c) && i > 0 && code[i - 1] == kTagHighSurrogate;
        if (tag) marks.push_back(i - 1);
        if (tag || isHiddenMark(c)) marks.push_back(i);
    }
    return marks;
}

QString visibleCode(QStringView row) {
    QString visible = row.toString();
    for (QChar& c : visible) {
        if (c.unicode() < 0x20 && c != u'\t') c = QChar(0x2400 + c.unicode());
    }
    for (int mark : hiddenMarks(row, 0)) visible[mark] = QChar(0x25AF);
    return visible;
}

} // namespace ponder::ui
