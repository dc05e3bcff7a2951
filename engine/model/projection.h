#pragma once

#include "engine/backend/backend.h"
#include "engine/model/tensor_binder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ponder::engine {

/// A matrix and the bias its family may have.
struct Projection {
    Matrix matrix;
    std::vector<float> bias; ///< empty: none

    explicit operator bool() const { return static_cast<bool>(matrix); }
    const float* biasOrNull() const { return bias.empty() ? nullptr : bias.data(); }
};

/// `name`.weight, rows of `columns`, and `name`.bias where there is one. Empty when optional and absent;
/// throws Error as TensorBinder does.
Projection projection(const TensorBinder& binder, const std::string& name, std::int64_t columns,
                      std::int64_t rows, Presence presence = Presence::Needed);

/// Rows [first, first + count) of a fused projection.
Projection part(const Projection& fused, std::int64_t first, std::int64_t count);

/// `tokens` rows of input, one behind the other, by the projection; outputs lie likewise.
MatrixProduct productOf(const Projection& projection, std::int64_t tokens, const float* input, float* output);
/// The same, `output` made large enough.
MatrixProduct productOf(const Projection& projection, std::int64_t tokens, const float* input,
                        std::vector<float>& output);

} // namespace ponder::engine
