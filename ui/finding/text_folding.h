#pragma once

#include <QString>

#include <vector>

namespace ponder::ui {

/// A text without what does not matter when something is looked for: accents of Latin and Greek letters,
/// kinds of spaces, full-width forms. The case of letters is kept.
struct FoldedText {
    QString text;
    std::vector<int> origins; ///< of each character in the text folded; empty: each at its own place

    int originOf(int folded) const { return origins.empty() ? folded : origins[size_t(folded)]; }
};

FoldedText foldText(QStringView text);

} // namespace ponder::ui
