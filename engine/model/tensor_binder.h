#pragma once

#include "engine/backend/backend.h"
#include "engine/format/gguf_file.h"

#include <array>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace ponder::engine {

enum class Presence { Needed, Optional };

/// Finds tensors by name and checks their shapes. Throws Error that names the tensor, what was expected and
/// what was found. Keeps a reference to the file.
class TensorBinder {
public:
    explicit TensorBinder(const GgufFile& file) : file_(file) {}

    /// Tensors of "blk.N." from now on; -1: of the whole model.
    void enterLayer(int layer) { prefix_ = layer < 0 ? "" : "blk." + std::to_string(layer) + "."; }

    bool has(std::string_view name) const { return file_.findTensor(prefix_ + std::string(name)) != nullptr; }
    /// Of the tensor `name`, its suffix included; 0: there is none.
    std::int64_t rowsOf(std::string_view name) const;
    /// `name` without ".weight". Empty when optional and absent.
    Matrix matrix(std::string_view name, std::int64_t columns, std::int64_t rows,
                  Presence presence = Presence::Needed) const;
    /// A third dimension of equal matrices, seen as one with the rows of all.
    Matrix stack(std::string_view name, std::int64_t columns, std::int64_t rows, std::int64_t slices) const;
    /// `name` with its suffix ("attn_q.bias"), converted to float32. Empty in a file that was only inspected.
    std::vector<float> vector(std::string_view name, std::int64_t count,
                              Presence presence = Presence::Needed) const;
    /// The same for rows, one behind the other.
    std::vector<float> table(std::string_view name, std::int64_t columns, std::int64_t rows,
                             Presence presence = Presence::Needed) const;

    /// Whole numbers in rows, one behind the other. Throws where one is not in [0, below). Empty in a file
    /// that was only inspected.
    std::vector<std::int32_t> indices(std::string_view name, std::int64_t columns, std::int64_t rows,
                                      std::int32_t below) const;

    /// The file's bytes of each tensor that was converted to numbers: nothing reads them any more.
    const std::unordered_set<const std::byte*>& converted() const { return converted_; }

private:
    using Shape = std::array<std::int64_t, 4>;
    /// Throws where the shape is another one.
    const Tensor* find(std::string_view name, const Shape& shape, Presence presence) const;
    const Tensor* lookUp(const std::string& fullName, Presence presence) const;
    std::vector<float> numbersOf(const Tensor* tensor) const;

    const GgufFile& file_;
    std::string prefix_;
    mutable std::unordered_set<const std::byte*> converted_;
};

} // namespace ponder::engine
