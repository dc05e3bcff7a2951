#pragma once

#include "engine/backend/backend.h"
#include "engine/backend/head_runs.h"
#include "engine/support/thread_pool.h"
#include "kernels/matmul.h"

#include <cstddef>
#include <vector>

namespace ponder::engine {

/// The processor: kernels/ on a team of threads.
class CpuBackend : public Backend {
public:
    explicit CpuBackend(int threads) : pool_(threads) {}

    void multiply(std::span<const MatrixProduct> products) override;
    void multiplyTransposed(std::span<const MatrixProduct> products) override;
    void attend(std::span<const kernels::AttentionHead> heads, std::int64_t sharing) override;
    void attendMany(std::span<const kernels::AttentionHead> heads, std::int64_t sharing) override;
    void share(std::int64_t count, const std::function<void(std::int64_t)>& work) override;
    void readRow(const Matrix& matrix, std::int64_t row, float* values) override;

    ThreadPool& pool() { return pool_; }

private:
    /// One input in one format, converted once for every product that reads it.
    struct Conversion {
        const float* input = nullptr;
        std::int64_t inputStride = 0;
        const std::int64_t* inputRows = nullptr;
        std::int64_t columns = 0;
        std::int64_t tokens = 0;
        kernels::ActivationFormat format = kernels::ActivationFormat::F32;
        std::size_t offset = 0;    ///< in converted_
        std::int64_t firstRow = 0; ///< in the loop over all inputs' rows
    };

    struct Split {
        std::int64_t run = 0;
        std::int64_t index = 0; ///< of its splits
    };

    using Scratch = std::int64_t (*)(const kernels::AttentionHead* heads, std::int64_t count);
    using Attend = void (*)(const kernels::AttentionHead* heads, std::int64_t count, float* scratch);

    const Conversion& conversionFor(const MatrixProduct& product);
    void convertInputs();
    /// Each run on one thread.
    void attendRuns(const HeadRuns& runs, Scratch scratchOf, Attend attend);
    /// Each step of attention shared out by itself: for few runs that see much.
    void attendInSteps(const HeadRuns& runs);
    /// The same where heads share rows.
    void attendInSplits(const HeadRuns& runs);

    ThreadPool pool_;
    std::vector<Conversion> conversions_;
    std::vector<std::size_t> conversionOf_; ///< [product]
    std::vector<std::int64_t> firstRow_;    ///< [product], in the loop over all rows
    std::vector<std::byte> converted_;
    std::size_t convertedBytes_ = 0;
    std::vector<float> scores_;            ///< of attendInSteps, or answers of splits
    std::vector<std::int64_t> scoresFrom_; ///< [run], where its own begin
    std::vector<Split> splits_;
};

} // namespace ponder::engine
