#include "ui/markdown/footnotes.h"

#include "ui/markdown/code_fence.h"

#include <QByteArrayView>

#include <algorithm>
#include <utility>

namespace ponder::ui {

namespace {

constexpr int kLongestLabel = 40;
constexpr int kLongestNumber = 3; // digits
constexpr char kNoteBeginsBytes[] = "\xEF\xB7\x91";
constexpr char kNoteGoesOnBytes[] = "\xEF\xB7\x92";
constexpr char kReplacementBytes[] = "\xEF\xBF\xBD";
constexpr QStringView kAddressStart = u"#note-";

bool isLabelPart(char16_t c) {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-' ||
           c == u'_';
}

/// Behind the "]" of a "[^label]" that begins at `start`; -1: there is none.
template <typename Text>
qsizetype endOfReference(const Text& text, qsizetype start) {
    const auto at = [&](qsizetype i) { return i < text.size() ? char16_t(QChar(text[i]).unicode()) : u'\0'; };
    if (at(start) != u'[' || at(start + 1) != u'^') return -1;
    qsizetype end = start + 2;
    while (isLabelPart(at(end)) && end - start - 2 <= kLongestLabel) ++end;
    const qsizetype length = end - start - 2;
    return length > 0 && length <= kLongestLabel && at(end) == u']' ? end + 1 : -1;
}

/// Walks the lines once; knows code between fences, wherever those are indented to.
class NoteMarker {
public:
    MarkedNotes mark(const QByteArray& markdown) {
        notes_.markdown.reserve(markdown.size() + 64);
        for (qsizetype at = 0; at < markdown.size();) {
            qsizetype end = markdown.indexOf('\n', at);
            if (end < 0) end = markdown.size();
            takeLine(QByteArrayView(markdown).sliced(at, end - at));
            if (end < markdown.size()) notes_.markdown += '\n';
            at = end + 1;
        }
        return std::move(notes_);
    }

private:
    void takeLine(QByteArrayView line) {
        const qsizetype at = containersOf(line);
        const QByteArrayView text = line.sliced(at);
        const bool blank = text.trimmed().isEmpty();
        const bool afterBlank = std::exchange(afterBlank_, blank);
        if (fence_.takeLine(line) || fence_.isOpen() || blank) {
            append(line);
            return;
        }
        const qsizetype end = endOfReference(text, 0);
        if (end > 0 && end < text.size() && text[end] == ':') {
            notes_.labels.insert(QString::fromLatin1(text.sliced(2, end - 3)));
            inNote_ = true;
            return append(line, at, kNoteBeginsBytes);
        }
        if (afterBlank && !isIndentedText(line)) inNote_ = false;
        if (afterBlank && inNote_) return append(line, at, kNoteGoesOnBytes);
        append(line);
    }

    /// A paragraph that stands under a note; lists and the like stay where they are.
    static bool isIndentedText(QByteArrayView line) {
        const bool indented = line.startsWith("  ") || line.startsWith('\t');
        const QByteArrayView text = line.trimmed();
        return indented && !QByteArrayView("-*+>#|`~").contains(text.front());
    }

    void append(QByteArrayView line, qsizetype at = 0, const char* marker = "") {
        notes_.markdown.append(line.data(), at).append(marker).append(line.data() + at, line.size() - at);
    }

    MarkedNotes notes_;
    CodeFence fence_;
    bool inNote_ = false;
    bool afterBlank_ = true;
};

} // namespace

bool isNoteNumber(const QString& label) {
    return label.size() <= kLongestNumber &&
           std::all_of(label.begin(), label.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

MarkedNotes withMarkedNotes(const QByteArray& markdown) {
    QByteArray own = markdown;
    for (const char* marker : {kNoteBeginsBytes, kNoteGoesOnBytes}) {
        if (own.contains(marker)) own.replace(marker, kReplacementBytes);
    }
    if (!own.contains("[^")) return {own, {}};
    return NoteMarker().mark(own);
}

QString withoutNoteMarks(QString text) {
    return text.remove(kNoteBegins).remove(kNoteGoesOn);
}

QString takeNoteStart(QString& text) {
    if (!text.startsWith(kNoteBegins)) return {};
    const auto label = findNoteReference(text, 1);
    if (!label || label->start != 1 || !text.sliced(label->end).startsWith(u':')) return {};
    text.remove(0, label->end + 1);
    while (text.startsWith(u' ') || text.startsWith(u'\t')) text.remove(0, 1);
    return label->label;
}

void trimEnd(InlineText& content) {
    const auto endOfSpans = [&] {
        return content.spans.empty() ? 0 : content.spans.back().start + content.spans.back().length;
    };
    while (content.text.size() > endOfSpans() && content.text.back().isSpace()) content.text.chop(1);
}

MarkdownBlock noteParagraph(const QString& label, NoteParagraph which) {
    MarkdownBlock block;
    block.nesting = {.depth = 1, .quotes = 0};
    block.note = label;
    if (which == NoteParagraph::Further) return block;
    block.tight = true;
    block.markers = {{.kind = MarkerKind::Number, .level = 0, .rank = 0, .text = {}}};
    return block;
}

std::optional<NoteReference> findNoteReference(QStringView text, qsizetype from) {
    for (qsizetype start = text.indexOf(u"[^", from); start >= 0; start = text.indexOf(u"[^", start + 2)) {
        const qsizetype end = endOfReference(text, start);
        if (end > 0) return NoteReference{start, end, text.sliced(start + 2, end - start - 3).toString()};
    }
    return std::nullopt;
}

QString noteAddress(const QString& label) {
    return kAddressStart.toString() + label;
}

QString noteLabel(const QString& address) {
    return address.startsWith(kAddressStart) ? address.sliced(kAddressStart.size()) : QString();
}

void Footnotes::add(const QSet<QString>& labels) {
    labels_ += labels;
    taken_ += labels;
}

QString Footnotes::shown(const QString& label) {
    if (!isNoteNumber(label) && !labels_.contains(label)) return {};
    if (isNoteNumber(label)) taken_.insert(label);
    return QString::number(numberOf(label));
}

int Footnotes::numberOf(const QString& label) {
    if (isNoteNumber(label)) return label.toInt();
    const auto known = numbers_.constFind(label);
    if (known != numbers_.constEnd()) return *known;
    while (taken_.contains(QString::number(lowestFree_))) ++lowestFree_;
    taken_.insert(QString::number(lowestFree_));
    return *numbers_.insert(label, lowestFree_);
}

void Footnotes::arrange(std::vector<MarkdownBlock>& blocks) {
    const auto notes = std::stable_partition(blocks.begin(), blocks.end(),
                                             [](const MarkdownBlock& block) { return block.note.isEmpty(); });
    for (auto note = notes; note != blocks.end(); ++note) {
        const QString number = QString::number(numberOf(note->note));
        for (ListMarker& marker : note->markers) marker.text = number + u'.';
        updateHash(*note);
    }
    std::stable_sort(notes, blocks.end(), [this](const MarkdownBlock& one, const MarkdownBlock& other) {
        return numberOf(one.note) < numberOf(other.note);
    });
}

} // namespace ponder::ui
