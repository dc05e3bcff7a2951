#include "app/fetch/control.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "app/fetch/fetch_failure.h"

namespace ponder::fetch {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBetweenProgress{200};

volatile std::sig_atomic_t terminationAsked = 0;

extern "C" void onTermination(int) {
    terminationAsked = 1;
}

bool inputWithin(std::chrono::milliseconds time) {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    return ::poll(&input, 1, static_cast<int>(time.count())) > 0;
}

} // namespace

int Control::handle() {
    return STDIN_FILENO;
}

void Control::setSignals() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGINT, SIG_IGN);
    struct sigaction action {};
    action.sa_handler = onTermination;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, nullptr);
}

bool Control::readMore() {
    std::array<char, 65'536> bytes{};
    const ssize_t size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size < 0) return errno == EINTR || errno == EAGAIN;
    input_.append(bytes.data(), static_cast<std::size_t>(size));
    return size > 0 && input_.size() <= app::kLongestFetchLine;
}

app::FetchRequest Control::first() {
    std::size_t end = std::string::npos;
    while ((end = input_.find('\n')) == std::string::npos) {
        if (terminationAsked || !readMore()) fail(app::ProblemKind::BadRequest);
    }
    const auto request = app::parseFetchRequest(std::string_view(input_).substr(0, end));
    input_.erase(0, end + 1);
    if (!request) fail(app::ProblemKind::BadRequest);
    return *request;
}

void Control::obey(std::string_view line) {
    const auto request = app::parseFetchRequest(line);
    if (!request) return;
    if (const auto* speed = std::get_if<app::SpeedRequest>(&*request))
        bytesPerSecond_ = speed->bytesPerSecond;
    if (std::holds_alternative<app::PauseRequest>(*request)) pauseAsked_ = true;
}

void Control::check() {
    if (!pauseAsked_ && inputWithin(std::chrono::milliseconds(0)) && !readMore()) pauseAsked_ = true;
    std::size_t end = 0;
    while ((end = input_.find('\n')) != std::string::npos) {
        obey(std::string_view(input_).substr(0, end));
        input_.erase(0, end + 1);
    }
    if (pauseAsked_ || terminationAsked) throw PauseAsked();
}

void Control::wait(std::chrono::milliseconds time) {
    const Clock::time_point end = Clock::now() + time;
    check();
    while (Clock::now() < end) {
        inputWithin(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()));
        check();
    }
}

void Control::tell(const app::FetchEvent& event) {
    const std::string line = app::toLine(event);
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            pauseAsked_ = true; // nobody listens any more
            return;
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Control::tellProgress(const app::ProgressEvent& progress) {
    const Clock::time_point now = Clock::now();
    const bool isLast = progress.doneBytes == progress.totalBytes;
    if (progress.phase == lastPhase_ && !isLast && now - lastProgress_ < kBetweenProgress) return;
    lastPhase_ = progress.phase;
    lastProgress_ = now;
    tell(progress);
}

} // namespace ponder::fetch
