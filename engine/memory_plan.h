#pragma once

#include "engine/machine.h"
#include "engine/model_footprint.h"

#include <optional>
#include <string>
#include <vector>

namespace ponder::engine {

/// How a model is to be run, as far as the user chose.
struct PlanRequest {
    int contextTokens = 0; ///< 0: as many as are good for this machine
    CacheType cacheType = CacheType::F16;
    /// 0…1, the share of the experts that is read into memory with the model; the others are read from the
    /// disk when they are needed. Empty: all that fits.
    std::optional<double> expertsInMemory = {};
    int threads = 0; ///< 0: one a core

    friend bool operator==(const PlanRequest&, const PlanRequest&) = default;
};

/// What of a model lies where. All in bytes.
struct DevicePlan {
    std::string name = {};     ///< "Memory", "Disk"
    std::uint64_t dense = 0;   ///< what every token needs, shared experts not among it
    std::uint64_t shared = 0;  ///< experts that every token meets
    std::uint64_t experts = 0; ///< those that are chosen from
    std::uint64_t cache = 0;   ///< the conversation
    std::uint64_t scratch = 0; ///< to work in, and the vocabulary
    std::uint64_t free = 0;    ///< before anything is loaded; disk: 0, nothing new is written
    bool fits = true;

    std::uint64_t weights() const { return dense + shared + experts; }
    std::uint64_t total() const { return weights() + cache + scratch; }
};

/// A way to run the model that fits.
struct PlanSuggestion {
    std::string words = {}; ///< "Choose a context of 8,192 tokens."
    PlanRequest request = {};
};

/// What running a model would take, before anything is loaded.
struct MemoryPlan {
    std::vector<DevicePlan> devices = {}; ///< memory first, then the disk where experts stay there
    int contextTokens = 0;                ///< chosen, where the request left it open
    CacheType cacheType = CacheType::F16;
    double expertsInMemory = 0;   ///< 0…1; 1 for models without experts
    double tokensPerSecond = 0;   ///< expected of an answer in a short conversation; 0: not measured yet
    std::string explanation = {}; ///< what was chosen, and why, in a sentence or two
    std::vector<std::string> notices;
    /// Empty: it fits. "Needs 8.6 GB of memory, 5.1 GB are free."
    std::string refusal = {};
    std::optional<PlanSuggestion> suggestion = {}; ///< the nearest that fits; empty where none does

    bool fits() const { return refusal.empty(); }
};

/// Takes some microseconds: to be asked at every move of a slider. Any thread.
MemoryPlan planMemory(const ModelFootprint& footprint, const PlanRequest& request, const Machine& machine);

/// Memory that the engine's process is expected to hold, files that it reads included, once `tokens` tokens
/// of a conversation were evaluated by `plan`.
std::uint64_t expectedResidentBytes(const ModelFootprint& footprint, const MemoryPlan& plan, int tokens);

/// Tokens a second of an answer that begins at `position`, by what was measured; 0 where nothing was.
/// `expertsInMemory` is the share of reads that need no disk.
double expectedTokensPerSecond(const ModelFootprint& footprint, const MachineSpeed& speed, CacheType cache,
                               double expertsInMemory, int position);

} // namespace ponder::engine
