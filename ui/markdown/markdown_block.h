#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace ponder::ui {

enum class MarkdownKind : quint8 { Paragraph, Heading, Code, Formula, Table, Rule };

/// Bits of Span::style.
namespace span {
constexpr quint8 kBold = 1;
constexpr quint8 kItalic = 2;
constexpr quint8 kCode = 4;
constexpr quint8 kStrike = 8;
constexpr quint8 kLink = 16;
constexpr quint8 kFormula = 32; ///< TeX source, its dollars included
constexpr quint8 kNote = 64;    ///< number of a footnote; the link is its address
} // namespace span

/// A stretch of text that looks or acts differently from the rest.
struct Span {
    int start = 0;
    int length = 0;
    quint8 style = 0;
    int link = -1; ///< index into the block's links

    bool operator==(const Span&) const = default;
};

/// A run of text; U+2028 is a line break. Spans are sorted and do not overlap.
struct InlineText {
    QString text;
    std::vector<Span> spans;

    bool operator==(const InlineText&) const = default;
};

/// What a block stands inside of, outermost first: lists, and quotes where the bit is set.
struct Nesting {
    quint8 depth = 0;
    quint16 quotes = 0;

    bool isQuote(int level) const { return (quotes >> level) & 1; }
    bool operator==(const Nesting&) const = default;
};

enum class MarkerKind : quint8 { Bullet, Number, TaskOpen, TaskDone };

/// Drawn left of the first block of a list item.
struct ListMarker {
    MarkerKind kind = MarkerKind::Bullet;
    quint8 level = 0; ///< which of the block's nesting levels it belongs to
    quint8 rank = 0;  ///< how many bullet lists stand around it: the shape of the bullet
    QString text;     ///< "3." of a number

    bool operator==(const ListMarker&) const = default;
};

enum class CellAlignment : quint8 { Start, Centre, End };

/// One block of a parsed message, as plain values. Nested lists and quotes are flattened: a block knows what
/// it stands in.
struct MarkdownBlock {
    MarkdownKind kind = MarkdownKind::Paragraph;
    quint8 level = 0; ///< of a heading, 1–6
    Nesting nesting;
    bool tight = false; ///< in a list without blank lines
    std::vector<ListMarker> markers;
    InlineText
        content; ///< of a formula: TeX in its dollars; of code: the lines, each ended by \n but the last
    QStringList links;
    QString language;      ///< of code: first word after the fence
    QString note;          ///< label of the footnote it belongs to; notes stand at the end
    int columns = 0;       ///< of a table
    int hiddenColumns = 0; ///< beyond what is kept
    int hiddenRows = 0;
    std::vector<CellAlignment> alignments;
    std::vector<InlineText> cells; ///< row by row; the first row is the header
    size_t hash = 0;               ///< of everything above

    int rows() const { return columns == 0 ? 0 : int(cells.size()) / columns; }
    bool operator==(const MarkdownBlock&) const = default;
};

/// Sets the hash. Equal hashes are taken for equal blocks.
void updateHash(MarkdownBlock& block);

} // namespace ponder::ui
