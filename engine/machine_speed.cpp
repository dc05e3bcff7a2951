#include "engine/backend/cpu_backend.h"
#include "engine/machine.h"
#include "engine/model/kv_cache.h"
#include "engine/processor_cores.h"
#include "engine/sampling/sampler.h"
#include "engine/support/error.h"
#include "engine/support/seconds_since.h"
#include "kernels/activation.h"
#include "kernels/dequantize.h"
#include "kernels/norm.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace ponder::engine {

namespace {

using kernels::TensorType;

// Larger than any processor's cache that a desktop has.
constexpr std::size_t kMemory = std::size_t{160} << 20;
constexpr std::size_t kCached = std::size_t{3} << 20;
constexpr std::size_t kStreamed = std::size_t{16} << 20;
constexpr std::size_t kMatrix = std::size_t{1} << 20;
constexpr double kLeastSeconds = 0.006;
constexpr std::size_t kDiskChunk = std::size_t{4} << 20;
constexpr double kDiskSeconds = 0.25;
constexpr TensorType kMeasuredTypes[] = {
    TensorType::F32,     TensorType::F16,   TensorType::BF16,   TensorType::Q4_0,    TensorType::Q4_1,
    TensorType::Q5_0,    TensorType::Q5_1,  TensorType::Q8_0,   TensorType::Q2_K,    TensorType::Q3_K,
    TensorType::Q4_K,    TensorType::Q5_K,  TensorType::Q6_K,   TensorType::IQ2_XXS, TensorType::IQ2_S,
    TensorType::IQ3_XXS, TensorType::IQ3_S, TensorType::IQ4_NL, TensorType::IQ4_XS,  TensorType::MXFP4};

/// Seconds that one call of `work` takes: of some rounds the one that a quarter of them beat, for a token
/// meets the machine's better moments and its worse ones.
template <typename Work>
double secondsOf(const Work& work) {
    work();
    std::vector<double> rounds;
    double spent = 0;
    while (rounds.size() < 4 || (spent < kLeastSeconds && rounds.size() < 200)) {
        const auto start = Clock::now();
        work();
        rounds.push_back(secondsSince(start));
        spent += rounds.back();
    }
    const auto quarter = rounds.begin() + static_cast<std::ptrdiff_t>(rounds.size() / 4);
    std::nth_element(rounds.begin(), quarter, rounds.end());
    return *quarter;
}

/// Times the engine's own operations on memory of its own.
class Probe {
public:
    explicit Probe(int threads)
        : backend_(threads), memory_(kMemory, "measuring this machine", LazyMemory::Pages::Large) {
        // Any byte of this range makes a small, normal number of every type.
        std::uint32_t state = 1;
        for (std::size_t at = 0; at < kMemory; ++at) {
            state = state * 1664525u + 1013904223u;
            memory_.data()[at] = static_cast<std::byte>(0x2C + (state >> 28));
        }
        input_.assign(8192, 0.01f);
    }

    /// Bytes a second, read again and again.
    double readSpeed(std::size_t bytes) {
        const auto n = static_cast<std::int64_t>(bytes / sizeof(float));
        const auto* numbers = reinterpret_cast<const float*>(memory_.data());
        const double seconds = secondsOf([&] {
            backend_.pool().forRanges(n, 4096, [&](std::int64_t begin, std::int64_t end) {
                // Half against half: every byte is read once.
                const std::int64_t half = (end - begin) / 2;
                sink_.store(kernels::dot(numbers + begin, numbers + begin + half, half),
                            std::memory_order_relaxed);
            });
        });
        return static_cast<double>(bytes) / seconds;
    }

    void measure(MachineSpeed& speed) {
        measureReads(speed);
        measureSerial(speed);
        loopSeconds_ = speed.loopSeconds = loopSeconds();
        for (const TensorType type : kMeasuredTypes) speed.products.push_back(productSpeed(type));
        measureAttention(speed);
    }

private:
    void measureReads(MachineSpeed& speed) {
        for (std::size_t bytes = kCached; bytes <= kMemory; bytes *= 2)
            speed.reads.push_back({static_cast<double>(bytes), readSpeed(bytes)});
    }

    void measureSerial(MachineSpeed& speed) {
        constexpr std::int64_t n = 4096;
        std::vector<float> a(n, 0.5f), b(n, 0.5f);
        std::vector<std::byte> converted(kernels::activationRowBytes(kernels::ActivationFormat::F32, n));
        const auto each = [](double seconds) { return seconds / static_cast<double>(n); };
        speed.normSeconds =
            each(secondsOf([&] { kernels::rmsNorm(a.data(), b.data(), 1e-6f, n, a.data()); }));
        speed.activationSeconds = each(secondsOf(
            [&] { kernels::gatedActivation(kernels::Activation::Silu, a.data(), b.data(), n, a.data()); }));
        speed.conversionSeconds = each(secondsOf([&] {
            kernels::convertActivations(kernels::ActivationFormat::Q8_K, b.data(), n, converted.data());
        }));
        speed.drawFewSeconds = drawSeconds({.topK = 40});
        speed.drawLikelySeconds = drawSeconds({.topK = 0, .topP = 0.95f});
        speed.drawAllSeconds = drawSeconds({.topK = 0, .topP = 1.0f});
    }

    static double drawSeconds(const SamplingSettings& settings) {
        constexpr std::size_t n = 32768;
        std::vector<float> logits(n);
        std::uint32_t state = 7;
        for (float& logit : logits) {
            state = state * 1664525u + 1013904223u;
            logit = static_cast<float>(state >> 8) * 0x1p-21f;
        }
        Sampler sampler(Sampler::merged(settings, {}));
        const std::vector<TokenId> history(64, 1);
        std::vector<float> drawn = logits;
        return secondsOf([&] {
                   std::copy(logits.begin(), logits.end(), drawn.begin());
                   sampler.next(drawn, history);
               }) /
               static_cast<double>(n);
    }

    /// What a loop costs beside its work: products so small that they take next to nothing.
    double loopSeconds() {
        constexpr int kLoops = 64;
        constexpr std::int64_t kColumns = 32;
        constexpr std::int64_t kRows = 64;
        output_.resize(kRows);
        const double seconds = secondsOf([&] {
            for (int i = 0; i < kLoops; ++i) {
                const MatrixProduct product{.weights = {TensorType::Q8_0, memory_.data(), kColumns, kRows},
                                            .input = input_.data(),
                                            .inputStride = kColumns,
                                            .tokens = 1,
                                            .output = output_.data(),
                                            .outputStride = kRows};
                backend_.multiply({&product, 1});
            }
        });
        return seconds / kLoops;
    }

    /// One token by `bytes` bytes of weights from `at` on, in rows of `columns` numbers, a matrix after the
    /// other as a model has them. Returns the rows.
    double multiply(TensorType type, std::int64_t columns, std::size_t at, std::size_t bytes) {
        const std::size_t row = kernels::rowBytes(type, columns);
        const bool inPanels = kernels::hasPanels(type);
        const std::int64_t rows =
            inPanels ? static_cast<std::int64_t>(kMatrix / kernels::panelBytes(type, columns)) *
                           kernels::kPanelRows
                     : static_cast<std::int64_t>(kMatrix / row);
        output_.resize(static_cast<std::size_t>(rows));
        double all = 0;
        for (std::size_t done = 0; done < bytes; done += kMatrix) {
            const MatrixProduct product{
                .weights = {type, memory_.data() + at + done, columns, rows, inPanels},
                .input = input_.data(),
                .inputStride = columns,
                .tokens = 1,
                .output = output_.data(),
                .outputStride = rows};
            backend_.multiply({&product, 1});
            all += static_cast<double>(rows);
        }
        return all;
    }

    /// What a byte and a row cost, from rows of two lengths.
    struct Cost {
        double byteSeconds = 0;
        double rowSeconds = 0;
    };
    Cost productCost(TensorType type, std::size_t bytes, std::size_t step) {
        constexpr std::int64_t kLong = 4096;
        constexpr std::int64_t kShort = 512;
        double rows[2] = {};
        double seconds[2] = {};
        for (int i = 0; i < 2; ++i) {
            std::size_t at = 0;
            seconds[i] = secondsOf([&] {
                rows[i] = multiply(type, i == 0 ? kLong : kShort, at, bytes);
                at = at + step + bytes <= kMemory ? at + step : 0;
            });
            // The forecast counts loops by themselves.
            // It was measured apart, and something else may have been running then.
            const double loops = loopSeconds_ * static_cast<double>(bytes / kMatrix);
            seconds[i] -= std::min(loops, seconds[i] / 2);
        }
        Cost cost;
        cost.rowSeconds = std::max(0.0, (seconds[1] - seconds[0]) / (rows[1] - rows[0]));
        // Where something else ran meanwhile, rows may seem to take all of the time.
        cost.rowSeconds = std::min(cost.rowSeconds, seconds[0] / (2 * rows[0]));
        cost.byteSeconds = std::max(0.0, seconds[0] - rows[0] * cost.rowSeconds) / static_cast<double>(bytes);
        return cost;
    }

    ProductSpeed productSpeed(TensorType type) {
        const Cost cached = productCost(type, kCached, 0);
        // Ever new memory, so that nothing is in the cache but what the last round left there.
        const Cost streamed = productCost(type, kStreamed, kStreamed);
        return {.type = std::string(kernels::typeLayout(type).name),
                .cachedSeconds = cached.byteSeconds,
                .cachedRowSeconds = cached.rowSeconds,
                .streamedSeconds = streamed.byteSeconds,
                .streamedRowSeconds = streamed.rowSeconds};
    }

    /// Seconds that one thread takes for a position of a head, where `sharing` heads look at the same rows,
    /// in a cache that other layers' have pushed out of the processor's.
    double positionSeconds(kernels::CacheType type, std::int64_t length, std::int64_t sharing) {
        constexpr std::int64_t kRows = 4; // of a position, for as many groups of heads
        constexpr std::int64_t kPositions = 512;
        const std::size_t row = kernels::cacheRowBytes(type, length);
        const std::size_t stride = row * kRows;
        const std::size_t layer = 2 * stride * kPositions;
        std::vector<float> output(static_cast<std::size_t>(length * sharing));
        std::vector<kernels::AttentionHead> heads(static_cast<std::size_t>(sharing));
        std::vector<float> scratch;
        std::size_t at = 0;
        const double seconds = secondsOf([&] {
            for (std::size_t group = 0; group < kRows; ++group) {
                const std::byte* keys = memory_.data() + at + group * row;
                for (std::size_t head = 0; head < heads.size(); ++head) {
                    heads[head] = {.query = input_.data(),
                                   .keyLength = length,
                                   .cacheType = type,
                                   .keys = keys,
                                   .keyStride = static_cast<std::int64_t>(stride),
                                   .values = keys + layer / 2,
                                   .valueStride = static_cast<std::int64_t>(stride),
                                   .valueLength = length,
                                   .positions = kPositions,
                                   .scale = 0.1f,
                                   .output = output.data() + head * static_cast<std::size_t>(length)};
                }
                scratch.resize(static_cast<std::size_t>(kernels::attentionScratch(heads.data(), sharing)));
                kernels::attendHeads(heads.data(), sharing, scratch.data());
            }
            at = at + 2 * layer <= kMemory ? at + layer : 0;
        });
        return seconds / static_cast<double>(kRows * kPositions * sharing);
    }

    AttentionSpeed attentionSpeed(kernels::CacheType type, std::int64_t sharing) {
        constexpr std::int64_t kLong = 256;
        constexpr std::int64_t kShort = 64;
        const double longHead = positionSeconds(type, kLong, sharing);
        const double shortHead = positionSeconds(type, kShort, sharing);
        AttentionSpeed speed;
        speed.numberSeconds = std::max(0.0, (longHead - shortHead) / (2.0 * (kLong - kShort)));
        speed.rowSeconds = std::max(0.0, shortHead - 2 * kShort * speed.numberSeconds);
        return speed;
    }

    void measureAttention(MachineSpeed& speed) {
        const auto both = [this](kernels::CacheType type) -> AttentionSpeeds {
            return {.alone = attentionSpeed(type, 1), .amongFour = attentionSpeed(type, 4)};
        };
        speed.attentionF16 = both(kernels::CacheType::F16);
        speed.attentionQ8_0 = both(kernels::CacheType::Q8_0);
    }

    CpuBackend backend_;
    LazyMemory memory_;
    std::vector<float> input_;
    std::vector<float> output_;
    double loopSeconds_ = 0;
    std::atomic<float> sink_ = 0; // written by every thread, so that nothing is left out
};

std::string processorName() {
    std::ifstream facts("/proc/cpuinfo");
    for (std::string line; std::getline(facts, line);) {
        if (!line.starts_with("model name")) continue;
        const std::size_t colon = line.find(": ");
        return colon == std::string::npos ? "" : line.substr(colon + 2);
    }
    return {};
}

/// Reads the file past the system's cache where the disk allows it; 0 where it does not or there is too
/// little of it.
double diskSpeed(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECT);
    if (file < 0) return 0;
    struct stat status {};
    double speed = 0;
    if (::fstat(file, &status) == 0 && static_cast<std::size_t>(status.st_size) > 4 * kDiskChunk) {
        const std::unique_ptr<void, decltype(&std::free)> buffer(std::aligned_alloc(4096, kDiskChunk),
                                                                 &std::free);
        const auto start = Clock::now();
        double bytes = 0;
        const auto chunks = static_cast<std::uint64_t>(status.st_size) / kDiskChunk;
        // Places far apart, as experts lie.
        for (std::uint64_t i = 0; i < chunks && secondsSince(start) < kDiskSeconds; ++i) {
            const auto at = static_cast<off_t>(i * 7 % chunks * kDiskChunk);
            const ssize_t got = ::pread(file, buffer.get(), kDiskChunk, at);
            if (got <= 0) break;
            bytes += static_cast<double>(got);
        }
        if (bytes > 0) speed = bytes / secondsSince(start);
    }
    ::close(file);
    return speed;
}

} // namespace

MachineIdentity machineIdentity() {
    return {processorName(), kernels::instructionSet(), defaultThreads()};
}

double readSpeed(int threads) {
    return Probe(threads > 0 ? threads : defaultThreads()).readSpeed(kMemory);
}

MachineSpeed measureMachine(const SpeedProbe& request) {
    MachineSpeed speed;
    const MachineIdentity here = machineIdentity();
    speed.threads = request.threads > 0 ? request.threads : here.threads;
    speed.processor = here.processor;
    speed.instructionSet = here.instructionSet;
    speed.measuredAt = static_cast<std::int64_t>(std::time(nullptr));
    Probe(speed.threads).measure(speed);
    if (!request.diskFile.empty()) speed.diskBytesPerSecond = diskSpeed(request.diskFile);
    return speed;
}

} // namespace ponder::engine
