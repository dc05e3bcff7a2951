#pragma once

#include <QString>

namespace ponder::ui {

/// How many tokens a text takes: about so many, until the model has counted them.
struct TokenFigure {
    int tokens = 0;
    bool exact = false;

    bool operator==(const TokenFigure&) const = default;
};

/// "≈ 1,234 tokens", and without the sign where it is exact.
QString shownTokens(const TokenFigure& figure);
/// The same for a screen reader: "about 1,234 tokens".
QString spokenTokens(const TokenFigure& figure);

} // namespace ponder::ui
