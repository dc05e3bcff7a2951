#pragma once

#include "ui/markdown/markdown_block.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

#include <optional>
#include <vector>

namespace ponder::ui {

/// md4c knows no footnotes: these stand before a line that begins one, and before a further paragraph of it.
/// Noncharacters of Unicode, as kCodeTab is; withMarkedNotes lets none of the text's own through.
constexpr QChar kNoteBegins(0xFDD1);
constexpr QChar kNoteGoesOn(0xFDD2);

struct MarkedNotes {
    QByteArray markdown;
    QSet<QString> labels; ///< of the notes it found
};

/// Marks the lines that begin notes, "[^label]: text", outside of fenced code.
MarkedNotes withMarkedNotes(const QByteArray& markdown);

/// Text that stands where no note can begin, in code for example.
QString withoutNoteMarks(QString text);
/// The label where this text begins a note, which is taken off it up to the note's words; else empty.
QString takeNoteStart(QString& text);
/// Takes off the space before a note that began within a paragraph.
void trimEnd(InlineText& content);

/// Whether the label is the number that is shown for it.
bool isNoteNumber(const QString& label);

enum class NoteParagraph { First, Further };
/// A paragraph of a note, still without words.
MarkdownBlock noteParagraph(const QString& label, NoteParagraph which);

/// "[^label]" in running text.
struct NoteReference {
    qsizetype start = 0;
    qsizetype end = 0;
    QString label;
};
/// The first one from `from` on.
std::optional<NoteReference> findNoteReference(QStringView text, qsizetype from = 0);

/// Where a reference leads: an address as links have one, but within the message.
QString noteAddress(const QString& label);
/// The label of such an address; empty: it leads out of the message.
QString noteLabel(const QString& address);

/// The notes of one text while it is parsed. A number as label is the number that is shown; other labels get
/// the numbers that are left, in the order of the references.
class Footnotes {
public:
    /// The notes that are in the text; those of a later part may be added before that is parsed.
    void add(const QSet<QString>& labels);
    const QSet<QString>& labels() const { return labels_; }
    /// Whether some label has got a number that further notes could have taken.
    bool hasNumbered() const { return !numbers_.isEmpty(); }

    /// What is shown for a reference; empty: it is none. A number is one before its note is there, so that
    /// text that is being read does not change when the note arrives.
    QString shown(const QString& label);
    /// Puts the notes behind everything else, in the order of their numbers.
    void arrange(std::vector<MarkdownBlock>& blocks);

private:
    int numberOf(const QString& label);

    QSet<QString> labels_;
    QSet<QString> taken_; ///< numbers, among others
    int lowestFree_ = 1;  ///< all below are taken, and stay so
    QHash<QString, int> numbers_;
};

} // namespace ponder::ui
