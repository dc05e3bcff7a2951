#include "ui/markdown/code_fence.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qsizetype kLeastFence = 3;

} // namespace

qsizetype containersOf(QByteArrayView line) {
    qsizetype at = 0;
    while (at < line.size()) {
        const bool marker = at + 1 < line.size() && line[at + 1] == ' ' &&
                            (line[at] == '-' || line[at] == '*' || line[at] == '+');
        if (marker)
            at += 2;
        else if (isLineSpace(line[at]) || line[at] == '>')
            ++at;
        else
            break;
    }
    return at;
}

bool isBlank(QByteArrayView text) {
    return std::all_of(text.begin(), text.end(), isLineSpace);
}

bool CodeFence::takeLine(QByteArrayView line) {
    const qsizetype at = containersOf(line);
    const char mark = at < line.size() ? line[at] : '\0';
    if (mark != '`' && mark != '~') return false;
    qsizetype end = at;
    while (end < line.size() && line[end] == mark) ++end;
    const QByteArrayView rest = line.sliced(end);
    if (!isOpen()) {
        if (end - at < kLeastFence || (mark == '`' && rest.contains('`'))) return false;
        mark_ = mark;
        width_ = end - at;
        indent_ = at;
        return true;
    }
    if (mark != mark_ || end - at < width_ || !isBlank(rest)) return false;
    mark_ = '\0';
    return true;
}

} // namespace ponder::ui
