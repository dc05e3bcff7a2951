#include "engine/remote/remote_engine.h"

#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <exception>
#include <filesystem>
#include <system_error>
#include <utility>

namespace ponder::engine {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

// Signs of life come every 250 ms from a thread that does nothing else.
constexpr milliseconds kAnswerPatience = 5s;
constexpr milliseconds kLoadPatience = 10s;
// A stop takes effect within one layer; from a slow disk a layer of experts may take seconds.
constexpr milliseconds kStopPatience = 10s;
// A socket closes before its process has ended: freeing the memory of a large model takes a while.
constexpr milliseconds kEndPatience = 5s;
// No context holds as much text; only a process that has lost its senses sends more.
constexpr std::size_t kMaximumAnswerBytes = std::size_t{64} << 20;

std::string findHostProgram(const EngineOptions& options) {
    if (!options.hostProgram.empty()) return options.hostProgram;
    std::error_code ignored;
    const std::filesystem::path folder =
        std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const auto& candidate : {folder / "ponder-engine", folder / "../lib/ponder/ponder-engine"}) {
        if (std::filesystem::is_regular_file(candidate, ignored))
            return candidate.lexically_normal().string();
    }
    throw Error("The engine program ponder-engine is not beside Ponder in " + folder.string() +
                ". Install Ponder again.");
}

std::string describe(const ProcessEnd& end) {
    switch (end.signal) {
    case 0:
        return "The engine process ended unexpectedly (exit code " + std::to_string(end.exitCode) +
               "). Load the model again.";
    case SIGKILL:
        return "The system ended the engine process, probably because memory ran out. Close other programs, "
               "or "
               "choose a smaller model or a shorter context.";
    case SIGBUS:
        return "The model file could not be read any more. Check that it is still there and its disk is "
               "connected, then load the model again.";
    default: {
        const char* name = ::sigabbrev_np(end.signal);
        return "The engine process crashed (" +
               (name ? "SIG" + std::string(name) : std::to_string(end.signal)) +
               "). Your chat is safe; try again. If it happens again, the model file may be damaged.";
    }
    }
}

/// What the caller's sink threw, kept until the engine has stopped.
class GuardedSink {
public:
    explicit GuardedSink(const AnswerSink& sink) : sink_(sink) {}

    void pass(const AnswerPiece& piece) {
        guard([&] {
            if (sink_.piece) sink_.piece(piece);
        });
    }
    void pass(const PromptProgress& progress) {
        guard([&] {
            if (sink_.promptProgress) sink_.promptProgress(progress.done, progress.total);
        });
    }
    bool failed() const { return failure_ != nullptr; }
    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    void guard(const auto& call) {
        if (failure_) return;
        try {
            call();
        } catch (...) {
            failure_ = std::current_exception();
        }
    }

    const AnswerSink& sink_;
    std::exception_ptr failure_;
};

} // namespace

RemoteEngine::Ends RemoteEngine::makeEnds() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        throw Error(std::string("The engine process could not be reached: ") + std::strerror(errno) +
                    ". Close other programs and try again.");
    }
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

RemoteEngine::RemoteEngine(const EngineOptions& options) : RemoteEngine(options, makeEnds()) {}

RemoteEngine::RemoteEngine(const EngineOptions& options, Ends ends)
    : process_(findHostProgram(options), std::move(ends.theirs)), link_(std::move(ends.ours)) {
    load(options);
}

void RemoteEngine::load(const EngineOptions& options) {
    const StopSignal stop(options.stop);
    send(OpenModel{options.modelPath, options.contextTokens, options.threads}, kLoadPatience);
    for (bool greeted = false;;) {
        auto event = next(kLoadPatience, stop.descriptor());
        // The destructor ends the process, whatever it is doing.
        if (std::holds_alternative<LinkEvent>(event)) throw Error("Loading the model was cancelled.");
        auto& report = std::get<Report>(event);
        if (const auto* hello = std::get_if<Hello>(&report)) {
            greeted = hello->wireVersion == kWireVersion;
        }
        if (!greeted) giveUp("The engine program belongs to another version of Ponder. Restart Ponder.");
        if (const auto* progress = std::get_if<LoadProgress>(&report)) {
            if (options.loadProgress) options.loadProgress(std::clamp(progress->fraction, 0.0, 1.0));
        } else if (auto* ready = std::get_if<ModelReady>(&report)) {
            info_ = std::move(ready->info);
            info_.path = options.modelPath;
            confinement_ = std::move(ready->confinement);
            return;
        } else if (const auto* failure = std::get_if<Failure>(&report)) {
            throw Error(failure->message);
        }
    }
}

AnswerSummary RemoteEngine::answer(const ChatRequest& request, const AnswerSink& sink, std::stop_token stop) {
    if (!alive()) explainEnd();
    const StopSignal stopSignal(std::move(stop));
    GuardedSink guarded(sink);
    const std::uint64_t number = ++requests_;
    send(StartAnswer{number, request}, kAnswerPatience);

    std::optional<steady_clock::time_point> stopped;
    std::size_t answerBytes = 0;
    for (;;) {
        auto event = next(kAnswerPatience, stopped ? -1 : stopSignal.descriptor());
        if (!stopped && (std::holds_alternative<LinkEvent>(event) || guarded.failed())) {
            send(StopAnswer{number}, kAnswerPatience);
            stopped = steady_clock::now();
        }
        if (const auto* report = std::get_if<Report>(&event)) {
            if (const auto* piece = std::get_if<AnswerPiece>(report)) {
                answerBytes += piece->text.size() + sizeof *piece;
                if (answerBytes > kMaximumAnswerBytes)
                    giveUp("The engine process sent an endless answer and was ended. Load the model again.");
                guarded.pass(*piece);
            } else if (const auto* progress = std::get_if<PromptProgress>(report)) {
                guarded.pass(*progress);
            } else if (const auto* summary = std::get_if<AnswerSummary>(report)) {
                guarded.rethrow();
                return *summary;
            } else if (const auto* failure = std::get_if<Failure>(report)) {
                fail(*failure);
            }
        }
        if (stopped && steady_clock::now() - *stopped > kStopPatience) {
            giveUp("The engine process did not stop when asked and was ended. The text so far is kept.");
        }
    }
}

PromptPreview RemoteEngine::preview(const ChatRequest& request, TokenRange listed) {
    if (!alive()) explainEnd();
    send(StartPreview{++requests_, request, listed}, kAnswerPatience);
    for (;;) {
        auto event = next(kAnswerPatience, -1);
        auto& report = std::get<Report>(event);
        if (auto* preview = std::get_if<PromptPreview>(&report)) {
            if (preview->messageTokens.size() < request.messages.size())
                giveUp("The engine process lost its senses and was ended. Load the model again.");
            return std::move(*preview);
        }
        if (const auto* failure = std::get_if<Failure>(&report)) fail(*failure);
    }
}

void RemoteEngine::fail(const Failure& failure) {
    if (failure.after == AfterFailure::Ending) giveUp(failure.message);
    throw Error(failure.message);
}

void RemoteEngine::send(const Command& command, milliseconds patience) {
    const auto problem = link_.send(command, patience);
    if (problem == LinkEvent::Closed) explainEnd();
    if (problem) giveUp("The engine process stopped responding and was ended. Load the model again.");
}

std::variant<Report, LinkEvent> RemoteEngine::next(milliseconds patience, int stopDescriptor) {
    std::variant<Report, LinkEvent> event;
    try {
        event = link_.receive(patience, stopDescriptor);
    } catch (const Error& nonsense) {
        giveUp(nonsense.what());
    }
    if (const auto* problem = std::get_if<LinkEvent>(&event)) {
        if (*problem == LinkEvent::Closed) explainEnd();
        if (*problem == LinkEvent::Silence) {
            giveUp("The engine process stopped responding and was ended. Load the model again.");
        }
    }
    return event;
}

void RemoteEngine::giveUp(const std::string& message) {
    process_.kill();
    // So that `alive` is false when the caller looks.
    process_.waitForEnd(kEndPatience);
    throw Error(message);
}

void RemoteEngine::explainEnd() {
    auto end = process_.waitForEnd(kEndPatience);
    if (!end) giveUp("The engine process stopped responding and was ended. Load the model again.");
    if (end->askedByUs) throw Error("The engine process is gone. Load the model again.");
    throw Error(describe(*end));
}

std::unique_ptr<Engine> openRemoteEngine(const EngineOptions& options) {
    try {
        return std::make_unique<RemoteEngine>(options);
    } catch (const std::system_error& problem) {
        throw Error(std::string("The engine process could not be started: ") + problem.what() +
                    ". Close other programs and try again.");
    }
}

} // namespace ponder::engine
