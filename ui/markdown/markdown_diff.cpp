#include "ui/markdown/markdown_diff.h"

namespace ponder::ui {

MarkdownChange compareBlocks(std::span<const MarkdownBlock> shown, std::span<const MarkdownBlock> fresh) {
    MarkdownChange change;
    while (change.kept < shown.size() && change.kept < fresh.size() &&
           shown[change.kept].hash == fresh[change.kept].hash) {
        ++change.kept;
    }
    if (change.kept == shown.size() || change.kept == fresh.size()) return change;
    const MarkdownBlock& before = shown[change.kept];
    const MarkdownBlock& after = fresh[change.kept];
    change.grows = before.kind == after.kind && before.level == after.level &&
                   before.nesting == after.nesting && before.columns == after.columns &&
                   before.alignments == after.alignments;
    return change;
}

} // namespace ponder::ui
