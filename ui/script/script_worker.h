#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace ponder::ui {

/// A call of a function that a script defines; values only.
struct ScriptCall {
    QStringList scripts; ///< files that must have been evaluated before, in this order; ":/scripts/…" mostly
    QString function;    ///< its global name
    QStringList arguments; ///< JSON where a text is not enough
};

enum class ScriptEnd {
    Done,
    Failed, ///< it threw, or one of its scripts is broken
    TooSlow ///< interrupted
};

struct ScriptAnswer {
    ScriptEnd end = ScriptEnd::Done;
    QString text; ///< what the function returned, or why there is nothing
};

/// Runs JavaScript (Prism, KaTeX) on a thread of its own, one call after the other. The thread begins with
/// the first call and gives its engine back after a while without one, so that who shows no code pays
/// nothing. UI thread only; answers come on it too.
class ScriptWorker : public QObject {
    Q_OBJECT
public:
    using CallId = quint64;
    using Answered = std::function<void(const ScriptAnswer&)>;

    static constexpr std::chrono::milliseconds kTimeLimit{2000};

    /// `timeLimit`: what a call may compute; waiting for the processor does not count.
    explicit ScriptWorker(std::chrono::milliseconds timeLimit = kTimeLimit, QObject* parent = nullptr);
    /// Interrupts what runs; nothing is answered any more.
    ~ScriptWorker() override;

    /// Answers unless `receiver` is gone by then or the call has been cancelled.
    CallId call(ScriptCall call, QObject* receiver, Answered answered);
    /// Nobody wants the answer any more: it is not begun, or interrupted.
    void cancel(CallId id);
    /// Nothing is asked that has not been answered.
    bool isIdle() const { return waiting_.isEmpty(); }

private:
    struct Waiting {
        QPointer<QObject> receiver;
        Answered answered;
    };
    class Thread;

    void answer(CallId id, const ScriptAnswer& answer);

    std::chrono::milliseconds timeLimit_;
    QHash<CallId, Waiting> waiting_;
    CallId lastId_ = 0;
    QTimer watch_;
    std::shared_ptr<Thread> thread_;
};

} // namespace ponder::ui
