#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <QObject>
#include <QString>
#include <QTimer>

#include "app/conversation.h"
#include "app/store_thread.h"
#include "ui/main_window.h"

namespace ponder::app {

/// Hands what changes in chats to the store. What the disk refuses stays here, is tried again as a whole
/// every few seconds or when a person asks for it, and the window says meanwhile what is the matter. Window's
/// thread.
class ChatSaver : public QObject {
    Q_OBJECT
public:
    ChatSaver(StoreThread& store, ui::MainWindow& window);

    /// `then` follows when the change is on the disk, or when the disk has refused it. Of a temporary chat
    /// nothing is saved.
    void save(std::shared_ptr<Conversation> chat, std::vector<Turn> turns, std::vector<BranchChoice> choices,
              std::function<void()> then = {});
    void saveAgain();
    /// The chat as the disk refused it; null: what the disk holds is all there is.
    std::shared_ptr<Conversation> refused(const std::string& chat) const;
    /// Ids of the chats that wait for that.
    std::set<std::string> refused() const;

private:
    void saved(const std::string& chat);
    void showTrouble(const QString& message);

    StoreThread& store_;
    ui::MainWindow& window_;
    std::map<std::string, std::shared_ptr<Conversation>> refused_;
    QString trouble_; // what the window says of the store at this moment
    QTimer retry_;
};

} // namespace ponder::app
