#pragma once

#include <QString>

class QTextCursor;

namespace ponder::ui {

class Theme;

/// Thin scroll bars without arrows, for a QAbstractScrollArea or its bars.
QString scrollBarStyle(const Theme& theme);
constexpr int kMenuRadius = 10;
/// For a QMenu with a translucent background.
QString menuStyle(const Theme& theme);
/// For a field of one line or several with room of its own.
QString textFieldStyle(const Theme& theme);
/// For a line edit inside a row.
QString lineEditStyle(const Theme& theme);
/// Lines as far apart as is good for reading, from the cursor's block on.
void setReadingLines(QTextCursor& cursor);

} // namespace ponder::ui
