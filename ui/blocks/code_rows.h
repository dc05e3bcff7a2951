#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace ponder::ui {

constexpr int kTabColumns = 4;

/// What is shown of a code block on one line of the screen; without the line break.
struct CodeRow {
    int start = 0;
    int length = 0;
    int columns = 0; ///< width in characters of a fixed-pitch font; Han characters and emoji are two wide
    bool continues = false; ///< the line of code goes on in the next row
};

/// Cuts lines of code into rows of at most `mostColumns`, after a space where there is one in the second
/// half. Rows before the line that contains `changedFrom` are kept.
void cutCodeRows(const QString& code, int mostColumns, int changedFrom, std::vector<CodeRow>& rows);

/// Characters that nobody sees, and that hide, turn round or join what is around them (CVE-2021-42574), from
/// `from` on: where each unit of them stands.
std::vector<int> hiddenMarks(QStringView code, int from);

/// The row as it is drawn: characters that would hide or turn others are replaced by visible ones, one for
/// one.
QString visibleCode(QStringView row);

} // namespace ponder::ui
