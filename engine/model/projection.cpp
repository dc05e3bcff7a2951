#include "engine/model/projection.h"

namespace ponder::engine {

Projection projection(const TensorBinder& binder, const std::string& name, std::int64_t columns,
                      std::int64_t rows, Presence presence) {
    Projection result{binder.matrix(name, columns, rows, presence), {}};
    if (result) result.bias = binder.vector(name + ".bias", rows, Presence::Optional);
    return result;
}

} // namespace ponder::engine
