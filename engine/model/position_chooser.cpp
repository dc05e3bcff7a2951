#include "engine/model/position_chooser.h"

#include "engine/support/check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ponder::engine {

namespace {

// Rows scored together: their products with every head stay in the cache of a core.
constexpr std::int64_t kSliceRows = 2048;

} // namespace

std::span<const std::int64_t> PositionChooser::choose(const Question& question) {
    CHECK(question.count >= 1 && question.count <= question.keys.rows &&
          question.keys.rows <= question.capacity);
    score(question);
    // Its order among equals is that of a partition of all rows, those to come among them.
    scores_.resize(static_cast<std::size_t>(question.capacity), -std::numeric_limits<float>::infinity());
    rows_.resize(scores_.size());
    std::iota(rows_.begin(), rows_.end(), std::int64_t{0});
    const auto end = rows_.begin() + question.count;
    std::nth_element(rows_.begin(), end - 1, rows_.end(), [&](std::int64_t a, std::int64_t b) {
        return scores_[static_cast<std::size_t>(a)] > scores_[static_cast<std::size_t>(b)];
    });
    std::sort(rows_.begin(), end);
    return {rows_.begin(), end};
}

void PositionChooser::score(const Question& question) {
    scores_.assign(static_cast<std::size_t>(question.keys.rows), 0.0f);
    for (std::int64_t first = 0; first < question.keys.rows; first += kSliceRows) {
        const std::int64_t count = std::min(kSliceRows, question.keys.rows - first);
        products_.resize(static_cast<std::size_t>(question.heads * count));
        const MatrixProduct product{.weights = question.keys.rowsFrom(first, count),
                                    .input = question.queries,
                                    .inputStride = question.keys.columns,
                                    .tokens = question.heads,
                                    .output = products_.data(),
                                    .outputStride = count};
        backend_.multiply({&product, 1});
        float* scores = scores_.data() + first;
        for (std::int64_t head = 0; head < question.heads; ++head) {
            const float weight = question.weights[head];
            const float* products = products_.data() + head * count;
            for (std::int64_t row = 0; row < count; ++row)
                scores[row] += weight * std::max(0.0f, products[row]);
        }
        // A NaN has no place in an order, but comes before rows that are not there; the attention itself
        // still shows what is broken.
        for (std::int64_t row = 0; row < count; ++row) {
            if (std::isnan(scores[row])) scores[row] = std::numeric_limits<float>::lowest();
        }
    }
}

std::int64_t PositionChooser::workingNumbers(std::int64_t heads, std::int64_t rows) {
    return heads * std::min(rows, kSliceRows) + 3 * rows; // a row's index is as large as two numbers
}

} // namespace ponder::engine
