#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace ponder::app {

/// What a plan promised of one answer, and what came of it.
struct PlanRecord {
    std::string model;           ///< ModelInfo::identity
    std::int64_t measuredAt = 0; ///< seconds since 1970
    int contextTokens = 0;
    engine::CacheType cacheType = engine::CacheType::F16;
    double expertsInMemory = 0;
    int threads = 0;
    int conversationTokens = 0;
    std::uint64_t predictedBytes = 0;
    std::uint64_t actualBytes = 0;
    double predictedTokensPerSecond = 0; ///< 0: the machine was not measured then
    double actualTokensPerSecond = 0;
};

/// The record of an answer; empty where it was too short to tell a speed, or the engine did not say what it
/// held. `speed` is what the plan was made with.
std::optional<PlanRecord> recordOf(const engine::ModelInfo& model, const engine::AnswerSummary& answer,
                                   const engine::MachineSpeed& speed, std::int64_t now);

/// Plans and what came of them, the last few of each model, in a file. One thread; a copy may be saved on
/// another.
class PlanRecords {
public:
    static constexpr std::size_t kMostOfAModel = 5;
    static constexpr std::size_t kMostModels = 500;

    /// A file that is missing or cannot be read: no records.
    explicit PlanRecords(std::filesystem::path file);

    void add(PlanRecord record);
    /// Writes the file. Throws Error when it cannot be written.
    void save() const;
    /// Of one model, newest first.
    std::vector<PlanRecord> of(std::string_view model) const;

    /// `plan` with the speed that answers of this model had here, run the same way, and a notice that says
    /// so. Without such a record, unchanged.
    engine::MemoryPlan corrected(engine::MemoryPlan plan, std::string_view model, int threads) const;

    static std::string toJson(const std::vector<PlanRecord>& records);
    /// Entries of an odd shape are left out.
    static std::vector<PlanRecord> parse(std::string_view json);

private:
    std::filesystem::path file_;
    std::vector<PlanRecord> records_; // newest first
};

} // namespace ponder::app
