#include "ui/finding/text_folding.h"

namespace ponder::ui {

namespace {

bool isAccent(QChar c) {
    return c.unicode() >= 0x300 && c.unicode() <= 0x36F;
}

/// The letter below the accents, for scripts in which it is still the same letter to a reader.
QChar withoutAccents(QChar c) {
    const bool latinOrGreek = c.unicode() < 0x400 || (c.unicode() >= 0x1E00 && c.unicode() < 0x2000);
    while (latinOrGreek && c.decompositionTag() == QChar::Canonical) {
        const QString parts = c.decomposition();
        if (parts.size() > 1 && !isAccent(parts[1])) break;
        c = parts[0];
    }
    return c;
}

QChar folded(QChar c) {
    constexpr ushort kFullWidthFirst = 0xFF01;
    constexpr ushort kFullWidthLast = 0xFF5E;
    if (c.unicode() < 0x80) return c == u'\t' ? QChar(u' ') : c;
    if (c.unicode() >= kFullWidthFirst && c.unicode() <= kFullWidthLast)
        return QChar(ushort(c.unicode() - kFullWidthFirst + u'!'));
    if (c.category() == QChar::Separator_Space || c == QChar::LineSeparator) return u' ';
    return withoutAccents(c);
}

} // namespace

FoldedText foldText(QStringView text) {
    FoldedText out;
    out.text.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isAccent(text[i])) {
            // From here on the places differ.
            for (int at = int(out.origins.size()); at < out.text.size(); ++at) out.origins.push_back(at);
            continue;
        }
        const bool shifted = i != out.text.size();
        if (shifted) out.origins.push_back(int(i));
        out.text += folded(text[i]);
    }
    if (out.text.size() != text.size()) out.origins.push_back(int(text.size()));
    return out;
}

} // namespace ponder::ui
