#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>

#include <QObject>

namespace ponder::app {

/// Notices when an answer that a person may have stopped waiting for has ended. Window's thread.
class AnswerWatch : public QObject {
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds kLong{10};

    /// The chats that are being answered at this moment.
    void take(const std::set<std::string>& chats) { takeAt(chats, Clock::now()); }
    void takeAt(const std::set<std::string>& chats, Clock::time_point now);

signals:
    void longAnswerEnded(const std::string& chat);

private:
    std::map<std::string, Clock::time_point> begun_;
};

} // namespace ponder::app
