#pragma once

#include <QStyledItemDelegate>

namespace ponder::ui {

class ChatListView;
class Theme;

/// Paints headings, folders and chats of the sidebar, and edits a title in its row.
class ChatDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    ChatDelegate(Theme& theme, ChatListView& view);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    void paintBox(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintWords(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintEnd(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    int noteWidth(const QModelIndex& index) const;
    QRect textRect(const QStyleOptionViewItem& option, const QModelIndex& index) const;
    bool showsDots(const QStyleOptionViewItem& option, const QModelIndex& index) const;

    Theme& theme_;
    ChatListView& view_;
};

} // namespace ponder::ui
