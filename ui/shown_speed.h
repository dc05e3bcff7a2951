#pragma once

#include <QLocale>
#include <QString>

namespace ponder::ui {

/// Tokens a second as a person reads them: a decimal tells something below a hundred.
inline QString shownSpeed(double tokensPerSecond) {
    return QLocale().toString(tokensPerSecond, 'f', tokensPerSecond < 100 ? 1 : 0);
}

} // namespace ponder::ui
