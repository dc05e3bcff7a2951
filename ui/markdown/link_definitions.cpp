#include "ui/markdown/link_definitions.h"

#include "ui/markdown/footnotes.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qsizetype kLongestLabel = 1000; // of a link reference, by CommonMark
constexpr qsizetype kDeepestLabel = 3;    // columns; further in it would be code

qsizetype startOfLine(QStringView text, qsizetype at) {
    return text.first(at).lastIndexOf(u'\n') + 1;
}

qsizetype endOfLine(QStringView text, qsizetype at) {
    const qsizetype end = text.indexOf(u'\n', at);
    return end < 0 ? text.size() : end;
}

bool isEmptyLine(QStringView line) {
    return line.trimmed().isEmpty();
}

/// The part of a line behind the marks of lists and quotes.
QStringView withoutContainers(QStringView line) {
    qsizetype at = 0;
    while (at < line.size() && QStringView(u" \t>-+*0123456789.)").contains(line[at])) ++at;
    return line.sliced(at);
}

qsizetype startOfParagraph(QStringView text, qsizetype at) {
    qsizetype start = startOfLine(text, at);
    while (start > 0) {
        const qsizetype before = startOfLine(text, start - 1);
        if (isEmptyLine(text.sliced(before, start - 1 - before))) break;
        start = before;
    }
    return start;
}

qsizetype endOfParagraph(QStringView text, qsizetype at) {
    qsizetype end = endOfLine(text, at);
    while (end < text.size()) {
        const qsizetype next = endOfLine(text, end + 1);
        if (isEmptyLine(text.sliced(end + 1, next - end - 1))) break;
        end = next;
    }
    return end;
}

bool beginsNote(QStringView words, qsizetype length) {
    const auto note = findNoteReference(words);
    return note && note->start == 0 && note->end == length + 2;
}

/// The labels that may end with the "]:" at `at`, and begin no earlier than `paragraph`.
QStringList labelsEndingAt(QStringView text, qsizetype paragraph, qsizetype at) {
    QStringList labels;
    qsizetype line = startOfLine(text, at);
    while (line >= paragraph && at - line <= kLongestLabel + kDeepestLabel) {
        const QStringView words = withoutContainers(text.sliced(line, at + 1 - line));
        const qsizetype length = words.size() - 2;
        if (words.startsWith(u'[') && length > 0 && !beginsNote(words, length))
            labels.append(words.sliced(1, length).toString());
        if (line == 0) break;
        line = startOfLine(text, line - 1);
    }
    return labels;
}

bool beginsWithLabel(QStringView paragraph) {
    qsizetype at = 0;
    while (at < paragraph.size() && at <= kDeepestLabel && paragraph[at] == u' ') ++at;
    return at <= kDeepestLabel && at < paragraph.size() && paragraph[at] == u'[';
}

bool isPlain(const QString& label) {
    return std::all_of(label.begin(), label.end(),
                       [](QChar c) { return c > u' ' && c < u'\x7f' && c != u'\\' && c != u'['; });
}

} // namespace

std::vector<LinkDefinition> findLinkDefinitions(QStringView text) {
    std::vector<LinkDefinition> definitions;
    qsizetype last = -1; // where the paragraph of the last one begins
    for (qsizetype at = text.indexOf(u"]:"); at >= 0; at = text.indexOf(u"]:", at + 1)) {
        const qsizetype start = startOfParagraph(text, at);
        const QStringList labels = labelsEndingAt(text, start, at);
        if (labels.isEmpty()) continue;
        if (start != std::exchange(last, start)) {
            const qsizetype end = endOfParagraph(text, at);
            const QString paragraph = text.sliced(start, end - start).toString();
            definitions.push_back({.paragraph = paragraph,
                                   .labels = {},
                                   .alone = beginsWithLabel(paragraph),
                                   .ended = text.indexOf(u'\n', end + 1) >= 0});
        }
        definitions.back().labels += labels;
    }
    return definitions;
}

bool mayMention(QStringView text, const QStringList& labels) {
    return std::any_of(labels.begin(), labels.end(), [&](const QString& label) {
        if (!isPlain(label)) return text.contains(u'[');
        return text.contains(QString(u'[' + label + u']'), Qt::CaseInsensitive);
    });
}

} // namespace ponder::ui
