#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace ponder::app {

/// SIGTERM, SIGINT and SIGHUP as a signal in the window's thread, so that the program can save and end in
/// order. One object at a time; the signals are the system's again when it goes.
class QuitSignals : public QObject {
    Q_OBJECT
public:
    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;

signals:
    void quitAsked();

private:
    int pipe_[2] = {-1, -1};
    QSocketNotifier* arrived_ = nullptr;
};

} // namespace ponder::app
