#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "app/store/chat_store.h"
#include "tests/app/cli/terminal.h"

namespace ponder::app {

namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Ask : public testing::Test {
protected:
    Outcome ask(const std::vector<std::string>& words, const std::string& input = {}) {
        return terminal_.run(askCommand(), words, input);
    }
    engine::ChatRequest request() { return terminal_.script().requests().at(0); }
    Terminal terminal_;
};

TEST_F(Ask, WritesTheThoughtsAnEmptyLineAndTheAnswer) {
    terminal_.script().add({.reasoning = "\ntwo and two\n", .text = "\n\nIt is 4."});
    const Outcome outcome = ask({"2+2?"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.output, "two and two\n\nIt is 4.\n");
    EXPECT_THAT(outcome.complaints, IsEmpty());
}

TEST_F(Ask, DimsTheThoughtsOnATerminal) {
    terminal_.pretendTerminal();
    terminal_.script().add({.reasoning = "hm", .text = "4"});
    EXPECT_EQ(ask({"2+2?"}).output, "\033[2mhm\033[0m\n\n4\n");
}

TEST_F(Ask, HidesTheThoughtsWhenAsked) {
    terminal_.script().add({.reasoning = "hm", .text = "4"});
    EXPECT_EQ(ask({"--hide-reasoning", "2+2?"}).output, "4\n");
}

TEST_F(Ask, TakesWhatATerminalWouldObeyOut) {
    terminal_.pretendTerminal();
    terminal_.script().add({.reasoning = {}, .text = "a\033[31mb\x07"});
    EXPECT_EQ(ask({"x"}).output, "a[31mb\n");
}

TEST_F(Ask, PassesEffortAndBudgetOn) {
    EXPECT_THAT(ask({"--effort", "high", "--reasoning-budget", "64", "2+2?"}).complaints, IsEmpty());
    EXPECT_EQ(request().reasoningEffort, "high");
    EXPECT_EQ(request().reasoningBudget, 64);
}

TEST_F(Ask, AnEffortThatIsNoneIsAMistake) {
    const Outcome outcome = ask({"--effort", "extreme", "2+2?"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.complaints, HasSubstr("low, medium or high"));
    EXPECT_EQ(ask({"--reasoning-budget", "0", "2+2?"}).code, 2);
}

TEST_F(Ask, HandsTheSchemaToTheEngine) {
    const std::string file = (terminal_.paths().data.parent_path() / "schema.json").string();
    std::ofstream(file) << R"({"type": "null"})";
    terminal_.script().add({.reasoning = {}, .text = "null"});
    const Outcome outcome = ask({"--json-schema", file, "Nothing?"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.output, "null\n");
    EXPECT_EQ(request().jsonSchema, R"({"type": "null"})");
    EXPECT_EQ(ask({"--json-schema", file + "x", "Nothing?"}).code, 1);
}

TEST_F(Ask, SaysThatTheJsonOfASchemaIsCut) {
    const std::string file = (terminal_.paths().data.parent_path() / "schema.json").string();
    std::ofstream(file) << "true";
    terminal_.script().add({.reasoning = {}, .text = "[1,", .stop = engine::StopReason::TokenLimit});
    const Outcome outcome = ask({"--json-schema", file, "--max-tokens", "2", "List?"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.output, "[1,\n");
    EXPECT_THAT(outcome.complaints, HasSubstr("--max-tokens"));
    terminal_.script().add({.reasoning = {}, .text = "[1,", .stop = engine::StopReason::TokenLimit});
    EXPECT_EQ(ask({"--max-tokens", "2", "List?"}).code, 0) << "free text may be cut";
}

TEST_F(Ask, WritesOneJsonObject) {
    terminal_.script().add({.reasoning = "hm", .text = "4"});
    const Outcome outcome = ask({"--json", "2+2?"});
    const json object = json::parse(outcome.output);
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    EXPECT_THAT(keys,
                testing::UnorderedElementsAre("reasoning", "answer", "stop", "promptTokens", "answerTokens",
                                              "promptSeconds", "answerSeconds", "loadSeconds", "model"));
    EXPECT_EQ(object["reasoning"], "hm");
    EXPECT_EQ(object["answer"], "4");
    EXPECT_EQ(object["stop"], "endOfAnswer");
    EXPECT_EQ(object["promptTokens"], 1);
    EXPECT_EQ(object["answerTokens"], 2);
    EXPECT_EQ(object["model"], "starter");
    EXPECT_GE(object["loadSeconds"], 0);
}

TEST_F(Ask, JsonNamesTheChatThatWasSaved) {
    const json object = json::parse(ask({"--json", "--save", "hello"}).output);
    ChatStore store(terminal_.paths().chatFile().string());
    ASSERT_EQ(store.chats().size(), 1U);
    EXPECT_EQ(object["chat"], store.chats()[0].id);
}

TEST_F(Ask, ReadsThePromptFromTheInput) {
    ask({"-"}, "a long\nprompt\n");
    EXPECT_EQ(request().messages.back().text, "a long\nprompt\n");
}

TEST_F(Ask, SendsTheSystemPromptFirst) {
    ask({"--system", "Be kind.", "hello"});
    ASSERT_EQ(request().messages.size(), 2U);
    EXPECT_EQ(request().messages[0].role, engine::Role::System);
    EXPECT_EQ(request().messages[0].text, "Be kind.");
}

TEST_F(Ask, HandsTheSettingsToTheEngine) {
    ask({"--no-reasoning", "--max-tokens", "5", "--temperature", "0.5", "--seed", "99", "hello"});
    EXPECT_EQ(request().reasoning, engine::ReasoningMode::Off);
    EXPECT_EQ(request().maximumTokens, 5);
    EXPECT_EQ(request().sampling.temperature, 0.5f);
    EXPECT_EQ(request().sampling.seed, 99U);
}

TEST_F(Ask, ReadsTheSettingsOfTheWindow) {
    terminal_.settings().systemPrompt = "Be short.";
    terminal_.settings().temperature = 0.25f;
    terminal_.settings().maximumTokens = 7;
    ask({"hello"});
    EXPECT_EQ(request().messages[0].text, "Be short.");
    EXPECT_EQ(request().sampling.temperature, 0.25f);
    EXPECT_EQ(request().maximumTokens, 7);
}

TEST_F(Ask, WritesNothingUnlessItIsSaved) {
    ask({"hello"});
    EXPECT_FALSE(std::filesystem::exists(terminal_.paths().data));
}

TEST_F(Ask, SavesTheChatWithItsModelAndSettings) {
    terminal_.script().add({.reasoning = "hm", .text = "4"});
    ask({"--save", "--seed", "99", "2+2?"});
    ChatStore store(terminal_.paths().chatFile().string());
    const auto chat = store.load(store.chats().at(0).id);
    EXPECT_EQ(chat->header.title, "2+2?");
    ASSERT_THAT(chat->activePath(), ElementsAre(1, 2));
    EXPECT_EQ(chat->turn(1).parts[0].text, "2+2?");
    EXPECT_EQ(joinedText(chat->turn(2), PartKind::Reasoning), "hm");
    EXPECT_EQ(joinedText(chat->turn(2), PartKind::Text), "4");
    EXPECT_EQ(chat->turn(2).state, TurnState::Complete);
    EXPECT_EQ(chat->turn(2).answer.modelName, "starter");
    EXPECT_EQ(json::parse(chat->turn(2).answer.settings)["seed"], 99);
}

TEST_F(Ask, AFailedAnswerIsSavedWithItsReasonAndExitsOne) {
    terminal_.script().add(
        {.reasoning = {}, .text = "half", .end = tests::FakeEnd::Error, .failure = "No. Try again."});
    const Outcome outcome = ask({"--save", "hello"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.output, "half\n");
    EXPECT_EQ(outcome.complaints, "No. Try again.");
    ChatStore store(terminal_.paths().chatFile().string());
    const auto chat = store.load(store.chats().at(0).id);
    EXPECT_EQ(chat->turn(2).state, TurnState::Failed);
    EXPECT_EQ(chat->turn(2).answer.failure, "No. Try again.");
    EXPECT_EQ(chat->turn(2).parts[0].text, "half");
}

TEST_F(Ask, ThePromptIsOnTheDiskBeforeTheModelIsOpened) {
    terminal_.script().failNextOpening("No memory. Close something.");
    EXPECT_EQ(ask({"--save", "hello"}).code, 1);
    ChatStore store(terminal_.paths().chatFile().string());
    EXPECT_EQ(store.load(store.chats().at(0).id)->turn(1).parts[0].text, "hello");
}

TEST_F(Ask, UsesTheModelThatIsNamed) {
    const std::string model = (terminal_.paths().home / "other.gguf").string();
    std::filesystem::create_directories(terminal_.paths().home);
    std::filesystem::copy(terminal_.starter(), model);
    ask({"-m", model, "hello"});
    EXPECT_THAT(terminal_.script().openedModels(), ElementsAre(model));
}

TEST_F(Ask, WithoutANameTheStarterAnswers) {
    ask({"hello"});
    EXPECT_THAT(terminal_.script().openedModels(), ElementsAre(terminal_.starter()));
}

TEST_F(Ask, AModelThatIsNotThereExitsOne) {
    const Outcome outcome = ask({"-m", "huge", "hello"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.complaints, HasSubstr("no model named huge"));
}

TEST_F(Ask, WrongUsageExitsTwo) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                  {"a", "b"},
                                                  {"--what", "a"},
                                                  {"--max-tokens", "0", "a"},
                                                  {"--seed", "x", "a"},
                                                  {"--temperature", "-1", "a"},
                                                  {""},
                                                  {"  \n"}}) {
        EXPECT_EQ(ask(words).code, 2);
    }
    EXPECT_EQ(ask({"-"}, "").code, 2);
    EXPECT_EQ(terminal_.script().openings(), 0);
}

} // namespace

} // namespace ponder::app
