#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/context_fit.h"
#include "engine/engine.h"

namespace ponder::app {

using RequestId = std::uint64_t;

struct LoadProgress {
    double part = 0; ///< 0…1
};
struct ModelLoaded {
    engine::ModelInfo info;
    std::string confinement;
    double seconds = 0;
};
struct LoadFailed {
    std::string message;
    bool cancelled = false;
};
struct AnswerStarted {};
struct PromptProgress {
    int done = 0;
    int total = 0;
};
struct AnswerFinished {
    engine::AnswerSummary summary;
};
struct AnswerFailed {
    std::string message;
    bool engineLost = false; ///< the engine's process ended; the runner opens the model again
};
/// The prompt leaves no room for an answer: the model has not been asked.
struct PromptTooLong {
    PromptCost cost;
};
/// Empty: the model is not in memory, and a preview is no reason to load it.
struct PromptPreviewed {
    std::optional<engine::PromptPreview> preview;
};
struct TokensExamined {
    std::vector<engine::ExaminedToken> tokens;
};
struct ExamineFinished {
    engine::ExamineSummary summary;
};
/// The last word on a request.
struct RequestDone {};

using EngineEvent = std::variant<LoadProgress, ModelLoaded, LoadFailed, AnswerStarted, PromptProgress,
                                 engine::AnswerPiece, AnswerFinished, AnswerFailed, PromptTooLong,
                                 PromptPreviewed, TokensExamined, ExamineFinished, RequestDone>;

struct Delivery {
    RequestId request = 0;
    EngineEvent event;
};

/// What the engine's thread has to say, until the window looks: neighbouring pieces are joined, so that a
/// slow frame costs no more than a quick one. Any thread.
class AnswerMailbox {
public:
    void post(RequestId request, EngineEvent event);
    /// Everything since the last call, in order.
    std::vector<Delivery> collect();

private:
    std::mutex mutex_;
    std::vector<Delivery> waiting_;
};

} // namespace ponder::app
