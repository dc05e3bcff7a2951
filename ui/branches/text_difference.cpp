#include "ui/branches/text_difference.h"

#include <QStringView>

#include <algorithm>

namespace ponder::ui {

namespace {

// The trace of the search takes this squared, in integers.
constexpr int kMostSteps = 1000;

using Words = std::vector<QStringView>;

bool isHan(QChar c) {
    return c.script() == QChar::Script_Han || c.script() == QChar::Script_Hiragana ||
           c.script() == QChar::Script_Katakana;
}

/// Words, and every other character by itself. Of scripts without spaces every character is a word.
Words wordsOf(const QString& text) {
    Words words;
    const QStringView all(text);
    qsizetype start = 0;
    while (start < all.size()) {
        qsizetype end = start + 1;
        if (all[start].isHighSurrogate() && end < all.size()) ++end;
        const auto joins = [&](QChar c) { return (c.isLetterOrNumber() || c.isMark()) && !isHan(c); };
        if (joins(all[start]))
            while (end < all.size() && joins(all[end])) ++end;
        words.push_back(all.mid(start, end - start));
        start = end;
    }
    return words;
}

void append(std::vector<DifferenceRun>& runs, DifferenceKind kind, QStringView text) {
    if (text.isEmpty()) return;
    if (runs.empty() || runs.back().kind != kind) runs.push_back({kind, {}});
    runs.back().text += text;
}

void append(std::vector<DifferenceRun>& runs, DifferenceKind kind, const Words& words, int from, int to) {
    for (int i = from; i < to; ++i) append(runs, kind, words[size_t(i)]);
}

/// The words between the equal beginning and the equal end.
struct Middle {
    const Words& before;
    const Words& after;
    int beforeStart = 0, beforeEnd = 0;
    int afterStart = 0, afterEnd = 0;

    int beforeCount() const { return beforeEnd - beforeStart; }
    int afterCount() const { return afterEnd - afterStart; }
    bool equal(int x, int y) const {
        return before[size_t(beforeStart + x)] == after[size_t(afterStart + y)];
    }
};

/// How far each diagonal reaches after each step; empty where the texts differ too much.
std::vector<std::vector<int>> searchSteps(const Middle& middle) {
    const int n = middle.beforeCount();
    const int m = middle.afterCount();
    std::vector<std::vector<int>> trace;
    std::vector<int> reach{0};
    for (int d = 0; d <= std::min(n + m, kMostSteps); ++d) {
        // reach[k + d]: the furthest x on diagonal k = x - y, k in -d … d.
        std::vector<int> next(size_t(2 * d + 1), 0);
        for (int k = -d; k <= d; k += 2) {
            int x = 0;
            if (d > 0) {
                const auto last = [&](int diagonal) { return reach[size_t(diagonal + d - 1)]; };
                x = k == -d || (k != d && last(k - 1) < last(k + 1)) ? last(k + 1) : last(k - 1) + 1;
            }
            int y = x - k;
            while (x < n && y < m && x >= 0 && y >= 0 && middle.equal(x, y)) ++x, ++y;
            next[size_t(k + d)] = x;
            if (x >= n && y >= m) {
                trace.push_back(std::move(next));
                return trace;
            }
        }
        trace.push_back(next);
        reach = std::move(next);
    }
    return {};
}

struct Edit {
    DifferenceKind kind;
    int x, y; ///< before it
};

/// The way back through the steps, last edit first turned around.
std::vector<Edit> editsOf(const Middle& middle, const std::vector<std::vector<int>>& trace) {
    std::vector<Edit> edits;
    int x = middle.beforeCount();
    int y = middle.afterCount();
    for (int d = int(trace.size()) - 1; d > 0; --d) {
        const std::vector<int>& reach = trace[size_t(d - 1)];
        const auto last = [&](int diagonal) { return reach[size_t(diagonal + d - 1)]; };
        const int k = x - y;
        const bool added = k == -d || (k != d && last(k - 1) < last(k + 1));
        const int before = added ? k + 1 : k - 1;
        x = last(before);
        y = x - before;
        edits.push_back({added ? DifferenceKind::Added : DifferenceKind::Removed, x, y});
    }
    std::reverse(edits.begin(), edits.end());
    return edits;
}

void appendMiddle(std::vector<DifferenceRun>& runs, const Middle& middle) {
    const auto trace = searchSteps(middle);
    if (trace.empty()) {
        append(runs, DifferenceKind::Removed, middle.before, middle.beforeStart, middle.beforeEnd);
        append(runs, DifferenceKind::Added, middle.after, middle.afterStart, middle.afterEnd);
        return;
    }
    int x = 0;
    for (const Edit& edit : editsOf(middle, trace)) {
        append(runs, DifferenceKind::Same, middle.before, middle.beforeStart + x,
               middle.beforeStart + edit.x);
        x = edit.x;
        if (edit.kind == DifferenceKind::Removed)
            append(runs, edit.kind, middle.before[size_t(middle.beforeStart + x++)]);
        else
            append(runs, edit.kind, middle.after[size_t(middle.afterStart + edit.y)]);
    }
    append(runs, DifferenceKind::Same, middle.before, middle.beforeStart + x, middle.beforeEnd);
}

} // namespace

std::vector<DifferenceRun> textDifference(const QString& before, const QString& after) {
    const Words old = wordsOf(before);
    const Words now = wordsOf(after);
    const int shorter = int(std::min(old.size(), now.size()));
    int head = 0;
    while (head < shorter && old[size_t(head)] == now[size_t(head)]) ++head;
    int tail = 0;
    while (tail < shorter - head && old[old.size() - 1 - size_t(tail)] == now[now.size() - 1 - size_t(tail)])
        ++tail;
    std::vector<DifferenceRun> runs;
    append(runs, DifferenceKind::Same, old, 0, head);
    appendMiddle(runs, {old, now, head, int(old.size()) - tail, head, int(now.size()) - tail});
    append(runs, DifferenceKind::Same, old, int(old.size()) - tail, int(old.size()));
    return runs;
}

} // namespace ponder::ui
