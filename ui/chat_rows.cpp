#include "ui/chat_rows.h"

#include "ui/chat_groups.h"

#include <QSet>

#include <algorithm>

namespace ponder::ui {

void ChatRows::setChats(std::vector<ChatRow> chats, const QDate& today) {
    chats_ = std::move(chats);
    std::stable_sort(chats_.begin(), chats_.end(), [](const ChatRow& first, const ChatRow& second) {
        if (first.pinned != second.pinned) return first.pinned;
        return first.updated > second.updated;
    });
    std::vector<Row> wanted;
    QString group;
    for (const ChatRow& chat : chats_) {
        const QString heading =
            chat.pinned ? tr("Pinned") : chatGroup(chat.updated.toLocalTime().date(), today);
        if (heading != group) wanted.push_back({.heading = heading, .chat = {}});
        group = heading;
        wanted.push_back({.heading = {}, .chat = chat});
    }
    changeTo(std::move(wanted));
}

void ChatRows::changeTo(std::vector<Row> wanted) {
    QSet<QString> staying;
    for (const Row& row : wanted) staying.insert(row.key());
    for (int i = int(rows_.size()) - 1; i >= 0; --i) {
        if (staying.contains(rows_[i].key())) continue;
        beginRemoveRows({}, i, i);
        rows_.erase(rows_.begin() + i);
        endRemoveRows();
    }
    for (int i = 0; i < int(wanted.size()); ++i) {
        const QString key = wanted[i].key();
        const auto here = rows_.begin() + qMin(i, int(rows_.size()));
        const auto found = std::find_if(here, rows_.end(), [&](const Row& row) { return row.key() == key; });
        if (found == rows_.end()) {
            beginInsertRows({}, i, i);
            rows_.insert(here, wanted[i]);
            endInsertRows();
            continue;
        }
        if (found != here) {
            beginMoveRows({}, int(found - rows_.begin()), int(found - rows_.begin()), {}, i);
            std::rotate(here, found, found + 1);
            endMoveRows();
        }
        if (rows_[i] == wanted[i]) continue;
        rows_[i] = wanted[i];
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

QModelIndex ChatRows::indexOf(const QString& id) const {
    if (id.isEmpty()) return {};
    const auto found =
        std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.chat.id == id; });
    return found == rows_.end() ? QModelIndex() : index(int(found - rows_.begin()));
}

const ChatRow* ChatRows::chat(const QModelIndex& index) const {
    if (!index.isValid() || !rows_[index.row()].heading.isEmpty()) return nullptr;
    return &rows_[index.row()].chat;
}

bool ChatRows::isGenerating() const {
    return std::any_of(chats_.begin(), chats_.end(), [](const ChatRow& chat) { return chat.generating; });
}

int ChatRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant ChatRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Row& row = rows_[index.row()];
    const bool isHeading = !row.heading.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return isHeading ? row.heading : row.chat.title;
    case Qt::AccessibleTextRole: {
        if (isHeading) return row.heading;
        QString text = row.chat.title;
        if (row.chat.id == open_) text += tr(", open");
        if (row.chat.generating) text += tr(", being answered");
        return text;
    }
    case Id:
        return row.chat.id;
    case IsHeading:
        return isHeading;
    case IsPinned:
        return row.chat.pinned;
    case IsGenerating:
        return row.chat.generating;
    case IsOpen:
        return !isHeading && row.chat.id == open_;
    default:
        return {};
    }
}

bool ChatRows::setData(const QModelIndex& index, const QVariant& value, int role) {
    const ChatRow* renamedChat = chat(index);
    if (!renamedChat || role != Qt::EditRole) return false;
    const QString title = value.toString().simplified();
    if (title.isEmpty() || title == renamedChat->title) return false;
    const QString id = renamedChat->id;
    // Shown at once; the receiver's rows say the same soon after.
    rows_[index.row()].chat.title = title;
    emit dataChanged(index, index);
    emit renamed(id, title);
    return true;
}

Qt::ItemFlags ChatRows::flags(const QModelIndex& index) const {
    if (!chat(index)) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

} // namespace ponder::ui
