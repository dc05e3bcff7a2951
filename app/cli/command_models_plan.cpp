#include <algorithm>
#include <ctime>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/commands.h"
#include "app/library/model_card.h"
#include "app/plan/machine_speed_file.h"
#include "app/plan/plan_records.h"

namespace ponder::app {

namespace {

using nlohmann::ordered_json;

constexpr int kBarWidth = 40; // characters
constexpr int kMostTokens = 1 << 24;

engine::PlanRequest requestFrom(const Arguments& arguments, const CommandContext& context) {
    engine::PlanRequest request;
    request.contextTokens = static_cast<int>(
        arguments.integer("--context", 1, kMostTokens).value_or(context.settings.contextTokens));
    if (const auto type = cacheTypeFrom(arguments)) request.cacheType = *type;
    if (const auto percent = arguments.number("--experts-in-memory", 0, 100))
        request.expertsInMemory = *percent / 100;
    request.threads = context.settings.threads;
    return request;
}

/// Kept from an earlier measurement, or made now.
engine::MachineSpeed speedHere(CommandContext& context, const std::string& diskFile) {
    const auto file = context.paths.machineSpeed();
    const int threads = context.settings.threads;
    if (const auto known = readMachineSpeed(file);
        known && isOfThisMachine(*known, threads, std::time(nullptr)))
        return *known;
    if (context.outputIsTerminal) context.complaints << "Measuring this computer, two seconds …\n";
    engine::MachineSpeed speed = engine::measureMachine({.threads = threads, .diskFile = diskFile});
    keepMachineSpeed(file, speed);
    return speed;
}

ordered_json toJson(const engine::PlanRequest& request) {
    ordered_json object{{"contextTokens", request.contextTokens},
                        {"cacheType", engine::cacheTypeName(request.cacheType)},
                        {"expertsInMemory", nullptr}};
    if (request.expertsInMemory) object["expertsInMemory"] = *request.expertsInMemory;
    return object;
}

ordered_json toJson(const engine::MemoryPlan& plan) {
    ordered_json devices = ordered_json::array();
    for (const engine::DevicePlan& device : plan.devices) {
        devices.push_back({{"name", device.name},
                           {"weights", device.weights()},
                           {"cache", device.cache},
                           {"scratch", device.scratch},
                           {"free", device.free},
                           {"fits", device.fits},
                           {"dense", device.dense},
                           {"shared", device.shared},
                           {"experts", device.experts}});
    }
    ordered_json object{{"devices", devices},
                        {"tokensPerSecond", plan.tokensPerSecond},
                        {"notices", plan.notices},
                        {"contextTokens", plan.contextTokens},
                        {"cacheType", engine::cacheTypeName(plan.cacheType)},
                        {"expertsInMemory", plan.expertsInMemory},
                        {"explanation", plan.explanation},
                        {"refusal", plan.refusal},
                        {"suggestion", nullptr}};
    if (plan.suggestion)
        object["suggestion"] = {{"words", plan.suggestion->words},
                                {"request", toJson(plan.suggestion->request)}};
    return object;
}

/// "[##########=====--          ]": weights, cache, working memory, what stays free.
std::string barOf(const engine::DevicePlan& device) {
    const double whole = static_cast<double>(std::max(device.free, device.total()));
    std::string bar;
    const auto fill = [&](std::uint64_t upTo, char letter) {
        const auto end =
            static_cast<std::size_t>(whole > 0 ? kBarWidth * static_cast<double>(upTo) / whole : 0);
        bar.append(end > bar.size() ? end - bar.size() : 0, letter);
    };
    fill(device.weights(), '#');
    fill(device.weights() + device.cache, '=');
    fill(device.total(), '-');
    bar.resize(kBarWidth, ' ');
    return "[" + bar + "]";
}

void printPart(const char* name, std::uint64_t bytes, CommandContext& context) {
    if (bytes == 0) return;
    context.output << "    " << std::left << std::setw(20) << name << std::right << std::setw(9)
                   << sizeText(bytes) << "\n";
}

void print(const engine::MemoryPlan& plan, CommandContext& context) {
    for (const engine::DevicePlan& device : plan.devices) {
        context.output << device.name << "  " << barOf(device) << "  " << sizeText(device.total());
        if (device.free > 0) context.output << " of " << sizeText(device.free) << " free";
        context.output << (device.fits ? "\n" : ": does not fit\n");
        printPart("Weights  #", device.dense, context);
        printPart("Shared experts  #", device.shared, context);
        printPart("Experts  #", device.experts, context);
        printPart("Conversation  =", device.cache, context);
        printPart("Working memory  -", device.scratch, context);
    }
    if (!plan.explanation.empty()) context.output << plan.explanation << "\n";
    if (plan.tokensPerSecond > 0)
        context.output << "About " << std::fixed << std::setprecision(1) << plan.tokensPerSecond
                       << " tokens a second.\n";
    for (const std::string& notice : plan.notices) context.output << notice << "\n";
    if (plan.fits()) return;
    context.output << plan.refusal;
    if (plan.suggestion) context.output << " " << plan.suggestion->words;
    context.output << "\n";
}

int runPlan(const Arguments& arguments, CommandContext& context) {
    const std::string path =
        chooseModel(arguments.operands().front(), installedModels(context)).path.string();
    const engine::PlanRequest request = requestFrom(arguments, context);
    const engine::ModelInfo info = engine::inspectModel(path);
    engine::Machine machine = engine::lookAtMachine();
    machine.speed = speedHere(context, path);
    const PlanRecords records(context.paths.planRecords());
    const engine::MemoryPlan plan = records.corrected(engine::planMemory(info.footprint, request, machine),
                                                      info.identity, machine.speed.threads);
    if (arguments.has("--json"))
        context.output << toJson(plan).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    else
        print(plan, context);
    return 0;
}

} // namespace

OptionSpec cacheOption() {
    return {"--cache", "f16|q8_0", "how the conversation is kept in memory; q8_0 takes half of it", ""};
}

std::optional<engine::CacheType> cacheTypeFrom(const Arguments& arguments) {
    const auto name = arguments.text("--cache");
    if (!name) return std::nullopt;
    for (const engine::CacheType type : engine::kCacheTypes)
        if (engine::cacheTypeName(type) == *name) return type;
    throw UsageError("The cache is \"" + *name + "\". Use f16 or q8_0.");
}

Command modelsPlanCommand() {
    return {
        {.name = "models plan",
         .operands = "NAME",
         .summary =
             "Says what a model would take of memory, and how fast it would answer, without loading it.",
         .options = {{"--context", "N", "tokens the conversation may have; without it, what fits well", ""},
                     cacheOption(),
                     {"--experts-in-memory", "PERCENT", "of the experts; without it, all that fit", ""},
                     {"--json", "", "write one JSON object", ""},
                     dataFolderOption()},
         .leastOperands = 1,
         .mostOperands = 1},
        runPlan};
}

} // namespace ponder::app
