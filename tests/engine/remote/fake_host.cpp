// Stands in for ponder-engine: a scripted engine behind the real host, or, for model paths that begin with
// "raw-", a process that speaks the wire format badly.

#include "engine/remote/engine_host.h"
#include "engine/remote/wire.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <thread>

namespace ponder::engine {

namespace {

using namespace std::chrono_literals;

constexpr int kSocket = 3;

/// Does what the last message of the request says.
class ScriptedEngine final : public Engine {
public:
    explicit ScriptedEngine(const EngineOptions& options) : options_(options) {}

    ModelInfo info() const override {
        ModelInfo info;
        info.path = options_.modelPath;
        info.name = "Scripted \xFF";
        info.description = std::to_string(::getpid());
        info.contextTokens = options_.contextTokens;
        info.expertsUsed = options_.threads;
        return info;
    }

    std::string confinement() const override { return {}; }

    PromptPreview preview(const ChatRequest& request, TokenRange listed) override {
        const std::string& script = request.messages.back().text;
        if (script == "error") throw Error("The scripted error. Nothing to do.");
        if (script == "abort") std::abort();
        PromptPreview preview;
        preview.messageTokens.assign(request.messages.size(), 3);
        preview.segments = {{PromptOrigin::Markup, -1, "<\xFF>", 2}, {PromptOrigin::Text, 0, script, 5}};
        preview.tokens = {{listed.first, "first", -1}, {listed.count, "count", 0}};
        preview.totalTokens = 7;
        preview.markupTokens = 2;
        if (script == "too long") preview.segments[1].text.assign(17 << 20, 'x');
        return preview;
    }

    ExamineSummary examine(const ExamineRequest& request, const ExamineSink& sink,
                           std::stop_token stop) override {
        const std::string& script = request.chat.messages.back().text;
        if (script == "error") throw Error("The scripted error. Nothing to do.");
        ExamineSummary summary{.end = ExamineEnd::Complete, .tokens = 2, .reusedTokens = 9, .seconds = 0.5};
        if (script == "until stopped") {
            for (; !stop.stop_requested(); std::this_thread::sleep_for(2ms)) sink.token({});
            summary.end = ExamineEnd::Cancelled;
            return summary;
        }
        sink.progress(1, 2);
        for (int i = 0; i < 2; ++i) {
            sink.token({.id = 40 + i,
                        .text = script,
                        .part = PromptOrigin::Reasoning,
                        .offset = i,
                        .probability = 0.25f,
                        .alternatives = {{request.alternatives, "\xFF", 0.5f}}});
        }
        return summary;
    }

    AnswerSummary answer(const ChatRequest& request, const AnswerSink& sink, std::stop_token stop) override {
        const std::string& script = request.messages.back().text;
        AnswerSummary summary;
        summary.seed = request.sampling.seed.value_or(0);
        if (script == "segfault") ::raise(SIGSEGV);
        if (script == "abort") std::abort();
        if (script == "kill") ::raise(SIGKILL);
        if (script == "bus") ::raise(SIGBUS);
        if (script == "exit") ::_exit(7);
        if (script == "freeze") ::raise(SIGSTOP);
        if (script == "error") throw Error("The scripted error. Nothing to do.");
        if (script == "exception") throw std::logic_error("scripted mistake");
        if (script == "no memory") throw std::bad_alloc();
        if (script == "crash half-way") {
            sink.piece({PieceKind::Text, "half", 1});
            std::abort();
        }
        if (script == "until stopped") {
            for (; !stop.stop_requested(); std::this_thread::sleep_for(2ms))
                sink.piece({PieceKind::Text, "x", 1});
            summary.stop = StopReason::Cancelled;
            return summary;
        }
        if (script == "ignore stop") {
            for (;;) std::this_thread::sleep_for(1s);
        }
        if (script == "flood") {
            const std::string much(1 << 20, 'x');
            for (;;) sink.piece({PieceKind::Text, much, 1});
        }
        if (script == "read others") {
            const int file = ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
            const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
            sink.piece({PieceKind::Text, file < 0 && socket < 0 ? "refused" : "allowed", 1});
            return summary;
        }
        // Anything else is echoed, byte by byte of its arguments.
        sink.promptProgress(1, 2);
        sink.promptProgress(2, 2);
        sink.piece({PieceKind::Reasoning, request.messages.front().text, 3});
        sink.piece({PieceKind::Text, script, 4});
        summary.stop = StopReason::StopText;
        summary.promptTokens = static_cast<int>(request.messages.size());
        summary.answerTokens = 7;
        return summary;
    }

private:
    EngineOptions options_;
};

std::unique_ptr<Engine> openScripted(const EngineOptions& options) {
    const std::string& script = options.modelPath;
    if (script == "load-error") throw Error("The scripted file is damaged. Get another.");
    if (script == "load-exception") throw std::logic_error("scripted mistake");
    if (script == "load-crash") std::abort();
    for (int i = 0; i <= 4; ++i) options.loadProgress(i / 4.0);
    if (script == "load-for-ever") std::this_thread::sleep_for(1h);
    if (script == "load-freeze") ::raise(SIGSTOP);
    return std::make_unique<ScriptedEngine>(options);
}

void sendRaw(std::string_view bytes) {
    ::send(kSocket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}
void sendReport(const Report& report) {
    sendRaw(encode(report));
}

std::string receiveFrame(FrameBuffer& buffer) {
    for (;;) {
        if (auto frame = buffer.take()) return *frame;
        char bytes[4096];
        const ssize_t count = ::recv(kSocket, bytes, sizeof bytes, 0);
        if (count <= 0) ::_exit(0);
        buffer.append({bytes, static_cast<std::size_t>(count)});
    }
}

[[noreturn]] void behaveBadly(const std::string& script, FrameBuffer& received) {
    if (script == "raw-other-version") sendReport(Hello{kWireVersion + 1});
    if (script == "raw-no-hello") sendReport(Heartbeat{});
    sendReport(Hello{});
    if (script == "raw-close") {
        ::close(kSocket);
        std::this_thread::sleep_for(1h);
    }
    sendReport(ModelReady{});
    receiveFrame(received);
    if (script == "raw-garbage") sendRaw("<html>this is not a frame at all</html>");
    if (script == "raw-giant") sendRaw("\xFF\xFF\xFF\x7F");
    if (script == "raw-empty") sendRaw(std::string_view("\0\0\0\0", 4));
    if (script == "raw-kind") sendRaw(std::string_view("\1\0\0\0\x63", 5));
    if (script == "raw-negative") sendReport(PromptProgress{-1, 5});
    if (script == "raw-cut") {
        sendRaw(encode(Report(AnswerPiece{PieceKind::Text, "cut off", 1})).substr(0, 9));
        ::_exit(0);
    }
    if (script == "raw-byte-by-byte") {
        const std::string frames =
            encode(Report(AnswerPiece{PieceKind::Text, "ä\xC3", 1})) + encode(Report(AnswerSummary{}));
        for (const char byte : frames) {
            sendRaw({&byte, 1});
            std::this_thread::sleep_for(1ms);
        }
    }
    std::this_thread::sleep_for(1h);
    ::_exit(0);
}

} // namespace

} // namespace ponder::engine

// A sanitizer must let a scripted crash be the crash that the tests expect.
extern "C" const char* __asan_default_options() {
    return "handle_segv=0:handle_sigbus=0:handle_abort=0";
}
extern "C" const char* __tsan_default_options() {
    return "handle_segv=0:handle_sigbus=0:handle_abort=0";
}

int main() {
    using namespace ponder::engine;
    // Looks at the first command without taking it from the real host.
    std::string peeked(4096, '\0');
    const ssize_t count = ::recv(kSocket, peeked.data(), peeked.size(), MSG_PEEK);
    FrameBuffer first;
    first.append({peeked.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))});
    const auto frame = first.take();
    if (!frame) return 1;
    const std::string path = std::get<OpenModel>(decodeCommand(*frame)).modelPath;
    if (path.starts_with("raw-")) {
        FrameBuffer received;
        receiveFrame(received);
        behaveBadly(path, received);
    }
    runEngineHost(FileDescriptor(kSocket), openScripted);
}
