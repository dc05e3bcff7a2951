#include "engine/engine.h"
#include "engine/local_engine.h"
#include "engine/weigh_model.h"

#include <algorithm>
#include <chrono>
#include <sys/resource.h>

namespace ponder::engine {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

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

} // namespace

SpeedReport measureSpeed(const SpeedRequest& request) {
    EngineOptions options = request.engine;
    options.contextTokens = std::max(options.contextTokens, request.promptTokens + request.answerTokens + 1);
    const auto loadStart = Clock::now();
    LocalEngine engine(options);
    SpeedReport report{.promptTokens = request.promptTokens, .answerTokens = request.answerTokens};
    report.loadSeconds = secondsSince(loadStart);

    const auto tokens =
        madeUpTokens(std::max(1, request.promptTokens), engine.loaded().model.config().vocabulary);
    std::vector<double> prompt, decode;
    for (int run = 0; run < std::max(1, request.runs); ++run) {
        Timeline& timeline = engine.timeline();
        timeline.rewind(0);
        const auto promptStart = Clock::now();
        timeline.sync(tokens, {}, {});
        prompt.push_back(secondsSince(promptStart));
        SamplingSettings greedy;
        greedy.temperature = 0.0f;
        Sampler sampler(Sampler::merged(greedy, {}));
        timeline.next(sampler, {}); // draws from the prompt's logits, evaluates nothing
        if (run == 0) report.firstTokenSeconds = secondsSince(loadStart);
        const auto decodeStart = Clock::now();
        for (int i = 0; i < request.answerTokens; ++i) timeline.next(sampler, {});
        decode.push_back(secondsSince(decodeStart));
    }
    report.promptTokensPerSecond = static_cast<double>(tokens.size()) / median(prompt);
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
