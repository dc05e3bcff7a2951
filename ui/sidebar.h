#pragma once

#include "ui/chat_row.h"

#include <QString>
#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <vector>

class QModelIndex;

namespace ponder::ui {

class Button;
class ChatListView;
class ChatMenus;
class ChatRows;
class Label;
class Menu;
class PlaceButton;
class PlaceHeader;
class Theme;
class UndoBar;

/// What was done to chats, for the bar that takes it back.
enum class UndoneAction { Delete, Archive, DeleteFolder };

/// The list of chats, pinned ones, folders and days, with the archive and the trash behind it; and what can
/// be done with chats: open, rename in place, pin, move, archive, delete with undo, restore, erase. It
/// changes nothing itself: it emits the wish and shows the rows it is given back. UI thread only.
class Sidebar : public QWidget {
    Q_OBJECT
public:
    explicit Sidebar(Theme& theme, QWidget* parent = nullptr);
    ~Sidebar() override;

    /// Chats of all places in any order; they are grouped and sorted newest first. Keeps selection, scroll
    /// position and a rename in progress.
    void setChats(std::vector<ChatRow> chats);
    /// In the order they are shown.
    void setFolders(std::vector<FolderRow> folders);
    /// Marks the open chat; an empty id marks none (a new chat that has no message yet).
    void setCurrentChat(const QString& id);
    QString currentChat() const;
    /// The list, or the archive or the trash in its place.
    void showPlace(ChatPlace place);
    ChatPlace place() const;
    /// The keyboard goes to the list, or, where there is none yet, to "New chat".
    void focusChats();

    /// "Deleted “title”. Undo" for eight seconds; or "Deleted 5 chats".
    void showUndo(UndoneAction action, const QStringList& titles);
    void hideUndo();
    /// Stands at the sidebar's foot; where the sidebar is hidden, the window shows it elsewhere meanwhile.
    UndoBar& undoBar() { return *undo_; }
    void takeUndoBarBack();

    /// The menu of a chat, as the row's dots open it, or as part of another menu. Empty for a chat that is
    /// not here.
    void addChatActions(Menu& menu, const QString& id);

public slots:
    void renameCurrent();
    void pinCurrent();
    void exportCurrent();
    void deleteCurrent();
    /// Makes a folder and lets its name be written.
    void newFolder();

signals:
    void newChatRequested();
    void newChatInFolderRequested(const QString& folder);
    void searchRequested();
    void chatSelected(const QString& id);
    void renameRequested(const QString& id, const QString& title);
    void pinRequested(const QStringList& ids, bool pinned);
    /// Into the folder, or out of any (empty); pinned ones are pinned no more.
    void moveRequested(const QStringList& ids, const QString& folder);
    void archiveRequested(const QStringList& ids, bool archived);
    void deleteRequested(const QStringList& ids);
    void restoreRequested(const QStringList& ids);
    void eraseRequested(const QStringList& ids); ///< the person has been asked
    void emptyTrashRequested();                  ///< the person has been asked
    void exportRequested(const QString& id, const QString& title);

    /// With these chats in it, if any. The receiver calls setFolders and setChats at once.
    void folderAdded(const QString& name, const QStringList& ids);
    void folderRenamed(const QString& name, const QString& newName);
    void folderDeleted(const QString& name);
    void folderCollapsed(const QString& name, bool collapsed);

    void undoRequested();
    /// The undo bar went away.
    void undoExpired();
    /// A title is about to be edited: the sidebar has to be seen.
    void revealRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    static QString undoneWords(UndoneAction action, const QStringList& titles);
    void build();
    void connectList();
    void connectMenus();
    void takeContents();
    void rename(const QModelIndex& index);
    QStringList chosenChats() const;
    void makeFolder(const QStringList& ids);
    void openMenu(const QModelIndex& index, const QPoint& corner);
    void deleteAt(const QModelIndex& index);
    void takeDrop(const QStringList& ids, const QString& group);
    void askToErase(const QStringList& ids);
    void askToEmptyTrash();
    void regroupAtMidnight();

    Theme& theme_;
    ChatRows* rows_;
    ChatMenus* menus_;
    Button* newChat_;
    PlaceHeader* placeHeader_;
    Button* search_;
    ChatListView* list_;
    Label* nothing_;
    UndoBar* undo_;
    PlaceButton* archive_;
    PlaceButton* trash_;
    QTimer midnight_;
};

} // namespace ponder::ui
