#include "engine/remote/engine_host.h"

#include "engine/remote/sandbox.h"
#include "engine/remote/wire.h"
#include "engine/support/private_folder.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace ponder::engine {

namespace {

constexpr std::chrono::milliseconds kHeartbeat{250};

using Task = std::variant<StartAnswer, StartPreview, StartExamination>;

struct Job {
    Task task;
    std::stop_source stop;
};

std::uint64_t numberOf(const Task& task) {
    return std::visit([](const auto& start) { return start.number; }, task);
}

/// The engine process's end of the socket. `report` and `working` may be called on any thread.
class Host {
public:
    explicit Host(FileDescriptor socket) : socket_(std::move(socket)) {}

    void report(const Report& report) { send(encode(report)); }

    void send(std::string_view left) {
        const std::lock_guard lock(sending_);
        while (!left.empty()) {
            const ssize_t sent = ::send(socket_.number(), left.data(), left.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            // Nobody is listening any more.
            if (sent < 0) ::_exit(0);
            left.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    Command nextCommand() {
        for (;;) {
            if (const auto frame = received_.take()) return decodeCommand(*frame);
            std::array<char, 64 * 1024> bytes;
            const ssize_t count = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) end();
            received_.append({bytes.data(), static_cast<std::size_t>(count)});
        }
    }

    /// From here on commands are read, and signs of life given, on threads of their own.
    void startThreads() {
        std::thread([this] { readCommands(); }).detach();
        std::thread([this] { beat(); }).detach();
    }

    /// `call` is made, on another thread, when Ponder has closed the engine or is gone.
    void beforeEnd(std::function<void()> call) {
        const std::lock_guard lock(jobs_);
        beforeEnd_ = std::move(call);
    }

    void setWorking(bool working) {
        working_ = working;
        working_.notify_one();
    }

    Job nextJob() {
        std::unique_lock lock(jobs_);
        jobArrived_.wait(lock, [this] { return waiting_.has_value(); });
        current_ = std::exchange(waiting_, std::nullopt);
        return *current_;
    }

private:
    [[noreturn]] void readCommands() {
        try {
            for (;;) {
                const Command command = nextCommand();
                const std::lock_guard lock(jobs_);
                if (const auto* start = std::get_if<StartAnswer>(&command)) {
                    put(*start);
                } else if (const auto* look = std::get_if<StartPreview>(&command)) {
                    put(*look);
                } else if (const auto* examination = std::get_if<StartExamination>(&command)) {
                    put(*examination);
                } else if (const auto* stop = std::get_if<StopAnswer>(&command)) {
                    for (const auto* job : {&waiting_, &current_}) {
                        if (*job && numberOf((*job)->task) == stop->number) (*job)->stop.request_stop();
                    }
                }
            }
        } catch (const std::exception& mistake) {
            report(Failure{AfterFailure::Ending, mistake.what()});
            ::_exit(1);
        }
    }

    [[noreturn]] void end() {
        std::function<void()> last;
        {
            const std::lock_guard lock(jobs_);
            last = beforeEnd_;
        }
        if (last) last();
        ::_exit(0);
    }

    void put(Task task) {
        waiting_ = Job{std::move(task), std::stop_source()};
        jobArrived_.notify_one();
    }

    [[noreturn]] void beat() {
        for (;;) {
            working_.wait(false);
            report(Heartbeat{});
            std::this_thread::sleep_for(kHeartbeat);
        }
    }

    FileDescriptor socket_;
    FrameBuffer received_;
    std::mutex sending_;
    std::atomic<bool> working_ = false;
    std::mutex jobs_;
    std::condition_variable jobArrived_;
    std::optional<Job> waiting_;
    std::optional<Job> current_;
    std::function<void()> beforeEnd_;
};

/// Nothing of a conversation may be left behind: not in a core dump, not in another program's debugger, not
/// in a process that outlives its window.
void harden() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

std::unique_ptr<Engine> load(Host& host, const OpenModel& model, const std::string& snapshotFolder,
                             const EngineFactory& open) {
    EngineOptions options;
    options.modelPath = model.modelPath;
    options.contextTokens = model.contextTokens;
    options.cacheType = model.cacheType;
    options.expertsInMemory = model.expertsInMemory;
    options.threads = model.threads;
    options.snapshotFolder = snapshotFolder;
    options.snapshotBytes = model.snapshotBytes;
    options.inProcess = true;
    options.loadProgress = [&host](double fraction) { host.report(LoadProgress{fraction}); };
    return open(options);
}

Report work(Host& host, Engine& engine, const StartAnswer& start, std::stop_token stop) {
    const AnswerSink sink{
        .piece = [&host](const AnswerPiece& piece) { host.report(piece); },
        .promptProgress =
            [&host](int done, int total) {
                host.report(PromptProgress{done, total});
            },
    };
    return engine.answer(start.request, sink, std::move(stop));
}

Report work(Host&, Engine& engine, const StartPreview& start, std::stop_token) {
    return engine.preview(start.request, start.listed);
}

Report work(Host& host, Engine& engine, const StartExamination& start, std::stop_token stop) {
    const ExamineSink sink{
        .token = [&host](const ExaminedToken& token) { host.report(token); },
        .progress =
            [&host](int done, int total) {
                host.report(PromptProgress{done, total});
            },
    };
    return engine.examine(start.request, sink, std::move(stop));
}

/// The job's last report, ready to send.
std::string outcomeOf(Host& host, Engine& engine, const Job& job) {
    try {
        return std::visit(
            [&](const auto& start) { return encode(work(host, engine, start, job.stop.get_token())); },
            job.task);
    } catch (const Error& error) {
        return encode(Report(Failure{AfterFailure::Ready, error.what()}));
    }
}

[[noreturn]] void serve(Host& host, const EngineFactory& open) {
    const Command first = host.nextCommand();
    const auto* model = std::get_if<OpenModel>(&first);
    if (!model) ::_exit(1);
    // After the first command: until then Ponder, which started this process, may still write to its /proc
    // entry.
    harden();
    host.report(Hello{});
    ::tzset();
    std::vector<std::string> readable = modelFiles(model->modelPath);
    for (std::string& file : machineFiles()) readable.push_back(std::move(file));
    const bool hasFolder = !model->snapshotFolder.empty() && makePrivateFolder(model->snapshotFolder);
    const Confinement confinement = confine(readable, {}, hasFolder ? model->snapshotFolder : std::string());
    host.startThreads();

    host.setWorking(true);
    std::unique_ptr<Engine> engine;
    try {
        engine = load(host, *model, confinement.writableFolder, open);
    } catch (const Error& error) {
        host.report(Failure{AfterFailure::Ending, error.what()});
        ::_exit(0);
    }
    host.beforeEnd([&engine = *engine] { engine.settle(); });
    host.setWorking(false);
    host.report(ModelReady{engine->info(), confinement.sentence()});

    for (;;) {
        const Job job = host.nextJob();
        host.setWorking(true);
        const std::string outcome = outcomeOf(host, *engine, job);
        host.setWorking(false);
        host.send(outcome);
    }
}

} // namespace

void runEngineHost(FileDescriptor socket, const EngineFactory& open) {
    // Never destroyed: its threads end with the process.
    auto& host = *new Host(std::move(socket));
    try {
        serve(host, open);
    } catch (const std::bad_alloc&) {
        host.report(Failure{AfterFailure::Ending,
                            "Memory ran out. Close other programs, or choose a smaller model "
                            "or a shorter context."});
    } catch (const std::exception& mistake) {
        host.report(Failure{AfterFailure::Ending,
                            std::string("The engine process made a mistake (") + mistake.what() +
                                ") and was ended. Try again; if it happens again, please report it."});
    }
    ::_exit(1);
}

} // namespace ponder::engine
