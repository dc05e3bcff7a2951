#include "engine/memory_plan.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

namespace ponder::engine {

namespace {

// What a context may take of the memory that is free when it is left to Ponder.
constexpr std::uint64_t kContextShare = 4;
constexpr int kLeastContext = 2048;
// Suggested contexts are multiples of this, and shorter ones are no use.
constexpr int kContextStep = 256;
// Kept free for the other programs.
constexpr std::uint64_t kReserve = std::uint64_t{512} << 20;
constexpr std::uint64_t kReserveShare = 10;
// Less of the experts than this does not last until the next token needs them (performance.md §3.2).
constexpr double kLeastExpertShare = 0.1;
// The engine's program and the libraries it uses, as measured on Debian 12.
constexpr std::uint64_t kProgramBytes = 9'200'000;
constexpr int kForecastPosition = 512;

std::string sizeWords(std::uint64_t bytes) {
    char text[32];
    if (bytes >= 1'000'000'000)
        std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
    else
        std::snprintf(text, sizeof text, "%.0f MB", static_cast<double>(bytes) / 1e6);
    return text;
}

/// "8,192"
std::string countWords(int count) {
    const std::string digits = std::to_string(count);
    std::string words;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) words += ',';
        words += digits[i];
    }
    return words;
}

int percent(double share) {
    return static_cast<int>(std::lround(share * 100));
}

std::uint64_t shareOf(std::uint64_t bytes, double share) {
    return static_cast<std::uint64_t>(std::llround(static_cast<double>(bytes) * std::clamp(share, 0.0, 1.0)));
}

/// A draft head is used only where all experts are in memory (LocalEngine).
bool drafts(double expertsInMemory) {
    return expertsInMemory >= 1;
}

/// Memory for the cache of so many tokens, the draft head's among it.
std::uint64_t cacheBytes(const ModelFootprint& footprint, CacheType type, double expertsInMemory,
                         int tokens) {
    const std::uint64_t draft = drafts(expertsInMemory) ? footprint.draft.cacheBytesPerToken(type) : 0;
    return footprint.cacheBytes(type, tokens) + draft * static_cast<std::uint64_t>(std::max(0, tokens));
}

/// The addresses that a cache of so many tokens takes beyond its memory: windows give back rows, not
/// addresses.
std::uint64_t unwrittenBytes(const ModelFootprint& footprint, CacheType type, int tokens) {
    return footprint.cacheFixedBytes +
           footprint.cacheBytesPerToken(type) * static_cast<std::uint64_t>(std::max(0, tokens)) -
           footprint.cacheBytes(type, tokens);
}

/// The most tokens up to `limit` that `isPossible`, which fewer are too; 0: none.
int mostTokens(int limit, const std::function<bool(int)>& isPossible) {
    std::int64_t possible = 0;
    std::int64_t impossible = std::int64_t{std::max(0, limit)} + 1;
    while (impossible - possible > 1) {
        const std::int64_t middle = (possible + impossible) / 2;
        (isPossible(static_cast<int>(middle)) ? possible : impossible) = middle;
    }
    return static_cast<int>(possible);
}

/// The plan's arithmetic for one footprint on one machine.
class Planner {
public:
    Planner(const ModelFootprint& footprint, const Machine& machine)
        : footprint_(footprint), machine_(machine) {}

    MemoryPlan plan(const PlanRequest& request) const {
        MemoryPlan plan;
        plan.cacheType = request.cacheType;
        plan.contextTokens =
            request.contextTokens > 0 ? request.contextTokens : autoContext(request.cacheType);
        plan.expertsInMemory = 1;
        if (footprint_.expertBytes > 0) {
            const double asked = request.expertsInMemory.value_or(autoExperts(plan));
            plan.expertsInMemory = asked >= 0 ? std::min(asked, 1.0) : 0;
        }
        placeOnDevices(plan);
        return plan;
    }

    std::uint64_t free() const {
        return std::min(machine_.freeBytes, machine_.freeAddresses.value_or(UINT64_MAX));
    }
    std::uint64_t needed(const MemoryPlan& plan) const { return plan.devices.front().total(); }
    bool fits(const MemoryPlan& plan) const {
        return needed(plan) <=
               room(experts(plan), unwrittenBytes(footprint_, plan.cacheType, plan.contextTokens));
    }

    std::optional<PlanSuggestion> nearest(const PlanRequest& request, const MemoryPlan& plan) const;

private:
    std::uint64_t experts(const MemoryPlan& plan) const { return plan.devices.front().experts; }

    /// What may be taken where so many bytes of the experts are part of it. The others are mapped too, which
    /// takes addresses, as what is unwritten of the cache does.
    std::uint64_t room(std::uint64_t expertBytes, std::uint64_t unwritten) const {
        const std::uint64_t addresses = machine_.freeAddresses.value_or(UINT64_MAX);
        const std::uint64_t others = footprint_.expertBytes - expertBytes + unwritten;
        return std::min(machine_.freeBytes, addresses > others ? addresses - others : 0);
    }

    /// Everything but experts and cache.
    std::uint64_t fixed() const { return footprint_.weightBytes() - footprint_.expertBytes + scratch(); }
    /// The draft head's, and what it works in, where so many of the experts are in memory.
    std::uint64_t draftWeights(double expertsInMemory) const {
        return drafts(expertsInMemory) ? footprint_.draft.weightBytes + footprint_.draft.scratchBytes : 0;
    }
    std::uint64_t scratch() const {
        return kProgramBytes + footprint_.vocabularyBytes + footprint_.scratchBytes;
    }
    std::uint64_t cache(int tokens, CacheType type, double share) const {
        return cacheBytes(footprint_, type, share, tokens);
    }
    std::uint64_t reserve() const { return std::min(kReserve, free() / kReserveShare); }
    std::uint64_t leftBeside(std::uint64_t taken) const {
        const std::uint64_t kept = taken + reserve();
        return free() > kept ? free() - kept : 0;
    }

    int autoContext(CacheType type) const {
        const std::uint64_t beside = fixed() + draftWeights(1) + reserve();
        const int tokens = mostTokens(std::max(1, footprint_.trainedContextTokens), [&](int tokens) {
            const std::uint64_t bytes = cache(tokens, type, 1);
            return bytes - footprint_.cacheFixedBytes <= free() / kContextShare &&
                   beside + bytes <= room(0, unwrittenBytes(footprint_, type, tokens));
        });
        return std::min(std::max(1, footprint_.trainedContextTokens), std::max(kLeastContext, tokens));
    }

    double autoExperts(const MemoryPlan& plan) const {
        const auto roomFor = [&](double share) {
            return leftBeside(fixed() + draftWeights(share) +
                              cache(plan.contextTokens, plan.cacheType, share));
        };
        if (roomFor(1) >= footprint_.expertBytes) return 1;
        const std::uint64_t room = std::min(roomFor(0), footprint_.expertBytes - 1);
        const double share =
            std::floor(100.0 * static_cast<double>(room) / static_cast<double>(footprint_.expertBytes)) / 100;
        return share < kLeastExpertShare ? 0 : share;
    }

    void placeOnDevices(MemoryPlan& plan) const {
        const std::uint64_t experts =
            footprint_.expertBytes == 0 ? 0 : shareOf(footprint_.expertBytes, plan.expertsInMemory);
        DevicePlan memory{.name = "Memory",
                          .dense = footprint_.denseBytes + footprint_.embeddingBytes +
                                   (drafts(plan.expertsInMemory) ? footprint_.draft.weightBytes : 0),
                          .shared = footprint_.sharedExpertBytes,
                          .experts = experts,
                          .cache = cache(plan.contextTokens, plan.cacheType, plan.expertsInMemory),
                          .scratch =
                              scratch() + (drafts(plan.expertsInMemory) ? footprint_.draft.scratchBytes : 0),
                          .free = free()};
        memory.fits =
            memory.total() <= room(experts, unwrittenBytes(footprint_, plan.cacheType, plan.contextTokens));
        plan.devices.push_back(memory);
        if (experts < footprint_.expertBytes)
            plan.devices.push_back({.name = "Disk", .experts = footprint_.expertBytes - experts});
    }

    const ModelFootprint& footprint_;
    const Machine& machine_;
};

/// In the order of what costs least: experts stay on the disk, the cache is kept in fewer bytes, the context
/// is shorter.
std::optional<PlanSuggestion> Planner::nearest(const PlanRequest& request, const MemoryPlan& plan) const {
    PlanRequest tried = request;
    std::string words;
    const auto add = [&](const std::string& what) { words += (words.empty() ? "" : ", ") + what; };
    const auto done = [&]() -> std::optional<PlanSuggestion> {
        return PlanSuggestion{"Choose " + words + ".", tried};
    };
    if (request.expertsInMemory.value_or(0) > 0) {
        const double share = autoExperts(plan);
        if (share < *request.expertsInMemory) {
            tried.expertsInMemory = share;
            add("to keep " + std::to_string(percent(share)) + "% of the experts in memory");
            if (fits(this->plan(tried))) return done();
        }
    }
    if (request.cacheType != CacheType::Q8_0) {
        PlanRequest small = tried;
        small.cacheType = CacheType::Q8_0;
        if (fits(this->plan(small))) {
            tried = small;
            add("the q8_0 cache");
            return done();
        }
    }
    for (const CacheType type : {request.cacheType, CacheType::Q8_0}) {
        const std::uint64_t kept = tried.expertsInMemory == request.expertsInMemory
                                       ? experts(plan)
                                       : shareOf(footprint_.expertBytes, *tried.expertsInMemory);
        const double share = footprint_.expertBytes == 0
                                 ? 1
                                 : static_cast<double>(kept) / static_cast<double>(footprint_.expertBytes);
        const std::uint64_t beside = fixed() + draftWeights(share) + kept;
        const int possible = mostTokens(plan.contextTokens, [&](int tokens) {
            return beside + cache(tokens, type, share) <=
                   room(kept, unwrittenBytes(footprint_, type, tokens));
        });
        const int tokens = possible == plan.contextTokens ? possible : possible / kContextStep * kContextStep;
        if (tokens < kContextStep) continue;
        tried.cacheType = type;
        tried.contextTokens = tokens;
        add("a context of " + countWords(tried.contextTokens) + " tokens");
        if (type != request.cacheType) add("the q8_0 cache");
        return done();
    }
    return std::nullopt;
}

std::string explain(const PlanRequest& request, const MemoryPlan& plan, const ModelFootprint& footprint) {
    std::string text;
    if (request.contextTokens == 0) {
        text = "Context " + countWords(plan.contextTokens) + " tokens: ";
        if (plan.contextTokens >= footprint.trainedContextTokens)
            text += "all that the model was trained for.";
        else if (plan.contextTokens == kLeastContext)
            text += "memory is short.";
        else
            text += "at most a quarter of the free memory.";
    }
    if (!request.expertsInMemory && footprint.expertBytes > 0 && plan.devices.front().fits) {
        text += text.empty() ? "" : " ";
        if (plan.expertsInMemory >= 1)
            text += "All experts fit into memory.";
        else if (plan.expertsInMemory > 0)
            text += std::to_string(percent(plan.expertsInMemory)) +
                    "% of the experts fit into memory, the others are read from the disk.";
        else
            text += "The experts are read from the disk: the model is much larger than the free memory.";
    }
    return text;
}

std::string refuse(const MemoryPlan& plan, const Machine& machine) {
    const DevicePlan& memory = plan.devices.front();
    std::string text = "Needs " + sizeWords(memory.total()) + " of memory, ";
    const bool byAddresses = machine.freeAddresses && memory.free < machine.freeBytes;
    if (byAddresses || machine.isLimited)
        text += sizeWords(memory.free) + " are left of what this program may use.";
    else
        text += sizeWords(memory.free) + " are free.";
    return text;
}

} // namespace

MemoryPlan planMemory(const ModelFootprint& footprint, const PlanRequest& request, const Machine& machine) {
    const Planner planner(footprint, machine);
    MemoryPlan plan = planner.plan(request);
    plan.explanation = explain(request, plan, footprint);
    plan.tokensPerSecond =
        expectedTokensPerSecond(footprint, machine.speed, plan.cacheType, plan.expertsInMemory,
                                std::min(kForecastPosition, plan.contextTokens));
    if (plan.contextTokens > footprint.trainedContextTokens)
        plan.notices.push_back("The model was trained for " + countWords(footprint.trainedContextTokens) +
                               " tokens; beyond them its answers get worse.");
    if (!planner.fits(plan)) {
        plan.refusal = refuse(plan, machine);
        plan.suggestion = planner.nearest(request, plan);
    }
    const int threads = request.threads > 0 ? request.threads : machine.threads;
    if (machine.speed.measured() && threads > 0 && threads != machine.speed.threads)
        plan.notices.push_back("The speed was measured with " + std::to_string(machine.speed.threads) +
                               " threads.");
    if (!machine.speed.measured()) plan.notices.push_back("The speed of this computer was not measured yet.");
    plan.notices.push_back("This version computes on the processor; a graphics card is not used.");
    return plan;
}

std::uint64_t expectedResidentBytes(const ModelFootprint& footprint, const MemoryPlan& plan, int tokens) {
    const DevicePlan& memory = plan.devices.front();
    std::uint64_t bytes = memory.dense + memory.shared + memory.experts + memory.scratch +
                          cacheBytes(footprint, plan.cacheType, plan.expertsInMemory,
                                     std::clamp(tokens, 0, plan.contextTokens));
    if (footprint.experts == 0 || plan.expertsInMemory >= 1) return bytes;
    // Each token meets some of the others; what it met stays as long as there is room.
    const double met = static_cast<double>(footprint.expertsUsed) / footprint.experts;
    const double share = (1 - plan.expertsInMemory) * (1 - std::pow(1 - met, tokens));
    const std::uint64_t room = memory.free > bytes ? memory.free - bytes : 0;
    return bytes + std::min(room, shareOf(footprint.expertBytes, share));
}

} // namespace ponder::engine
