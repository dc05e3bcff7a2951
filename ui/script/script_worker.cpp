#include "ui/script/script_worker.h"

#include <QFile>
#include <QJSEngine>
#include <QLoggingCategory>

#include <malloc.h>
#include <pthread.h>

#include <condition_variable>
#include <ctime>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "ui/run_later.h"

namespace ponder::ui {

namespace {

constexpr std::chrono::milliseconds kWatchInterval{100};
// Reading the libraries again takes a tenth of a second that nobody waits for; kept, they take 12 MB.
constexpr std::chrono::seconds kIdleTime{5};
// A regular expression cannot be interrupted: who leaves does not wait for one that never ends.
constexpr std::chrono::seconds kLongestFarewell{3};

/// What the libraries expect of their surroundings. There is no `window`: they would look for a page in it.
/// The engine's `source` puts a backslash before every slash, those that have one included, so that a pattern
/// made of another one's source means something else: it is taken out again.
constexpr char kSurroundings[] = R"js(
    var globalThis = this;
    var self = this;
    (function () {
        var source = Object.getOwnPropertyDescriptor(RegExp.prototype, "source").get;
        Object.defineProperty(RegExp.prototype, "source", {
            configurable: true,
            get: function () { return source.call(this).split("\\/").join("/"); }
        });
    })();
)js";

/// What a thread has computed; on a busy machine much less than what has passed.
std::chrono::nanoseconds computed(clockid_t threadClock) {
    timespec time{};
    clock_gettime(threadClock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// The engine's memory came in small pieces, which the C library would keep.
void giveMemoryBack() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

QString errorText(const QJSValue& error) {
    return error.toString() + QStringLiteral(" (line ") + error.property("lineNumber").toString() + u')';
}

/// The engine and what it has read. Worker thread only, but for `interrupt`.
class Interpreter {
public:
    Interpreter() { engine_.evaluate(QString::fromLatin1(kSurroundings)); }

    /// An empty text when all of them have been evaluated.
    QString require(const QStringList& scripts) {
        for (const QString& script : scripts) {
            const auto known = read_.constFind(script);
            const QString error = known != read_.constEnd() ? *known : evaluate(script);
            if (engine_.isInterrupted()) return QStringLiteral("interrupted");
            read_.insert(script, error);
            if (!error.isEmpty()) return error;
        }
        return {};
    }

    ScriptAnswer run(const ScriptCall& call) {
        const QJSValue function = engine_.globalObject().property(call.function);
        if (!function.isCallable()) return {ScriptEnd::Failed, call.function + " is not a function"};
        QJSValueList arguments;
        for (const QString& argument : call.arguments) arguments.append(QJSValue(argument));
        const QJSValue result = function.call(arguments);
        if (engine_.isInterrupted()) return {ScriptEnd::TooSlow, QStringLiteral("interrupted")};
        if (result.isError()) return {ScriptEnd::Failed, errorText(result)};
        return {ScriptEnd::Done, result.toString()};
    }

    void setInterrupted(bool interrupted) { engine_.setInterrupted(interrupted); }

private:
    QString evaluate(const QString& script) {
        QFile file(script);
        if (!file.open(QIODevice::ReadOnly)) return script + ": " + file.errorString();
        const QJSValue result = engine_.evaluate(QString::fromUtf8(file.readAll()), script);
        return result.isError() ? script + ": " + errorText(result) : QString();
    }

    QJSEngine engine_;
    QHash<QString, QString> read_; // script → its error
};

} // namespace

/// The thread and what it shares with the UI thread, all of it behind one mutex. Kept alive by both: a thread
/// that does not end in time must not find it gone.
class ScriptWorker::Thread : public std::enable_shared_from_this<Thread> {
public:
    explicit Thread(ScriptWorker& owner) : owner_(&owner) {}

    void add(CallId id, ScriptCall call) {
        const std::lock_guard lock(mutex_);
        calls_.push_back({id, std::move(call)});
        if (!thread_.joinable()) thread_ = std::thread([self = shared_from_this()] { self->run(); });
        changed_.notify_all();
    }

    void remove(CallId id) {
        const std::lock_guard lock(mutex_);
        std::erase_if(calls_, [id](const Call& call) { return call.id == id; });
        if (current_ != id) return;
        current_ = 0;
        if (runningSince_) interpreter_->setInterrupted(true);
    }

    void interruptIfLongerThan(std::chrono::milliseconds limit) {
        const std::lock_guard lock(mutex_);
        if (runningSince_ && computed(clock_) - *runningSince_ > limit) interpreter_->setInterrupted(true);
    }

    void end() {
        std::unique_lock lock(mutex_);
        owner_ = nullptr;
        calls_.clear();
        if (!thread_.joinable()) return;
        if (interpreter_) interpreter_->setInterrupted(true);
        changed_.notify_all();
        const bool ended = changed_.wait_for(lock, kLongestFarewell, [this] { return ended_; });
        lock.unlock();
        if (ended)
            thread_.join();
        else
            thread_.detach();
    }

private:
    struct Call {
        CallId id = 0;
        ScriptCall call;
    };

    void run() {
        pthread_getcpuclockid(pthread_self(), &clock_);
        for (std::optional<Call> call = next(); call; call = next()) {
            const ScriptAnswer answer = perform(*call);
            const std::lock_guard lock(mutex_);
            runningSince_.reset();
            if (!owner_ || std::exchange(current_, 0) != call->id) continue;
            runLater(owner_, [owner = owner_, id = call->id, answer] { owner->answer(id, answer); });
        }
        interpreter_.reset();
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }

    /// Waits for a call; nullopt: there will be none.
    std::optional<Call> next() {
        std::unique_lock lock(mutex_);
        const auto wanted = [this] { return !owner_ || !calls_.empty(); };
        if (interpreter_ && !changed_.wait_for(lock, kIdleTime, wanted)) {
            std::unique_ptr<Interpreter> idle = std::move(interpreter_);
            lock.unlock();
            idle.reset();
            giveMemoryBack();
            lock.lock();
        }
        changed_.wait(lock, wanted);
        if (!owner_) return std::nullopt;
        Call call = std::move(calls_.front());
        calls_.pop_front();
        current_ = call.id;
        return call;
    }

    ScriptAnswer perform(const Call& call) {
        if (!interpreter_) {
            auto made = std::make_unique<Interpreter>();
            const std::lock_guard lock(mutex_);
            interpreter_ = std::move(made);
        }
        if (!beginUninterrupted(call.id)) return {};
        // Ours or a package's, and read once: that takes the time it takes.
        const QString error = interpreter_->require(call.call.scripts);
        if (!error.isEmpty()) return {ScriptEnd::Failed, error};
        {
            const std::lock_guard lock(mutex_);
            if (current_ != call.id) return {};
            runningSince_ = computed(clock_);
        }
        return interpreter_->run(call.call);
    }

    bool beginUninterrupted(CallId id) {
        const std::lock_guard lock(mutex_);
        if (!owner_ || current_ != id) return false;
        interpreter_->setInterrupted(false);
        return true;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Call> calls_;
    CallId current_ = 0; // 0 too where it has been cancelled
    clockid_t clock_ = CLOCK_MONOTONIC;
    std::optional<std::chrono::nanoseconds> runningSince_; // of its clock
    ScriptWorker* owner_;                                  // null when it is gone
    bool ended_ = false;
    std::thread thread_;
    std::unique_ptr<Interpreter> interpreter_; // replaced under the mutex, used by the thread
};

ScriptWorker::ScriptWorker(std::chrono::milliseconds timeLimit, QObject* parent)
    : QObject(parent), timeLimit_(timeLimit), thread_(std::make_shared<Thread>(*this)) {
    // It reports on the style of scripts that are not ours.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.qml.compiler=false"));
    watch_.setInterval(std::min(kWatchInterval, timeLimit));
    connect(&watch_, &QTimer::timeout, this, [this] { thread_->interruptIfLongerThan(timeLimit_); });
}

ScriptWorker::~ScriptWorker() {
    thread_->end();
}

ScriptWorker::CallId ScriptWorker::call(ScriptCall call, QObject* receiver, Answered answered) {
    const CallId id = ++lastId_;
    waiting_.insert(id, {receiver, std::move(answered)});
    thread_->add(id, std::move(call));
    watch_.start();
    return id;
}

void ScriptWorker::cancel(CallId id) {
    if (waiting_.remove(id) > 0) thread_->remove(id);
    if (waiting_.isEmpty()) watch_.stop();
}

void ScriptWorker::answer(CallId id, const ScriptAnswer& answer) {
    if (!waiting_.contains(id)) return;
    const Waiting waiting = waiting_.take(id);
    if (waiting_.isEmpty()) watch_.stop();
    if (waiting.receiver) waiting.answered(answer);
}

} // namespace ponder::ui
