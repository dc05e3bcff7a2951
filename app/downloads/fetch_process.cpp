#include "app/downloads/fetch_process.h"

#include <utility>

#include "app/paths.h"

namespace ponder::app {

namespace {

constexpr int kPatienceMilliseconds = 5000;
constexpr int kLeaveMilliseconds = 1000;

FetchEvent failedWith(ProblemKind kind) {
    return FailedEvent{{.kind = kind, .host = {}, .detail = {}, .amount = 0}};
}

} // namespace

QString fetchProgram() {
    return QString::fromStdString((programFolder() / "ponder-fetch").string());
}

bool FetchProcess::isLast(const FetchEvent& event) {
    return std::holds_alternative<ListedEvent>(event) || std::holds_alternative<DoneEvent>(event) ||
           std::holds_alternative<PausedEvent>(event) || std::holds_alternative<DiscardedEvent>(event) ||
           std::holds_alternative<FailedEvent>(event);
}

FetchProcess::FetchProcess(const QString& program, FetchRequest request, Handler handler, QObject* parent)
    : QObject(parent), request_(std::move(request)), handler_(std::move(handler)) {
    process_.setProgram(program);
    process_.setStandardErrorFile(QProcess::nullDevice());
    patience_.setSingleShot(true);
    patience_.setInterval(kPatienceMilliseconds);
    connect(&patience_, &QTimer::timeout, &process_, &QProcess::kill);
    connect(&process_, &QProcess::readyReadStandardOutput, this, &FetchProcess::read);
    connect(&process_, &QProcess::finished, this, &FetchProcess::end);
    connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart) return;
        last_ = failedWith(ProblemKind::FetcherMissing);
        end();
    });
    QTimer::singleShot(0, this, &FetchProcess::start);
}

FetchProcess::~FetchProcess() {
    process_.disconnect(this);
    if (process_.state() == QProcess::NotRunning) return;
    process_.closeWriteChannel();
    if (process_.waitForFinished(kLeaveMilliseconds)) return;
    process_.kill();
    process_.waitForFinished(kLeaveMilliseconds);
}

void FetchProcess::start() {
    if (last_) return end(); // paused before it began
    process_.start();
    process_.write(QByteArray::fromStdString(toLine(request_)));
}

void FetchProcess::setSpeed(std::uint64_t bytesPerSecond) {
    if (process_.state() == QProcess::Running)
        process_.write(QByteArray::fromStdString(toLine(FetchRequest(SpeedRequest{bytesPerSecond}))));
}

void FetchProcess::pause() {
    if (process_.state() == QProcess::NotRunning) {
        if (!ended_) last_ = PausedEvent{};
        return;
    }
    process_.write(QByteArray::fromStdString(toLine(FetchRequest(PauseRequest{}))));
    pauseAsked_ = true;
    patience_.start();
}

void FetchProcess::read() {
    input_ += process_.readAllStandardOutput();
    qsizetype begin = 0;
    for (qsizetype end = 0; (end = input_.indexOf('\n', begin)) >= 0; begin = end + 1)
        take(std::string_view(input_.constData() + begin, static_cast<std::size_t>(end - begin)));
    input_.remove(0, begin);
    if (input_.size() > static_cast<qsizetype>(kLongestFetchLine)) {
        last_ = failedWith(ProblemKind::FetcherEnded);
        input_.clear();
        process_.kill();
    }
}

void FetchProcess::take(std::string_view line) {
    if (last_) return;
    const auto event = parseFetchEvent(line);
    if (!event) {
        last_ = failedWith(ProblemKind::FetcherEnded);
        process_.kill();
    } else if (isLast(*event)) {
        last_ = event;
        patience_.start();
    } else {
        handler_(*event);
    }
}

void FetchProcess::end() {
    if (std::exchange(ended_, true)) return;
    if (process_.isReadable()) read();
    patience_.stop();
    // One that hangs in a question to the network is killed; what it has confirmed stays all the same.
    handler_(last_.value_or(pauseAsked_ ? FetchEvent(PausedEvent{}) : failedWith(ProblemKind::FetcherEnded)));
}

} // namespace ponder::app
