#pragma once

#include <QAbstractItemDelegate>
#include <QListView>
#include <QStringList>
#include <QTimer>

namespace ponder::ui {

class ChatRows;
class Theme;

/// The list in the sidebar. One click opens a chat or a folder, with Ctrl or Shift it selects several; a
/// double click or F2 renames, Delete deletes, Ctrl+Z takes that back, the dots at a row's end or the right
/// button open the menu. Arrows move without opening, Enter opens, Left and Right close and open folders.
/// Chats can be dragged into folders, to the pinned ones, and out of both.
class ChatListView : public QListView {
    Q_OBJECT
public:
    using QListView::edit;
    ChatListView(Theme& theme, ChatRows& rows, QWidget* parent = nullptr);

    /// Where the dots of a row are.
    QRect dotsRect(const QModelIndex& index) const;
    bool isKeyboardPlace(const QModelIndex& index) const;
    /// Whether the chat is one of several that are selected.
    bool isOneOfMany(const QModelIndex& index) const;
    /// 0 to 1 and back: how bright the dot of a chat that is being answered is.
    qreal pulse() const;

    /// What is done to this chat is done to these: all that are selected, if it is one of them.
    QStringList chatsWith(const QModelIndex& index) const;

signals:
    void opened(const QModelIndex& index);                              ///< of a chat
    void folderToggled(const QModelIndex& index);                       ///< of a folder
    void menuRequested(const QModelIndex& index, const QPoint& corner); ///< global
    void deleteRequested(const QModelIndex& index);
    void undoRequested();
    void dropped(const QStringList& ids, const QString& group); ///< see ListedRow::group

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) override;
    void closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void startDrag(Qt::DropActions supportedActions) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void takeTheme();
    void askForMenu(const QModelIndex& index);
    void runPulse();
    void activate(const QModelIndex& index);
    bool turnFolder(Qt::Key key);
    void showPinnedHeading(bool always);
    QString groupAt(const QPoint& place) const;
    void aimAt(const QString& group);
    QRect groupRect(const QString& group) const;

    Theme& theme_;
    ChatRows& rows_;
    bool keyboard_ = false; ///< the last thing done here was done by key
    bool many_ = false;     ///< chats are selected
    QPersistentModelIndex pressed_;
    QString target_; ///< the group chats would be dropped into
    QTimer pulseTimer_;
    int pulseStep_ = 0;
};

} // namespace ponder::ui
