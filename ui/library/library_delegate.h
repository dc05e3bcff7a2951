#pragma once

#include <QStyledItemDelegate>

namespace ponder::ui {

class Theme;

/// Paints a model of the library: its name, and below it what it is or why it cannot be used.
class LibraryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    LibraryDelegate(const Theme& theme, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& theme_;
};

} // namespace ponder::ui
