#pragma once

#include "engine/experts/expert_store.h"

#include <thread>

namespace ponder::engine {

/// Brings all experts into memory while nothing else runs: the first answers bring in what they need
/// themselves, later ones find the rest there. One thread of the lowest priority, ended with this object.
/// Stops early where memory becomes short.
class ExpertWarmer {
public:
    /// The store outlives this object.
    explicit ExpertWarmer(const ExpertStore& store);

private:
    static void warm(const ExpertStore& store, const std::stop_token& stop);

    std::jthread thread_;
};

} // namespace ponder::engine
