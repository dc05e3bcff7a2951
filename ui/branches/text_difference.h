#pragma once

#include <QString>

#include <vector>

namespace ponder::ui {

enum class DifferenceKind { Same, Removed, Added };

/// A stretch of two texts: in both, in the first alone, or in the second alone.
struct DifferenceRun {
    DifferenceKind kind = DifferenceKind::Same;
    QString text;

    bool operator==(const DifferenceRun&) const = default;
};

/// The difference of two texts, word by word: the fewest words removed and added (Myers, "An O(ND) difference
/// algorithm and its variations", 1986). Where the texts have little in common, what lies between their equal
/// beginning and end counts as replaced. The Same and Removed runs together are `before`, the Same and Added
/// ones `after`. At most about 20 ms for any two texts of 64 KB.
std::vector<DifferenceRun> textDifference(const QString& before, const QString& after);

} // namespace ponder::ui
