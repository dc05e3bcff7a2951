#pragma once

#include "engine/experts/expert_store.h"
#include "engine/weights/dense_store.h"

#include <optional>
#include <span>
#include <stop_token>
#include <thread>

namespace ponder::engine {

/// Brings all weights into memory, in panels, while nothing else runs: the first answers use rows of the file
/// and make the panels of what they use often, later ones find the rest there, and what lies ahead of them
/// first. One thread of the lowest priority, ended with this object. Stops early where memory becomes short.
class WeightWarmer {
public:
    /// Stores and file, which they are of, outlive this object.
    WeightWarmer(const DenseStore& dense, const ExpertStore& experts, const GgufFile& file);

private:
    static void warmExperts(const ExpertStore& store, const std::stop_token& stop);
    /// The layer, from the one behind that in use on, that has experts from `next[layer]` on.
    static std::optional<int> nextLayer(const ExpertStore& store, std::span<const int> next);

    std::jthread thread_;
};

} // namespace ponder::engine
