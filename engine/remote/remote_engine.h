#pragma once

#include "engine/engine.h"
#include "engine/remote/engine_link.h"
#include "engine/remote/engine_process.h"
#include "engine/remote/stop_signal.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace ponder::engine {

/// An engine in a process of its own, confined to reading its model and writing what it keeps of
/// conversations (sandbox.h). Whatever happens to that
/// process costs the current answer and nothing else: `answer` throws an Error that says what happened,
/// `alive` is false from then on, and the caller opens the model again. One thread at a time; the stop token
/// on any.
class RemoteEngine final : public Engine {
public:
    /// Starts the process and loads the model. Throws Error: no engine program, cancelled, or what the load
    /// threw.
    explicit RemoteEngine(const EngineOptions& options);
    /// Ends the process, which may finish writing what it keeps of an answer, but not for long.
    ~RemoteEngine() override;

    ModelInfo info() const override { return info_; }
    AnswerSummary answer(const ChatRequest& request, const AnswerSink& sink, std::stop_token stop) override;
    PromptPreview preview(const ChatRequest& request, TokenRange listed) override;
    ExamineSummary examine(const ExamineRequest& request, const ExamineSink& sink,
                           std::stop_token stop) override;
    std::string confinement() const override { return confinement_; }
    bool alive() const override { return process_.running(); }

private:
    /// Both ends of a socket pair, until the second is handed over.
    struct Ends {
        FileDescriptor ours;
        FileDescriptor theirs;
    };
    static Ends makeEnds();
    RemoteEngine(const EngineOptions& options, Ends ends);

    void load(const EngineOptions& options);
    /// Sends `start`, hands what is heard to `hear` and returns the last report; passes a stop on. What
    /// `hear` throws is thrown when the other side has stopped.
    Report converse(const Command& start, std::uint64_t number, std::stop_token stop,
                    const std::function<void(const Report&)>& hear);
    template <typename Type>
    Type expected(Report report);
    [[noreturn]] void fail(const Failure& failure);
    void send(const Command& command, std::chrono::milliseconds patience);
    /// Waits for the next report or the stop. Throws Error if the process is gone, silent or talks nonsense.
    std::variant<Report, LinkEvent> next(std::chrono::milliseconds patience, int stopDescriptor);
    [[noreturn]] void giveUp(const std::string& message);
    [[noreturn]] void explainEnd();

    EngineProcess process_;
    EngineLink link_;
    ModelInfo info_;
    std::string confinement_;
    std::uint64_t requests_ = 0;
    bool keepsChats_ = false; ///< something may be on its way to the disk
};

/// A RemoteEngine with `options`. Throws Error.
std::unique_ptr<Engine> openRemoteEngine(const EngineOptions& options);

} // namespace ponder::engine
