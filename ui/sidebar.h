#pragma once

#include <QDateTime>
#include <QString>
#include <QTimer>
#include <QWidget>

#include <vector>

namespace ponder::ui {

class Button;
class ChatListView;
class ChatRows;
class Label;
class Menu;
class Theme;
class UndoBar;

/// One chat as the sidebar shows it.
struct ChatRow {
    QString id;
    QString title;
    QDateTime updated;
    bool pinned = false;
    bool generating = false; ///< a small dot moves while this chat is being answered

    bool operator==(const ChatRow&) const = default;
};

/// The list of chats, grouped by day, and what can be done with one: open, rename in place, pin, delete with
/// undo. It changes nothing itself: it emits the wish and shows the rows it is given back. UI thread only.
class Sidebar : public QWidget {
    Q_OBJECT
public:
    explicit Sidebar(Theme& theme, QWidget* parent = nullptr);
    ~Sidebar() override;

    /// Chats in any order; they are grouped and sorted newest first. Keeps selection, scroll position and a
    /// rename in progress.
    void setChats(std::vector<ChatRow> chats);
    /// Marks the open chat; an empty id marks none (a new chat that has no message yet).
    void setCurrentChat(const QString& id);
    QString currentChat() const;
    /// The keyboard goes to the list, or, where there is none yet, to "New chat".
    void focusChats();

    /// "Deleted “title”. Undo" for eight seconds.
    void showUndo(const QString& id, const QString& title);
    void hideUndo();
    /// Stands at the sidebar's foot; where the sidebar is hidden, the window shows it elsewhere meanwhile.
    UndoBar& undoBar() { return *undo_; }
    void takeUndoBarBack();

    /// The menu of a chat, as the row's dots open it, or as part of another menu. Empty for a chat that is
    /// not here.
    void addChatActions(Menu& menu, const QString& id);

public slots:
    void renameCurrent();
    void deleteCurrent();

signals:
    void newChatRequested();
    void chatSelected(const QString& id);
    void renameRequested(const QString& id, const QString& title);
    void pinRequested(const QString& id, bool pinned);
    void deleteRequested(const QString& id);
    void exportRequested(const QString& id, const QString& title);
    void undoDeleteRequested(const QString& id);
    /// The undo bar went away: the chat may be purged now.
    void undoExpired(const QString& id);
    /// A title is about to be edited: the sidebar has to be seen.
    void revealRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void rename(const QString& id);
    QString chosenChat() const;
    void regroupAtMidnight();

    Theme& theme_;
    ChatRows* rows_;
    Button* newChat_;
    ChatListView* list_;
    Label* nothingYet_;
    UndoBar* undo_;
    QTimer midnight_;
};

} // namespace ponder::ui
