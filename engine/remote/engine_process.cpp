#include "engine/remote/engine_process.h"

#include "engine/support/error.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace ponder::engine {

namespace {

/// posix_spawn's two attribute objects, freed together.
class SpawnPlan {
public:
    SpawnPlan() {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
    }
    ~SpawnPlan() {
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&actions);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
};

/// Returns errno; the new process in `process`.
int spawn(const std::string& program, int socket, pid_t& process) {
    const FileDescriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!null.open()) return errno;
    SpawnPlan plan;
    ::posix_spawn_file_actions_adddup2(&plan.actions, socket, 3);
    ::posix_spawn_file_actions_adddup2(&plan.actions, null.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&plan.actions, null.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&plan.actions, 4);

    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&plan.attributes, &none);
    ::posix_spawnattr_setsigdefault(&plan.attributes, &all);
    ::posix_spawnattr_setpgroup(&plan.attributes, 0);
    ::posix_spawnattr_setflags(&plan.attributes,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

    std::string name = program;
    std::array<char*, 2> arguments{name.data(), nullptr};
    return ::posix_spawn(&process, program.c_str(), &plan.actions, &plan.attributes, arguments.data(),
                         environ);
}

/// The engine holds most of the memory, so it is the one to go when there is none left, never the desktop.
void offerToOutOfMemoryKiller(pid_t process) {
    const std::string path = "/proc/" + std::to_string(process) + "/oom_score_adj";
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    // Best effort: without /proc the kernel's own choice stands.
    [[maybe_unused]] const auto written = ::write(file.number(), "800", 3);
}

} // namespace

EngineProcess::EngineProcess(const std::string& program, FileDescriptor socket)
    : keeper_([this, program, socket = std::move(socket)]() mutable { keep(program, std::move(socket)); }) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return process_ != 0 || startError_ != 0 || end_; });
    if (startError_ == 0) return;
    lock.unlock();
    keeper_.join();
    throw Error("The engine program " + program + " could not be started: " + std::strerror(startError_) +
                ". Close other programs or install Ponder again.");
}

EngineProcess::~EngineProcess() {
    kill();
    keeper_.join();
}

// The kernel ties "end with your parent" to the thread that started the process, not to the program. So one
// thread starts it and lives exactly as long, and reaps it at once.
void EngineProcess::keep(const std::string& program, FileDescriptor socket) {
    pid_t process = 0;
    const int error = spawn(program, socket.number(), process);
    socket.reset();
    if (error == 0) offerToOutOfMemoryKiller(process);
    {
        const std::lock_guard lock(mutex_);
        startError_ = error;
        process_ = error == 0 ? process : 0;
    }
    changed_.notify_all();
    if (error != 0) return;

    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    const std::lock_guard lock(mutex_);
    // Reaped under the lock: until here the number is ours and `kill` cannot hit a stranger.
    ::waitid(P_PID, static_cast<id_t>(process), &info, WEXITED);
    process_ = 0;
    end_ = info.si_code == CLD_EXITED ? ProcessEnd{.exitCode = info.si_status, .askedByUs = killed_}
                                      : ProcessEnd{.signal = info.si_status, .askedByUs = killed_};
    changed_.notify_all();
}

void EngineProcess::kill() {
    const std::lock_guard lock(mutex_);
    if (process_ == 0) return;
    killed_ = true;
    ::kill(process_, SIGKILL);
}

bool EngineProcess::running() const {
    const std::lock_guard lock(mutex_);
    return process_ != 0;
}

std::optional<ProcessEnd> EngineProcess::waitForEnd(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [this] { return end_.has_value(); });
    return end_;
}

} // namespace ponder::engine
