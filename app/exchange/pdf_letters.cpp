#include "app/exchange/pdf_letters.h"

#include <algorithm>

namespace ponder::app {

namespace {

constexpr qsizetype kDigits = 4; // of "<2F06>"

bool isRightToLeft(QChar letter) {
    const QChar::Direction direction = letter.direction();
    return direction == QChar::DirR || direction == QChar::DirAL;
}

bool isReplaced(const QString& text, qsizetype at) {
    const char16_t letter = text[at].unicode();
    if (letter > 0x20 && letter < 0x7f && !text[at].isLetter()) return true;
    const bool betweenDigits =
        at > 0 && at + 1 < text.size() && text[at - 1].isDigit() && text[at + 1].isDigit();
    return betweenDigits && (letter == u'x' || letter == u'X');
}

} // namespace

QList<QTextLayout::FormatRange> plainStretches(const QString& text) {
    QList<QTextLayout::FormatRange> stretches;
    if (std::any_of(text.begin(), text.end(), isRightToLeft)) return stretches;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!isReplaced(text, at)) continue;
        if (!stretches.isEmpty() && stretches.back().start + stretches.back().length == at) {
            ++stretches.back().length;
            continue;
        }
        QTextLayout::FormatRange range;
        range.start = int(at);
        range.length = 1;
        range.format.setFontStyleStrategy(QFont::PreferNoShaping);
        stretches.append(range);
    }
    return stretches;
}

QByteArray withOrdinaryLetters(QByteArray pdf) {
    qsizetype at = 0;
    while ((at = pdf.indexOf("beginbfrange", at)) >= 0) {
        const qsizetype end = pdf.indexOf("endbfrange", at);
        if (end < 0) break;
        bool isList = false; // outside of the brackets are glyphs
        for (; at < end; ++at) {
            if (pdf[at] == '[') isList = true;
            if (pdf[at] == ']') isList = false;
            if (!isList || pdf[at] != '<' || pdf[at + kDigits + 1] != '>') continue;
            const QChar letter(char16_t(pdf.mid(at + 1, kDigits).toUShort(nullptr, 16)));
            const QString ordinary = QString(letter).normalized(QString::NormalizationForm_KC);
            // Anything longer would move what the file's table of contents points at.
            if (ordinary.size() == 1 && ordinary[0] != letter)
                pdf.replace(
                    at + 1, kDigits,
                    QByteArray::number(ordinary[0].unicode(), 16).rightJustified(kDigits, '0').toUpper());
        }
    }
    return pdf;
}

} // namespace ponder::app
