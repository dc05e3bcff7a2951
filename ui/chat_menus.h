#pragma once

#include "ui/chat_row.h"

#include <QObject>
#include <QStringList>

namespace ponder::ui {

class ChatRows;
class Menu;

/// What can be done with chats and folders, as entries of a menu; each entry is one of the signals. UI thread
/// only.
class ChatMenus : public QObject {
    Q_OBJECT
public:
    ChatMenus(const ChatRows& rows, QObject* parent);

    /// For one chat or several of the same place; nothing for chats that are not here.
    void addChats(Menu& menu, const QStringList& ids);
    void addFolder(Menu& menu, const QString& name);

signals:
    void pinChosen(const QStringList& ids, bool pinned);
    void renameChosen(const QString& id);
    void moveChosen(const QStringList& ids, const QString& folder);
    void newFolderChosen(const QStringList& ids); ///< the chats go into it
    void archiveChosen(const QStringList& ids, bool archived);
    void exportChosen(const QString& id);
    void exportSeveralChosen(const QStringList& ids);
    void exportFolderChosen(const QString& name); ///< empty: all chats there are
    void deleteChosen(const QStringList& ids);
    void restoreChosen(const QStringList& ids);
    void eraseChosen(const QStringList& ids);

    void newChatChosen(const QString& folder);
    void folderRenameChosen(const QString& name);
    void folderDeleteChosen(const QString& name);

private:
    void addTrashed(Menu& menu, const QStringList& ids);
    void addFolders(Menu& menu, const QStringList& ids, const QString& present);

    const ChatRows& rows_;
};

} // namespace ponder::ui
