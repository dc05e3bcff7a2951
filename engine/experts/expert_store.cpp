#include "engine/experts/expert_store.h"

#include "engine/support/check.h"

namespace ponder::engine {

ExpertWeights ExpertStore::acquire(int layer, int expert) const {
    const ExpertStack& stack = layers_[static_cast<std::size_t>(layer)];
    CHECK(stack.gate && expert * stack.width < stack.down.rows);
    ExpertWeights weights;
    weights.gate = stack.gate.rowsFrom(expert * stack.gateStep, stack.hidden);
    weights.up = stack.up.rowsFrom(expert * stack.gateStep, stack.hidden);
    weights.down = stack.down.rowsFrom(expert * stack.width, stack.width);
    return weights;
}

} // namespace ponder::engine
