#include "ui/markdown/markdown_diff.h"

#include <algorithm>

namespace ponder::ui {

MarkdownChange compareBlocks(std::span<const MarkdownBlock> shown, std::span<const MarkdownBlock> fresh) {
    MarkdownChange change;
    while (change.kept < shown.size() && change.kept < fresh.size() &&
           shown[change.kept].hash == fresh[change.kept].hash) {
        ++change.kept;
    }
    const size_t shorter = std::min(shown.size(), fresh.size());
    while (change.kept + change.moved < shorter &&
           shown[shown.size() - 1 - change.moved].hash == fresh[fresh.size() - 1 - change.moved].hash) {
        ++change.moved;
    }
    if (change.kept + change.moved == shorter) return change;
    const MarkdownBlock& before = shown[change.kept];
    const MarkdownBlock& after = fresh[change.kept];
    change.grows = before.kind == after.kind && before.level == after.level &&
                   before.nesting == after.nesting && before.columns == after.columns &&
                   before.alignments == after.alignments;
    return change;
}

} // namespace ponder::ui
