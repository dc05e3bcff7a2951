#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace ponder::tests {

enum class FakeEnd { Normal, Error, Death };

/// One answer the fake engine gives.
struct FakeAnswer {
    std::string reasoning;
    std::string text;
    std::size_t pieceBytes = 4;         ///< at least; whole characters
    std::chrono::microseconds pause{0}; ///< before each piece
    FakeEnd end = FakeEnd::Normal;
    std::string failure = "The engine failed. Try again."; ///< for Error and Death
    engine::StopReason stop = engine::StopReason::EndOfAnswer;
};

/// What a fake engine does and what it was asked, shared by all engines opened from it. Any thread.
class FakeScript {
public:
    void add(FakeAnswer answer);
    /// The next opening throws this.
    void failNextOpening(const std::string& message);
    /// What questions aside are answered with, each of them; until then with nothing.
    void setAside(FakeAnswer answer);
    void setLoadTime(std::chrono::milliseconds time);
    /// Of every engine, open ones too.
    void setContext(int tokens) { contextTokens_ = tokens; }
    int context() const { return contextTokens_; }

    std::vector<engine::ChatRequest> requests() const; ///< without those aside
    std::vector<engine::ChatRequest> asides() const;
    int openings() const;
    std::vector<std::string> openedModels() const;

    // For FakeEngine:
    FakeAnswer take(const engine::ChatRequest& request);
    void noteOpening(const engine::EngineOptions& options);

private:
    mutable std::mutex mutex_;
    std::deque<FakeAnswer> answers_;
    std::vector<engine::ChatRequest> requests_;
    std::vector<engine::ChatRequest> asides_;
    FakeAnswer aside_;
    std::vector<std::string> opened_;
    std::string openingFailure_;
    std::chrono::milliseconds loadTime_{0};
    std::atomic<int> contextTokens_ = 4096;
};

/// Answers as its script says; when the script is used up, it repeats the prompt. Stops within one piece.
class FakeEngine final : public engine::Engine {
public:
    FakeEngine(std::shared_ptr<FakeScript> script, const engine::EngineOptions& options);

    engine::ModelInfo info() const override;
    engine::AnswerSummary answer(const engine::ChatRequest& request, const engine::AnswerSink& sink,
                                 std::stop_token stop) override;
    /// A token a word, and one of markup for each message.
    engine::PromptPreview preview(const engine::ChatRequest& request, engine::TokenRange listed) override;
    /// A token a word, each as likely as anything else.
    engine::ExamineSummary examine(const engine::ExamineRequest& request, const engine::ExamineSink& sink,
                                   std::stop_token stop) override;
    std::string confinement() const override { return "A fake engine is confined to its script."; }
    bool alive() const override { return alive_; }

private:
    std::shared_ptr<FakeScript> script_;
    std::string modelPath_;
    bool alive_ = true;
};

} // namespace ponder::tests
