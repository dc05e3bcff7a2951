#include "engine/model/tensor_binder.h"

#include "engine/support/error.h"
#include "kernels/dequantize.h"

namespace ponder::engine {

namespace {

std::string shapeOf(const Tensor& tensor) {
    std::string text;
    for (int i = 0; i < tensor.dimensions; ++i) {
        text += (i ? " × " : "") + std::to_string(tensor.shape[static_cast<std::size_t>(i)]);
    }
    return text;
}

[[noreturn]] void refuseShape(const Tensor& tensor, const std::string& expected) {
    throw Error("The tensor \"" + tensor.name + "\" has the shape " + shapeOf(tensor) + ", expected is " +
                expected + ". The model file is damaged or made for another program; download it again.");
}

} // namespace

const Tensor* TensorBinder::find(const std::string& name, Presence presence) const {
    const Tensor* tensor = file_.findTensor(name);
    if (!tensor && presence == Presence::Needed) {
        throw Error("The tensor \"" + name +
                    "\" is missing. The model file is incomplete; download it again.");
    }
    if (tensor && !kernels::isWeightType(tensor->type)) {
        throw Error("The tensor \"" + name + "\" is stored as " +
                    std::string(kernels::typeLayout(tensor->type).name) +
                    ", which weights cannot be. Download another version of the model.");
    }
    return tensor;
}

Matrix TensorBinder::matrix(std::string_view name, std::int64_t columns, std::int64_t rows,
                            Presence presence) const {
    const Tensor* tensor = find(prefix_ + std::string(name) + ".weight", presence);
    if (!tensor) return {};
    if (tensor->columns() != columns || tensor->elements() / tensor->columns() != rows) {
        refuseShape(*tensor, std::to_string(columns) + " × " + std::to_string(rows));
    }
    return {tensor->type, tensor->bytes, columns, rows};
}

std::vector<float> TensorBinder::vector(std::string_view name, std::int64_t count, Presence presence) const {
    const Tensor* tensor = find(prefix_ + std::string(name), presence);
    if (!tensor) return {};
    if (tensor->elements() != count) refuseShape(*tensor, std::to_string(count) + " numbers");
    std::vector<float> values(static_cast<std::size_t>(count));
    if (tensor->bytes) kernels::dequantizeRow(tensor->type, tensor->bytes, values.data(), count);
    return values;
}

} // namespace ponder::engine
