#include "ui/blocks/table_actions.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kExtent = 32;
constexpr int kInset = 2; // of what is drawn, so that it stands free inside the header row

bool isCopy(TargetKind kind) {
    return kind == TargetKind::CopyTable || kind == TargetKind::CopyTableAsCsv;
}

} // namespace

std::vector<TableActions::Item> TableActions::items() const {
    std::vector<Item> all{{TargetKind::CopyTable, {}, tr("Copy"), tr("Copy table as Markdown")},
                          {TargetKind::CopyTableAsCsv, {}, tr("CSV"), tr("Copy table as CSV")}};
    const QFontMetricsF metrics(theme_.font(TextStyle::Caption));
    // Wide enough for what it says when it has copied.
    const qreal said = metrics.horizontalAdvance(tr("Copied"));
    qreal left = box_.left();
    for (Item& item : all) {
        const qreal wide = std::max(metrics.horizontalAdvance(item.words), said) + 2 * space::kSmall;
        item.box = QRectF(left, box_.top(), wide, box_.height());
        left += wide;
    }
    return all;
}

void TableActions::place(const QRectF& header, qreal width, Qt::LayoutDirection direction) {
    const qreal extent = theme_.scaled(kExtent);
    box_ = QRectF(0, (header.height() - extent) / 2, 0, extent);
    const qreal wide = items().back().box.right();
    const qreal reach = wide + space::kTiny;
    qreal left = 0;
    if (direction == Qt::RightToLeft)
        left = header.left() >= reach ? header.left() - reach : header.left() + space::kTiny;
    else
        left = header.right() + reach <= width ? header.right() + space::kTiny
                                               : std::max(0.0, header.right() - reach);
    box_.setRect(left, box_.top(), wide, extent);
}

void TableActions::paint(QPainter& painter, const Block& table, const BlockPaint& paint) const {
    const bool focused = paint.focused.block == &table && isCopy(paint.focused.kind);
    const bool copied = paint.copied.block == &table && isCopy(paint.copied.kind);
    if (paint.hovered.block != &table && !focused && !copied) return;
    const Colours& colours = theme_.colours();
    painter.setPen(QPen(colours.border, 1));
    painter.setBrush(colours.surface);
    painter.drawRoundedRect(box_.adjusted(0.5, kInset + 0.5, -0.5, -kInset - 0.5), radius::kControl,
                            radius::kControl);
    painter.setFont(theme_.font(TextStyle::Caption));
    for (const Item& item : items()) {
        const auto isThis = [&](const Target& target) {
            return target.block == &table && target.kind == item.kind;
        };
        const bool hovered = isThis(paint.hovered);
        if (hovered) {
            painter.setPen(theme_.isHighContrast() ? QPen(colours.accent) : QPen(Qt::NoPen));
            painter.setBrush(isThis(paint.pressed) ? colours.selectedRow : colours.bubble);
            const qreal inset = kInset + 2;
            painter.drawRoundedRect(item.box.adjusted(inset, inset, -inset, -inset), radius::kControl - 2,
                                    radius::kControl - 2);
        }
        const bool done = isThis(paint.copied);
        painter.setPen(done ? colours.success : hovered ? colours.text : colours.muted);
        painter.drawText(item.box, Qt::AlignCenter | Qt::TextSingleLine, done ? tr("Copied") : item.words);
    }
}

TargetKind TableActions::at(const QPointF& point) const {
    for (const Item& item : items()) {
        if (item.box.contains(point)) return item.kind;
    }
    return TargetKind::None;
}

std::vector<Control> TableActions::controls(Block& table) const {
    std::vector<Control> all;
    for (const Item& item : items()) all.push_back({{item.kind, &table, {}}, item.box, item.name});
    return all;
}

} // namespace ponder::ui
