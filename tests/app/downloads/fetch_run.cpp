#include "tests/app/downloads/fetch_run.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <utility>

#include "tests/places.h"

namespace ponder::app {

FetchRun::FetchRun(const FetchRequest& request, const std::map<std::string, std::string>& environment)
    : FetchRun(toLine(request), environment) {}

FetchRun::FetchRun(const std::string& input, const std::map<std::string, std::string>& environment) {
    start(environment);
    write(input);
}

FetchRun::~FetchRun() {
    closeInput();
    if (process_ > 0) kill();
    if (output_ >= 0) ::close(output_);
}

void FetchRun::start(const std::map<std::string, std::string>& environment) {
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(input[0], STDIN_FILENO);
        ::dup2(output[1], STDOUT_FILENO);
        for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
        ::execl(PONDER_BINARY_DIR "/bin/ponder-fetch", "ponder-fetch", nullptr);
        ::_exit(127);
    }
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    output_ = output[0];
}

void FetchRun::write(const std::string& text) {
    std::signal(SIGPIPE, SIG_IGN);
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t size = ::write(input_, text.data() + at, text.size() - at);
        if (size <= 0) return;
        at += static_cast<std::size_t>(size);
    }
}

void FetchRun::say(const FetchRequest& request) {
    write(toLine(request));
}

void FetchRun::closeInput() {
    if (input_ >= 0) ::close(std::exchange(input_, -1));
}

std::optional<FetchEvent> FetchRun::next() {
    std::size_t end = 0;
    while ((end = pending_.find('\n')) == std::string::npos) {
        std::array<char, 65'536> bytes{};
        const ssize_t size = ::read(output_, bytes.data(), bytes.size());
        if (size <= 0) return std::nullopt;
        pending_.append(bytes.data(), static_cast<std::size_t>(size));
    }
    const auto event = parseFetchEvent(std::string_view(pending_).substr(0, end));
    if (!event) throw std::runtime_error("ponder-fetch said: " + pending_.substr(0, end));
    pending_.erase(0, end + 1);
    events_.push_back(*event);
    return event;
}

FetchEvent FetchRun::finish() {
    while (next()) {
    }
    wait();
    if (events_.empty()) throw std::runtime_error("ponder-fetch said nothing");
    return events_.back();
}

void FetchRun::kill() {
    ::kill(process_, SIGKILL);
    wait();
}

void FetchRun::wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    killed_ = WIFSIGNALED(status);
    exitCode_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace ponder::app
