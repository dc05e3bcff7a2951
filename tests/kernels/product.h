#pragma once

#include "kernels/cpu/operations.h"
#include "kernels/dequantize.h"
#include "kernels/matmul.h"
#include "tests/kernels/random_blocks.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace ponder::kernels {

/// One product with everything it needs; weights begin at an odd address, as blocks in a file may.
struct Product {
    TensorType type;
    std::int64_t columns, rows, tokens;
    std::vector<float> inputs;
    std::vector<std::uint8_t> weights;
    std::vector<std::byte> activations;

    Product(TensorType t, std::int64_t n, std::int64_t r, std::int64_t k, const Operations& converter)
        : type(t), columns(n), rows(r), tokens(k) {
        std::mt19937 random(static_cast<unsigned>(n * 131 + r * 17 + k));
        inputs = randomFloats(columns * tokens, random);
        weights = randomBlocks(type, columns * rows, random);
        weights.insert(weights.begin(), 0);
        const ActivationFormat format = activationFormat(type);
        const std::size_t bytes = activationRowBytes(format, columns);
        activations.resize(bytes * static_cast<std::size_t>(tokens));
        for (std::int64_t token = 0; token < tokens; ++token) {
            converter.convertActivations(format, inputs.data() + token * columns, columns,
                                         activations.data() + bytes * static_cast<std::size_t>(token));
        }
    }

    MatmulRange range(std::vector<float>& output) const {
        return {.type = type,
                .weights = weights.data() + 1,
                .columns = columns,
                .rowBegin = 0,
                .rowEnd = rows,
                .activations = activations.data(),
                .tokens = tokens,
                .output = output.data(),
                .outputStride = rows + 3};
    }

    const void* activationsOf(std::int64_t token) const {
        return activations.data() +
               static_cast<std::size_t>(token) * activationRowBytes(activationFormat(type), columns);
    }

    std::vector<float> outputs(float fill) const {
        return std::vector<float>(static_cast<std::size_t>((rows + 3) * tokens), fill);
    }

    // Σ |weight · input| of one result: what rounding errors are measured by.
    double magnitude(std::int64_t row, std::int64_t token) const {
        std::vector<float> values(static_cast<std::size_t>(columns));
        const std::size_t bytes = rowBytes(type, columns);
        dequantizeRow(type, weights.data() + 1 + static_cast<std::size_t>(row) * bytes, values.data(),
                      columns);
        double sum = 0;
        for (std::int64_t i = 0; i < columns; ++i) {
            sum += std::fabs(values[static_cast<std::size_t>(i)] *
                             inputs[static_cast<std::size_t>(token * columns + i)]);
        }
        return sum;
    }
};

} // namespace ponder::kernels
