#include "ui/script/syntax_runs.h"

#include <algorithm>

namespace ponder::ui {

SyntaxRuns readSyntaxRuns(QStringView pairs, int length) {
    SyntaxRuns runs;
    int at = 0;
    for (qsizetype i = 0; i + 1 < pairs.size(); i += 2) {
        const int end = at + pairs[i].unicode();
        const int kind = pairs[i + 1].unicode();
        if (end > length) break;
        if (kind > 0 && kind < kSyntaxKinds && end > at) runs.push_back({at, end, SyntaxKind(kind)});
        at = end;
    }
    return runs;
}

void keepRunsBefore(int length, SyntaxRuns& runs) {
    while (!runs.empty() && runs.back().end > length) runs.pop_back();
}

int firstDifference(const SyntaxRuns& first, const SyntaxRuns& second) {
    const auto [one, other] = std::mismatch(first.begin(), first.end(), second.begin(), second.end());
    if (one == first.end() && other == second.end()) return -1;
    if (one == first.end()) return other->start;
    if (other == second.end()) return one->start;
    return std::min(one->start, other->start);
}

} // namespace ponder::ui
