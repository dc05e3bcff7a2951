#include "ui/chat_rows.h"

#include <QLocale>
#include <QSet>

#include <algorithm>
#include <iterator>

namespace ponder::ui {

void ChatRows::setChats(std::vector<ChatRow> chats, const QDate& today) {
    chats_ = std::move(chats);
    today_ = today;
    refresh();
}

void ChatRows::setFolders(std::vector<FolderRow> folders) {
    if (folders == folders_) return;
    folders_ = std::move(folders);
    refresh();
}

void ChatRows::setToday(const QDate& today) {
    today_ = today;
    refresh();
}

void ChatRows::setPage(ChatPlace page) {
    if (page == page_) return;
    page_ = page;
    // Another list altogether: nothing of the old one is to be kept in place.
    beginResetModel();
    rows_ = listRows(chats_, folders_, page_, pinnedHeading_, today_);
    endResetModel();
}

void ChatRows::setPinnedHeading(PinnedHeading heading) {
    if (heading == pinnedHeading_) return;
    pinnedHeading_ = heading;
    refresh();
}

void ChatRows::refresh() {
    changeTo(listRows(chats_, folders_, page_, pinnedHeading_, today_));
}

void ChatRows::changeTo(std::vector<ListedRow> wanted) {
    // Most changes touch few lines: what is the same at both ends is not looked at again.
    const int shorter = int(std::min(rows_.size(), wanted.size()));
    int first = 0;
    while (first < shorter && rows_[first] == wanted[first]) ++first;
    int same = 0;
    while (same < shorter - first && rows_[rows_.size() - 1 - same] == wanted[wanted.size() - 1 - same])
        ++same;

    QSet<QString> staying;
    QSet<QString> present;
    for (int i = first; i < int(wanted.size()) - same; ++i) staying.insert(wanted[i].key);
    for (int i = first; i < int(rows_.size()) - same; ++i) present.insert(rows_[i].key);

    for (int end = int(rows_.size()) - same; end > first;) {
        int begin = end;
        while (begin > first && !staying.contains(rows_[begin - 1].key)) --begin;
        if (begin < end) {
            beginRemoveRows({}, begin, end - 1);
            rows_.erase(rows_.begin() + begin, rows_.begin() + end);
            endRemoveRows();
        }
        end = begin - 1;
    }
    for (int i = first; i < int(wanted.size()) - same; ++i) {
        if (!present.contains(wanted[i].key)) {
            int end = i + 1;
            while (end < int(wanted.size()) - same && !present.contains(wanted[end].key)) ++end;
            beginInsertRows({}, i, end - 1);
            rows_.insert(rows_.begin() + i, std::make_move_iterator(wanted.begin() + i),
                         std::make_move_iterator(wanted.begin() + end));
            endInsertRows();
            i = end - 1;
            continue;
        }
        const auto here = rows_.begin() + i;
        const auto found =
            std::find_if(here, rows_.end(), [&](const ListedRow& row) { return row.key == wanted[i].key; });
        if (found != here) {
            beginMoveRows({}, int(found - rows_.begin()), int(found - rows_.begin()), {}, i);
            std::rotate(here, found, found + 1);
            endMoveRows();
        }
        if (rows_[i] == wanted[i]) continue;
        rows_[i] = std::move(wanted[i]);
        emit dataChanged(index(i), index(i));
    }
}

void ChatRows::setOpenChat(const QString& id) {
    if (id == open_) return;
    const QModelIndex before = indexOf(open_);
    open_ = id;
    if (before.isValid()) emit dataChanged(before, before);
    if (const QModelIndex now = indexOf(id); now.isValid()) emit dataChanged(now, now);
}

bool ChatRows::hasFolder(const QString& name) const {
    return std::any_of(folders_.begin(), folders_.end(),
                       [&](const FolderRow& folder) { return folder.name == name; });
}

QModelIndex ChatRows::indexOf(const QString& id) const {
    if (id.isEmpty()) return {};
    const auto found =
        std::find_if(rows_.begin(), rows_.end(), [&](const ListedRow& row) { return row.chat.id == id; });
    return found == rows_.end() ? QModelIndex() : index(int(found - rows_.begin()));
}

QModelIndex ChatRows::indexOfFolder(const QString& name) const {
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const ListedRow& row) {
        return row.kind == ListedKind::Folder && row.heading == name;
    });
    return found == rows_.end() ? QModelIndex() : index(int(found - rows_.begin()));
}

const ChatRow* ChatRows::chat(const QModelIndex& index) const {
    if (!index.isValid() || rows_[index.row()].kind != ListedKind::Chat) return nullptr;
    return &rows_[index.row()].chat;
}

const ChatRow* ChatRows::chat(const QString& id) const {
    const auto found =
        std::find_if(chats_.begin(), chats_.end(), [&](const ChatRow& chat) { return chat.id == id; });
    return found == chats_.end() ? nullptr : &*found;
}

QString ChatRows::folder(const QModelIndex& index) const {
    if (!index.isValid() || rows_[index.row()].kind != ListedKind::Folder) return {};
    return rows_[index.row()].heading;
}

int ChatRows::count(ChatPlace place) const {
    return int(std::count_if(chats_.begin(), chats_.end(),
                             [&](const ChatRow& chat) { return chat.place == place; }));
}

bool ChatRows::isGenerating() const {
    return std::any_of(chats_.begin(), chats_.end(), [](const ChatRow& chat) { return chat.generating; });
}

int ChatRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QString ChatRows::note(const ListedRow& row) const {
    if (row.kind == ListedKind::Folder) return row.count > 0 ? QLocale().toString(row.count) : QString();
    if (row.chat.place != ChatPlace::Trash) return {};
    return row.chat.daysLeft == 1 ? tr("1 day") : tr("%n days", "left until it is erased", row.chat.daysLeft);
}

QString ChatRows::spoken(const ListedRow& row) const {
    if (row.kind == ListedKind::Folder) {
        const QString chats = row.count == 1 ? tr("1 chat") : tr("%n chats", nullptr, row.count);
        return (row.collapsed ? tr("%1, folder, closed, %2") : tr("%1, folder, open, %2"))
            .arg(row.heading, chats);
    }
    if (row.kind != ListedKind::Chat) return row.heading;
    QString text = row.chat.title;
    if (row.chat.id == open_) text += tr(", open");
    if (row.chat.generating) text += tr(", being answered");
    if (row.chat.place == ChatPlace::Trash) text += tr(", erased in %1").arg(note(row));
    return text;
}

QVariant ChatRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const ListedRow& row = rows_[index.row()];
    const bool isChat = row.kind == ListedKind::Chat;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return isChat ? row.chat.title : row.heading;
    case Qt::AccessibleTextRole:
        return spoken(row);
    case Id:
        return row.chat.id;
    case IsHeading:
        return !isChat;
    case IsFolder:
        return row.kind == ListedKind::Folder;
    case IsCollapsed:
        return row.collapsed;
    case IsInFolder:
        return isChat && !folderOfGroup(row.group).isNull();
    case IsPinned:
        return row.chat.pinned;
    case IsGenerating:
        return row.chat.generating;
    case IsOpen:
        return isChat && row.chat.id == open_;
    case Note:
        return note(row);
    case Group:
        return row.group;
    default:
        return {};
    }
}

// Shown at once, and as the same line, which keeps the keyboard's place.
void ChatRows::renameFolder(ListedRow& line, const QString& name) {
    for (FolderRow& folder : folders_)
        if (folder.name == line.heading) folder.name = name;
    for (ChatRow& chat : chats_)
        if (chat.folder == line.heading) chat.folder = name;
    line.key = folderKey(name);
    refresh();
}

bool ChatRows::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable)) return false;
    const QString words = value.toString().simplified();
    ListedRow& row = rows_[index.row()];
    if (words.isEmpty() || words == index.data().toString()) return false;
    if (row.kind == ListedKind::Folder) {
        if (hasFolder(words)) return false;
        const QString before = row.heading;
        renameFolder(row, words);
        emit folderRenamed(before, words);
        return true;
    }
    // Shown at once; the receiver's rows say the same soon after.
    row.chat.title = words;
    emit dataChanged(index, index);
    emit renamed(row.chat.id, words);
    return true;
}

Qt::ItemFlags ChatRows::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    const ListedRow& row = rows_[index.row()];
    constexpr Qt::ItemFlags kReachable = Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    if (row.kind == ListedKind::Folder) return kReachable | Qt::ItemIsEditable;
    if (row.kind != ListedKind::Chat) return Qt::NoItemFlags;
    if (page_ == ChatPlace::Trash) return kReachable | Qt::ItemIsSelectable;
    return kReachable | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled;
}

} // namespace ponder::ui
