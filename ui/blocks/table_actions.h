#pragma once

#include "ui/blocks/block.h"

#include <QCoreApplication>

namespace ponder::ui {

/// Copies a table: two buttons beside its header row, or over the end of it where there is no room. They show
/// while the table is under the pointer or one of them has the focus.
class TableActions {
    Q_DECLARE_TR_FUNCTIONS(TableActions)
public:
    explicit TableActions(const Theme& theme) : theme_(theme) {}

    /// `header` is the header row, in a block of this width, of a table that runs this way.
    void place(const QRectF& header, qreal width, Qt::LayoutDirection direction);
    void paint(QPainter& painter, const Block& table, const BlockPaint& paint) const;
    TargetKind at(const QPointF& point) const;
    std::vector<Control> controls(Block& table) const;

private:
    struct Item {
        TargetKind kind = TargetKind::None;
        QRectF box;
        QString words;
        QString name;
    };

    std::vector<Item> items() const;

    const Theme& theme_;
    QRectF box_;
};

} // namespace ponder::ui
