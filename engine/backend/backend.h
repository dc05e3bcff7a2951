#pragma once

#include "kernels/activation.h"
#include "kernels/attention.h"
#include "kernels/panel.h"
#include "kernels/quant_blocks.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace ponder::engine {

/// A weight matrix where it lies: `rows` rows of `columns` contiguous numbers. No bytes: only its header was
/// read.
struct Matrix {
    kernels::TensorType type = kernels::TensorType::F32;
    const std::byte* bytes = nullptr;
    std::int64_t columns = 0;
    std::int64_t rows = 0;
    bool inPanels = false; ///< of sixteen rows (kernels/panel.h) instead of rows one after the other

    explicit operator bool() const { return rows > 0; }
    std::size_t rowBytes() const { return kernels::rowBytes(type, columns); }
    /// Of all rows in file order.
    std::size_t fileBytes() const { return static_cast<std::size_t>(rows) * rowBytes(); }
    /// Rows [first, first + count) of this matrix. In panels, `first` is a multiple of sixteen.
    Matrix rowsFrom(std::int64_t first, std::int64_t count) const {
        const std::size_t before = inPanels ? kernels::panelsBytes(type, columns, first)
                                            : static_cast<std::size_t>(first) * rowBytes();
        return {type, bytes ? bytes + before : nullptr, columns, count, inPanels};
    }
};

/// output[t][r] = weights row r · input[inputRows[t]] + bias[r]. Jobs with the same input share its conversion.
struct MatrixProduct {
    Matrix weights;
    const float* input = nullptr; ///< [tokens][inputStride], the first weights.columns of a row are used
    std::int64_t inputStride = 0;
    const std::int64_t* inputRows = nullptr; ///< [tokens], or null: 0, 1, 2 …
    std::int64_t tokens = 0;
    float* output = nullptr; ///< [tokens][outputStride]
    std::int64_t outputStride = 0;
    const float* bias = nullptr; ///< [rows] or null
};

/// The coarse operations a device offers. Pointers are in the device's memory; sums do not depend on how many
/// tokens or threads work together. One thread at a time.
class Backend {
public:
    virtual ~Backend() = default;

    /// All products, in one parallel loop over all their rows.
    virtual void multiply(std::span<const MatrixProduct> products) = 0;
    /// The same with the weights transposed and unpacked: output[t][c] = Σ_r input[t][r] · weights row r [c].
    /// No bias and no rows.
    virtual void multiplyTransposed(std::span<const MatrixProduct> products) = 0;
    /// All heads, shared out over the threads. Each `sharing` of them that follow one another look at rows of
    /// the same cache, which are then read once for several.
    virtual void attend(std::span<const kernels::AttentionHead> heads, std::int64_t sharing) = 0;
    /// The same for a long step's tokens, faster: what is added in which order depends on where the step
    /// begins (kernels::attendMany).
    virtual void attendMany(std::span<const kernels::AttentionHead> heads, std::int64_t sharing) = 0;
    /// Calls work(0) … work(count - 1) on this machine's threads and returns when all are done. It must not
    /// throw.
    virtual void share(std::int64_t count, const std::function<void(std::int64_t)>& work) = 0;
    /// Row `row` of a matrix as float32.
    virtual void readRow(const Matrix& matrix, std::int64_t row, float* values) = 0;
};

/// Calls work(t) for each of a step's tokens, on all threads where there are enough to wake them for.
template <typename Work>
void eachToken(Backend& backend, std::int64_t tokens, const Work& work) {
    constexpr std::int64_t kFew = 4;
    if (tokens >= kFew) return backend.share(tokens, work);
    for (std::int64_t t = 0; t < tokens; ++t) work(t);
}

} // namespace ponder::engine
