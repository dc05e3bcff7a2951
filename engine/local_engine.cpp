#include "engine/local_engine.h"

#include "engine/answer_run.h"
#include "engine/examined_answer.h"
#include "engine/model_pages.h"
#include "engine/process_memory.h"
#include "engine/processor_cores.h"
#include "engine/prompt_preview.h"
#include "engine/support/error.h"
#include "engine/support/seconds_since.h"

#include <algorithm>
#include <utility>

namespace ponder::engine {

namespace {

/// Throws Error with the plan's words where the model does not fit.
MemoryPlan requireFit(const EngineOptions& options) {
    const MemoryPlan plan = planMemory(footprintOf(options.modelPath),
                                       {.contextTokens = options.contextTokens,
                                        .cacheType = options.cacheType,
                                        .expertsInMemory = options.expertsInMemory,
                                        .threads = options.threads},
                                       lookAtMachine());
    if (plan.fits()) return plan;
    throw Error(plan.refusal + " " +
                (plan.suggestion ? plan.suggestion->words
                                 : "Close other programs, or choose a smaller model or a smaller "
                                   "quantisation of it."));
}

void requireRoom(const Timeline& timeline, const std::vector<TokenId>& tokens) {
    if (static_cast<int>(tokens.size()) < timeline.contextTokens()) return;
    throw Error("The conversation has " + std::to_string(tokens.size()) +
                " tokens and the model's context holds " + std::to_string(timeline.contextTokens()) +
                ". Start a new chat, shorten the message, or open the model with a longer context.");
}

} // namespace

kernels::CacheType kernelCacheType(CacheType type) {
    return type == CacheType::F16 ? kernels::CacheType::F16 : kernels::CacheType::Q8_0;
}

LocalEngine::LocalEngine(const EngineOptions& options, Drafting drafting)
    : LocalEngine(options, requireFit(options), drafting) {}

// A second token's experts, read from the disk, cost more than its pass saves: then nothing is drafted.
LocalEngine::LocalEngine(const EngineOptions& options, MemoryPlan plan, Drafting drafting)
    : plan_(std::move(plan)), loaded_(options.modelPath, GgufFile::Access::Weights),
      backend_(options.threads > 0 ? options.threads : defaultThreads()),
      timeline_(loaded_.model, backend_,
                {.contextTokens = plan_.contextTokens,
                 .cacheType = kernelCacheType(plan_.cacheType),
                 .drafting = plan_.expertsInMemory >= 1 ? drafting : Drafting::Off}),
      prefixes_(loaded_.model, timeline_,
                {.folder = options.snapshotFolder, .mostBytes = options.snapshotBytes}) {
    keepWeights(options);
}

void LocalEngine::keepWeights(const EngineOptions& options) {
    Model& model = loaded_.model;
    const bool allExperts = plan_.expertsInMemory >= 1;
    // Memory of one's own takes addresses beside those of the file.
    const bool isFree = !lookAtMachine().freeAddresses;
    if (isFree) model.keepInMemory(allExperts);
    const auto dense = static_cast<double>(model.denseBytes());
    const auto pages = static_cast<double>(bytesOfModelPages(model, plan_.expertsInMemory));
    const double share = dense > 0 ? dense / (dense + pages) : 0;
    const auto progress = [&](double part) {
        if (options.loadProgress) options.loadProgress(part);
    };
    progress(0);
    // What was read in passing, vectors and their neighbours, lies in memory of its own by now.
    if (dense > 0) model.file().forgetPages();
    model.loadDense(
        backend_, [&](double part) { progress(share * part); }, options.stop);
    readModelPages(
        model, plan_.expertsInMemory, [&](double part) { progress(share + (1 - share) * part); },
        options.stop);
    if (isFree) warmer_.emplace(model.dense(), model.experts(), model.file());
}

ProcessMemory LocalEngine::heldMemory() const {
    ProcessMemory memory = ownMemory();
    memory.unreadBytes = loaded_.model.unreadBytes();
    return memory;
}

ModelInfo LocalEngine::info() const {
    ModelInfo info = loaded_.describe();
    info.contextTokens = timeline_.contextTokens();
    info.cacheType = plan_.cacheType;
    info.expertsInMemory = plan_.expertsInMemory;
    info.process = heldMemory();
    // The draft head is one of the weights where it is used.
    if (plan_.expertsInMemory >= 1) info.memory.front().bytes += info.footprint.draft.weightBytes;
    info.memory.push_back({"Context", plan_.devices.front().cache});
    return info;
}

std::string LocalEngine::confinement() const {
    return "The engine runs inside this program, without a sandbox of its own.";
}

PromptPreview LocalEngine::preview(const ChatRequest& request, TokenRange listed) {
    return previewPrompt(loaded_, timeline_, prefixes_, request, listed);
}

AnswerSummary LocalEngine::answer(const ChatRequest& request, const AnswerSink& sink, std::stop_token stop) {
    if (request.kind == RequestKind::Chat) {
        const AnswerSummary summary =
            answerOn(timeline_, buildPrompt(loaded_, request, timeline_.tokens()), request, sink, stop);
        prefixes_.keep(timeline_, request.chat);
        return summary;
    }
    Prompt prompt = buildPrompt(loaded_, request, {});
    if (static_cast<int>(prompt.tokens.size()) >= kAsideTokens) {
        throw Error("This side question has " + std::to_string(prompt.tokens.size()) + " tokens, at most " +
                    std::to_string(kAsideTokens - 1) + " are possible. Shorten it.");
    }
    Timeline aside(loaded_.model, backend_,
                   {.contextTokens = std::min(kAsideTokens, timeline_.contextTokens()),
                    .rotaryTokens = timeline_.contextTokens(),
                    .cacheType = kernelCacheType(plan_.cacheType)});
    aside.fork(timeline_, prompt.tokens);
    return answerOn(aside, std::move(prompt), request, sink, stop);
}

AnswerSummary LocalEngine::answerOn(Timeline& timeline, Prompt prompt, const ChatRequest& request,
                                    const AnswerSink& sink, const std::stop_token& stop) {
    requireRoom(timeline, prompt.tokens);
    AnswerSummary summary;
    summary.promptTokens = static_cast<int>(prompt.tokens.size());
    const auto start = Clock::now();
    GrammarMasks* schema = request.jsonSchema.empty() ? nullptr : &schemas_.masksFor(request.jsonSchema);
    AnswerRun run(loaded_, timeline, request, std::move(prompt), sink, schema);
    if (request.kind == RequestKind::Chat) prefixes_.load(timeline_, run.promptTokens(), stop);
    const Timeline::Sync sync = timeline.sync(run.promptTokens(), sink.promptProgress, stop);
    summary.promptSeconds = secondsSince(start);
    summary.reusedTokens = sync.reused;
    if (sync.result == StepResult::Stopped)
        summary.stop = StopReason::Cancelled;
    else
        summary = run.run(summary, stop);
    summary.conversationTokens = static_cast<int>(timeline.tokens().size());
    summary.memory = heldMemory();
    return summary;
}

ExamineSummary LocalEngine::examine(const ExamineRequest& request, const ExamineSink& sink,
                                    std::stop_token stop) {
    const auto start = Clock::now();
    const ExaminedAnswer answer(loaded_, request);
    requireRoom(timeline_, answer.tokens());
    ExamineSummary summary;
    if (answer.first() < static_cast<int>(answer.tokens().size())) {
        prefixes_.load(timeline_, answer.tokens(), stop);
        const auto visit = [&](int position, std::span<const float> logits) {
            ++summary.tokens;
            if (sink.token) sink.token(answer.describe(position, logits));
        };
        const Timeline::Sync sync =
            timeline_.replay(answer.tokens(), answer.first(), visit, sink.progress, stop);
        summary.reusedTokens = sync.reused;
        if (sync.result == StepResult::Stopped) summary.end = ExamineEnd::Cancelled;
    }
    summary.seconds = secondsSince(start);
    return summary;
}

std::unique_ptr<Engine> openLocalEngine(const EngineOptions& options) {
    return std::make_unique<LocalEngine>(options);
}

} // namespace ponder::engine
