#pragma once

#include <QStyledItemDelegate>

namespace ponder::ui {

class Theme;

/// Paints a row of the map: the lanes, a dot, who speaks, the first words and the figures.
class BranchDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    BranchDelegate(const Theme& theme, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintLanes(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    qreal laneCentre(const QRect& rect, int lane) const;

    const Theme& theme_;
};

} // namespace ponder::ui
