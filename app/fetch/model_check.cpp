#include "app/fetch/model_check.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "app/fetch/fetch_failure.h"
#include "engine/engine.h"

namespace ponder::fetch {

namespace {

constexpr rlim_t kMostSeconds = 60;
constexpr std::size_t kLongestAnswer = 4096;

struct Pipe {
    OwnedFile reading;
    OwnedFile writing;
};

Pipe makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) failWithSystemReason(errno);
    return {OwnedFile(ends[0]), OwnedFile(ends[1])};
}

std::string readToEnd(int file, std::size_t limit) {
    std::string text;
    std::array<char, 4096> bytes{};
    while (text.size() < limit) {
        const ssize_t size = ::read(file, bytes.data(), bytes.size());
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) break;
        text.append(bytes.data(), static_cast<std::size_t>(size));
    }
    return text;
}

void writeAll(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t size = ::write(file, text.data(), text.size());
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(size));
    }
}

void limit(__rlimit_resource_t what, rlim_t most) {
    const rlimit limits{most, most};
    ::setrlimit(what, &limits);
}

std::string inspect(const std::string& path) {
    try {
        engine::inspectModel(path);
        return "+";
    } catch (const std::exception& error) {
        return std::string("-") + error.what();
    }
}

/// The child's life: it waits for a path, answers with "+" or "-" and a sentence, and ends.
[[noreturn]] void answerOneQuestion(const std::string& readableFolder, int question, int answer) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Ponder's line belongs to the parent alone.
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(nothing, STDOUT_FILENO);
    limit(RLIMIT_CPU, kMostSeconds);
    limit(RLIMIT_CORE, 0);
    engine::confineThisProcess({readableFolder});
    const std::string path = readToEnd(question, 8192);
    if (!path.empty()) writeAll(answer, inspect(path).substr(0, kLongestAnswer));
    ::_exit(0);
}

} // namespace

ModelCheck::ModelCheck(const std::string& readableFolder) {
    Pipe question = makePipe();
    Pipe answer = makePipe();
    child_ = ::fork();
    if (child_ < 0) failWithSystemReason(errno);
    if (child_ == 0) {
        question.writing.close();
        answer.reading.close();
        answerOneQuestion(readableFolder, question.reading.number(), answer.writing.number());
    }
    question_ = std::move(question.writing);
    answer_ = std::move(answer.reading);
}

ModelCheck::~ModelCheck() {
    question_.close();
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
}

std::string ModelCheck::problemOf(const std::string& path) {
    writeAll(question_.number(), path);
    question_.close();
    const std::string answer = readToEnd(answer_.number(), kLongestAnswer + 1);
    if (answer == "+") return {};
    if (answer.starts_with("-") && answer.size() > 1) return answer.substr(1);
    return "The file could not be looked at without harm.";
}

} // namespace ponder::fetch
