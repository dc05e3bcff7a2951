#pragma once

#include "engine/experts/expert_store.h"

#include <optional>
#include <span>
#include <thread>

namespace ponder::engine {

/// Brings all experts into memory while nothing else runs: the first answers bring in what they need
/// themselves, later ones find the rest there, and what lies ahead of them first. One thread of the lowest
/// priority, ended with this object. Stops early where memory becomes short.
class ExpertWarmer {
public:
    /// The store outlives this object.
    explicit ExpertWarmer(const ExpertStore& store);

private:
    static void warm(const ExpertStore& store, const std::stop_token& stop);
    /// The layer, from the one behind that in use on, that has experts from `next[layer]` on.
    static std::optional<int> nextLayer(const ExpertStore& store, std::span<const int> next);

    std::jthread thread_;
};

} // namespace ponder::engine
