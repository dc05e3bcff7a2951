// What was promised of a model before it was loaded, and what came of it: plan_bench [--rounds N] [--tokens
// N]
// [--cache f16|q8_0] [--experts-in-memory PERCENT] [--detail] FILE…
// Every model is loaded in a process of its own. When all of it is in memory, rounds of measuring this
// machine and of an answer follow one another, for what else runs here changes from one moment to the next:
// the table shows the medians, and that of the rounds' ratios. Memory is what the engine's process holds
// then, files it maps included.

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
    int rounds = 5;
    int promptTokens = 448;
    int answerTokens = 64;
    PlanRequest request;
    bool detail = false;
    std::vector<std::string> files;
};

struct Measured {
    std::vector<double> predictedSpeed, speed, ratio;
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

/// A question that the model has something to say to.
ChatRequest questionFor(Engine& engine, const Settings& settings, int contextTokens) {
    ChatRequest chat = longQuestion(engine, std::min(settings.promptTokens, contextTokens / 2));
    chat.maximumTokens = settings.answerTokens;
    // Some models have little to say to that; they may reckon instead.
    for (int a = 3; engine.answer(chat, {}, {}).answerTokens < 16 && a < 10; ++a)
        chat.messages.back().text =
            "What is " + std::to_string(117 * a) + " + " + std::to_string(58 * a) + "?";
    return chat;
}

/// Experts go on being read in behind the answers.
void waitForExperts(Engine& engine, ChatRequest chat) {
    chat.maximumTokens = 1;
    while (engine.answer(chat, {}, {}).memory.unreadBytes > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
}

Measured measure(const Settings& settings, const std::string& path) {
    const ModelFootprint footprint = footprintOf(path);
    const MemoryPlan plan = planMemory(footprint, settings.request, lookAtMachine());
    EngineOptions options;
    options.modelPath = path;
    options.contextTokens = plan.contextTokens;
    options.cacheType = plan.cacheType;
    options.expertsInMemory = plan.expertsInMemory;
    const auto engine = openEngine(options);
    const ChatRequest chat = questionFor(*engine, settings, plan.contextTokens);
    waitForExperts(*engine, chat);
    Measured result;
    AnswerSummary answer;
    for (int round = 0; round < settings.rounds; ++round) {
        const MachineSpeed speed = measureMachine({.threads = 0, .diskFile = path});
        answer = engine->answer(chat, {}, {});
        if (answer.answerTokens < 16) continue;
        const int middle = answer.conversationTokens - answer.answerTokens / 2;
        result.speed.push_back(answer.answerTokens / answer.answerSeconds);
        result.predictedSpeed.push_back(
            expectedTokensPerSecond(footprint, speed, plan.cacheType, plan.expertsInMemory, middle));
        result.ratio.push_back(result.predictedSpeed.back() / result.speed.back());
        if (settings.detail)
            std::printf("    memory %.1f GB/s, disk %.2f GB/s: predicted %.2f, measured %.2f tokens/s\n",
                        speed.memoryBytesPerSecond() / 1e9, speed.diskBytesPerSecond / 1e9,
                        result.predictedSpeed.back(), result.speed.back());
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
            mega(static_cast<double>(footprint.cacheBytes(plan.cacheType, answer.conversationTokens))),
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

    std::printf("%-34s %10s %10s %7s   %10s %10s %10s %7s\n", "model", "predicted", "measured", "",
                "predicted", "held", "peak", "");
    std::printf("%-34s %10s %10s %7s   %10s %10s %10s %7s\n", "", "tokens/s", "tokens/s", "", "MB", "MB",
                "MB", "");
    for (const std::string& path : settings.files) {
        const Measured measured = measure(settings, path);
        std::printf("%-34s %10.2f %10.2f %+6.1f%%   %10.1f %10.1f %10.1f %+6.1f%%\n",
                    std::filesystem::path(path).filename().string().substr(0, 34).c_str(),
                    median(measured.predictedSpeed), median(measured.speed),
                    measured.ratio.empty() ? 0.0 : 100 * (median(measured.ratio) - 1),
                    measured.predictedBytes / 1e6, measured.bytes / 1e6, measured.peak / 1e6,
                    100 * (measured.predictedBytes / measured.peak - 1));
        std::fflush(stdout);
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
