#pragma once

#include <QAbstractItemDelegate>
#include <QListView>
#include <QTimer>

namespace ponder::ui {

class ChatRows;
class Theme;

/// The list in the sidebar: one click opens, a double click or F2 renames, Delete deletes, Ctrl+Z
/// takes that back, the dots at a
/// row's end or the right button open its menu. Arrows move without opening; Enter opens.
class ChatListView : public QListView {
    Q_OBJECT
public:
    using QListView::edit;
    ChatListView(Theme& theme, ChatRows& rows, QWidget* parent = nullptr);

    /// Where the dots of a row are.
    QRect dotsRect(const QModelIndex& index) const;
    bool isKeyboardPlace(const QModelIndex& index) const;
    /// 0 to 1 and back: how bright the dot of a chat that is being answered is.
    qreal pulse() const;

signals:
    void opened(const QModelIndex& index);
    void menuRequested(const QModelIndex& index, const QPoint& corner); ///< global
    void deleteRequested(const QModelIndex& index);
    void undoRequested();

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

private:
    void takeTheme();
    void askForMenu(const QModelIndex& index);
    void runPulse();

    Theme& theme_;
    ChatRows& rows_;
    bool keyboard_ = false; ///< the last thing done here was done by key
    QTimer pulseTimer_;
    int pulseStep_ = 0;
};

} // namespace ponder::ui
