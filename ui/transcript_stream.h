#pragma once

#include "ui/message_content.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace ponder::ui {

class TranscriptLayout;

/// Lets the last message of the layout grow while an answer is written: collects text, lays it out at most
/// once a frame and less often where that is costly, and counts how long thoughts take.
class TranscriptStream : public QObject {
    Q_OBJECT
public:
    TranscriptStream(TranscriptLayout& layout, QObject* parent);

    /// The last message is in state Streaming, or no more.
    bool isRunning() const;
    void begin();
    void append(PartKind part, const QString& text);
    void finish(const AnswerEnd& end);
    /// Nothing streams here any more; its text stays as it is.
    void abandon();
    /// What showing the last frame took besides laying it out.
    void addCost(double milliseconds) { cost_ += milliseconds; }

signals:
    void grown(); ///< the layout has changed

private:
    MessageContent& content();
    void flush();
    void schedule();
    int interval();
    void startClock();
    void stopClock();
    void readClock();

    TranscriptLayout& layout_;
    QTimer flushTimer_;
    QTimer secondTimer_;
    QElapsedTimer sinceFlush_;
    QElapsedTimer thinking_;
    std::chrono::milliseconds thoughtBefore_{0};
    double cost_ = 0; ///< of the last frame, ms
};

} // namespace ponder::ui
