#include "kernels/attention.h"
#include "kernels/cpu/operations.h"
#include "kernels/half.h"
#include "kernels/matmul.h"
#include "kernels/panel.h"
#include "tests/kernels/random_blocks.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstring>
#include <vector>

// Speed of the kernels on one core: run with --benchmark_filter=Decode, Prompt or Attention.
namespace ponder::kernels {
namespace {

// Enough weights that they come from memory, as in a model, and not from a cache.
constexpr std::int64_t kWeightBytes = 64 << 20;
constexpr std::int64_t kColumns = 2048;

struct Matrix {
    TensorType type;
    std::int64_t rows;
    std::vector<std::uint8_t> weights;
    /// As the engine lays them out.
    const std::uint8_t* aligned() const {
        return weights.data() + (64 - reinterpret_cast<std::uintptr_t>(weights.data()) % 64) % 64;
    }

    explicit Matrix(TensorType t) : type(t) {
        std::mt19937 random(1);
        const std::size_t bytes = rowBytes(type, kColumns);
        rows = kWeightBytes / static_cast<std::int64_t>(bytes) / 64 * 64;
        // Sixteen different rows, repeated: their content changes no speed.
        const std::vector<std::uint8_t> some = randomBlocks(type, 16 * kColumns, random);
        while (weights.size() < bytes * static_cast<std::size_t>(rows)) {
            weights.insert(weights.end(), some.begin(), some.end());
        }
        weights.resize(weights.size() + 64);
    }

    void turnIntoPanels() {
        const std::size_t bytes = panelBytes(type, kColumns);
        std::vector<std::uint8_t> panel(bytes);
        packPanel(type, weights.data(), kPanelRows, kColumns, panel.data());
        for (std::size_t at = 0; at + bytes + 64 <= weights.size(); at += bytes)
            std::memcpy(const_cast<std::uint8_t*>(aligned()) + at, panel.data(), bytes);
    }
};

void multiply(benchmark::State& state, TensorType type, InstructionSet set, std::int64_t tokens,
              std::int64_t rows, bool inPanels) {
    const Operations& tested = operations(set);
    Matrix matrix(type);
    if (inPanels) matrix.turnIntoPanels();
    std::mt19937 random(2);
    const std::vector<float> inputs = randomFloats(kColumns * tokens, random);
    const std::size_t rowSize = activationRowBytes(activationFormat(type), kColumns);
    std::vector<std::byte> activations(rowSize * static_cast<std::size_t>(tokens));
    for (std::int64_t t = 0; t < tokens; ++t) {
        tested.convertActivations(activationFormat(type), inputs.data() + t * kColumns, kColumns,
                                  activations.data() + rowSize * static_cast<std::size_t>(t));
    }
    std::vector<float> output(static_cast<std::size_t>(tokens * matrix.rows));
    std::int64_t begin = 0;
    for (auto _ : state) {
        tested.matmul({.type = type,
                       .weights = matrix.aligned(),
                       .inPanels = inPanels,
                       .columns = kColumns,
                       .rowBegin = begin,
                       .rowEnd = begin + rows,
                       .activations = activations.data(),
                       .tokens = tokens,
                       .output = output.data(),
                       .outputStride = matrix.rows});
        begin = begin + 2 * rows <= matrix.rows ? begin + rows : 0;
        benchmark::ClobberMemory();
    }
    const double calls = static_cast<double>(state.iterations());
    const double weightBytes = static_cast<double>(rowBytes(type, kColumns)) * static_cast<double>(rows);
    state.counters["weights"] = {calls * weightBytes, benchmark::Counter::kIsRate};
    state.counters["multiplications"] = {calls * static_cast<double>(rows * tokens * kColumns),
                                         benchmark::Counter::kIsRate};
}

void attend(benchmark::State& state, InstructionSet set, CacheType type, std::int64_t heads) {
    constexpr std::int64_t kLength = 128;
    const std::int64_t positions = state.range(0);
    std::mt19937 random(3);
    const std::vector<float> queries = randomFloats(heads * kLength, random);
    const std::size_t row = cacheRowBytes(type, kLength);
    const std::vector<float> numbers = randomFloats(kLength, random);
    std::vector<std::byte> cache(row * static_cast<std::size_t>(2 * positions));
    for (std::size_t at = 0; at < cache.size(); at += row)
        storeCacheRow(type, numbers.data(), cache.data() + at, kLength);
    std::vector<float> output(static_cast<std::size_t>(heads * kLength));
    std::vector<AttentionHead> together;
    for (std::int64_t i = 0; i < heads; ++i) {
        together.push_back({.query = queries.data() + i * kLength,
                            .keyLength = kLength,
                            .cacheType = type,
                            .keys = cache.data(),
                            .keyStride = static_cast<std::int64_t>(row),
                            .values = cache.data() + cache.size() / 2,
                            .valueStride = static_cast<std::int64_t>(row),
                            .valueLength = kLength,
                            .positions = positions,
                            .scale = 1 / std::sqrt(static_cast<float>(kLength)),
                            .output = output.data() + i * kLength});
    }
    std::vector<float> scratch(static_cast<std::size_t>(attentionScratch(together.data(), heads)));
    for (auto _ : state) {
        attendHeads(operations(set), together.data(), heads, scratch.data());
        benchmark::ClobberMemory();
    }
    state.counters["multiplications"] = {
        static_cast<double>(state.iterations() * heads * positions * 2 * kLength),
        benchmark::Counter::kIsRate};
}

/// A latent row is key and value of all heads (DeepSeek's 512 + 64 numbers).
void attendLatents(benchmark::State& state, InstructionSet set, CacheType type) {
    constexpr std::int64_t kHeads = 16, kRow = 576, kLatent = 512;
    const std::int64_t positions = state.range(0);
    std::mt19937 random(3);
    const std::vector<float> queries = randomFloats(kHeads * kRow, random);
    const std::vector<float> numbers = randomFloats(kRow, random);
    const std::size_t row = cacheRowBytes(type, kRow);
    std::vector<std::byte> cache(row * static_cast<std::size_t>(positions));
    for (std::size_t at = 0; at < cache.size(); at += row)
        storeCacheRow(type, numbers.data(), cache.data() + at, kRow);
    std::vector<float> output(static_cast<std::size_t>(kHeads * kLatent));
    std::vector<AttentionHead> heads;
    for (std::int64_t i = 0; i < kHeads; ++i) {
        heads.push_back({.query = queries.data() + i * kRow,
                         .keyLength = kRow,
                         .cacheType = type,
                         .keys = cache.data(),
                         .keyStride = static_cast<std::int64_t>(row),
                         .values = cache.data(),
                         .valueStride = static_cast<std::int64_t>(row),
                         .valueLength = kLatent,
                         .positions = positions,
                         .scale = 0.1f,
                         .output = output.data() + i * kLatent});
    }
    std::vector<float> scratch(static_cast<std::size_t>(attentionScratch(heads.data(), kHeads)));
    for (auto _ : state) {
        attendHeads(operations(set), heads.data(), kHeads, scratch.data());
        benchmark::ClobberMemory();
    }
    state.counters["multiplications"] = {
        static_cast<double>(state.iterations() * kHeads * positions * (kRow + kLatent)),
        benchmark::Counter::kIsRate};
}

/// A head's keys of many positions, from their latents.
void multiplyTransposed(benchmark::State& state, InstructionSet set) {
    constexpr std::int64_t kRows = 512, kColumnsOut = 128;
    const std::int64_t tokens = state.range(0);
    std::mt19937 random(3);
    const std::vector<float> weights = randomFloats(kRows * kColumnsOut, random);
    const std::vector<float> input = randomFloats(kRows * tokens, random);
    std::vector<float> output(static_cast<std::size_t>(kColumnsOut * tokens));
    for (auto _ : state) {
        operations(set).multiplyTransposed({.weights = weights.data(),
                                            .rows = kRows,
                                            .columns = kColumnsOut,
                                            .input = input.data(),
                                            .inputStride = kRows,
                                            .tokens = tokens,
                                            .output = output.data(),
                                            .outputStride = kColumnsOut});
        benchmark::ClobberMemory();
    }
    state.counters["multiplications"] = {
        static_cast<double>(state.iterations() * tokens * kRows * kColumnsOut), benchmark::Counter::kIsRate};
}

void readMemory(benchmark::State& state) {
    const std::vector<float> x(static_cast<std::size_t>(kWeightBytes) / sizeof(float), 0.5f);
    const auto n = static_cast<std::int64_t>(x.size());
    for (auto _ : state) benchmark::DoNotOptimize(dot(x.data(), x.data(), n));
    state.SetBytesProcessed(state.iterations() * kWeightBytes);
}

void registerAll() {
    benchmark::RegisterBenchmark("ReadMemory", readMemory);
    for (const InstructionSet set : fastSets()) {
        for (const TensorType type : weightTypes()) {
            const std::string name = typeName(type) + "/" + setName(set);
            for (const bool inPanels : {false, true}) {
                if (inPanels && !hasPanels(type)) continue;
                const std::string title = name + (inPanels ? "/panels" : "/rows");
                benchmark::RegisterBenchmark(("Decode/" + title).c_str(), multiply, type, set, 1, 64,
                                             inPanels);
                benchmark::RegisterBenchmark(("Prompt/" + title).c_str(), multiply, type, set, 128, 64,
                                             inPanels);
            }
        }
        const std::string transposed = "Transposed/" + std::string(setName(set));
        benchmark::RegisterBenchmark(transposed.c_str(), multiplyTransposed, set)->Arg(1)->Arg(512);
        for (const auto& [name, type] :
             {std::pair("F16/", CacheType::F16), std::pair("Q8_0/", CacheType::Q8_0)}) {
            const std::string latents = std::string("Latents/") + name + setName(set);
            benchmark::RegisterBenchmark(latents.c_str(), attendLatents, set, type)->Range(512, 16384);
            for (const std::int64_t heads : {1, 4, 16}) {
                const std::string title =
                    std::string("Attention/") + name + setName(set) + "/heads:" + std::to_string(heads);
                benchmark::RegisterBenchmark(title.c_str(), attend, set, type, heads)->Range(64, 4096);
            }
        }
    }
}

} // namespace
} // namespace ponder::kernels

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    ponder::kernels::registerAll();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
