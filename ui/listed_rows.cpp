#include "ui/listed_rows.h"

#include "ui/chat_groups.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr QChar kFolderMark('/');

/// Chats with the time they are sorted by: a QDateTime is too slow to be asked in every comparison.
struct Dated {
    qint64 milliseconds;
    const ChatRow* chat;
};
using DatedChats = std::vector<Dated>;

DatedChats newestFirst(const std::vector<ChatRow>& chats, ChatPlace page) {
    DatedChats dated;
    dated.reserve(chats.size());
    for (const ChatRow& chat : chats) {
        if (chat.place != page) continue;
        const QDateTime& time = page == ChatPlace::Trash ? chat.placed : chat.updated;
        dated.push_back({time.toMSecsSinceEpoch(), &chat});
    }
    std::stable_sort(dated.begin(), dated.end(),
                     [](const Dated& a, const Dated& b) { return a.milliseconds > b.milliseconds; });
    return dated;
}

class Lines {
public:
    explicit Lines(std::size_t count) { rows_.reserve(count); }

    void addHeading(ListedKind kind, const QString& words, const QString& group) {
        ListedRow row;
        row.kind = kind;
        row.key = "h " + words;
        row.heading = words;
        row.group = group;
        rows_.push_back(std::move(row));
    }

    void addFolder(const FolderRow& folder, int count) {
        ListedRow row;
        row.kind = ListedKind::Folder;
        row.key = folderKey(folder.name);
        row.heading = folder.name;
        row.group = folderGroup(folder.name);
        row.count = count;
        row.collapsed = folder.collapsed;
        rows_.push_back(std::move(row));
    }

    void addChats(const DatedChats& chats, const QString& group) {
        for (const Dated& dated : chats) addChat(*dated.chat, group);
    }

    /// Newest first, under their days.
    void addByDay(const DatedChats& chats, const QDate& today) {
        qint64 begin = 0;
        QString heading;
        for (const Dated& dated : chats) {
            if (heading.isEmpty() || dated.milliseconds < begin) {
                // Only the first chat of a group is asked for its day, which is slow.
                const QDate day = QDateTime::fromMSecsSinceEpoch(dated.milliseconds).date();
                begin = firstDay(day, today).startOfDay().toMSecsSinceEpoch();
                const QString next = chatGroup(day, today);
                if (next != heading) addHeading(ListedKind::Heading, next, looseGroup());
                heading = next;
            }
            addChat(*dated.chat, looseGroup());
        }
    }

    std::vector<ListedRow> take() { return std::move(rows_); }

private:
    void addChat(const ChatRow& chat, const QString& group) {
        ListedRow row;
        row.key = chat.id;
        row.group = group;
        row.chat = chat;
        rows_.push_back(std::move(row));
    }

    /// The first day that stands under the same heading.
    static QDate firstDay(const QDate& day, const QDate& today) {
        const qint64 age = day.daysTo(today);
        if (age <= 0) return today;
        if (age == 1) return day;
        if (age <= 7) return today.addDays(-7);
        return {day.year(), day.month(), 1};
    }

    std::vector<ListedRow> rows_;
};

} // namespace

QString pinnedGroup() {
    return QStringLiteral("pinned");
}
QString looseGroup() {
    return QStringLiteral("loose");
}
QString folderGroup(const QString& folder) {
    return kFolderMark + folder;
}
QString folderKey(const QString& folder) {
    return "f " + folder; // no chat's id has a space
}
QString folderOfGroup(const QString& group) {
    return group.startsWith(kFolderMark) ? group.mid(1) : QString();
}

std::vector<ListedRow> listRows(const std::vector<ChatRow>& chats, const std::vector<FolderRow>& folders,
                                ChatPlace page, PinnedHeading pinnedHeading, const QDate& today) {
    const DatedChats sorted = newestFirst(chats, page);
    Lines lines(sorted.size() + folders.size() + 16);
    if (page == ChatPlace::Trash) lines.addChats(sorted, {});
    if (page == ChatPlace::Archive) lines.addByDay(sorted, today);
    if (page != ChatPlace::List) return lines.take();

    QHash<QString, int> numberOf;
    for (const FolderRow& folder : folders) numberOf.insert(folder.name, int(numberOf.size()));
    DatedChats pinned;
    DatedChats loose;
    std::vector<DatedChats> kept(folders.size());
    for (const Dated& dated : sorted) {
        const int folder = dated.chat->folder.isEmpty() ? -1 : numberOf.value(dated.chat->folder, -1);
        DatedChats& group = dated.chat->pinned ? pinned : folder < 0 ? loose : kept[std::size_t(folder)];
        group.push_back(dated);
    }
    if (!pinned.empty() || pinnedHeading == PinnedHeading::Always)
        lines.addHeading(ListedKind::Pinned, QCoreApplication::translate("ponder::ui::Sidebar", "Pinned"),
                         pinnedGroup());
    lines.addChats(pinned, pinnedGroup());
    for (std::size_t i = 0; i < folders.size(); ++i) {
        lines.addFolder(folders[i], int(kept[i].size()));
        if (!folders[i].collapsed) lines.addChats(kept[i], folderGroup(folders[i].name));
    }
    lines.addByDay(loose, today);
    return lines.take();
}

} // namespace ponder::ui
