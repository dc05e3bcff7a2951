#include "app/quit_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace ponder::app {

namespace {

constexpr int kSignals[] = {SIGTERM, SIGINT, SIGHUP};

// A signal handler may do little more than write to a pipe.
volatile std::sig_atomic_t signalPipe = -1;

extern "C" void onQuitSignal(int) {
    const int savedError = errno;
    const char byte = 'q';
    const ssize_t ignored = ::write(signalPipe, &byte, 1);
    static_cast<void>(ignored);
    errno = savedError;
}

} // namespace

QuitSignals::QuitSignals(QObject* parent) : QObject(parent) {
    if (::pipe2(pipe_, O_CLOEXEC | O_NONBLOCK) != 0) return; // then they end the program as they always did
    signalPipe = pipe_[1];
    arrived_ = new QSocketNotifier(pipe_[0], QSocketNotifier::Read, this);
    connect(arrived_, &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        const ssize_t ignored = ::read(pipe_[0], bytes, sizeof bytes);
        static_cast<void>(ignored);
        emit quitAsked();
    });
    struct sigaction action {};
    action.sa_handler = onQuitSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : kSignals) sigaction(signal, &action, nullptr);
}

QuitSignals::~QuitSignals() {
    if (!arrived_) return;
    for (const int signal : kSignals) std::signal(signal, SIG_DFL);
    delete arrived_;
    ::close(pipe_[0]);
    ::close(pipe_[1]);
}

} // namespace ponder::app
