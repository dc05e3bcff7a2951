#include "kernels/attention_room.h"
#include "kernels/cpu/amx.h"
#include "kernels/cpu/avx2.h"
#include "kernels/cpu/avx512.h"
#include "kernels/cpu/operations.h"
#include "kernels/norm.h"
#include "kernels/panel_shape.h"
#include "kernels/reference/reference.h"
#include "kernels/rope.h"
#include "kernels/words.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>

namespace ponder::kernels {

namespace {

constexpr Operations kScalar = {
    .instructionSet = "scalar",
    .convertActivations = reference::convertActivations,
    .matmul = reference::matmul,
    .multiplyTransposed = reference::multiplyTransposed,
    .scoreHeads = reference::scoreHeads,
    .weighHeads = reference::weighHeads,
    .mixHeads = reference::mixHeads,
    .attendSplit = reference::attendSplit,
    .joinSplit = reference::joinSplit,
    .attendMany = reference::attendMany,
    .convolveSilu = reference::convolveSilu,
    .applyDeltaRule = reference::applyDeltaRule,
    .convertToF16 = reference::convertToF16,
    .convertFromF16 = reference::convertFromF16,
    .convertToQ8_0 = reference::convertToQ8_0,
    .rmsNorm = reference::rmsNorm,
    .gatedActivation = reference::gatedActivation,
    .softmax = reference::softmax,
    .dot = reference::dot,
    .addScaled = reference::addScaled,
    .add = reference::add,
    .multiply = reference::multiply,
};

#ifdef PONDER_X86
constexpr Operations kAvx2 = {
    .instructionSet = "AVX2",
    .convertActivations = avx2::convertActivations,
    .matmul = avx2::matmul,
    .multiplyTransposed = avx2::multiplyTransposed,
    .scoreHeads = avx2::scoreHeads,
    .weighHeads = avx2::weighHeads,
    .mixHeads = avx2::mixHeads,
    .attendSplit = avx2::attendSplit,
    .joinSplit = avx2::joinSplit,
    .attendMany = avx2::attendMany,
    .convolveSilu = avx2::convolveSilu,
    .applyDeltaRule = avx2::applyDeltaRule,
    .convertToF16 = avx2::convertToF16,
    .convertFromF16 = avx2::convertFromF16,
    .convertToQ8_0 = avx2::convertToQ8_0,
    .rmsNorm = avx2::rmsNorm,
    .gatedActivation = avx2::gatedActivation,
    .softmax = avx2::softmax,
    .dot = avx2::dot,
    .addScaled = avx2::addScaled,
    .add = avx2::add,
    .multiply = avx2::multiply,
};

constexpr Operations withAvx512(Operations operations) {
    operations.instructionSet = "AVX-512 VNNI";
    operations.matmul = avx512::matmul;
    operations.multiplyTransposed = avx512::multiplyTransposed;
    operations.scoreHeads = avx512::scoreHeads;
    operations.mixHeads = avx512::mixHeads;
    operations.attendSplit = avx512::attendSplit;
    operations.attendMany = avx512::attendMany;
    return operations;
}

constexpr Operations withAmx(Operations operations) {
    operations.instructionSet = "AMX";
    operations.matmul = amx::matmul;
    return operations;
}

constexpr Operations kAvx512 = withAvx512(kAvx2);
constexpr Operations kAmx = withAmx(kAvx512);
#endif

const Operations& active() {
    static const Operations& chosen = operations(environmentsChoice().set);
    return chosen;
}

} // namespace

const Operations& operations([[maybe_unused]] InstructionSet set) {
#ifdef PONDER_X86
    if (set == InstructionSet::Amx) return kAmx;
    if (set == InstructionSet::Avx512) return kAvx512;
    if (set == InstructionSet::Avx2) return kAvx2;
#endif
    return kScalar;
}

const char* instructionSet() {
    return active().instructionSet;
}

ActivationFormat activationFormat(TensorType weights) {
    using enum TensorType;
    switch (weights) {
    case Q4_0:
    case Q4_1:
    case Q5_0:
    case Q5_1:
    case Q8_0:
    case IQ4_NL:
    case MXFP4:
    case NVFP4:
    case Q1_0:
    case Q2_0:
        return ActivationFormat::Q8_0;
    case Q2_K:
    case Q3_K:
    case Q4_K:
    case Q5_K:
    case Q6_K:
    case IQ1_S:
    case IQ1_M:
    case IQ2_XXS:
    case IQ2_XS:
    case IQ2_S:
    case IQ3_XXS:
    case IQ3_S:
    case IQ4_XS:
    case TQ1_0:
    case TQ2_0:
        return ActivationFormat::Q8_K;
    case F16:
    case BF16:
        return ActivationFormat::Words;
    default:
        return ActivationFormat::F32;
    }
}

bool hasPanels(TensorType type) {
    return hasPanelLayout(type) && active().matmul != reference::matmul;
}

std::size_t activationRowBytes(ActivationFormat format, std::int64_t columns) {
    const auto n = static_cast<std::size_t>(columns);
    std::size_t bytes = n * sizeof(float);
    if (format == ActivationFormat::Q8_0) bytes = n / 32 * (2 * sizeof(float) + sizeof(std::int32_t)) + n;
    if (format == ActivationFormat::Words) {
        const auto segments = static_cast<std::size_t>(wordSegments(columns));
        bytes = segments * (sizeof(float) + kWordSegment * sizeof(std::int16_t));
    }
    if (format == ActivationFormat::Q8_K) bytes = n / 256 * sizeof(float) + n / 16 * sizeof(std::int16_t) + n;
    return (bytes + 63) / 64 * 64;
}

void convertActivations(ActivationFormat format, const float* x, std::int64_t columns, void* converted) {
    active().convertActivations(format, x, columns, converted);
}

void matmul(const MatmulRange& range) {
    active().matmul(range);
}

namespace {

// One more split for a head, from its answer; `before` tells of those before.
void join(const Operations& with, const AttentionHead* heads, std::int64_t i, float* answers,
          SoftmaxState& before) {
    const SplitAnswer answer = splitAnswer(heads, i, answers);
    if (answer.state->total != 0) with.joinSplit(heads[i], before, answer.output, *answer.state);
}

void attendSplits(const Operations& with, const AttentionHead* heads, std::int64_t count, float* answers) {
    SoftmaxState states[kMostHeads];
    for (std::int64_t split = 0; split < attentionSplits(heads, count); ++split) {
        with.attendSplit(heads, count, split, answers);
        for (std::int64_t i = 0; i < count; ++i) join(with, heads, i, answers, states[i]);
    }
}

} // namespace

void attendHeads(const Operations& with, const AttentionHead* heads, std::int64_t count, float* scratch) {
    if (sharesRows(*heads)) {
        attendSplits(with, heads, count, scratch);
        return;
    }
    constexpr AttentionRange kAll{0, std::numeric_limits<std::int64_t>::max()};
    with.scoreHeads(heads, count, kAll, scratch);
    with.weighHeads(heads, count, kAll, scratch);
    with.mixHeads(heads, count, kAll, scratch);
}

void attendHeads(const AttentionHead* heads, std::int64_t count, float* scratch) {
    attendHeads(active(), heads, count, scratch);
}

std::int64_t attentionScratch(const AttentionHead* heads, std::int64_t count) {
    if (sharesRows(*heads)) return splitNumbers(heads, count);
    return count * (placeHeads(heads, count, nullptr).rows + kScoresBeyond);
}

void multiplyTransposed(const TransposedProduct& product) {
    active().multiplyTransposed(product);
}

void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch) {
    active().scoreHeads(heads, count, rows, scratch);
}

void weighHeads(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* scratch) {
    active().weighHeads(heads, count, which, scratch);
}

void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch) {
    active().mixHeads(heads, count, columns, scratch);
}

bool sharesRows(const AttentionHead& head) {
    return head.keys == head.values && head.valueLength <= head.keyLength &&
           head.keyLength <= kMostSharedNumbers && !head.state;
}

std::int64_t attentionSplits(const AttentionHead* heads, std::int64_t count) {
    std::int64_t most = 0;
    for (std::int64_t i = 0; i < count; ++i) most = std::max(most, heads[i].positions);
    return (most + kSplitPositions - 1) / kSplitPositions;
}

std::int64_t splitNumbers(const AttentionHead* heads, std::int64_t count) {
    return count * splitAnswerNumbers(*heads);
}

void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers) {
    active().attendSplit(heads, count, split, answers);
}

void joinSplits(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* answers) {
    const std::int64_t numbers = splitNumbers(heads, count);
    for (std::int64_t i = which.begin; i < std::min(which.end, count); ++i) {
        SoftmaxState state;
        for (std::int64_t split = 0; split < attentionSplits(heads, count); ++split)
            join(active(), heads, i, answers + split * numbers, state);
    }
}

void attendMany(const AttentionHead* heads, std::int64_t count, float* scratch) {
    active().attendMany(heads, count, scratch);
}

std::int64_t manyScratch(const AttentionHead* heads, std::int64_t count) {
    const std::int64_t words = wordNumbers(heads->keyLength, heads->valueLength, count);
    return std::max(manyNumbers(heads, count), words);
}

namespace {

void loadWords(const std::byte* block, float* y, std::int64_t n) {
    for (; n > 0; n -= kWordSegment, y += kWordSegment, block += kWordBlockBytes) {
        float scale;
        std::int16_t words[kWordSegment];
        std::memcpy(&scale, block, sizeof scale);
        std::memcpy(words, block + sizeof scale, sizeof words);
        for (std::int64_t i = 0; i < std::min(kWordSegment, n); ++i)
            y[i] = scale * static_cast<float>(words[i]);
    }
}

void storeWords(const float* x, std::byte* block, std::int64_t n) {
    for (; n > 0; n -= kWordSegment, x += kWordSegment, block += kWordBlockBytes)
        active().convertActivations(ActivationFormat::Words, x, std::min(kWordSegment, n), block);
}

} // namespace

void loadCacheRow(CacheType type, const void* x, float* y, std::int64_t n) {
    switch (type) {
    case CacheType::F32:
        std::memcpy(y, x, cacheRowBytes(type, n));
        return;
    case CacheType::F16:
        return active().convertFromF16(static_cast<const std::uint16_t*>(x), y, n);
    case CacheType::Words:
        return loadWords(static_cast<const std::byte*>(x), y, n);
    case CacheType::Q8_0:
        break;
    }
    constexpr std::int64_t kBlock = 32;
    const auto* block = static_cast<const std::uint8_t*>(x);
    for (std::int64_t i = 0; i < n; i += kBlock, block += cacheRowBytes(type, kBlock)) {
        float values[kBlock];
        reference::dequantizeBlock(TensorType::Q8_0, block, values);
        std::copy_n(values, std::min(kBlock, n - i), y + i);
    }
}

void convolveSilu(const Convolution& convolution) {
    active().convolveSilu(convolution);
}

void applyDeltaRule(const DeltaHead& head) {
    active().applyDeltaRule(head);
}

void convertToF16(const float* x, std::uint16_t* y, std::int64_t n) {
    active().convertToF16(x, y, n);
}

void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n) {
    active().convertFromF16(x, y, n);
}

std::size_t cacheRowBytes(CacheType type, std::int64_t numbers) {
    const auto n = static_cast<std::size_t>(numbers);
    switch (type) {
    case CacheType::F32:
        return n * sizeof(float);
    case CacheType::F16:
        return n * sizeof(std::uint16_t);
    case CacheType::Words:
        return static_cast<std::size_t>(wordSegments(numbers) * kWordBlockBytes);
    case CacheType::Q8_0:
        break;
    }
    return (n + 31) / 32 * 34;
}

void storeCacheRow(CacheType type, const float* x, void* y, std::int64_t n) {
    switch (type) {
    case CacheType::F32:
        std::memcpy(y, x, cacheRowBytes(type, n));
        return;
    case CacheType::F16:
        return active().convertToF16(x, static_cast<std::uint16_t*>(y), n);
    case CacheType::Q8_0:
        return active().convertToQ8_0(x, y, n);
    case CacheType::Words:
        return storeWords(x, static_cast<std::byte*>(y), n);
    }
}

void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t n, float* y) {
    active().rmsNorm(x, weight, epsilon, n, y);
}

void layerNorm(const float* x, const float* weight, const float* bias, float epsilon, std::int64_t n,
               float* y) {
    reference::layerNorm(x, weight, bias, epsilon, n, y);
}

void rotate(RopeStyle style, float* x, std::int64_t rotated, const float* cosines, const float* sines) {
    reference::rotate(style, x, rotated, cosines, sines);
}

void gatedActivation(Activation activation, const float* gate, const float* up, std::int64_t n, float* y) {
    active().gatedActivation(activation, gate, up, n, y);
}

void softmax(float* x, std::int64_t n) {
    active().softmax(x, n);
}

float dot(const float* x, const float* y, std::int64_t n) {
    return active().dot(x, y, n);
}

void addScaled(float scale, const float* x, float* y, std::int64_t n) {
    active().addScaled(scale, x, y, n);
}

void add(const float* x, float* y, std::int64_t n) {
    active().add(x, y, n);
}

void multiply(const float* x, float* y, std::int64_t n) {
    active().multiply(x, y, n);
}

} // namespace ponder::kernels
