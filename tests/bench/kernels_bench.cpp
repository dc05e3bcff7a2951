#include "kernels/attention.h"
#include "kernels/cpu/operations.h"
#include "kernels/half.h"
#include "kernels/matmul.h"
#include "kernels/panel.h"
#include "tests/kernels/random_blocks.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <sys/mman.h>
#include <vector>

// Speed of the kernels on one core: run with --benchmark_filter=Decode, Few, Prompt, Pack or Attention.
namespace ponder::kernels {
namespace {

// Enough weights that they come from memory, as in a model, and not from a cache.
constexpr std::int64_t kWeightBytes = 256 << 20;
constexpr std::int64_t kColumns = 2048;
constexpr std::size_t kLargePage = std::size_t{2} << 20;

/// Memory in large pages, as the engine keeps weights in.
std::shared_ptr<std::uint8_t> largePages(std::size_t bytes) {
    bytes = (bytes + kLargePage - 1) / kLargePage * kLargePage;
    void* memory = std::aligned_alloc(kLargePage, bytes);
    madvise(memory, bytes, MADV_HUGEPAGE); // refused where there are none: then pages are small
    return {static_cast<std::uint8_t*>(memory), std::free};
}

struct Matrix {
    TensorType type;
    std::int64_t rows;
    std::size_t bytes;
    std::shared_ptr<std::uint8_t> weights;

    explicit Matrix(TensorType t)
        : type(t), rows(kWeightBytes / static_cast<std::int64_t>(rowBytes(t, kColumns)) / 64 * 64),
          bytes(rowBytes(t, kColumns) * static_cast<std::size_t>(rows)), weights(largePages(bytes)) {
        // Sixteen different rows, repeated: their content changes no speed.
        std::mt19937 random(1);
        repeat(randomBlocks(type, kPanelRows * kColumns, random));
    }

    void turnIntoPanels() {
        std::vector<std::uint8_t> panel(panelBytes(type, kColumns));
        packPanel(type, weights.get(), kPanelRows, kColumns, panel.data());
        repeat(panel);
    }

private:
    void repeat(const std::vector<std::uint8_t>& some) {
        for (std::size_t at = 0; at + some.size() <= bytes; at += some.size())
            std::memcpy(weights.get() + at, some.data(), some.size());
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
                       .weights = matrix.weights.get(),
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

/// Making panels of rows in file order, as when weights enter memory.
void pack(benchmark::State& state, TensorType type) {
    const Matrix matrix(type);
    const auto target = largePages(matrix.bytes + 64);
    const std::size_t bytes = rowBytes(type, kColumns) * kPanelRows;
    std::size_t at = 0;
    for (auto _ : state) {
        packPanel(type, matrix.weights.get() + at, kPanelRows, kColumns, target.get() + at / 64 * 64);
        at = at + 3 * bytes <= matrix.bytes ? at + bytes : 0;
        benchmark::ClobberMemory();
    }
    state.counters["weights"] = {static_cast<double>(state.iterations()) * static_cast<double>(bytes),
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
    const bool many = heads > kMostHeads;
    std::vector<float> scratch(static_cast<std::size_t>(many ? manyScratch(together.data(), heads)
                                                             : attentionScratch(together.data(), heads)));
    for (auto _ : state) {
        if (many)
            operations(set).attendMany(together.data(), heads, scratch.data());
        else
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
    const auto memory = largePages(static_cast<std::size_t>(kWeightBytes));
    std::memset(memory.get(), 0, static_cast<std::size_t>(kWeightBytes));
    const auto* x = reinterpret_cast<const float*>(memory.get());
    constexpr auto n = kWeightBytes / static_cast<std::int64_t>(sizeof(float));
    for (auto _ : state) benchmark::DoNotOptimize(dot(x, x, n));
    state.SetBytesProcessed(state.iterations() * kWeightBytes);
}

void registerAll() {
    benchmark::RegisterBenchmark("ReadMemory", readMemory);
    for (const TensorType type : weightTypes())
        if (hasPanels(type)) benchmark::RegisterBenchmark(("Pack/" + typeName(type)).c_str(), pack, type);
    for (const InstructionSet set : fastSets()) {
        for (const TensorType type : weightTypes()) {
            const std::string name = typeName(type) + "/" + setName(set);
            for (const bool inPanels : {false, true}) {
                if (inPanels && !hasPanels(type)) continue;
                const std::string title = name + (inPanels ? "/panels" : "/rows");
                benchmark::RegisterBenchmark(("Decode/" + title).c_str(), multiply, type, set, 1, 64,
                                             inPanels);
                benchmark::RegisterBenchmark(("Few/" + title).c_str(), multiply, type, set, 5, 64, inPanels);
                benchmark::RegisterBenchmark(("Expert/" + title).c_str(), multiply, type, set, 16, 64,
                                             inPanels);
                benchmark::RegisterBenchmark(("Prompt/" + title).c_str(), multiply, type, set, 128, 64,
                                             inPanels);
            }
        }
        const std::string transposed = "Transposed/" + std::string(setName(set));
        benchmark::RegisterBenchmark(transposed.c_str(), multiplyTransposed, set)->Arg(1)->Arg(512);
        for (const auto& [name, type] :
             {std::pair("F16/", CacheType::F16), std::pair("Q8_0/", CacheType::Q8_0),
              std::pair("Words/", CacheType::Words)}) {
            const std::string latents = std::string("Latents/") + name + setName(set);
            benchmark::RegisterBenchmark(latents.c_str(), attendLatents, set, type)->Range(512, 16384);
            for (const std::int64_t heads : {1, 4, 16, 64, 128, 256}) {
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
