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
// What a long conversation takes is written within a second by most disks.
constexpr milliseconds kSettlePatience = 2s;
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
class SinkGuard {
public:
    void run(const auto& call) {
        if (failure_) return;
        try {
            call();
        } catch (...) {
            failure_ = std::current_exception();
        }
    }
    bool failed() const { return failure_ != nullptr; }
    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    std::exception_ptr failure_;
};

/// Bytes that tell how much an engine has said.
std::size_t weightOf(const Report& report) {
    if (const auto* piece = std::get_if<AnswerPiece>(&report)) return piece->text.size() + sizeof *piece;
    const auto* token = std::get_if<ExaminedToken>(&report);
    return token ? token->text.size() + sizeof *token : 0;
}

/// A message that the request does not have is markup.
void limit(int& message, const PromptPreview& preview) {
    if (message >= static_cast<int>(preview.messageTokens.size())) message = -1;
}

bool isLast(const Report& report) {
    return std::holds_alternative<AnswerSummary>(report) || std::holds_alternative<ExamineSummary>(report) ||
           std::holds_alternative<PromptPreview>(report);
}

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

RemoteEngine::~RemoteEngine() {
    if (!keepsChats_) return;
    link_.close();
    process_.waitForEnd(kSettlePatience);
}

void RemoteEngine::load(const EngineOptions& options) {
    const StopSignal stop(options.stop);
    // The other process may not look at the machine's cores.
    const int threads = options.threads > 0 ? options.threads : lookAtMachine().threads;
    send(OpenModel{options.modelPath, options.contextTokens, options.cacheType, options.expertsInMemory,
                   threads, options.snapshotFolder, options.snapshotBytes},
         kLoadPatience);
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
    const std::uint64_t number = ++requests_;
    keepsChats_ = keepsChats_ || !request.chat.empty();
    const Report last =
        converse(StartAnswer{number, request}, number, std::move(stop), [&](const Report& report) {
            if (const auto* piece = std::get_if<AnswerPiece>(&report); piece && sink.piece)
                sink.piece(*piece);
            else if (const auto* prompt = std::get_if<PromptProgress>(&report); prompt && sink.promptProgress)
                sink.promptProgress(prompt->done, prompt->total);
        });
    return expected<AnswerSummary>(last);
}

PromptPreview RemoteEngine::preview(const ChatRequest& request, TokenRange listed) {
    const std::uint64_t number = ++requests_;
    auto preview = expected<PromptPreview>(
        converse(StartPreview{number, request, listed}, number, {}, [](const Report&) {}));
    // So that the caller may look its messages up.
    preview.messageTokens.resize(request.messages.size() + (request.continued ? 1 : 0));
    for (PreviewSegment& segment : preview.segments) limit(segment.message, preview);
    for (PreviewToken& token : preview.tokens) limit(token.message, preview);
    return preview;
}

ExamineSummary RemoteEngine::examine(const ExamineRequest& request, const ExamineSink& sink,
                                     std::stop_token stop) {
    const std::uint64_t number = ++requests_;
    const Report last =
        converse(StartExamination{number, request}, number, std::move(stop), [&](const Report& report) {
            if (const auto* token = std::get_if<ExaminedToken>(&report); token && sink.token)
                sink.token(*token);
            else if (const auto* prompt = std::get_if<PromptProgress>(&report); prompt && sink.progress)
                sink.progress(prompt->done, prompt->total);
        });
    return expected<ExamineSummary>(last);
}

Report RemoteEngine::converse(const Command& start, std::uint64_t number, std::stop_token stop,
                              const std::function<void(const Report&)>& hear) {
    if (!alive()) explainEnd();
    const StopSignal stopSignal(std::move(stop));
    SinkGuard guard;
    send(start, kAnswerPatience);

    std::optional<steady_clock::time_point> stopped;
    std::size_t saidBytes = 0;
    for (;;) {
        auto event = next(kAnswerPatience, stopped ? -1 : stopSignal.descriptor());
        if (!stopped && (std::holds_alternative<LinkEvent>(event) || guard.failed())) {
            send(StopAnswer{number}, kAnswerPatience);
            stopped = steady_clock::now();
        }
        if (auto* report = std::get_if<Report>(&event)) {
            saidBytes += weightOf(*report);
            if (saidBytes > kMaximumAnswerBytes)
                giveUp("The engine process sent an endless answer and was ended. Load the model again.");
            if (const auto* failure = std::get_if<Failure>(report)) fail(*failure);
            if (isLast(*report)) {
                guard.rethrow();
                return std::move(*report);
            }
            guard.run([&] { hear(*report); });
        }
        if (stopped && steady_clock::now() - *stopped > kStopPatience) {
            giveUp("The engine process did not stop when asked and was ended. The text so far is kept.");
        }
    }
}

template <typename Type>
Type RemoteEngine::expected(Report report) {
    if (auto* wanted = std::get_if<Type>(&report)) return std::move(*wanted);
    giveUp("The engine process answered another question and was ended. Load the model again.");
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
