#pragma once

#include <QStyledItemDelegate>

namespace ponder::ui {

class Theme;
enum class TextStyle;
struct FindingRow;

/// Paints the rows of a FindingList.
class FindingDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    FindingDelegate(const Theme& theme, int snippetLines, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int linesOf(const FindingRow& row, const QStyleOptionViewItem& option) const;
    void paintHeading(QPainter& painter, const QStyleOptionViewItem& option, const FindingRow& row) const;
    void paintEntry(QPainter& painter, const QStyleOptionViewItem& option, const FindingRow& row) const;
    void paintMessage(QPainter& painter, const QStyleOptionViewItem& option, const FindingRow& row) const;
    /// Draws the detail at the end of the line and returns what is left of it.
    QRect paintDetail(QPainter& painter, const QRect& line, const QString& detail) const;
    void paintText(QPainter& painter, const QRect& box, const FindingRow& row, TextStyle style,
                   int lines) const;

    const Theme& theme_;
    int snippetLines_;
};

} // namespace ponder::ui
