#include "engine/convert/tensor_converter.h"

#include "engine/convert/tensor_rows.h"
#include "engine/format/gguf_problem.h"
#include "engine/support/error.h"
#include "kernels/quantize.h"

#include <algorithm>
#include <cmath>

namespace ponder::engine {

namespace {

constexpr std::int64_t kNumbersOfAThread = 16 << 10;
constexpr float kLargestHalf = 65504;

void checkNumbers(std::span<const float> rows, const TensorDescription& tensor) {
    float largest = 0;
    for (const float value : rows) {
        if (!std::isfinite(value))
            throw Error("The tensor " + engine::quoted(tensor.name) +
                        " has numbers in it that are none (NaN or infinity). The folder is damaged; "
                        "download it again.");
        largest = std::max(largest, std::abs(value));
    }
    if (tensor.type == kernels::TensorType::F16 && largest > kLargestHalf)
        throw Error("The tensor " + engine::quoted(tensor.name) +
                    " has numbers that F16 cannot hold. Choose BF16 or another type.");
}

} // namespace

void TensorConverter::convert(const PlannedTensor& tensor, const TensorDescription& description,
                              const BlockSink& sink) {
    readPlannedRows(tensor, folder_, [&](std::span<const float> rows) {
        checkNumbers(rows, description);
        sink(blocksOf(rows, description.type));
    });
}

std::span<const std::byte> TensorConverter::blocksOf(std::span<const float> rows, kernels::TensorType type) {
    const kernels::TypeLayout& layout = kernels::typeLayout(type);
    const auto blocks = static_cast<std::int64_t>(rows.size()) / layout.elements;
    blocks_.resize(static_cast<std::size_t>(blocks * layout.bytes));
    const std::int64_t grain = std::max<std::int64_t>(1, kNumbersOfAThread / layout.elements);
    pool_.forRanges(blocks, grain, [&](std::int64_t begin, std::int64_t end) {
        kernels::quantizeRow(type, rows.data() + begin * layout.elements,
                             blocks_.data() + begin * layout.bytes, (end - begin) * layout.elements);
    });
    return blocks_;
}

} // namespace ponder::engine
