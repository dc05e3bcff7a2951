#pragma once

#include <filesystem>
#include <optional>

#include <QObject>
#include <QString>

#include "app/file_lock.h"
#include "app/paths.h"

namespace ponder::app {

enum class WindowClaim {
    First,      ///< this process may open its window; later ones report to it
    HandedOver, ///< another window has these chats open and has been asked to come to the front
    NoAnswer,   ///< another window has these chats open and does not react
};

/// One window for one data folder. The lock is the system's, so a crash leaves nothing behind that has to be
/// cleared away. Window's thread.
class SingleWindow : public QObject {
    Q_OBJECT
public:
    explicit SingleWindow(Paths paths, QObject* parent = nullptr);
    ~SingleWindow() override;

    static constexpr const char* kNewChat = "new-chat"; // no path: those are absolute

    /// `modelFile` goes to the window that is open already, empty: none; kNewChat asks it for a new chat.
    /// Where the data folder cannot be written there is nothing to guard, and the claim is granted.
    WindowClaim claim(const std::string& modelFile);

signals:
    /// Another start asked for the window; with a model file, unless empty.
    void asked(const QString& modelFile);
    void newChatAsked();

private:
    void listen();
    void receive();
    bool tell(const std::string& modelFile) const;

    Paths paths_;
    std::optional<FileLock> lock_;
    int socket_ = -1;
};

} // namespace ponder::app
