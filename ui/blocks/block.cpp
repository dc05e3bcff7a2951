#include "ui/blocks/block.h"

namespace ponder::ui {

BlockPaint BlockPaint::within(const QPointF& at, int start) const {
    BlockPaint inner = *this;
    inner.visible.translate(-at);
    inner.selection = {selection.from - start, selection.to - start};
    inner.found = found.within(start);
    return inner;
}

std::vector<Aside> Block::asides() const {
    return {};
}
TextLook Block::lookAt(int) const {
    return {.range = {0, length()}};
}
std::vector<Control> Block::controls() {
    return {};
}
BlockEffect Block::activate(const Target&) {
    return BlockEffect::None;
}
QString Block::copyText(const Target&) const {
    return {};
}
bool Block::scrollBy(const QPointF&, const QPointF&) {
    return false;
}
void Block::dragScrollBar(const QPointF&) {}
std::optional<int> Block::offsetOfNote(const QString&) const {
    return std::nullopt;
}
void Block::reveal(int) {}
BlockEffect Block::uncover(int) {
    return BlockEffect::None;
}

} // namespace ponder::ui
