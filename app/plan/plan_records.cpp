#include "app/plan/plan_records.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "app/atomic_file.h"
#include "app/paths.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr int kVersion = 1;
constexpr std::size_t kLargestFile = 4 << 20;
constexpr std::size_t kLongestIdentity = 128;
constexpr double kMostTokensPerSecond = 1e6;
// Shorter answers say more of the start than of the speed.
constexpr int kLeastTokens = 16;
// Runs that differ less in how many experts were in memory are alike.
constexpr double kAlikeShare = 0.05;

double sensible(double value, double most) {
    if (!(value >= 0 && value <= most)) throw std::out_of_range("value");
    return value;
}

int count(const json& value) {
    const auto number = value.get<std::int64_t>();
    if (number < 0 || number > INT32_MAX) throw std::out_of_range("count");
    return static_cast<int>(number);
}

PlanRecord recordFrom(const json& object) {
    PlanRecord record;
    record.model = object.at("model").get<std::string>();
    if (record.model.empty() || record.model.size() > kLongestIdentity) throw std::out_of_range("model");
    record.measuredAt = object.at("measuredAt").get<std::int64_t>();
    record.contextTokens = count(object.at("contextTokens"));
    record.cacheType = engine::cacheTypeNamed(object.at("cacheType").get<std::string>());
    record.expertsInMemory = sensible(object.at("expertsInMemory"), 1);
    record.threads = count(object.at("threads"));
    record.conversationTokens = count(object.at("conversationTokens"));
    record.predictedBytes = object.at("predictedBytes").get<std::uint64_t>();
    record.actualBytes = object.at("actualBytes").get<std::uint64_t>();
    record.predictedTokensPerSecond = sensible(object.at("predictedTokensPerSecond"), kMostTokensPerSecond);
    record.actualTokensPerSecond = sensible(object.at("actualTokensPerSecond"), kMostTokensPerSecond);
    return record;
}

/// Keeps of each model the newest few, and of all models those heard of last.
std::vector<PlanRecord> pruned(const std::vector<PlanRecord>& records) {
    std::map<std::string, std::size_t> kept;
    std::vector<PlanRecord> result;
    for (const PlanRecord& record : records) {
        if (kept.size() >= PlanRecords::kMostModels && !kept.contains(record.model)) continue;
        if (++kept[record.model] <= PlanRecords::kMostOfAModel) result.push_back(record);
    }
    return result;
}

} // namespace

std::optional<PlanRecord> recordOf(const engine::ModelInfo& model, const engine::AnswerSummary& answer,
                                   const engine::MachineSpeed& speed, std::int64_t now) {
    if (answer.answerTokens < kLeastTokens || answer.answerSeconds <= 0 || answer.memory.peakBytes == 0 ||
        model.identity.empty())
        return std::nullopt;
    if (answer.memory.unreadBytes > 0) return std::nullopt; // what is held grows still: a later answer tells
    const engine::PlanRequest request{.contextTokens = model.contextTokens,
                                      .cacheType = model.cacheType,
                                      .expertsInMemory = model.expertsInMemory,
                                      .threads = speed.threads};
    const engine::MemoryPlan plan = engine::planMemory(model.footprint, request, engine::lookAtMachine());
    // The middle of the answer stands for the whole.
    const int middle = std::max(0, answer.conversationTokens - answer.answerTokens / 2);
    return PlanRecord{
        .model = model.identity,
        .measuredAt = now,
        .contextTokens = model.contextTokens,
        .cacheType = model.cacheType,
        .expertsInMemory = model.expertsInMemory,
        .threads = speed.threads,
        .conversationTokens = answer.conversationTokens,
        .predictedBytes = engine::expectedResidentBytes(model.footprint, plan, answer.conversationTokens),
        .actualBytes = answer.memory.peakBytes,
        .predictedTokensPerSecond = engine::expectedTokensPerSecond(model.footprint, speed, model.cacheType,
                                                                    model.expertsInMemory, middle),
        .actualTokensPerSecond = answer.answerTokens / answer.answerSeconds};
}

PlanRecords::PlanRecords(std::filesystem::path file) : file_(std::move(file)) {
    std::error_code error;
    if (!std::filesystem::exists(file_, error)) return;
    try {
        records_ = parse(readFile(file_, kLargestFile));
    } catch (const engine::Error&) {
        // They come again with the next answers.
    }
}

void PlanRecords::add(PlanRecord record) {
    records_.insert(records_.begin(), std::move(record));
    records_ = pruned(records_);
}

void PlanRecords::save() const {
    makePrivateFolder(file_.parent_path());
    writeFileAtomically(file_, toJson(records_));
}

std::vector<PlanRecord> PlanRecords::of(std::string_view model) const {
    std::vector<PlanRecord> found;
    for (const PlanRecord& record : records_)
        if (record.model == model) found.push_back(record);
    return found;
}

engine::MemoryPlan PlanRecords::corrected(engine::MemoryPlan plan, std::string_view model,
                                          int threads) const {
    // Answers differ in length: what carries over is how far the forecast was off.
    std::vector<double> ratios;
    double last = 0;
    for (const PlanRecord& record : of(model)) {
        const bool isAlike = record.cacheType == plan.cacheType &&
                             (threads == 0 || record.threads == threads) &&
                             std::fabs(record.expertsInMemory - plan.expertsInMemory) <= kAlikeShare;
        if (!isAlike || record.actualTokensPerSecond <= 0) continue;
        if (last == 0) last = record.actualTokensPerSecond;
        if (record.predictedTokensPerSecond > 0)
            ratios.push_back(record.actualTokensPerSecond / record.predictedTokensPerSecond);
    }
    if (last == 0) return plan;
    if (plan.tokensPerSecond > 0 && !ratios.empty()) {
        std::sort(ratios.begin(), ratios.end());
        plan.tokensPerSecond *= ratios[ratios.size() / 2];
    } else {
        plan.tokensPerSecond = last;
    }
    char text[64];
    std::snprintf(text, sizeof text, "Measured here: %.1f tokens/s.", last);
    plan.notices.insert(plan.notices.begin(), text);
    return plan;
}

std::string PlanRecords::toJson(const std::vector<PlanRecord>& records) {
    json list = json::array();
    for (const PlanRecord& record : records) {
        list.push_back({{"model", record.model},
                        {"measuredAt", record.measuredAt},
                        {"contextTokens", record.contextTokens},
                        {"cacheType", engine::cacheTypeName(record.cacheType)},
                        {"expertsInMemory", record.expertsInMemory},
                        {"threads", record.threads},
                        {"conversationTokens", record.conversationTokens},
                        {"predictedBytes", record.predictedBytes},
                        {"actualBytes", record.actualBytes},
                        {"predictedTokensPerSecond", record.predictedTokensPerSecond},
                        {"actualTokensPerSecond", record.actualTokensPerSecond}});
    }
    return json{{"version", kVersion}, {"records", list}}.dump(1, ' ', false, json::error_handler_t::replace);
}

std::vector<PlanRecord> PlanRecords::parse(std::string_view text) {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object() || object.value("version", json()) != kVersion) return {};
    const auto list = object.find("records");
    if (list == object.end() || !list->is_array()) return {};
    std::vector<PlanRecord> records;
    for (const json& entry : *list) {
        try {
            records.push_back(recordFrom(entry));
        } catch (const std::exception&) {
            // Of an odd shape, or from a newer version.
        }
    }
    return pruned(records);
}

} // namespace ponder::app
