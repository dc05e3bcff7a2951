#pragma once

#include <QByteArray>
#include <QChar>

namespace ponder::ui {

/// Stands for a tab at the start of a line of code: md4c would make spaces of it. A noncharacter of Unicode,
/// so that no text contains it.
constexpr QChar kCodeTab(0xFDD0);

/// Prepares lines for md4c. Tabs that begin lines of fenced code become kCodeTab. Delimiters of tables, of
/// which md4c wants three characters while models also write one or two, are lengthened: "|-|:-|" becomes
/// "|---|:---|", below a line with as many cells.
QByteArray withParserLines(const QByteArray& markdown);

} // namespace ponder::ui
