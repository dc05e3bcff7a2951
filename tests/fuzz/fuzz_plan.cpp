// The two files that Ponder keeps of plans: whatever is in them is understood or left out, and what was
// understood is written and read again as the same.

#include "app/plan/machine_speed_file.h"
#include "app/plan/plan_records.h"
#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"

#include <cmath>

namespace {

using namespace ponder::app;

PlanRecord someRecord() {
    return {.model = "abc",
            .measuredAt = 1,
            .contextTokens = 2,
            .cacheType = ponder::engine::CacheType::Q8_0,
            .expertsInMemory = 0.5,
            .threads = 3,
            .conversationTokens = 4,
            .predictedBytes = 5,
            .actualBytes = 6,
            .predictedTokensPerSecond = 7,
            .actualTokensPerSecond = 8};
}

} // namespace

void ponder::fuzz::tryInput(std::string_view input) {
    const auto records = PlanRecords::parse(input);
    CHECK(records.size() <= PlanRecords::kMostModels * PlanRecords::kMostOfAModel);
    const std::string once = PlanRecords::toJson(records);
    CHECK(PlanRecords::toJson(PlanRecords::parse(once)) == once);

    const auto speed = machineSpeedFrom(input);
    if (!speed) return;
    CHECK(machineSpeedJson(*machineSpeedFrom(machineSpeedJson(*speed))) == machineSpeedJson(*speed));
    // Whatever was kept, a forecast is a number.
    ponder::engine::ModelFootprint footprint;
    footprint.products = {{.type = "Q4_K", .columns = 4096, .rows = 1000, .bytes = 1e6}};
    footprint.attention = {{.layers = 2, .window = 0, .numbers = 100, .heads = 3}};
    const double forecast =
        ponder::engine::expectedTokensPerSecond(footprint, *speed, ponder::engine::CacheType::F16, 1, 100);
    CHECK(std::isfinite(forecast) && forecast >= 0);
}

std::vector<std::string> ponder::fuzz::seeds() {
    ponder::engine::MachineSpeed speed{
        .processor = "x", .instructionSet = "y", .threads = 2, .measuredAt = 1};
    speed.products = {{"Q4_K", 1e-10, 1e-10, 1e-10, 1e-10}};
    speed.reads = {{1e6, 1e10}, {1e8, 1e9}};
    return {PlanRecords::toJson({someRecord(), someRecord()}),
            PlanRecords::toJson({}),
            machineSpeedJson(speed),
            "{\"version\":1,\"records\":[{}]}",
            "[]",
            ""};
}
