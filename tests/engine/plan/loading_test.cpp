// What happens to memory when a model is opened in a process of its own: how much it takes, that it is
// refused in time, that a load can be stopped.

#include "engine/engine.h"
#include "engine/local_engine.h"
#include "engine/machine.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <thread>

#include "tests/places.h"
#include "tests/support/sanitized.h"

namespace ponder::engine {
namespace {

using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

EngineOptions remote(const std::string& path) {
    EngineOptions options;
    options.modelPath = path;
    options.threads = 2;
    options.hostProgram = PONDER_BINARY_DIR "/bin/ponder-engine";
    return options;
}

/// A tiny model with a tensor of `megabytes` nobody computes with, in a file that takes no disk for it.
void writeLargeModel(const std::filesystem::path& path, std::uint64_t megabytes) {
    tests::GgufImage image = tests::tinyModel();
    tests::GgufTensor ballast = tests::randomTensor("ballast.weight", {8}, 1);
    const std::uint64_t rows = megabytes * 256;
    ballast.shape = {1024, rows};
    ballast.data.clear();
    image.tensors.push_back(std::move(ballast));
    image.write(path);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) + rows * 4096);
}

std::string failureOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

/// Runs `body` in a process of its own, so that its limits are its own. Returns what it wrote.
std::string inAnotherProcess(const std::function<std::string()>& body) {
    int ends[2];
    if (::pipe(ends) != 0) return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        const std::string words = body();
        [[maybe_unused]] const auto written = ::write(ends[1], words.data(), words.size());
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string words;
    char bytes[4096];
    for (ssize_t count = 0; (count = ::read(ends[0], bytes, sizeof bytes)) > 0;)
        words.append(bytes, static_cast<std::size_t>(count));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) words += " (ended by signal " + std::to_string(WTERMSIG(status)) + ")";
    return words;
}

TEST(Loading, TheContextIsThePlans) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    tests::tinyModel().write(path);
    const LocalEngine engine({.modelPath = path});
    EXPECT_EQ(engine.info().contextTokens, planMemory(footprintOf(path), {}, lookAtMachine()).contextTokens);
    EXPECT_EQ(engine.info().contextTokens, engine.plan().contextTokens);
}

TEST(Loading, TheOptionsReachTheEngineAcrossTheProcess) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    tests::tinyModel({.family = tests::TinyFamily::Deepseek2}).write(path);
    EngineOptions options = remote(path);
    options.contextTokens = 100;
    options.cacheType = CacheType::Q8_0;
    options.expertsInMemory = 0.5;
    const auto engine = openEngine(options);
    EXPECT_EQ(engine->info().contextTokens, 100);
    EXPECT_EQ(engine->info().cacheType, CacheType::Q8_0);
    EXPECT_EQ(engine->info().expertsInMemory, 0.5);
    EXPECT_GT(engine->info().process.bytes(), 0u);
    EXPECT_GE(engine->info().process.peakBytes, engine->info().process.ownBytes);
}

TEST(Loading, AModelLargerThanTheLimitOnAddressesIsRefusedInWords) {
    if (tests::kIsSanitized) {
        GTEST_SKIP() << "THE SANITIZER TAKES ALL ADDRESSES: a limit on them was not tried";
    }
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    writeLargeModel(path, 3000);
    const std::string words = inAnotherProcess([&] {
        const rlimit limit{2u << 30, 2u << 30};
        ::setrlimit(RLIMIT_AS, &limit);
        return failureOf([&] { openEngine(remote(path)); });
    });
    EXPECT_THAT(words, HasSubstr("Needs 3.2 GB of memory"));
    EXPECT_THAT(words, HasSubstr("of what this program may use"));
    EXPECT_THAT(words, HasSubstr("choose a smaller model"));
}

TEST(Loading, AModelLargerThanMemoryIsRefusedInWords) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    const std::uint64_t megabytes = lookAtMachine().freeBytes / (1 << 20) + 4096;
    writeLargeModel(path, megabytes);
    EXPECT_THAT(failureOf([&] { openEngine(remote(path)); }), HasSubstr("of memory"));
}

/// A control group of its own for this test and what it starts, with a limit on memory.
class LimitedGroup {
public:
    explicit LimitedGroup(std::uint64_t bytes) {
        std::ifstream groups("/proc/self/cgroup");
        for (std::string line; std::getline(groups, line);) {
            const std::size_t at = line.find(":memory:");
            if (at != std::string::npos) folder_ = "/sys/fs/cgroup/memory" + line.substr(at + 8);
        }
        if (folder_.empty()) return;
        folder_ /= "ponder-test-" + std::to_string(::getpid());
        std::error_code error;
        made_ = std::filesystem::create_directory(folder_, error);
        if (made_) std::ofstream(folder_ / "memory.limit_in_bytes") << bytes << std::flush;
    }
    ~LimitedGroup() {
        if (made_) ::rmdir(folder_.c_str());
    }
    bool made() const { return made_; }
    bool enter() const {
        std::ofstream members(folder_ / "cgroup.procs");
        members << ::getpid() << std::flush;
        return members.good();
    }
    std::string killed() const {
        std::ifstream control(folder_ / "memory.oom_control");
        std::string line, last;
        while (std::getline(control, line)) last = line;
        return last;
    }

private:
    std::filesystem::path folder_;
    bool made_ = false;
};

TEST(Loading, ALimitOfAControlGroupIsRespectedBeforeTheKernelEnforcesIt) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    writeLargeModel(path, 600);
    const LimitedGroup group(std::uint64_t{256} << 20);
    if (!group.made()) GTEST_SKIP() << "NO MEMORY CONTROL GROUP CAN BE MADE HERE: the limit was not tried";
    const std::string words = inAnotherProcess([&]() -> std::string {
        if (!group.enter()) return "skip";
        // Another program, so that nothing of this one is known there.
        return failureOf([&] { openEngine(remote(path)); });
    });
    if (words == "skip")
        GTEST_SKIP() << "NO MEMORY CONTROL GROUP CAN BE ENTERED HERE: the limit was not tried";
    EXPECT_THAT(words, HasSubstr("Needs 6"));
    EXPECT_THAT(words, HasSubstr("of what this program may use"));
    EXPECT_THAT(group.killed(), testing::AnyOf(HasSubstr("oom_kill 0"), HasSubstr("under_oom 0")));
}

TEST(Loading, TheEngineOffersItselfWhenMemoryRunsOut) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    tests::tinyModel().write(path);
    const auto engine = openEngine(remote(path));
    std::string adjustment;
    // The engine is this process's only child.
    DIR* processes = ::opendir("/proc");
    while (const dirent* entry = ::readdir(processes)) {
        const std::string place = std::string("/proc/") + entry->d_name;
        std::ifstream facts(place + "/status");
        std::string line;
        bool isChild = false;
        while (std::getline(facts, line)) isChild = isChild || line == "PPid:\t" + std::to_string(::getpid());
        if (isChild) std::ifstream(place + "/oom_score_adj") >> adjustment;
    }
    ::closedir(processes);
    EXPECT_EQ(adjustment, "800");
}

TEST(Loading, ProgressCountsBytesAndEndsAtOne) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    writeLargeModel(path, 100);
    std::vector<double> progress;
    EngineOptions options{.modelPath = path};
    options.loadProgress = [&](double part) { progress.push_back(part); };
    const LocalEngine engine(options);
    ASSERT_GT(progress.size(), 20u) << "a hundred megabytes in steps of four";
    EXPECT_EQ(progress.front(), 0);
    EXPECT_EQ(progress.back(), 1);
    EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
}

TEST(Loading, AStopIsHeardWithin300Milliseconds) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    writeLargeModel(path, 1500);
    for (const bool inProcess : {true, false}) {
        EngineOptions options = remote(path);
        options.inProcess = inProcess;
        std::stop_source stop;
        options.stop = stop.get_token();
        Clock::time_point asked;
        options.loadProgress = [&](double part) {
            if (part < 0.1 || stop.stop_requested()) return;
            asked = Clock::now();
            stop.request_stop();
        };
        EXPECT_THAT(failureOf([&] { openEngine(options); }), HasSubstr("cancelled"));
        ASSERT_TRUE(stop.stop_requested());
        const auto late = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - asked);
        std::cout << (inProcess ? "here" : "in its process") << ": heard after " << late.count() << " ms\n";
        EXPECT_LE(late.count(), 300);
    }
}

TEST(Loading, ExpertsThatAreNotWantedAreNotRead) {
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    tests::GgufImage image = tests::tinyModel({.family = tests::TinyFamily::Deepseek2});
    // Experts beside the layers' own, which nobody chooses: 200 MB.
    tests::GgufTensor ballast = tests::randomTensor("ballast_exps.weight", {8}, 1);
    ballast.shape = {1024, 200 * 256};
    ballast.data.clear();
    image.tensors.push_back(std::move(ballast));
    image.write(path);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) + 200 * 256 * 4096);
    const auto held = [&](double share) {
        EngineOptions options = remote(path);
        options.expertsInMemory = share;
        return openEngine(options)->info().process.fileBytes;
    };
    const std::uint64_t none = held(0), half = held(0.5), all = held(1);
    constexpr double kMega = 1 << 20;
    EXPECT_NEAR(static_cast<double>(half - none) / kMega, 100, 3);
    EXPECT_NEAR(static_cast<double>(all - none) / kMega, 200, 3);
}

/// 100 MB of weights that are all computed with.
TEST(Loading, MemoryIsWhatWasPlanned) {
    if (tests::kIsSanitized) GTEST_SKIP() << "with a sanitizer memory was not compared";
    const tests::TempDir folder;
    const std::string path = (folder / "model.gguf").string();
    writeLargeModel(path, 200);
    for (const CacheType type : kCacheTypes) {
        EngineOptions options = remote(path);
        options.contextTokens = 512;
        options.cacheType = type;
        const auto engine = openEngine(options);
        ChatRequest request;
        request.messages = {{.role = Role::User, .text = std::string(280, 'x'), .reasoning = {}}};
        request.sampling.temperature = 0;
        request.maximumTokens = 40;
        const AnswerSummary summary = engine->answer(request, {}, {});
        const PlanRequest asked{.contextTokens = 512, .cacheType = type};
        const ModelFootprint footprint = footprintOf(path);
        const MemoryPlan plan = planMemory(footprint, asked, lookAtMachine());
        const auto expected =
            static_cast<double>(expectedResidentBytes(footprint, plan, summary.conversationTokens));
        const auto actual = static_cast<double>(summary.memory.bytes());
        std::cout << cacheTypeName(type) << ": " << expected / 1e6 << " MB planned, " << actual / 1e6
                  << " MB held\n";
        EXPECT_NEAR(actual / expected, 1, 0.03);
    }
}

} // namespace
} // namespace ponder::engine
