#include "ui/markdown/markdown_block.h"

#include <QHash>

namespace ponder::ui {

namespace {

void mix(size_t& hash, size_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15ull;
    hash ^= hash >> 32;
}

void mix(size_t& hash, const InlineText& text) {
    mix(hash, qHash(text.text));
    for (const Span& span : text.spans) {
        mix(hash, size_t(span.start) << 32 | size_t(span.length));
        mix(hash, size_t(span.style) << 32 | size_t(quint32(span.link)));
    }
}

} // namespace

void updateHash(MarkdownBlock& block) {
    size_t hash = size_t(block.kind) << 24 | size_t(block.level) << 16 | size_t(block.tight);
    mix(hash, size_t(block.nesting.depth) << 16 | block.nesting.quotes);
    for (const ListMarker& marker : block.markers) {
        mix(hash, size_t(marker.kind) << 16 | size_t(marker.level) << 8 | marker.rank);
        mix(hash, qHash(marker.text));
    }
    mix(hash, block.content);
    for (const QString& link : block.links) mix(hash, qHash(link));
    mix(hash, qHash(block.language));
    mix(hash, qHash(block.note));
    mix(hash, size_t(block.columns) << 32 | size_t(block.hiddenColumns));
    mix(hash, size_t(block.hiddenRows));
    for (CellAlignment alignment : block.alignments) mix(hash, size_t(alignment) + 1);
    for (const InlineText& cell : block.cells) mix(hash, cell);
    block.hash = hash;
}

} // namespace ponder::ui
