#pragma once

#include "engine/backend/cpu_backend.h"
#include "engine/loaded_model.h"
#include "engine/prompt.h"
#include "engine/schema_keeper.h"
#include "engine/timeline/prefix_store.h"
#include "engine/weight_warmer.h"

#include <memory>
#include <optional>

namespace ponder::engine {

/// The engine itself, in this process: template → tokens → timeline → sampler → splitter → pieces. One
/// thread.
class LocalEngine : public Engine {
public:
    /// Throws Error: unreadable, unsupported, no memory, cancelled.
    explicit LocalEngine(const EngineOptions& options, Drafting drafting = Drafting::WherePays);

    /// By which the model was opened.
    const MemoryPlan& plan() const { return plan_; }

    ModelInfo info() const override;
    AnswerSummary answer(const ChatRequest& request, const AnswerSink& sink, std::stop_token stop) override;
    PromptPreview preview(const ChatRequest& request, TokenRange listed) override;
    ExamineSummary examine(const ExamineRequest& request, const ExamineSink& sink,
                           std::stop_token stop) override;
    std::string confinement() const override;
    void settle() override { prefixes_.settle(); }

    const LoadedModel& loaded() const { return loaded_; }
    Timeline& timeline() { return timeline_; }
    CpuBackend& backend() { return backend_; }

private:
    LocalEngine(const EngineOptions& options, MemoryPlan plan, Drafting drafting);
    void keepWeights(const EngineOptions& options);
    ProcessMemory heldMemory() const;
    AnswerSummary answerOn(Timeline& timeline, Prompt prompt, const ChatRequest& request,
                           const AnswerSink& sink, const std::stop_token& stop);

    MemoryPlan plan_;
    LoadedModel loaded_;
    CpuBackend backend_;
    Timeline timeline_;
    PrefixStore prefixes_;
    std::optional<WeightWarmer> warmer_;
    SchemaKeeper schemas_{loaded_};
};

std::unique_ptr<Engine> openLocalEngine(const EngineOptions& options);

/// As the kernels name it.
kernels::CacheType kernelCacheType(CacheType type);

} // namespace ponder::engine
