#include "engine/local_engine.h"

#include "engine/answer_run.h"
#include "engine/examined_answer.h"
#include "engine/model_pages.h"
#include "engine/prompt_preview.h"
#include "engine/support/error.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace ponder::engine {

namespace {

using Clock = std::chrono::steady_clock;

// What a context may take of the memory that is free when the model is opened.
constexpr std::uint64_t kContextShare = 4;
constexpr int kLeastContext = 2048;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

int chooseContext(const EngineOptions& options, const ModelConfig& config) {
    if (options.contextTokens > 0) return options.contextTokens;
    const std::uint64_t perToken =
        std::max<std::uint64_t>(1, KvCache::bytesPerToken(config, kernels::CacheType::F16));
    const std::optional<std::uint64_t> free = freeMemoryBytes();
    const std::uint64_t affordable = free ? *free / kContextShare / perToken : kLeastContext;
    return static_cast<int>(std::min<std::uint64_t>(static_cast<std::uint64_t>(config.trainedContext),
                                                    std::max<std::uint64_t>(kLeastContext, affordable)));
}

void requireRoom(const Timeline& timeline, const std::vector<TokenId>& tokens) {
    if (static_cast<int>(tokens.size()) < timeline.contextTokens()) return;
    throw Error("The conversation has " + std::to_string(tokens.size()) +
                " tokens and the model's context holds " + std::to_string(timeline.contextTokens()) +
                ". Start a new chat, shorten the message, or open the model with a longer context.");
}

} // namespace

LocalEngine::LocalEngine(const EngineOptions& options)
    : loaded_(options.modelPath, GgufFile::Access::Weights),
      backend_(options.threads > 0 ? options.threads : defaultThreads()),
      timeline_(loaded_.model, backend_, {.contextTokens = chooseContext(options, loaded_.model.config())}) {
    readDensePages(loaded_.model.file(), options.loadProgress, options.stop);
}

ModelInfo LocalEngine::info() const {
    ModelInfo info = loaded_.describe();
    info.contextTokens = timeline_.contextTokens();
    info.memory.push_back(
        {"Context", KvCache::bytesPerToken(loaded_.model.config(), kernels::CacheType::F16) *
                        static_cast<std::uint64_t>(timeline_.contextTokens())});
    return info;
}

std::string LocalEngine::confinement() const {
    return "The engine runs inside this program, without a sandbox of its own.";
}

PromptPreview LocalEngine::preview(const ChatRequest& request, TokenRange listed) {
    return previewPrompt(loaded_, timeline_, request, listed);
}

AnswerSummary LocalEngine::answer(const ChatRequest& request, const AnswerSink& sink, std::stop_token stop) {
    if (request.kind == RequestKind::Chat)
        return answerOn(timeline_, buildPrompt(loaded_, request, timeline_.tokens()), request, sink, stop);
    Prompt prompt = buildPrompt(loaded_, request, {});
    if (static_cast<int>(prompt.tokens.size()) >= kAsideTokens) {
        throw Error("This side question has " + std::to_string(prompt.tokens.size()) + " tokens, at most " +
                    std::to_string(kAsideTokens - 1) + " are possible. Shorten it.");
    }
    Timeline aside(loaded_.model, backend_,
                   {.contextTokens = std::min(kAsideTokens, timeline_.contextTokens()),
                    .rotaryTokens = timeline_.contextTokens()});
    aside.fork(timeline_, prompt.tokens);
    return answerOn(aside, std::move(prompt), request, sink, stop);
}

AnswerSummary LocalEngine::answerOn(Timeline& timeline, Prompt prompt, const ChatRequest& request,
                                    const AnswerSink& sink, const std::stop_token& stop) {
    requireRoom(timeline, prompt.tokens);
    AnswerSummary summary;
    summary.promptTokens = static_cast<int>(prompt.tokens.size());
    const auto start = Clock::now();
    AnswerRun run(loaded_, timeline, request, std::move(prompt), sink);
    const Timeline::Sync sync = timeline.sync(run.promptTokens(), sink.promptProgress, stop);
    summary.promptSeconds = secondsSince(start);
    summary.reusedTokens = sync.reused;
    if (sync.result == StepResult::Stopped) {
        summary.stop = StopReason::Cancelled;
        return summary;
    }
    return run.run(summary, stop);
}

ExamineSummary LocalEngine::examine(const ExamineRequest& request, const ExamineSink& sink,
                                    std::stop_token stop) {
    const auto start = Clock::now();
    const ExaminedAnswer answer(loaded_, request);
    requireRoom(timeline_, answer.tokens());
    ExamineSummary summary;
    if (answer.first() < static_cast<int>(answer.tokens().size())) {
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

int defaultThreads() {
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 64);
}

} // namespace ponder::engine
