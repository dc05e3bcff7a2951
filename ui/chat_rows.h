#pragma once

#include "ui/sidebar.h"

#include <QAbstractListModel>
#include <QDate>

#include <vector>

namespace ponder::ui {

/// The sidebar's rows: headings and the chats under them, newest first, pinned ones on top. A change of the
/// chats becomes the fewest changes of rows, so that a rename in progress and the keyboard's place survive
/// it.
class ChatRows : public QAbstractListModel {
    Q_OBJECT
public:
    enum RowRole { Id = Qt::UserRole, IsHeading, IsPinned, IsGenerating, IsOpen };

    explicit ChatRows(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    void setChats(std::vector<ChatRow> chats, const QDate& today);
    /// The day has changed: the headings may be others.
    void setToday(const QDate& today) { setChats(chats_, today); }
    void setOpenChat(const QString& id);
    QString openChat() const { return open_; }

    QModelIndex indexOf(const QString& id) const;
    const ChatRow* chat(const QModelIndex& index) const;
    bool hasChats() const { return !chats_.empty(); }
    bool isGenerating() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void renamed(const QString& id, const QString& title);

private:
    struct Row {
        QString heading; ///< empty: a chat
        ChatRow chat;
        QString key() const { return heading.isEmpty() ? "c" + chat.id : "h" + heading; }
        bool operator==(const Row&) const = default;
    };

    void changeTo(std::vector<Row> wanted);

    std::vector<ChatRow> chats_;
    std::vector<Row> rows_;
    QString open_;
};

} // namespace ponder::ui
