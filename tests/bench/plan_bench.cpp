// What was promised of a model before it was loaded, and what came of it: plan_bench [--rounds N] [--tokens
// N]
// [--cache f16|q8_0] [--experts-in-memory PERCENT] [--detail] FILE…
// Each round measures this machine, then lets every model answer in a process of its own; the table shows the
// medians. Memory is what the engine's process holds after an answer, files it maps included.

#include "engine/engine.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace ponder::engine;

struct Settings {
    int rounds = 3;
    int promptTokens = 448;
    int answerTokens = 64;
    PlanRequest request;
    bool detail = false;
    std::vector<std::string> files;
};

struct Measured {
    std::vector<double> predictedSpeed, speed;
    double predictedBytes = 0;
    double bytes = 0;
    double peak = 0;
    double own = 0;
};

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

ChatRequest longQuestion(Engine& engine, int tokens) {
    ChatRequest request;
    request.messages = {{.role = Role::User, .text = "Tell me a very long story.", .reasoning = {}}};
    request.sampling.seed = 3;
    request.reasoning = ReasoningMode::ModelDefault;
    while (engine.preview(request, {}).totalTokens < tokens)
        request.messages[0].text += " And then they went on.";
    return request;
}

Measured measure(const Settings& settings, const std::string& path, const MachineSpeed& speed) {
    const ModelFootprint footprint = footprintOf(path);
    Machine machine = lookAtMachine();
    machine.speed = speed;
    PlanRequest request = settings.request;
    const MemoryPlan plan = planMemory(footprint, request, machine);
    EngineOptions options;
    options.modelPath = path;
    options.contextTokens = plan.contextTokens;
    options.cacheType = plan.cacheType;
    options.expertsInMemory = plan.expertsInMemory;
    const auto engine = openEngine(options);
    ChatRequest chat = longQuestion(*engine, std::min(settings.promptTokens, plan.contextTokens / 2));
    chat.maximumTokens = settings.answerTokens;
    AnswerSummary answer = engine->answer(chat, {}, {});
    // Some models have little to say to that; they may reckon instead.
    for (int a = 3; answer.answerTokens < 16 && a < 10; ++a) {
        chat.messages.back().text =
            "What is " + std::to_string(117 * a) + " + " + std::to_string(58 * a) + "?";
        answer = engine->answer(chat, {}, {});
    }
    Measured result;
    const int middle = answer.conversationTokens - answer.answerTokens / 2;
    if (answer.answerTokens >= 16) {
        result.speed.push_back(answer.answerTokens / answer.answerSeconds);
        result.predictedSpeed.push_back(
            expectedTokensPerSecond(footprint, speed, plan.cacheType, plan.expertsInMemory, middle));
    }
    // Experts go on being read in behind the answers: what is held is told when they are all there.
    chat.maximumTokens = 1;
    while (answer.memory.unreadBytes > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        answer = engine->answer(chat, {}, {});
    }
    result.predictedBytes =
        static_cast<double>(expectedResidentBytes(footprint, plan, answer.conversationTokens));
    result.bytes = static_cast<double>(answer.memory.bytes());
    result.peak = static_cast<double>(answer.memory.peakBytes);
    result.own = static_cast<double>(answer.memory.ownBytes);
    if (settings.detail) {
        const auto mega = [](double bytes) { return bytes / 1e6; };
        std::printf(
            "    vocabulary %.1f MB, scratch %.1f MB, cache %.1f MB for %d tokens; own %.1f MB, files "
            "%.1f MB, weights %.1f MB; right after loading own %.1f MB\n",
            mega(static_cast<double>(footprint.vocabularyBytes)),
            mega(static_cast<double>(footprint.scratchBytes)),
            mega(static_cast<double>(footprint.cacheBytesPerToken(plan.cacheType)) *
                 answer.conversationTokens),
            answer.conversationTokens, mega(result.own), mega(static_cast<double>(answer.memory.fileBytes)),
            mega(static_cast<double>(footprint.weightBytes())),
            mega(static_cast<double>(engine->info().process.ownBytes)));
    }
    return result;
}

int usage() {
    std::fputs(
        "plan_bench [--rounds N] [--tokens N] [--cache f16|q8_0] [--experts-in-memory PERCENT] [--detail] "
        "FILE…\n",
        stderr);
    return 2;
}

int run(int argc, char** argv) {
    Settings settings;
    settings.request.contextTokens = 2048;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool hasValue = i + 1 < argc;
        if (word == "--detail")
            settings.detail = true;
        else if (word == "--rounds" && hasValue)
            settings.rounds = std::max(1, std::atoi(argv[++i]));
        else if (word == "--tokens" && hasValue)
            settings.promptTokens = std::max(1, std::atoi(argv[++i]));
        else if (word == "--cache" && hasValue)
            settings.request.cacheType = cacheTypeNamed(argv[++i]);
        else if (word == "--experts-in-memory" && hasValue)
            settings.request.expertsInMemory = std::atof(argv[++i]) / 100;
        else if (word.starts_with("--"))
            return usage();
        else
            settings.files.push_back(word);
    }
    if (settings.files.empty()) return usage();

    std::vector<Measured> all(settings.files.size());
    for (int round = 0; round < settings.rounds; ++round) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            // In the same minute: what else runs here changes from one to the next.
            const MachineSpeed speed = measureMachine({.threads = 0, .diskFile = settings.files[i]});
            if (settings.detail)
                std::printf("round %d, %s: memory %.1f GB/s, disk %.2f GB/s\n", round + 1,
                            settings.files[i].c_str(), speed.memoryBytesPerSecond() / 1e9,
                            speed.diskBytesPerSecond / 1e9);
            const Measured measured = measure(settings, settings.files[i], speed);
            Measured& sum = all[i];
            sum.predictedSpeed.insert(sum.predictedSpeed.end(), measured.predictedSpeed.begin(),
                                      measured.predictedSpeed.end());
            sum.speed.insert(sum.speed.end(), measured.speed.begin(), measured.speed.end());
            sum.predictedBytes = measured.predictedBytes;
            sum.bytes = std::max(sum.bytes, measured.bytes);
            sum.peak = std::max(sum.peak, measured.peak);
            if (settings.detail && !measured.speed.empty())
                std::printf("    predicted %.2f, measured %.2f tokens/s\n", measured.predictedSpeed[0],
                            measured.speed[0]);
        }
    }
    std::printf("%-34s %10s %10s %7s   %10s %10s %10s %7s\n", "model", "predicted", "measured", "",
                "predicted", "held", "peak", "");
    std::printf("%-34s %10s %10s %7s   %10s %10s %10s %7s\n", "", "tokens/s", "tokens/s", "", "MB", "MB",
                "MB", "");
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double predicted = median(all[i].predictedSpeed);
        const double speed = median(all[i].speed);
        std::printf("%-34s %10.2f %10.2f %+6.1f%%   %10.1f %10.1f %10.1f %+6.1f%%\n",
                    std::filesystem::path(settings.files[i]).filename().string().substr(0, 34).c_str(),
                    predicted, speed, speed > 0 ? 100 * (predicted / speed - 1) : 0.0,
                    all[i].predictedBytes / 1e6, all[i].bytes / 1e6, all[i].peak / 1e6,
                    100 * (all[i].predictedBytes / all[i].peak - 1));
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "plan_bench: %s\n", error.what());
        return 1;
    }
}
