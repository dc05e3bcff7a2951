#include "tests/engine/answer/answering.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sampling/schema_checker.h"
#include "tests/places.h"

namespace ponder::engine {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

const char* kStarter = PONDER_SOURCE_DIR "/resources/starter/ponder-starter.gguf";
const std::string kTurns =
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}";
const std::string kPerson =
    R"({"type": "object", "properties": {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer",
    "minimum": 1, "maximum": 120}, "tags": {"type": "array", "items": {"enum": ["a", "bc", "é"]}, "maxItems": 4}},
    "required": ["name", "age"]})";

ChatRequest lively(const std::string& schema, std::uint64_t seed) {
    ChatRequest request = question("What is 347 + 588?", 200);
    request.sampling.temperature = 3.0f;
    request.sampling.topK = 0;
    request.sampling.topP = 1.0f;
    request.sampling.minP = 0.0f;
    request.sampling.seed = seed;
    request.jsonSchema = schema;
    return request;
}

/// Empty if the answer is what it should be: whole and right, or said to be cut.
std::string problemWith(const Heard& heard, const std::string& schema) {
    if (heard.summary.stop == StopReason::TokenLimit) return {};
    if (heard.summary.stop != StopReason::EndOfAnswer) return "it stopped otherwise";
    return schemaProblem(json::parse(schema), heard.text);
}

TEST(JsonSchemaAnswer, TheStarterWritesNothingElseHoweverLivelyItIs) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 1024, .threads = 1});
    const std::vector<std::string> schemas{
        kPerson,
        R"({"type": "array", "items": {"type": "number", "minimum": -2.5, "maximum": 10}, "minItems": 1,
                     "maxItems": 6})",
        R"({"anyOf": [{"type": "boolean"}, {"properties": {"day": {"format": "date"}}, "required": ["day"]},
            {"type": "string", "pattern": "^[a-z]{2,5}(-[0-9]+)?$", "maxLength": 9}]})"};
    int whole = 0;
    for (std::uint64_t seed = 1; seed <= 80; ++seed) {
        for (const std::string& schema : schemas) {
            ChatRequest request = lively(schema, seed);
            request.reasoning = ReasoningMode::Off;
            const Heard heard = ask(engine, request);
            ASSERT_EQ(problemWith(heard, schema), "") << schema << "\n" << heard.text;
            EXPECT_THAT(heard.reasoning, IsEmpty());
            whole += heard.summary.stop == StopReason::EndOfAnswer ? 1 : 0;
        }
    }
    EXPECT_GE(whole, 200);
}

TEST(JsonSchemaAnswer, ThoughtsAreFreeAndTheAnswerBehindThemIsNot) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 1024, .threads = 1});
    ChatRequest request = question("What is 347 + 588?", 400);
    const Heard free = ask(engine, request);
    request.jsonSchema =
        R"({"type": "object", "properties": {"sum": {"type": "integer"}}, "required": ["sum"]})";
    const Heard held = ask(engine, request);
    EXPECT_EQ(held.reasoning, free.reasoning);
    ASSERT_FALSE(held.reasoning.empty());
    EXPECT_EQ(problemWith(held, request.jsonSchema), "") << held.text;
    EXPECT_EQ(held.summary.stop, StopReason::EndOfAnswer);
    request.reasoningBudget = 10;
    const Heard cut = ask(engine, request);
    EXPECT_TRUE(cut.summary.reasoningCut);
    EXPECT_EQ(problemWith(cut, request.jsonSchema), "") << cut.text;
    EXPECT_EQ(cut.summary.stop, StopReason::EndOfAnswer);
}

TEST(JsonSchemaAnswer, EveryReasoningFormatIsFollowedByTheValue) {
    struct Case {
        std::string opening;
        std::vector<std::string> marks;
    };
    const std::vector<Case> cases{
        {"", {}},
        {"", allMarks()},
        {"<think>\n", allMarks()},
        {"[THINK]", allMarks()},
        {"<|channel|>analysis<|message|>", allMarks()},
        {"<think>\n", {}}, // marks that are ordinary text
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.opening);
        const TemplateModel model(kTurns + "<|im_start|>assistant\n" + each.opening, each.marks);
        LocalEngine engine({.modelPath = model.path(), .contextTokens = 1024, .threads = 1});
        int whole = 0;
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            ChatRequest request = lively(R"({"enum": ["yes", "no", 12]})", seed);
            request.maximumTokens = 700;
            request.reasoningBudget = 20;
            const Heard heard = ask(engine, request);
            ASSERT_EQ(problemWith(heard, request.jsonSchema), "") << heard.text;
            whole += heard.summary.stop == StopReason::EndOfAnswer ? 1 : 0;
        }
        EXPECT_GE(whole, 6);
    }
}

TEST(JsonSchemaAnswer, AMarkThatIsTextMayOpenAThought) {
    const TemplateModel model("<think>" + kTurns + "<|im_start|>assistant\n", {});
    LocalEngine engine({.modelPath = model.path(), .contextTokens = 512, .threads = 1});
    ASSERT_EQ(engine.info().reasoningFormat, "think-text");
    ChatRequest request = lively(R"({"const": 7})", 1);
    // Whoever writes "<" wants to think.
    request.sampling.logitBias = {{'<', 1000.0f}};
    request.reasoningBudget = 5;
    const Heard heard = ask(engine, request);
    EXPECT_FALSE(heard.reasoning.empty());
    EXPECT_EQ(heard.text, "7");
    request.reasoning = ReasoningMode::Off;
    const Heard without = ask(engine, request);
    EXPECT_THAT(without.reasoning, IsEmpty());
    EXPECT_EQ(without.text, "7");
}

TEST(JsonSchemaAnswer, ACutIsToldAndAWholeValueIsNone) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    ChatRequest request = lively(R"({"type": "string", "minLength": 100})", 3);
    request.reasoning = ReasoningMode::Off;
    request.maximumTokens = 20;
    EXPECT_EQ(ask(engine, request).summary.stop, StopReason::TokenLimit);
    // As many tokens as the value has, none left for the end.
    request.jsonSchema = R"({"const": [1]})";
    request.maximumTokens = 200;
    const Heard whole = ask(engine, request);
    ASSERT_EQ(whole.summary.stop, StopReason::EndOfAnswer);
    request.maximumTokens = whole.summary.answerTokens - 1;
    const Heard tight = ask(engine, request);
    EXPECT_EQ(tight.summary.stop, StopReason::EndOfAnswer);
    EXPECT_EQ(tight.text, whole.text);
}

TEST(JsonSchemaAnswer, GoesOnFromItsMiddle) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    ChatRequest request = lively(kPerson, 5);
    request.reasoning = ReasoningMode::Off;
    request.continued = PartialAnswer{.text = "{\"name\": \"Jo", .reasoningClosed = true};
    const Heard heard = ask(engine, request);
    ASSERT_EQ(heard.summary.stop, StopReason::EndOfAnswer);
    EXPECT_EQ(schemaProblem(json::parse(kPerson), request.continued->text + heard.text), "") << heard.text;
    request.continued->text = "Certainly! {";
    try {
        ask(engine, request);
        FAIL() << "it went on from what is no JSON";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("does not follow the JSON schema"));
    }
}

TEST(JsonSchemaAnswer, BranchesOffAtAToken) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    ChatRequest request = lively(kPerson, 5);
    request.reasoning = ReasoningMode::Off;
    const std::string begun = "{\"name\": \"J";
    request.continued = PartialAnswer{};
    request.continued->tokens = engine.loaded().tokenizer.encode(begun, SpecialTokens::AsText);
    const Heard heard = ask(engine, request);
    ASSERT_EQ(heard.summary.stop, StopReason::EndOfAnswer) << heard.text;
    EXPECT_THAT(heard.text, testing::StartsWith(begun));
    EXPECT_EQ(schemaProblem(json::parse(kPerson), heard.text), "") << heard.text;
}

TEST(JsonSchemaAnswer, ASchemaThatCannotBeKeptIsRefusedBeforeAnythingIsEvaluated) {
    LocalEngine engine({.modelPath = kStarter, .contextTokens = 512, .threads = 1});
    ChatRequest request = lively(R"({"not": {"type": "null"}})", 1);
    try {
        ask(engine, request);
        FAIL() << "it was answered";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("\"not\""));
    }
    EXPECT_THAT(engine.timeline().tokens(), IsEmpty());
    request.jsonSchema = R"({"type": "null"})";
    request.reasoning = ReasoningMode::Off;
    EXPECT_EQ(schemaProblem(json::parse(request.jsonSchema), ask(engine, request).text), "");
}

} // namespace
} // namespace ponder::engine
