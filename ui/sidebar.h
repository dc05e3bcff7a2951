#pragma once

#include <QDateTime>
#include <QString>
#include <QWidget>

#include <vector>

namespace ponder::ui {

class Theme;

/// One chat as the sidebar shows it.
struct ChatRow {
    QString id;
    QString title;
    QDateTime updated;
    bool pinned = false;
    bool generating = false; ///< a small dot moves while this chat is being answered

    bool operator==(const ChatRow&) const = default;
};

/// The list of chats, grouped by day, and what can be done with one: open, rename in place, pin, delete with undo.
/// It changes nothing itself: it emits the wish and shows the rows it is given back. UI thread only.
class Sidebar : public QWidget {
    Q_OBJECT
public:
    explicit Sidebar(Theme& theme, QWidget* parent = nullptr);
    ~Sidebar() override;

    /// Chats in any order; they are grouped and sorted newest first. Keeps selection, scroll position and a rename
    /// in progress.
    void setChats(std::vector<ChatRow> chats);
    /// Marks the open chat; an empty id marks none (a new chat that has no message yet).
    void setCurrentChat(const QString& id);
    QString currentChat() const;

    /// "Deleted “title”. Undo" for eight seconds.
    void showUndo(const QString& id, const QString& title);
    void hideUndo();

public slots:
    void renameCurrent();
    void deleteCurrent();

signals:
    void newChatRequested();
    void chatSelected(const QString& id);
    void renameRequested(const QString& id, const QString& title);
    void pinRequested(const QString& id, bool pinned);
    void deleteRequested(const QString& id);
    void undoDeleteRequested(const QString& id);
    /// The undo bar went away: the chat may be purged now.
    void undoExpired(const QString& id);
};

} // namespace ponder::ui
