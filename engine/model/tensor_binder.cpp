#include "engine/model/tensor_binder.h"

#include "engine/support/error.h"
#include "kernels/dequantize.h"

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

std::vector<float> converted(const Tensor* tensor) {
    if (!tensor || !tensor->bytes) return {};
    std::vector<float> values(static_cast<std::size_t>(tensor->elements()));
    kernels::dequantizeRow(tensor->type, tensor->bytes, values.data(), tensor->elements());
    return values;
}

} // namespace

const Tensor* TensorBinder::find(std::string_view name, const Shape& shape, Presence presence) const {
    const std::string fullName = prefix_ + std::string(name);
    const Tensor* tensor = file_.findTensor(fullName);
    if (!tensor && presence == Presence::Needed) {
        throw Error("The tensor \"" + fullName +
                    "\" is missing. The model file is incomplete; download it again.");
    }
    if (!tensor) return nullptr;
    if (!kernels::isWeightType(tensor->type)) {
        throw Error("The tensor \"" + fullName + "\" is stored as " +
                    std::string(kernels::typeLayout(tensor->type).name) +
                    ", which weights cannot be. Download another version of the model.");
    }
    if (tensor->shape != shape) {
        throw Error("The tensor \"" + fullName + "\" has the shape " + shownShape(tensor->shape) +
                    ", expected is " + shownShape(shape) +
                    ". The model file is damaged or made for another program; download it again.");
    }
    return tensor;
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

std::vector<float> TensorBinder::vector(std::string_view name, std::int64_t count, Presence presence) const {
    return converted(find(name, {count, 1, 1, 1}, presence));
}

std::vector<float> TensorBinder::table(std::string_view name, std::int64_t columns, std::int64_t rows,
                                       Presence presence) const {
    return converted(find(name, {columns, rows, 1, 1}, presence));
}

} // namespace ponder::engine
