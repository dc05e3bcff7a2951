#pragma once

#include <QByteArray>
#include <QString>
#include <QTextLayout>

namespace ponder::app {

// What a reader of a PDF copies and finds are the characters that the file says its glyphs stand for; Qt
// guesses them from the fonts. Two kinds of its guesses are wrong.

/// Stretches of a text to be set without the font's replacements: Inter draws the hyphen of "2-3" and the x
/// of "3x4" with glyphs that stand for no character. Nothing for text from right to left, whose brackets
/// turn.
QList<QTextLayout::FormatRange> plainStretches(const QString& text);

/// The same file, in which glyphs that several characters share stand for the ordinary one: 二, not the
/// radical ⼆ that looks like it; the letters of Arabic, not their shapes.
QByteArray withOrdinaryLetters(QByteArray pdf);

} // namespace ponder::app
