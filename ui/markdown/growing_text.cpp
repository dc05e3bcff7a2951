#include "ui/markdown/growing_text.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qsizetype kLongestWait = 80; // characters; a longer line of marks is meant as it is

bool isMark(QChar c) {
    return QStringView(u"=-#*+_~`>| \t").contains(c);
}

} // namespace

QString settledText(const QString& text) {
    const qsizetype start = text.lastIndexOf(u'\n') + 1;
    const QStringView line = QStringView(text).sliced(start);
    if (line.size() > kLongestWait || !std::all_of(line.begin(), line.end(), isMark)) return text;
    return text.first(start);
}

} // namespace ponder::ui
