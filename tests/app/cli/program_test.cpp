// The program itself, as a shell sees it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/temp_dir.h"

#include "tests/places.h"

namespace ponder::app {

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

struct Finished {
    int code = 0;
    std::string output;
    std::string complaints;
};

class Program : public testing::Test {
protected:
    Finished run(const std::string& arguments, const std::string& input = {}) const {
        folder_.write("input", input);
        const std::string command =
            "env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM -u PONDER_STARTER HOME=" +
            folder_.path().string() + " PONDER_DATA_DIR=" + (folder_ / "data").string() + " " +
            PONDER_BINARY_DIR "/bin/ponder " + arguments + " < " + (folder_ / "input").string() + " > " +
            (folder_ / "out").string() + " 2> " + (folder_ / "err").string();
        const int status = std::system(command.c_str());
        return {WEXITSTATUS(status), tests::contentOf(folder_ / "out"), tests::contentOf(folder_ / "err")};
    }
    tests::TempDir folder_;
};

TEST_F(Program, TellsItsVersion) {
    const Finished result = run("--version");
    EXPECT_EQ(result.code, 0);
    EXPECT_EQ(result.output, "ponder " PONDER_VERSION "\n");
}

TEST_F(Program, ExplainsItselfAndEachCommand) {
    EXPECT_THAT(run("--help").output, HasSubstr("Usage: ponder"));
    for (const char* command : {"ask", "chat", "models", "inspect", "bench", "search", "export"}) {
        EXPECT_THAT(run("--help").output, HasSubstr(command));
        const Finished result = run(std::string(command) + " --help");
        EXPECT_EQ(result.code, 0) << command;
        EXPECT_THAT(result.output, StartsWith(std::string("Usage: ponder ") + command));
    }
}

TEST_F(Program, RefusesWhatItDoesNotKnowWithTwo) {
    for (const char* arguments :
         {"dance", "--dance", "ask", "ask a b", "ask --dance x", "--data-dir", "export"}) {
        const Finished result = run(arguments);
        EXPECT_EQ(result.code, 2) << arguments;
        EXPECT_THAT(result.complaints, StartsWith("ponder: ")) << arguments;
        EXPECT_THAT(result.output, IsEmpty()) << arguments;
    }
}

TEST_F(Program, SaysWhatHappenedAndWhatToDoWithOne) {
    const Finished result = run("ask -m no-such-model hello");
    EXPECT_EQ(result.code, 1);
    EXPECT_EQ(
        result.complaints,
        "ponder: There is no model named no-such-model. See `ponder models` for those that were found.\n");
}

TEST_F(Program, TheStarterModelAnswersWithItsThoughts) {
    const Finished result = run("ask --json --max-tokens 400 --seed 1 --temperature 0 'What is 347 + 588?'");
    ASSERT_EQ(result.code, 0) << result.complaints;
    const json object = json::parse(result.output);
    EXPECT_FALSE(object["answer"].get<std::string>().empty());
    EXPECT_GT(object["answerTokens"], 0);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "data")) << "nothing is written unless it is saved";
}

TEST_F(Program, AnAnswerSatisfiesItsSchema) {
    const auto file = folder_ / "schema.json";
    std::ofstream(file)
        << R"({"type": "object", "properties": {"sum": {"type": "integer"}}, "required": ["sum"]})";
    const Finished result = run("ask --hide-reasoning --temperature 2 --seed 5 --json-schema " +
                                file.string() + " 'What is 347 + 588?'");
    ASSERT_EQ(result.code, 0) << result.complaints;
    EXPECT_TRUE(json::parse(result.output)["sum"].is_number_integer()) << result.output;
    std::ofstream(file) << R"({"not": {}})";
    const Finished refused = run("ask --json-schema " + file.string() + " hello");
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.complaints, HasSubstr("\"not\""));
}

TEST_F(Program, AConversationIsSavedFoundAndExported) {
    ASSERT_EQ(run("chat", "What is 2 + 3?\n").code, 0);
    const json found = json::parse(run("search --json 'role:user'").output);
    ASSERT_EQ(found["total"], 1);
    const Finished exported = run("export --format json --out -");
    ASSERT_EQ(exported.code, 0) << exported.complaints;
    const json chats = json::parse(exported.output)["chats"];
    ASSERT_EQ(chats.size(), 1U);
    EXPECT_EQ(chats[0]["id"], found["hits"][0]["chat"]);
    EXPECT_EQ(chats[0]["nodes"]["1"]["parts"][0]["text"], "What is 2 + 3?");
    EXPECT_EQ(chats[0]["nodes"]["2"]["state"], "complete");
}

TEST_F(Program, WithoutADisplayTalksInTheTerminalAndSaysSo) {
    const Finished result = run("", "/quit\n");
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.complaints, HasSubstr("There is no display"));
}

TEST_F(Program, ListsTheStarterModelAndInspectsIt) {
    const json models = json::parse(run("models --json").output);
    ASSERT_GE(models["models"].size(), 1U);
    EXPECT_EQ(models["models"][0]["name"], "ponder-starter");
    const Finished inspected = run("inspect --json ponder-starter");
    EXPECT_EQ(inspected.code, 0) << inspected.complaints;
    EXPECT_TRUE(json::parse(inspected.output).is_object());
    EXPECT_THAT(run("inspect ponder-starter").output, HasSubstr("Memory"));
}

TEST_F(Program, MeasuresSpeed) {
    const Finished result = run("bench -m ponder-starter -p 16 -n 8 -r 1 --json");
    ASSERT_EQ(result.code, 0) << result.complaints;
    const json object = json::parse(result.output);
    EXPECT_EQ(object["prompt"]["tokens"], 16);
    EXPECT_EQ(object["decode"]["tokens"], 8);
    EXPECT_GT(object["prompt"]["tokensPerSecond"], 0);
    EXPECT_GT(object["decode"]["tokensPerSecond"], 0);
    EXPECT_GT(object["loadSeconds"], 0);
    EXPECT_GT(object["peakBytes"], 0);
}

TEST_F(Program, WhatItWritesIsForItsOwnerOnly) {
    ASSERT_EQ(run("chat", "diary entry\n").code, 0);
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "data")) {
        const auto open = entry.status().permissions() &
                          (std::filesystem::perms::group_all | std::filesystem::perms::others_all);
        EXPECT_EQ(open, std::filesystem::perms::none) << entry.path();
        ++files;
    }
    EXPECT_GT(files, 0);
}

TEST_F(Program, NoMessageIsWrittenOutsideTheChatFile) {
    ASSERT_EQ(run("chat", "Rumpelstiltskin\n").code, 0);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
        const std::string name = entry.path().filename().string();
        if (!entry.is_regular_file() || name.starts_with("chats.db") || name == "input" || name == "out")
            continue;
        EXPECT_EQ(tests::contentOf(entry.path()).find("Rumpelstiltskin"), std::string::npos) << entry.path();
    }
}

} // namespace

} // namespace ponder::app
