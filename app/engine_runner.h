#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/answer_mailbox.h"
#include "app/worker.h"
#include "engine/engine.h"

namespace ponder::app {

/// Opens an engine; engine::openEngine, or a fake one in tests.
using EngineOpener = std::function<std::unique_ptr<engine::Engine>(const engine::EngineOptions&)>;

/// Checked: a prompt that leaves no room for an answer, and of which something can be left out, is not
/// answered; whoever asked decides what to do.
enum class PromptRoom { Checked, AsItIs };

/// The engine's thread: keeps one model open, answers one request after the other, tells the mailbox. A
/// request names its model; another one is opened first. When the engine's process dies, the request fails
/// and the model is opened again at once. Called from the window's thread only; never waits but in the
/// destructor.
class EngineRunner {
public:
    EngineRunner(AnswerMailbox& mailbox, EngineOpener open);
    /// Stops everything.
    ~EngineRunner();

    /// Opens the model, unless it is open. Ends with ModelLoaded or LoadFailed, then RequestDone.
    RequestId load(engine::EngineOptions options);
    /// Ends with AnswerFinished, PromptTooLong, AnswerFailed or LoadFailed, then RequestDone. A question
    /// aside opens no model.
    RequestId answer(engine::EngineOptions options, engine::ChatRequest request, PromptRoom room);
    /// Ends with PromptPreviewed or AnswerFailed, then RequestDone. Opens no model.
    RequestId preview(engine::EngineOptions options, engine::ChatRequest request, engine::TokenRange listed);
    /// Ends with ExamineFinished, AnswerFailed or LoadFailed, then RequestDone.
    RequestId examine(engine::EngineOptions options, engine::ExamineRequest request);
    /// Lets the model go.
    RequestId unload();
    /// Removes what the engine has kept of these chats in `folder`, behind the requests so far.
    RequestId forgetSnapshots(std::string folder, std::vector<std::string> chats);
    /// The same of all others.
    RequestId forgetOtherSnapshots(std::string folder, std::vector<std::string> chats);
    /// Takes effect within a layer, or before the request begins; the request still ends with RequestDone.
    void cancel(RequestId request);
    /// To be called with every RequestDone.
    void forget(RequestId request) { stops_.erase(request); }

private:
    RequestId post(std::function<void(RequestId, std::stop_token)> job);
    // On the engine's thread:
    bool isOpen(const engine::EngineOptions& options) const;
    bool ensureOpen(RequestId request, const engine::EngineOptions& options, std::stop_token stop);
    void runAnswer(RequestId request, const engine::EngineOptions& options, const engine::ChatRequest& chat,
                   PromptRoom room, std::stop_token stop);
    bool tooLong(RequestId request, const engine::ChatRequest& chat);
    void runExamination(RequestId request, const engine::EngineOptions& options,
                        const engine::ExamineRequest& examination, std::stop_token stop);
    void fail(RequestId request, const engine::EngineOptions& options, const engine::Error& error);

    AnswerMailbox& mailbox_;
    EngineOpener open_;
    RequestId lastRequest_ = 0;
    std::map<RequestId, std::stop_source> stops_;
    std::unique_ptr<engine::Engine> engine_; // the engine's thread only
    engine::EngineOptions opened_;           // the engine's thread only
    Worker worker_;                          // last: its jobs use the members above
};

} // namespace ponder::app
