#pragma once

#include "ui/chat_row.h"
#include "ui/listed_rows.h"

#include <QAbstractListModel>
#include <QDate>
#include <QStringList>

#include <vector>

namespace ponder::ui {

/// The lines of the sidebar's list (see listRows) as a model. A change of the chats becomes the fewest
/// changes of lines, so that a rename in progress, what is selected and the keyboard's place survive it; with
/// ten thousand chats it costs a few milliseconds.
class ChatRows : public QAbstractListModel {
    Q_OBJECT
public:
    enum RowRole {
        Id = Qt::UserRole,
        IsHeading, ///< of days or of pinned chats, or a folder
        IsFolder,
        IsCollapsed,
        IsInFolder,
        IsPinned,
        IsGenerating,
        IsOpen,
        Note,  ///< what stands at the line's end: chats in a folder, days left in the trash
        Group, ///< see ListedRow
    };

    explicit ChatRows(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    void setChats(std::vector<ChatRow> chats, const QDate& today);
    void setFolders(std::vector<FolderRow> folders);
    /// The day has changed: the headings may be others.
    void setToday(const QDate& today);
    void setOpenChat(const QString& id);
    void setPage(ChatPlace page);
    void setPinnedHeading(PinnedHeading heading);

    QString openChat() const { return open_; }
    ChatPlace page() const { return page_; }
    const std::vector<FolderRow>& folders() const { return folders_; }
    bool hasFolder(const QString& name) const;

    QModelIndex indexOf(const QString& id) const;
    QModelIndex indexOfFolder(const QString& name) const;
    const ChatRow* chat(const QModelIndex& index) const;
    /// In any place, shown or not.
    const ChatRow* chat(const QString& id) const;
    /// The name of the folder this is the heading of; null for all else.
    QString folder(const QModelIndex& index) const;
    bool hasChats() const { return !chats_.empty(); }
    int count(ChatPlace place) const;
    bool isGenerating() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void renamed(const QString& id, const QString& title);
    void folderRenamed(const QString& name, const QString& newName);

private:
    void refresh();
    void changeTo(std::vector<ListedRow> wanted);
    void renameFolder(ListedRow& line, const QString& name);
    QString note(const ListedRow& row) const;
    QString spoken(const ListedRow& row) const;

    std::vector<ChatRow> chats_;
    std::vector<FolderRow> folders_;
    std::vector<ListedRow> rows_;
    QDate today_ = QDate::currentDate();
    QString open_;
    ChatPlace page_ = ChatPlace::List;
    PinnedHeading pinnedHeading_ = PinnedHeading::WithChats;
};

} // namespace ponder::ui
