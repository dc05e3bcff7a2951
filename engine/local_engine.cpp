#include "engine/local_engine.h"

#include "engine/model_pages.h"
#include "engine/prompt.h"
#include "engine/prompt_preview.h"
#include "engine/sampling/stop_texts.h"
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

/// Hands the pieces on, but holds back what may become a stop text.
class StoppingSink {
public:
    StoppingSink(const AnswerSink& sink, const std::vector<std::string>& texts)
        : sink_(sink), texts_(texts) {}

    void take(const std::vector<AnswerPiece>& pieces) {
        for (const AnswerPiece& piece : pieces) {
            if (hit()) return;
            if (piece.kind == PieceKind::Text) {
                emit({piece.kind, texts_.take(piece.text), piece.tokens});
                continue;
            }
            // A stop text does not reach across a thought.
            if (piece.kind == PieceKind::Reasoning)
                emit({PieceKind::Text, texts_.finish(), 0});
            else
                texts_.forget();
            emit(piece);
        }
    }
    void finish() {
        if (!hit()) emit({PieceKind::Text, texts_.finish(), 0});
    }
    bool hit() const { return texts_.hit(); }

private:
    void emit(const AnswerPiece& piece) const {
        if (sink_.piece && (!piece.text.empty() || piece.tokens > 0)) sink_.piece(piece);
    }

    const AnswerSink& sink_;
    StopTexts texts_;
};

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
    const Prompt prompt = buildPrompt(loaded_, request);
    AnswerSummary summary;
    summary.promptTokens = static_cast<int>(prompt.tokens.size());
    if (summary.promptTokens >= timeline_.contextTokens()) {
        throw Error("The conversation has " + std::to_string(summary.promptTokens) +
                    " tokens and the model's context holds " + std::to_string(timeline_.contextTokens()) +
                    ". Start a new chat, shorten the message, or open the model with a longer context.");
    }
    const auto start = Clock::now();
    const Timeline::Sync sync = timeline_.sync(prompt.tokens, sink.promptProgress, stop);
    summary.promptSeconds = secondsSince(start);
    summary.reusedTokens = sync.reused;
    if (sync.result == StepResult::Stopped) {
        summary.stop = StopReason::Cancelled;
        return summary;
    }
    return generate(request, sink, prompt.start, stop, summary);
}

AnswerSummary LocalEngine::generate(const ChatRequest& request, const AnswerSink& sink,
                                    AnswerSplitter::Start start, std::stop_token stop,
                                    AnswerSummary summary) {
    Sampler sampler(Sampler::merged(request.sampling, loaded_.sampling));
    AnswerSplitter splitter(loaded_.reasoning, start);
    StoppingSink stopping(sink, request.sampling.stopTexts);
    const int most = request.maximumTokens > 0 ? request.maximumTokens : timeline_.contextTokens();
    const auto begin = Clock::now();
    summary.seed = sampler.seed();
    for (;;) {
        if (timeline_.full()) {
            summary.stop = StopReason::ContextFull;
            break;
        }
        if (summary.answerTokens >= most) {
            summary.stop = StopReason::TokenLimit;
            break;
        }
        const std::optional<TokenId> token = timeline_.next(sampler, stop);
        if (!token || stop.stop_requested()) {
            summary.stop = StopReason::Cancelled;
            break;
        }
        ++summary.answerTokens;
        if (loaded_.tokenizer.endsAnswer(*token)) {
            summary.stop = StopReason::EndOfAnswer;
            break;
        }
        if (splitter.state() == "reasoning") ++summary.reasoningTokens;
        const std::string_view bytes = loaded_.tokenizer.bytes(*token);
        const bool special =
            loaded_.tokenizer.kind(*token) == TokenKind::Control || loaded_.reasoning.marks(bytes);
        stopping.take(splitter.take(bytes, special));
        if (stopping.hit()) {
            summary.stop = StopReason::StopText;
            break;
        }
    }
    stopping.take(splitter.finish());
    stopping.finish();
    summary.answerSeconds = secondsSince(begin);
    return summary;
}

std::unique_ptr<Engine> openLocalEngine(const EngineOptions& options) {
    return std::make_unique<LocalEngine>(options);
}

int defaultThreads() {
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 64);
}

} // namespace ponder::engine
