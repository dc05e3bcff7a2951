#include "ui/markdown/markdown_writer.h"

#include "ui/markdown/footnotes.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr QChar kLineBreak(0x2028);
constexpr QStringView kImageStart = u"[image: "; // as the parser shows images

/// Longest run of backticks in the text, so that a fence around it can be longer.
int longestBacktickRun(QStringView text) {
    int longest = 0;
    int run = 0;
    for (QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

QString escaped(QStringView text) {
    // "\\[" with a "\\]" behind it would be a formula: an opening bracket is enough to keep it from being a
    // link.
    static constexpr QStringView kSpecial = u"\\`*_[<>~$|";
    QString out;
    out.reserve(text.size() + 8);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool inWord = c == u'_' && i > 0 && i + 1 < text.size() && text[i - 1].isLetterOrNumber() &&
                            text[i + 1].isLetterOrNumber();
        if (kSpecial.contains(c) && !inWord) out += u'\\';
        out += c;
    }
    return out;
}

/// The text of a link in its brackets, with none inside that could end it.
QString withoutBrackets(QString text) {
    return u'[' + text.replace(u'[', "&#91;").replace(u']', "&#93;") + u']';
}

QString withBreaks(QString text, QStringView breakText) {
    return text.replace(kLineBreak, breakText.toString());
}

/// Calls `visit(text, span or nullptr, wholeSpan)` for each stretch of one style in the range.
template <typename Visit>
void forEachStretch(const InlineText& content, TextRange range, Visit visit) {
    int at = range.from;
    const auto plain = [&](int end) {
        if (end > at) visit(content.text.sliced(at, end - at), nullptr, false);
    };
    for (const Span& span : content.spans) {
        const int from = std::max(span.start, range.from);
        const int to = std::min(span.start + span.length, range.to);
        if (from >= to) continue;
        plain(from);
        visit(content.text.sliced(from, to - from), &span,
              from == span.start && to == span.start + span.length);
        at = to;
    }
    plain(range.to);
}

} // namespace

QString codeSpan(const QString& code) {
    const QString fence(longestBacktickRun(code) + 1, u'`');
    const bool padded = code.startsWith(u'`') || code.endsWith(u'`');
    return padded ? fence + u' ' + code + u' ' + fence : fence + code + fence;
}

QString fencedCode(const QString& code, const QString& language) {
    const QString fence(std::max(3, longestBacktickRun(code) + 1), u'`');
    return fence + language + u'\n' + code + (code.isEmpty() ? QString() : QStringLiteral("\n")) + fence;
}

QString plainText(const InlineText& content, const QStringList& links, TextRange range) {
    QString out;
    forEachStretch(content, range, [&](const QString& text, const Span* span, bool whole) {
        if (span && span->style & span::kNote) {
            out += u'[' + text + u']';
            return;
        }
        out += text;
        if (!span || span->link < 0 || !whole) return;
        const QString& address = links.value(span->link);
        // Several styles in one link are several spans: the address follows the last of them.
        const bool last = std::none_of(content.spans.begin(), content.spans.end(), [&](const Span& other) {
            return other.link == span->link && other.start > span->start;
        });
        if (last && address != text && address != "mailto:" + text) out += " (" + address + u')';
    });
    return withBreaks(out, u"\n");
}

QString markdownText(const InlineText& content, const QStringList& links, TextRange range) {
    QString out;
    forEachStretch(content, range, [&](const QString& text, const Span* span, bool) {
        if (!span) {
            out += escaped(text);
            return;
        }
        if (span->style & span::kFormula) {
            out += text;
            return;
        }
        if (span->style & span::kNote) {
            out += "[^" + noteLabel(links.value(span->link)) + u']';
            return;
        }
        QString piece = span->style & span::kCode ? codeSpan(text) : escaped(text);
        // Markers must hug the words, or they are not markers.
        const qsizetype leading =
            text.size() - QStringView(text).trimmed().size() == 0
                ? 0
                : std::find_if(text.begin(), text.end(), [](QChar c) { return !c.isSpace(); }) - text.begin();
        const bool trims = !(span->style & span::kCode) && leading < text.size();
        const QString before = trims ? text.first(leading) : QString();
        qsizetype trailing = 0;
        while (trims && trailing < text.size() && text[text.size() - 1 - trailing].isSpace()) ++trailing;
        const QString after = text.last(trailing);
        if (trims) piece = escaped(QStringView(text).sliced(leading, text.size() - leading - trailing));
        if (span->style & span::kStrike) piece = "~~" + piece + "~~";
        if (span->style & span::kItalic) piece = u'*' + piece + u'*';
        if (span->style & span::kBold) piece = "**" + piece + "**";
        if (span->link >= 0) {
            const QString& address = links.value(span->link);
            const bool bare = text == address;
            const bool image = text.startsWith(kImageStart) && text.endsWith(u']');
            if (image)
                piece = u'!' + withoutBrackets(
                                   text.sliced(kImageStart.size(), text.size() - kImageStart.size() - 1));
            else
                piece = withoutBrackets(piece.replace(QStringLiteral("\\["), QStringLiteral("[")));
            piece = bare ? u'<' + address + u'>' : piece + "(<" + address + ">)";
        }
        out += before + piece + after;
    });
    return withBreaks(out, u"  \n");
}

QString withNesting(const MarkdownBlock& block, const QString& lines, CopyFormat format) {
    if (format == CopyFormat::Markdown && !block.note.isEmpty()) {
        const QString indent(4, u' ');
        const QString start = block.markers.empty() ? indent : "[^" + block.note + "]: ";
        return start + QString(lines).replace(u'\n', u'\n' + indent);
    }
    // Four columns hold every marker up to "99. ", so that what follows in the item stays inside it.
    const QString indent(format == CopyFormat::Markdown ? 4 : 2, u' ');
    QString first;
    QString rest;
    for (int level = 0; level < block.nesting.depth; ++level) {
        if (block.nesting.isQuote(level)) {
            if (format == CopyFormat::Text) continue;
            first += "> ";
            rest += "> ";
            continue;
        }
        const auto marker = std::find_if(block.markers.begin(), block.markers.end(),
                                         [level](const ListMarker& other) { return other.level == level; });
        rest += indent;
        if (marker == block.markers.end()) {
            first += indent;
            continue;
        }
        switch (marker->kind) {
        case MarkerKind::Bullet:
            first += "- ";
            break;
        case MarkerKind::Number:
            first += marker->text + u' ';
            break;
        case MarkerKind::TaskOpen:
            first += "- [ ] ";
            break;
        case MarkerKind::TaskDone:
            first += "- [x] ";
            break;
        }
    }
    if (first.isEmpty()) return lines;
    QString out = first + lines;
    return out.replace(u'\n', u'\n' + rest);
}

} // namespace ponder::ui
