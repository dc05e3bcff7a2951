// `ponder models plan`, and --cache where a model is opened.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/plan/machine_speed_file.h"
#include "app/plan/plan_records.h"
#include "tests/app/cli/terminal.h"
#include "tests/support/sanitized.h"
#include "tests/support/tiny_model.h"

namespace ponder::app {

namespace {

using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Leaves this process so many more addresses, as long as it lives.
class AddressLimit {
public:
    explicit AddressLimit(std::uint64_t more) {
        ::getrlimit(RLIMIT_AS, &before_);
        std::uint64_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        const rlimit limit{pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) + more,
                           before_.rlim_max};
        ::setrlimit(RLIMIT_AS, &limit);
    }
    ~AddressLimit() { ::setrlimit(RLIMIT_AS, &before_); }

private:
    rlimit before_{};
};

class ModelsPlan : public testing::Test {
protected:
    ModelsPlan() {
        tests::tinyModel({.family = tests::TinyFamily::Deepseek2}).write(model());
        const engine::MachineIdentity here = engine::machineIdentity();
        engine::MachineSpeed speed{.processor = here.processor,
                                   .instructionSet = here.instructionSet,
                                   .threads = here.threads,
                                   .measuredAt = std::time(nullptr)};
        speed.products = {{.type = "F32", .cachedSeconds = 1e-9, .streamedSeconds = 1e-9}};
        speed.reads = {{1e6, 1e9}};
        speed.diskBytesPerSecond = 1e9;
        keepMachineSpeed(terminal_.paths().cache / "machine_speed.json", speed);
    }
    std::string model() const { return (folder_ / "tiny.gguf").string(); }
    json planOf(std::vector<std::string> words) {
        words.insert(words.begin(), {"--json", model()});
        const Outcome outcome = terminal_.run(modelsPlanCommand(), words);
        EXPECT_EQ(outcome.code, 0) << outcome.complaints;
        return json::parse(outcome.output);
    }

    tests::TempDir folder_;
    Terminal terminal_;
};

TEST_F(ModelsPlan, IsOneJsonObject) {
    const json plan = planOf({"--context", "256"});
    ASSERT_EQ(plan["devices"].size(), 1U);
    const json& memory = plan["devices"][0];
    EXPECT_EQ(memory["name"], "Memory");
    EXPECT_EQ(memory["weights"].get<std::uint64_t>(), engine::footprintOf(model()).weightBytes());
    EXPECT_EQ(memory["cache"], 256 * 2 * 132);
    EXPECT_GT(memory["scratch"], 0);
    EXPECT_GT(memory["free"], 0);
    EXPECT_EQ(memory["fits"], true);
    EXPECT_GT(plan["tokensPerSecond"], 0);
    EXPECT_TRUE(plan["notices"].is_array());
    EXPECT_EQ(plan["contextTokens"], 256);
    EXPECT_EQ(plan["cacheType"], "f16");
    EXPECT_EQ(plan["refusal"], "");
    EXPECT_TRUE(plan["suggestion"].is_null());
}

TEST_F(ModelsPlan, TheCacheOfBytesTakesLess) {
    const auto cache = [&](const char* type) {
        return planOf({"--context", "256", "--cache", type})["devices"][0]["cache"].get<int>();
    };
    EXPECT_EQ(cache("q8_0"), 256 * 2 * 2 * 34);
    EXPECT_LT(cache("q8_0"), cache("f16"));
}

TEST_F(ModelsPlan, ExpertsCanStayOnTheDisk) {
    const json plan = planOf({"--experts-in-memory", "25"});
    ASSERT_EQ(plan["devices"].size(), 2U);
    EXPECT_EQ(plan["devices"][1]["name"], "Disk");
    EXPECT_EQ(plan["devices"][1]["weights"].get<double>(), 3 * plan["devices"][0]["experts"].get<double>());
    EXPECT_LT(plan["tokensPerSecond"], planOf({})["tokensPerSecond"]);
}

TEST_F(ModelsPlan, WhatDoesNotFitIsSaidWithTheNearestThatDoes) {
    if (tests::kIsSanitized) {
        GTEST_SKIP() << "THE SANITIZER TAKES ALL ADDRESSES: a limit on them was not tried";
    }
    tests::tinyModel().write(model());
    const AddressLimit limit(std::uint64_t{3} << 30);
    const std::uint64_t perToken = engine::footprintOf(model()).cacheBytesF16;
    const std::uint64_t tokens = engine::lookAtMachine().freeAddresses.value() / perToken;
    const Outcome outcome =
        terminal_.run(modelsPlanCommand(), {"--context", std::to_string(tokens), model()});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.output, HasSubstr("does not fit"));
    EXPECT_THAT(outcome.output, HasSubstr("Needs "));
    // Heads of 16 numbers: a block of 32 would save nothing.
    EXPECT_THAT(outcome.output, HasSubstr("Choose a context of "));
}

TEST_F(ModelsPlan, ForAPersonThereIsABarADevice) {
    const Outcome outcome = terminal_.run(modelsPlanCommand(), {model()});
    EXPECT_THAT(outcome.output, HasSubstr("Memory  ["));
    EXPECT_THAT(outcome.output, HasSubstr("Conversation"));
    EXPECT_THAT(outcome.output, HasSubstr("Context 512 tokens: all that the model was trained for."));
    EXPECT_THAT(outcome.output, HasSubstr("tokens a second"));
}

TEST_F(ModelsPlan, KnowsWhatWasMeasuredWithThisModel) {
    const engine::ModelInfo info = engine::inspectModel(model());
    PlanRecords records(terminal_.paths().data / "plan_records.json");
    records.add({.model = info.identity,
                 .expertsInMemory = 1,
                 .threads = engine::machineIdentity().threads,
                 .predictedTokensPerSecond = 10,
                 .actualTokensPerSecond = 5});
    records.save();
    EXPECT_THAT(terminal_.run(modelsPlanCommand(), {model()}).output,
                HasSubstr("Measured here: 5.0 tokens/s."));
}

TEST_F(ModelsPlan, RefusesWhatIsNoModelAndWrongUsage) {
    EXPECT_EQ(terminal_.run(modelsPlanCommand(), {terminal_.starter()}).code, 1);
    EXPECT_EQ(terminal_.run(modelsPlanCommand(), {}).code, 2);
    EXPECT_EQ(terminal_.run(modelsPlanCommand(), {"--cache", "q4_0", model()}).code, 2);
    EXPECT_EQ(terminal_.run(modelsPlanCommand(), {"--experts-in-memory", "101", model()}).code, 2);
}

TEST_F(ModelsPlan, CacheIsAnOptionWhereAModelIsOpened) {
    EXPECT_EQ(terminal_.run(askCommand(), {"--cache", "q9", "hello"}).code, 2);
    EXPECT_EQ(terminal_.run(benchCommand(), {"--cache", "q9"}).code, 2);
    for (const Command& command : {askCommand(), chatCommand()}) {
        std::istringstream input("hello\n");
        std::ostringstream output, complaints;
        std::vector<engine::EngineOptions> opened;
        CommandContext context{.input = input,
                               .output = output,
                               .complaints = complaints,
                               .paths = terminal_.paths(),
                               .settings = {},
                               .openEngine = [&](const engine::EngineOptions& options) {
                                   opened.push_back(options);
                                   return std::make_unique<tests::FakeEngine>(
                                       std::make_shared<tests::FakeScript>(), options);
                               }};
        std::vector<std::string> words{"--cache", "q8_0"};
        if (command.spec.name == "ask") words.push_back("hello");
        EXPECT_EQ(command.run(Arguments(command.spec, words), context), 0);
        ASSERT_EQ(opened.size(), 1U) << command.spec.name;
        EXPECT_EQ(opened[0].cacheType, engine::CacheType::Q8_0);
    }
}

} // namespace

} // namespace ponder::app
