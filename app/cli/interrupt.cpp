#include "app/cli/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "engine/engine.h"

namespace ponder::app {

namespace {

// A signal handler may do little more than write to a pipe; request_stop runs callbacks and is not for it.
volatile std::sig_atomic_t signalPipe = -1;
volatile std::sig_atomic_t signalCount = 0;

constexpr char kInterrupted = 'i';
constexpr char kDone = 'd';

extern "C" void onInterrupt(int) {
    const int savedError = errno;
    signalCount = signalCount + 1;
    if (signalCount > 1) _exit(130);
    const ssize_t ignored = ::write(signalPipe, &kInterrupted, 1);
    static_cast<void>(ignored);
    errno = savedError;
}

} // namespace

InterruptStop::InterruptStop() {
    if (::pipe2(pipe_, O_CLOEXEC) != 0)
        throw engine::Error(std::string("No pipe could be opened (") + std::strerror(errno) +
                            "). Close other programs and try again.");
    signalPipe = pipe_[1];
    signalCount = 0;
    watcher_ = std::thread([this] {
        char what = 0;
        while (::read(pipe_[0], &what, 1) < 0 && errno == EINTR) {
        }
        if (what == kInterrupted) stop_.request_stop();
    });
    struct sigaction action {};
    action.sa_handler = onInterrupt;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
}

InterruptStop::~InterruptStop() {
    std::signal(SIGINT, SIG_DFL);
    const ssize_t ignored = ::write(pipe_[1], &kDone, 1);
    static_cast<void>(ignored);
    watcher_.join();
    ::close(pipe_[0]);
    ::close(pipe_[1]);
}

} // namespace ponder::app
