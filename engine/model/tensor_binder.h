#pragma once

#include "engine/backend/backend.h"
#include "engine/format/gguf_file.h"

#include <string>
#include <string_view>
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
    /// `name` without ".weight". Empty when optional and absent. A third dimension counts as more rows.
    Matrix matrix(std::string_view name, std::int64_t columns, std::int64_t rows,
                  Presence presence = Presence::Needed) const;
    /// `name` with its suffix ("attn_q.bias"), converted to float32.
    std::vector<float> vector(std::string_view name, std::int64_t count,
                              Presence presence = Presence::Needed) const;

private:
    const Tensor* find(const std::string& name, Presence presence) const;

    const GgufFile& file_;
    std::string prefix_;
};

} // namespace ponder::engine
