// What choosing one token costs on one core: sampler_bench [--benchmark_filter=…]. The logits are normal with
// a few tokens that stand out, as models' are; the settings are those that the makers of models publish.

#include "engine/sampling/sampler.h"

#include <benchmark/benchmark.h>

#include <random>
#include <vector>

namespace {

using namespace ponder::engine;

std::vector<float> someLogits(std::size_t vocabulary) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 2.5f);
    std::vector<float> logits(vocabulary);
    for (float& logit : logits) logit = normal(random);
    for (std::size_t i = 0; i < 20; ++i) logits[vocabulary / 20 * i] += 12 - static_cast<float>(i) / 2;
    return logits;
}

void chooseToken(benchmark::State& state, const SamplingSettings& settings) {
    std::vector<float> logits = someLogits(static_cast<std::size_t>(state.range(0)));
    Sampler sampler(settings);
    for (auto _ : state) benchmark::DoNotOptimize(sampler.next(logits, {}));
}

// Vocabularies of SmolLM2, DeepSeek V2 and gpt-oss.
#define CASE(NAME, ...)                                                                                      \
    BENCHMARK_CAPTURE(chooseToken, NAME, SamplingSettings{__VA_ARGS__})                                      \
        ->Arg(49'152)                                                                                        \
        ->Arg(102'400)                                                                                       \
        ->Arg(201'088)                                                                                       \
        ->Unit(benchmark::kMicrosecond)

CASE(greedy, .temperature = 0.0f);
CASE(deepseek_v2, .temperature = 0.3f, .topP = 0.95f);
CASE(deepseek_r1, .temperature = 0.6f, .topP = 0.95f);
CASE(gpt_oss, .temperature = 1.0f);
CASE(lfm2, .temperature = 0.3f, .minP = 0.15f);
CASE(qwen3, .temperature = 0.6f, .topK = 20, .topP = 0.95f);

} // namespace

BENCHMARK_MAIN();
