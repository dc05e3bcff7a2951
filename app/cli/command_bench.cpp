#include <algorithm>
#include <array>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/commands.h"
#include "app/library/model_card.h"

namespace ponder::app {

namespace {

/// How fast memory alone is read, for whoever compares other programs with it.
int runMemoryBench(const Arguments& arguments, CommandContext& context, int threads) {
    constexpr int kReads = 9;
    std::array<double, kReads> speeds{};
    for (double& speed : speeds) speed = engine::readSpeed(threads);
    std::sort(speeds.begin(), speeds.end());
    const double median = speeds[kReads / 2];
    if (arguments.has("--json")) {
        context.output << nlohmann::ordered_json{{"memoryBytesPerSecond", median}}.dump(2) << "\n";
    } else {
        context.output << std::fixed << std::setprecision(1) << "Memory reads " << median / 1e9 << " GB/s\n";
    }
    return 0;
}

int runBench(const Arguments& arguments, CommandContext& context) {
    const int threads =
        static_cast<int>(arguments.integer("--threads", 1, 1024).value_or(context.settings.threads));
    if (arguments.has("--memory")) return runMemoryBench(arguments, context, threads);
    engine::SpeedRequest request;
    request.engine.modelPath = modelFor(arguments, context).path.string();
    request.engine.threads = threads;
    request.engine.cacheType = cacheTypeFrom(arguments).value_or(request.engine.cacheType);
    request.promptTokens =
        static_cast<int>(arguments.integer("--prompt", 1, 1 << 20).value_or(request.promptTokens));
    request.answerTokens =
        static_cast<int>(arguments.integer("--answer", 1, 1 << 20).value_or(request.answerTokens));
    request.depthTokens = static_cast<int>(arguments.integer("--depth", 0, 1 << 20).value_or(0));
    request.runs = static_cast<int>(arguments.integer("--runs", 1, 1000).value_or(request.runs));
    const engine::SpeedReport report = engine::measureSpeed(request);
    if (arguments.has("--json")) {
        const nlohmann::ordered_json object{
            {"prompt", {{"tokens", report.promptTokens}, {"tokensPerSecond", report.promptTokensPerSecond}}},
            {"decode", {{"tokens", report.answerTokens}, {"tokensPerSecond", report.answerTokensPerSecond}}},
            {"depthTokens", request.depthTokens},
            {"loadSeconds", report.loadSeconds},
            {"firstTokenSeconds", report.firstTokenSeconds},
            {"bytesPerToken", report.bytesPerToken},
            {"memoryBytesPerSecond", report.memoryBytesPerSecond},
            {"peakBytes", report.peakBytes}};
        context.output << object.dump(2) << "\n";
        return 0;
    }
    context.output << std::fixed << std::setprecision(1) << "Prompt   " << report.promptTokensPerSecond
                   << " tokens/s (" << report.promptTokens << " tokens)\n"
                   << "Answer   " << report.answerTokensPerSecond << " tokens/s (" << report.answerTokens
                   << " tokens)\n"
                   << std::setprecision(2) << "Load     " << report.loadSeconds << " s\n"
                   << "Memory   " << sizeText(report.peakBytes) << " at most\n"
                   << std::setprecision(0) << "Bound    "
                   << 100 * report.answerTokensPerSecond * report.bytesPerToken / report.memoryBytesPerSecond
                   << " % of what this computer's memory allows an answer\n";
    return 0;
}

} // namespace

Command benchCommand() {
    return {{.name = "bench",
             .operands = "",
             .summary = "Times a model on this computer: medians over the runs.",
             .options = {{"--model", "FILE", "a file, or a name that `ponder models` lists", "-m"},
                         {"--prompt", "N", "tokens of the prompt (512)", "-p"},
                         {"--answer", "N", "tokens of the answer (64)", "-n"},
                         {"--depth", "N", "tokens that lie before either (0)", "-d"},
                         {"--threads", "N", "threads (one a core)", "-t"},
                         {"--runs", "N", "how often (3)", "-r"},
                         {"--memory", "", "only times how fast memory is read", ""},
                         cacheOption(),
                         {"--json", "", "write one JSON object", ""},
                         dataFolderOption()},
             .leastOperands = 0,
             .mostOperands = 0},
            runBench};
}

} // namespace ponder::app
