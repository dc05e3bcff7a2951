#include "engine/engine.h"
#include "engine/local_engine.h"
#include "engine/support/seconds_since.h"
#include "engine/weigh_model.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <sys/resource.h>
#include <thread>

namespace ponder::engine {

namespace {

// What is timed is an engine that has all its experts, as llama-bench times one; a slow disk is not waited
// for.
constexpr double kMostWarmSeconds = 120;

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Ids spread over the vocabulary: speed does not depend on which they are, experts' reads do.
std::vector<TokenId> madeUpTokens(int count, int vocabulary) {
    std::vector<TokenId> tokens;
    std::uint32_t state = 1;
    for (int i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        tokens.push_back(static_cast<TokenId>(state % static_cast<std::uint32_t>(vocabulary)));
    }
    return tokens;
}

Sampler greedySampler() {
    SamplingSettings greedy;
    greedy.temperature = 0.0f;
    return Sampler(Sampler::merged(greedy, {}));
}

/// Seconds of a short prompt and one token, with nothing of the experts read before.
double firstToken(LocalEngine& engine, std::span<const TokenId> prompt) {
    const auto start = Clock::now();
    engine.timeline().sync(std::vector<TokenId>(prompt.begin(), prompt.end()), {}, {});
    Sampler sampler = greedySampler();
    engine.timeline().next(sampler, {});
    return secondsSince(start);
}

} // namespace

SpeedReport measureSpeed(const SpeedRequest& request) {
    EngineOptions options = request.engine;
    options.contextTokens =
        std::max(options.contextTokens,
                 request.depthTokens + std::max(1, request.promptTokens) + request.answerTokens + 1);
    const auto loadStart = Clock::now();
    // What is forecast and compared is one token's pass; guesses at made-up text would say nothing.
    LocalEngine engine(options, Drafting::Off);
    SpeedReport report{.promptTokens = request.promptTokens, .answerTokens = request.answerTokens};
    report.loadSeconds = secondsSince(loadStart);

    const auto tokens = madeUpTokens(request.depthTokens + std::max(1, request.promptTokens),
                                     engine.loaded().model.config().vocabulary);
    const auto before = std::span(tokens).first(static_cast<std::size_t>(request.depthTokens));
    report.firstTokenSeconds =
        firstToken(engine, std::span(tokens).first(std::min<std::size_t>(8, tokens.size()))) +
        report.loadSeconds;
    while (engine.loaded().model.unreadBytes() > 0 && secondsSince(loadStart) < kMostWarmSeconds)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    // As llama-bench does: a first prompt, which pages in what the next ones use, is not timed.
    engine.timeline().sync(std::span(tokens).first(tokens.size() - before.size()), {}, {});
    std::vector<double> prompt, decode;
    for (int run = 0; run < std::max(1, request.runs); ++run) {
        Timeline& timeline = engine.timeline();
        timeline.rewind(request.depthTokens);
        if (!before.empty()) timeline.sync(before, {}, {});
        const auto promptStart = Clock::now();
        timeline.sync(tokens, {}, {});
        prompt.push_back(secondsSince(promptStart));
        if (!before.empty()) timeline.sync(before, {}, {});
        Sampler sampler = greedySampler();
        timeline.next(sampler, {}); // draws from the last token's logits, evaluates nothing
        const auto decodeStart = Clock::now();
        for (int i = 0; i < request.answerTokens; ++i) timeline.next(sampler, {});
        decode.push_back(secondsSince(decodeStart));
    }
    report.promptTokensPerSecond = static_cast<double>(tokens.size() - before.size()) / median(prompt);
    if (request.answerTokens > 0) report.answerTokensPerSecond = request.answerTokens / median(decode);
    const ModelFootprint footprint = weigh(engine.loaded().model);
    report.bytesPerToken =
        footprint.denseBytesPerToken + footprint.sharedBytesPerToken + footprint.expertBytesPerToken;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    report.peakBytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    report.memoryBytesPerSecond = readSpeed(request.engine.threads);
    return report;
}

} // namespace ponder::engine
