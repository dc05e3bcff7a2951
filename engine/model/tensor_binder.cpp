#include "engine/model/tensor_binder.h"

#include "engine/support/error.h"
#include "kernels/dequantize.h"

#include <cstring>

namespace ponder::engine {

namespace {

using Shape = std::array<std::int64_t, 4>;

std::string shownShape(const Shape& shape) {
    std::size_t dimensions = shape.size();
    while (dimensions > 1 && shape[dimensions - 1] == 1) --dimensions;
    std::string text;
    for (std::size_t i = 0; i < dimensions; ++i) text += (i ? " × " : "") + std::to_string(shape[i]);
    return text;
}

void requireShape(const Tensor& tensor, const Shape& shape) {
    if (tensor.shape == shape) return;
    throw Error("The tensor \"" + tensor.name + "\" has the shape " + shownShape(tensor.shape) +
                ", expected is " + shownShape(shape) +
                ". The model file is damaged or made for another program; download it again.");
}

} // namespace

const Tensor* TensorBinder::lookUp(const std::string& fullName, Presence presence) const {
    const Tensor* tensor = file_.findTensor(fullName);
    if (!tensor && presence == Presence::Needed) {
        throw Error("The tensor \"" + fullName +
                    "\" is missing. The model file is incomplete; download it again.");
    }
    return tensor;
}

const Tensor* TensorBinder::find(std::string_view name, const Shape& shape, Presence presence) const {
    const std::string fullName = prefix_ + std::string(name);
    const Tensor* tensor = lookUp(fullName, presence);
    if (!tensor) return nullptr;
    if (!kernels::isWeightType(tensor->type)) {
        throw Error("The tensor \"" + fullName + "\" is stored as " +
                    std::string(kernels::typeLayout(tensor->type).name) +
                    ", which weights cannot be. Download another version of the model.");
    }
    requireShape(*tensor, shape);
    return tensor;
}

std::int64_t TensorBinder::rowsOf(std::string_view name) const {
    const Tensor* tensor = file_.findTensor(prefix_ + std::string(name));
    return tensor ? tensor->rows() : 0;
}

Matrix TensorBinder::matrix(std::string_view name, std::int64_t columns, std::int64_t rows,
                            Presence presence) const {
    const Tensor* tensor = find(std::string(name) + ".weight", {columns, rows, 1, 1}, presence);
    if (!tensor) return {};
    return {tensor->type, tensor->bytes, columns, rows};
}

Matrix TensorBinder::stack(std::string_view name, std::int64_t columns, std::int64_t rows,
                           std::int64_t slices) const {
    const Tensor* tensor = find(std::string(name) + ".weight", {columns, rows, slices, 1}, Presence::Needed);
    return {tensor->type, tensor->bytes, columns, rows * slices};
}

std::vector<float> TensorBinder::numbersOf(const Tensor* tensor) const {
    if (!tensor || !tensor->bytes) return {};
    std::vector<float> values(static_cast<std::size_t>(tensor->elements()));
    kernels::dequantizeRow(tensor->type, tensor->bytes, values.data(), tensor->elements());
    converted_.insert(tensor->bytes);
    return values;
}

std::vector<float> TensorBinder::vector(std::string_view name, std::int64_t count, Presence presence) const {
    return numbersOf(find(name, {count, 1, 1, 1}, presence));
}

std::vector<float> TensorBinder::table(std::string_view name, std::int64_t columns, std::int64_t rows,
                                       Presence presence) const {
    return numbersOf(find(name, {columns, rows, 1, 1}, presence));
}

std::vector<std::int32_t> TensorBinder::indices(std::string_view name, std::int64_t columns,
                                                std::int64_t rows, std::int32_t below) const {
    const Tensor* tensor = lookUp(prefix_ + std::string(name), Presence::Needed);
    if (tensor->type != kernels::TensorType::I32) {
        throw Error("The tensor \"" + tensor->name + "\" is stored as " +
                    std::string(kernels::typeLayout(tensor->type).name) +
                    ", expected is I32. The model file is damaged; download it again.");
    }
    requireShape(*tensor, {columns, rows, 1, 1});
    if (!tensor->bytes) return {};
    std::vector<std::int32_t> values(static_cast<std::size_t>(columns * rows));
    std::memcpy(values.data(), tensor->bytes, values.size() * sizeof(std::int32_t));
    converted_.insert(tensor->bytes);
    for (std::int32_t value : values) {
        if (value >= 0 && value < below) continue;
        throw Error("The tensor \"" + tensor->name + "\" holds the number " + std::to_string(value) +
                    ", expected are numbers from 0 to " + std::to_string(below - 1) +
                    ". The model file is damaged; download it again.");
    }
    return values;
}

} // namespace ponder::engine
