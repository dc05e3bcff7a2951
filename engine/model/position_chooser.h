#pragma once

#include "engine/backend/backend.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ponder::engine {

/// The lightning indexer's choice (DeepSeek-V3.2, arXiv 2512.02556 §2.1): which of the cached rows a token
/// attends to. Keeps its working memory between calls; one thread.
class PositionChooser {
public:
    explicit PositionChooser(Backend& backend) : backend_(backend) {}

    struct Question {
        Matrix keys;                    ///< the rows to choose from
        const float* queries = nullptr; ///< [heads][keys.columns]
        const float* weights = nullptr; ///< [heads]
        int heads = 0;
        std::int64_t count = 0;    ///< rows to choose
        std::int64_t capacity = 0; ///< rows that a whole context has
    };

    /// The rows with the greatest Σ_h weight_h · ReLU(query_h · key), in ascending order; of equal ones those
    /// that the reference takes, PyTorch's `topk` over a whole context. Valid until the next call. Requires:
    /// 1 <= count <= rows <= capacity.
    std::span<const std::int64_t> choose(const Question& question);

    /// Numbers it keeps to work in, for so many heads and rows.
    static std::int64_t workingNumbers(std::int64_t heads, std::int64_t rows);

private:
    void score(const Question& question);

    Backend& backend_;
    std::vector<float> products_; // [head][row of a slice]
    std::vector<float> scores_;   // [row]
    std::vector<std::int64_t> rows_;
};

} // namespace ponder::engine
