#include "app/plan/machine_speed_file.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/atomic_file.h"
#include "app/paths.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr int kVersion = 2;
constexpr std::size_t kLargestFile = 256 << 10;
constexpr std::size_t kMostEntries = 64;
// Faster than any machine, slower than any that is of use.
constexpr double kMostBytesPerSecond = 1e15;
constexpr double kMostSeconds = 1;
constexpr std::int64_t kOldest = 90 * 24 * 3600; // seconds

/// Throws for what cannot have been measured.
double measured(const json& value, double most) {
    const double number = value.get<double>();
    if (!(number >= 0 && number <= most)) throw std::out_of_range("measured");
    return number;
}

const json& list(const json& object, const char* name) {
    const json& entries = object.at(name);
    if (!entries.is_array() || entries.size() > kMostEntries) throw std::out_of_range(name);
    return entries;
}

std::string shortText(const json& value) {
    return value.get<std::string>().substr(0, 200);
}

engine::AttentionSpeeds attentionFrom(const json& object) {
    const auto speed = [](const json& one) -> engine::AttentionSpeed {
        return {measured(one.at("number"), kMostSeconds), measured(one.at("row"), kMostSeconds)};
    };
    return {.alone = speed(object.at("alone")), .amongFour = speed(object.at("amongFour"))};
}

json attentionJson(const engine::AttentionSpeeds& speeds) {
    const auto speed = [](const engine::AttentionSpeed& one) {
        return json{{"number", one.numberSeconds}, {"row", one.rowSeconds}};
    };
    return {{"alone", speed(speeds.alone)}, {"amongFour", speed(speeds.amongFour)}};
}

engine::MachineSpeed speedFrom(const json& object) {
    if (object.at("version") != kVersion) throw std::out_of_range("version");
    engine::MachineSpeed speed;
    speed.processor = shortText(object.at("processor"));
    speed.instructionSet = shortText(object.at("instructionSet"));
    speed.threads = object.at("threads").get<int>();
    speed.measuredAt = object.at("measuredAt").get<std::int64_t>();
    if (speed.threads < 1 || speed.threads > 1024 || speed.measuredAt < 0) throw std::out_of_range("threads");
    for (const json& entry : list(object, "products")) {
        speed.products.push_back({.type = shortText(entry.at("type")),
                                  .cachedSeconds = measured(entry.at("cached"), kMostSeconds),
                                  .cachedRowSeconds = measured(entry.at("cachedRow"), kMostSeconds),
                                  .streamedSeconds = measured(entry.at("streamed"), kMostSeconds),
                                  .streamedRowSeconds = measured(entry.at("streamedRow"), kMostSeconds)});
    }
    for (const json& entry : list(object, "reads")) {
        const engine::ReadSpeed read{measured(entry.at("bytes"), kMostBytesPerSecond),
                                     measured(entry.at("bytesPerSecond"), kMostBytesPerSecond)};
        if (!speed.reads.empty() && read.bytes <= speed.reads.back().bytes) throw std::out_of_range("reads");
        speed.reads.push_back(read);
    }
    speed.loopSeconds = measured(object.at("loop"), kMostSeconds);
    speed.normSeconds = measured(object.at("norm"), kMostSeconds);
    speed.activationSeconds = measured(object.at("activation"), kMostSeconds);
    speed.conversionSeconds = measured(object.at("conversion"), kMostSeconds);
    speed.attentionF16 = attentionFrom(object.at("attentionF16"));
    speed.attentionQ8_0 = attentionFrom(object.at("attentionQ8_0"));
    speed.drawFewSeconds = measured(object.at("drawFew"), kMostSeconds);
    speed.drawLikelySeconds = measured(object.at("drawLikely"), kMostSeconds);
    speed.drawAllSeconds = measured(object.at("drawAll"), kMostSeconds);
    speed.diskBytesPerSecond = measured(object.at("diskBytesPerSecond"), kMostBytesPerSecond);
    return speed;
}

} // namespace

std::string machineSpeedJson(const engine::MachineSpeed& speed) {
    json products = json::array();
    for (const engine::ProductSpeed& product : speed.products) {
        products.push_back({{"type", product.type},
                            {"cached", product.cachedSeconds},
                            {"cachedRow", product.cachedRowSeconds},
                            {"streamed", product.streamedSeconds},
                            {"streamedRow", product.streamedRowSeconds}});
    }
    json reads = json::array();
    for (const engine::ReadSpeed& read : speed.reads)
        reads.push_back({{"bytes", read.bytes}, {"bytesPerSecond", read.bytesPerSecond}});
    const json object{{"version", kVersion},
                      {"processor", speed.processor},
                      {"instructionSet", speed.instructionSet},
                      {"threads", speed.threads},
                      {"measuredAt", speed.measuredAt},
                      {"products", products},
                      {"reads", reads},
                      {"loop", speed.loopSeconds},
                      {"norm", speed.normSeconds},
                      {"activation", speed.activationSeconds},
                      {"conversion", speed.conversionSeconds},
                      {"attentionF16", attentionJson(speed.attentionF16)},
                      {"attentionQ8_0", attentionJson(speed.attentionQ8_0)},
                      {"drawFew", speed.drawFewSeconds},
                      {"drawLikely", speed.drawLikelySeconds},
                      {"drawAll", speed.drawAllSeconds},
                      {"diskBytesPerSecond", speed.diskBytesPerSecond}};
    return object.dump(1, ' ', false, json::error_handler_t::replace);
}

std::optional<engine::MachineSpeed> machineSpeedFrom(std::string_view text) {
    try {
        return speedFrom(json::parse(text));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::optional<engine::MachineSpeed> readMachineSpeed(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return std::nullopt;
    try {
        return machineSpeedFrom(readFile(file, kLargestFile));
    } catch (const engine::Error&) {
        return std::nullopt;
    }
}

void keepMachineSpeed(const std::filesystem::path& file, const engine::MachineSpeed& speed) {
    try {
        makePrivateFolder(file.parent_path());
        writeFileAtomically(file, machineSpeedJson(speed));
    } catch (const engine::Error&) {
        // Measured again the next time.
    }
}

bool isOfThisMachine(const engine::MachineSpeed& speed, int threads, std::int64_t now) {
    const engine::MachineIdentity here = engine::machineIdentity();
    return speed.measured() && speed.processor == here.processor &&
           speed.instructionSet == here.instructionSet &&
           speed.threads == (threads > 0 ? threads : here.threads) && now >= speed.measuredAt &&
           now - speed.measuredAt < kOldest;
}

} // namespace ponder::app
