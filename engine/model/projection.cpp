#include "engine/model/projection.h"

namespace ponder::engine {

Projection projection(const TensorBinder& binder, const std::string& name, std::int64_t columns,
                      std::int64_t rows, Presence presence) {
    Projection result{binder.matrix(name, columns, rows, presence), {}};
    if (result) result.bias = binder.vector(name + ".bias", rows, Presence::Optional);
    return result;
}

Projection part(const Projection& fused, std::int64_t first, std::int64_t count) {
    Projection rows{fused.matrix.rowsFrom(first, count), {}};
    if (!fused.bias.empty()) rows.bias.assign(fused.bias.begin() + first, fused.bias.begin() + first + count);
    return rows;
}

MatrixProduct productOf(const Projection& projection, std::int64_t tokens, const float* input,
                        float* output) {
    return {.weights = projection.matrix,
            .input = input,
            .inputStride = projection.matrix.columns,
            .tokens = tokens,
            .output = output,
            .outputStride = projection.matrix.rows,
            .bias = projection.biasOrNull()};
}

MatrixProduct productOf(const Projection& projection, std::int64_t tokens, const float* input,
                        std::vector<float>& output) {
    output.resize(static_cast<std::size_t>(tokens * projection.matrix.rows));
    return productOf(projection, tokens, input, output.data());
}

} // namespace ponder::engine
