#include "ui/markdown/growing_text.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qsizetype kLongestNote = 44;
constexpr qsizetype kLongestWait = 80; // characters; a longer line of marks is meant as it is

bool isMark(QChar c) {
    return QStringView(u"=-#*+_~`>| \t").contains(c);
}

/// "[^1" may become a reference; at the start of a line "[^1]" and "[^1]: " may be the beginning of a note.
qsizetype startOfNote(QStringView line) {
    const qsizetype start = line.lastIndexOf(u"[^");
    if (start < 0 || line.size() - start > kLongestNote) return -1;
    const QStringView rest = line.sliced(start + 2);
    const qsizetype end = rest.indexOf(u']');
    if (end < 0) return rest.contains(u' ') ? -1 : start;
    const QStringView behind = rest.sliced(end + 1);
    const bool begins =
        line.first(start).trimmed().isEmpty() && (behind.isEmpty() || behind.trimmed() == u":");
    return begins ? start : -1;
}

} // namespace

QString settledText(const QString& text) {
    const qsizetype start = text.lastIndexOf(u'\n') + 1;
    const QStringView line = QStringView(text).sliced(start);
    if (const qsizetype note = startOfNote(line); note >= 0) return text.first(start + note);
    if (line.size() > kLongestWait || !std::all_of(line.begin(), line.end(), isMark)) return text;
    return text.first(start);
}

} // namespace ponder::ui
