#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QProcess>
#include <QTimer>

#include "app/downloads/fetch_protocol.h"

namespace ponder::app {

/// One run of ponder-fetch. What it says is not believed: lines are bounded and parsed, and one that makes no
/// sense ends it. Window's thread; nothing here waits.
class FetchProcess : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<void(const FetchEvent&)>;

    /// Starts `program` with `request` at the next turn of the event loop. `handler` gets what it says; the
    /// last event, and only the last, is one of isLast's and comes when the program has ended.
    FetchProcess(const QString& program, FetchRequest request, Handler handler, QObject* parent);
    /// Asks a running program to pause and waits a moment for it.
    ~FetchProcess() override;

    void setSpeed(std::uint64_t bytesPerSecond);
    /// The program keeps what it has and ends.
    void pause();

    static bool isLast(const FetchEvent& event);

private:
    void start();
    void read();
    void take(std::string_view line);
    void end();

    QProcess process_;
    QTimer patience_; // with a program that was asked to end
    FetchRequest request_;
    Handler handler_;
    QByteArray input_;
    std::optional<FetchEvent> last_;
    bool pauseAsked_ = false;
    bool ended_ = false;
};

/// The program beside the running one.
QString fetchProgram();

} // namespace ponder::app
