#include "engine/sampling/json_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sampling/grammar_states.h"
#include "engine/support/error.h"
#include "tests/engine/sampling/random_answers.h"
#include "tests/engine/sampling/schema_checker.h"

namespace ponder::engine {
namespace {

using nlohmann::json;
using testing::HasSubstr;

enum class Reading { Dead, Open, Whole };

Reading reading(const std::string& schema, std::string_view text) {
    const Grammar grammar = compileJsonSchema(schema);
    GrammarStates states(grammar);
    StateId state = states.start();
    for (const char byte : text) {
        if (state == GrammarStates::kDead) return Reading::Dead;
        state = states.step(state, static_cast<unsigned char>(byte));
    }
    if (state == GrammarStates::kDead) return Reading::Dead;
    return states.complete(state) ? Reading::Whole : Reading::Open;
}

/// Is `text`, whole, a text of the schema?
bool takes(const std::string& schema, std::string_view text) {
    return reading(schema, text) == Reading::Whole;
}

std::string refusalOf(const std::string& schema) {
    try {
        compileJsonSchema(schema);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(JsonSchema, TakesAnyValueWhereNothingIsSaid) {
    for (const char* schema : {"true", "{}", R"({"title": "anything", "description": "x"})"}) {
        for (const char* text : {"null", "true", "-0.5e-7", "\"\"", "[]", "{}", R"({"a": [1, {"b": "c"}]})"})
            EXPECT_TRUE(takes(schema, text)) << schema << text;
        for (const char* text : {"", "nul", "01", "1.", "[1,]", "{a:1}", "'x'", "1 2", "\"\\x\"", "[1 ,2]"})
            EXPECT_FALSE(takes(schema, text)) << schema << text;
    }
}

TEST(JsonSchema, WritesTheMembersInTheirOrderAndOnlyThose) {
    const std::string schema =
        R"({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "null"},
        "c": {"type": "boolean"}}, "required": ["b"]})";
    for (const char* text : {R"({"b":null})", R"({"a": 1, "b": null, "c": true})", "{\n  \"b\": null\n}",
                             R"({ "a": 1, "b": null })"})
        EXPECT_TRUE(takes(schema, text)) << text;
    for (const char* text : {"{}", R"({"a":1})", R"({"b":null,"a":1})", R"({"b":null,"d":1})",
                             R"({"b":null,})", R"({"b":null,"b":null})", R"({,"b":null})"})
        EXPECT_FALSE(takes(schema, text)) << text;
}

TEST(JsonSchema, FurtherMembersAreNeverCalledLikeANamedOne) {
    const std::string schema = R"({"properties": {"a": {"type": "integer"}, "ab": {"type": "integer"}},
        "additionalProperties": {"type": "string"}})";
    for (const char* text : {"{}", R"({"a":1})", R"({"b":"x","c":"y"})", R"({"ab":1,"abc":"x","":"y"})"})
        EXPECT_TRUE(takes(schema, text)) << text;
    for (const char* text : {R"({"a":"x"})", R"({"b":"x","a":"y"})", R"({"\u0061":"x"})", R"({"b":1})"})
        EXPECT_FALSE(takes(schema, text)) << text;
}

TEST(JsonSchema, CountsItems) {
    const std::string schema =
        R"({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 3})";
    for (const char* text : {"[1,2]", "[1, 2, 3]"}) EXPECT_TRUE(takes(schema, text)) << text;
    for (const char* text : {"[]", "[1]", "[1,2,3,4]", "[1,2,]"}) EXPECT_FALSE(takes(schema, text)) << text;
    EXPECT_TRUE(takes(R"({"type": "array", "maxItems": 0})", "[]"));
    EXPECT_FALSE(takes(R"({"type": "array", "maxItems": 0})", "[1]"));
    EXPECT_TRUE(takes(R"({"items": {"type": "null"}, "minItems": 1})", "[null]"));
}

TEST(JsonSchema, FixedItemsComeFirst) {
    const std::string schema = R"({"prefixItems": [{"type": "integer"}, {"type": "string"}])";
    EXPECT_TRUE(takes(schema + "}", "[]"));
    EXPECT_TRUE(takes(schema + "}", R"([1, "a"])"));
    EXPECT_FALSE(takes(schema + "}", R"(["a"])"));
    EXPECT_FALSE(takes(schema + "}", R"([1, "a", 2])"));
    EXPECT_TRUE(takes(schema + R"(, "minItems": 2, "items": {"type": "null"}})", R"([1, "a", null, null])"));
    EXPECT_FALSE(takes(schema + R"(, "minItems": 2, "items": {"type": "null"}})", "[1]"));
    EXPECT_FALSE(takes(schema + R"(, "maxItems": 1})", R"([1, "a"])"));
    EXPECT_TRUE(takes(schema + R"(, "minItems": 3})", R"([1, "a", {}])"));
    EXPECT_THAT(refusalOf(schema + R"(, "minItems": 3, "items": false})"), HasSubstr("no value at all"));
}

TEST(JsonSchema, CountsCharactersAndNotBytes) {
    const std::string schema = R"({"type": "string", "minLength": 2, "maxLength": 3})";
    for (const char* text : {"\"ab\"", "\"äöü\"", "\"🎉🎉\"", R"("\ud83d\ude00\n")"})
        EXPECT_TRUE(takes(schema, text)) << text;
    for (const char* text :
         {"\"a\"", "\"🎉\"", "\"abcd\"", R"("\ud83d\ude00")", R"("a\ud83d")", R"("a\ude00b")"})
        EXPECT_FALSE(takes(schema, text)) << text;
    EXPECT_FALSE(takes(schema, "\"a\xC3\"")) << "half a character";
    EXPECT_FALSE(takes(schema, "\"a\xED\xA0\x80\"")) << "a surrogate";
}

TEST(JsonSchema, KeepsNumbersWithinTheirLimitsExactly) {
    struct Case {
        const char* limits;
        std::vector<const char*> right;
        std::vector<const char*> wrong;
    };
    const std::vector<Case> cases{
        {R"("type": "integer", "minimum": -5, "maximum": 120)",
         {"-5", "-1", "0", "9", "10", "99", "100", "120"},
         {"-6", "-0", "121", "130", "1000", "00", "1.0", "-"}},
        {R"("type": "integer", "exclusiveMinimum": 7, "exclusiveMaximum": 1001)",
         {"8", "10", "999", "1000"},
         {"7", "1", "1001", "0", "-8"}},
        {R"("type": "integer", "minimum": 2.5, "maximum": 3.9)", {"3"}, {"2", "4"}},
        {R"("type": "integer", "minimum": -9007199254740993)", {"-9007199254740993"}, {"-9007199254740994"}},
        {R"("type": "number", "minimum": 0, "maximum": 1)",
         {"0", "1", "0.5", "0.000001", "1.0", "0.999999"},
         {"1.1", "-0.1", "1.000001", "2", "1e0", "-0"}},
        {R"("type": "number", "exclusiveMinimum": 0.1, "exclusiveMaximum": 12.25)",
         {"0.11", "0.100001", "12.249999", "12", "1"},
         {"0.1", "0.10", "0", "12.25", "12.3", "13"}},
        {R"("type": "number", "maximum": -1.5)",
         {"-1.5", "-1.50", "-2", "-100.25"},
         {"-1.4", "-1", "0", "1"}},
        {R"("type": "number", "multipleOf": 0.01)", {"1.25", "0.1", "-7", "100000.99"}, {"1.255", "1."}},
        {R"("minimum": 1e3, "maximum": 1500)", {"1000", "1000.5", "1500", "1499.999999"}, {"999", "1500.1"}},
    };
    for (const Case& each : cases) {
        const std::string schema = "{" + std::string(each.limits) + "}";
        for (const char* text : each.right) EXPECT_TRUE(takes(schema, text)) << schema << text;
        for (const char* text : each.wrong) EXPECT_FALSE(takes(schema, text)) << schema << text;
    }
}

TEST(JsonSchema, ListsOfValuesAreTakenByTheLetter) {
    const std::string schema = R"({"enum": ["a", "ab", 1, 10, null, {"k": [1, "x"]}, "é\n"]})";
    for (const char* text : {"\"a\"", "\"ab\"", "1", "10", "null", R"({"k":[1,"x"]})", R"("é\n")"})
        EXPECT_TRUE(takes(schema, text)) << text;
    for (const char* text : {"\"abc\"", "100", "\"\"", "{}"}) EXPECT_FALSE(takes(schema, text)) << text;
    EXPECT_TRUE(takes(R"({"const": "v1"})", "\"v1\""));
    EXPECT_FALSE(takes(R"({"type": "string", "enum": ["a", 1]})", "1"));
}

TEST(JsonSchema, FollowsReferencesAndRecursion) {
    const std::string tree = R"({"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "properties":
        {"value": {"type": "integer"}, "next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}},
        "required": ["value", "next"]}}})";
    EXPECT_TRUE(takes(tree, R"({"value":1,"next":{"value":2,"next":null}})"));
    EXPECT_FALSE(takes(tree, R"({"value":1,"next":{"value":2}})"));
    EXPECT_TRUE(takes(R"({"type": "array", "items": {"$ref": "#"}})", "[[],[[]]]"));
    EXPECT_TRUE(takes(R"({"$ref": "#/$defs/a~1b%20c", "$defs": {"a/b c": {"type": "null"}}})", "null"));
}

TEST(JsonSchema, MergesAllOf) {
    const std::string schema =
        R"({"allOf": [{"$ref": "#/$defs/named"}, {"properties": {"age": {"type": "integer"}},
        "required": ["age"]}], "properties": {"name": {"maxLength": 3}},
        "$defs": {"named": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}}})";
    EXPECT_TRUE(takes(schema, R"({"name":"Bob","age":3})"));
    EXPECT_FALSE(takes(schema, R"({"name":"Robert","age":3})"));
    EXPECT_FALSE(takes(schema, R"({"name":"Bob"})"));
    EXPECT_FALSE(
        takes(R"({"properties": {"a": {}}, "allOf": [{"additionalProperties": false}]})", R"({"a":1})"));
    const std::string choice =
        R"({"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"],
        "anyOf": [{"properties": {"x": {"const": 1}}, "required": ["x"]}, {"properties": {"y": {"const": 2}}}]})";
    EXPECT_TRUE(takes(choice, R"({"id":1,"x":1})"));
    EXPECT_TRUE(takes(choice, R"({"id":1,"y":2})"));
    EXPECT_FALSE(takes(choice, R"({"x":1})"));
    const std::string items =
        R"({"allOf": [{"prefixItems": [{"type": "integer"}, {}]}, {"items": {"maximum": 5}}]})";
    EXPECT_TRUE(takes(items, "[5,-1.5,3]"));
    EXPECT_FALSE(takes(items, "[6]"));
    EXPECT_FALSE(takes(items, "[1.5]"));
    EXPECT_TRUE(takes(R"({"type": ["string", "null"], "maxLength": 1})", "null"));
    EXPECT_FALSE(takes(R"({"type": ["string", "null"], "maxLength": 1})", "\"ab\""));
}

TEST(JsonSchema, WhiteSpaceIsBounded) {
    EXPECT_TRUE(takes("{}", "\n\n {}"));
    EXPECT_FALSE(takes("{}", "\n\n\n{}"));
    EXPECT_TRUE(takes("{}", "[\n" + std::string(40, ' ') + "1,\n\t\t2 ]"));
    EXPECT_FALSE(takes("{}", "[\n" + std::string(41, ' ') + "1]"));
    EXPECT_FALSE(takes("{}", "[  1]"));
    EXPECT_FALSE(takes("{}", "{} "));
}

TEST(JsonSchema, RefusesByNameWhatItCannotEnforce) {
    for (const char* keyword :
         {"not", "if", "patternProperties", "propertyNames", "contains", "dependentRequired",
          "unevaluatedProperties", "$dynamicRef", "nullable", "contentEncoding"}) {
        const std::string words = refusalOf(R"({"type": "object", ")" + std::string(keyword) + R"(": {}})");
        EXPECT_THAT(words, HasSubstr("\"" + std::string(keyword) + "\""));
    }
    EXPECT_THAT(refusalOf(R"({"properties": {"tags": {"type": "array", "uniqueItems": true}}})"),
                testing::AllOf(HasSubstr("\"uniqueItems\""), HasSubstr("#/properties/tags")));
    EXPECT_EQ(refusalOf(R"({"type": "array", "uniqueItems": false, "x-order": 3})"), "");
    EXPECT_THAT(refusalOf(R"({"type": "string", "format": "iri"})"), HasSubstr("date-time"));
    EXPECT_THAT(refusalOf(R"({"multipleOf": 7})"), HasSubstr("multipleOf"));
    EXPECT_THAT(refusalOf(R"({"type": "object", "minProperties": 1})"), HasSubstr("minProperties"));
    EXPECT_THAT(refusalOf(R"({"type": "text"})"), HasSubstr("null, boolean"));
    EXPECT_THAT(refusalOf(R"({"$ref": "other.json"})"), HasSubstr("other.json"));
    EXPECT_THAT(refusalOf(R"({"$ref": "#/$defs/x"})"), HasSubstr("does not exist"));
    EXPECT_THAT(refusalOf(R"({"items": [{}]})"), HasSubstr("prefixItems"));
    EXPECT_THAT(refusalOf("{"), HasSubstr("no JSON"));
    EXPECT_THAT(refusalOf("7"), HasSubstr("something else than a schema"));
}

TEST(JsonSchema, RefusesWhatAllowsNothing) {
    for (const char* schema : {"false", R"({"enum": []})", R"({"minLength": 3, "maxLength": 2})",
                               R"({"minItems": 1, "items": false})", R"({"minimum": 3, "maximum": 2})",
                               R"({"type": "string", "pattern": "^a{5}$", "maxLength": 4})",
                               R"({"properties": {"a": {"$ref": "#"}}, "required": ["a"]})",
                               R"({"allOf": [{"type": "string"}, {"type": "null"}]})"})
        EXPECT_THAT(refusalOf(schema), HasSubstr("no value at all")) << schema;
    EXPECT_TRUE(takes(R"({"properties": {"a": {"$ref": "#"}}})", R"({"a":{"a":{}}})"));
    EXPECT_TRUE(takes(R"({"anyOf": [false, {"type": "null"}]})", "null"));
}

TEST(JsonSchema, NeverBeginsWhatCannotBeEnded) {
    const std::string schema = R"({"anyOf": [{"$ref": "#/$defs/endless"}, {"type": "array", "items":
        {"$ref": "#/$defs/endless"}}, {"properties": {"a": {"$ref": "#/$defs/endless"}, "b": {}}}],
        "$defs": {"endless": {"type": "object", "properties": {"x": {"$ref": "#/$defs/endless"}}, "required": ["x"]}}})";
    EXPECT_TRUE(takes(schema, "[]"));
    EXPECT_TRUE(takes(schema, R"({"b":1})"));
    EXPECT_EQ(reading(schema, "[{"), Reading::Dead);
    EXPECT_EQ(reading(schema, "{\"a"), Reading::Dead);
    EXPECT_EQ(reading(schema, "{\"x"), Reading::Dead);
    EXPECT_EQ(reading(R"({"type": "string", "pattern": "^(ab|cde)$", "maxLength": 2})", "\"c"),
              Reading::Dead);
}

TEST(JsonSchema, RefusesWhatRunsAway) {
    EXPECT_THAT(refusalOf(R"({"anyOf": [{"$ref": "#"}, {"type": "null"}]})"), HasSubstr("refers to itself"));
    EXPECT_THAT(refusalOf(R"({"allOf": [{"$ref": "#"}], "type": "null"})"), HasSubstr("refers to itself"));
    EXPECT_THAT(
        refusalOf(
            R"({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}})"),
        HasSubstr("refers to itself"));
    EXPECT_THAT(refusalOf(std::string(200, '[') + std::string(200, ']')), HasSubstr("nested"));
    json huge = {{"enum", json::array()}};
    for (int i = 0; i < 20'000; ++i) huge["enum"].push_back(i);
    EXPECT_THAT(refusalOf(huge.dump()), HasSubstr("10,000"));
    json product = {{"type", "object"}, {"allOf", json::array()}};
    for (int i = 0; i < 20; ++i)
        product["allOf"].push_back(
            {{"anyOf", {{{"title", "a"}, {"minProperties", i}}, {{"required", {"b"}}}}}});
    EXPECT_THAT(refusalOf(product.dump()), HasSubstr("alternatives"));
    EXPECT_THAT(refusalOf(R"({"pattern": "((a{1000}){1000}){1000}"})"), HasSubstr("too large"));
    EXPECT_THAT(refusalOf(R"({"pattern": "(a|b)*a(a|b){40}"})"), HasSubstr("too complex"));
}

/// Schemas as people write them, and some nobody would.
const std::vector<std::string>& schemas() {
    static const std::vector<std::string> all{
        "{}",
        R"({"type": "object", "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 20}, "age":
            {"type": "integer", "minimum": 0, "maximum": 150}, "score": {"type": "number", "minimum": 0, "maximum": 1},
            "mail": {"type": ["string", "null"], "format": "email"}}, "required": ["name", "age", "score"],
            "additionalProperties": false})",
        R"({"type": "array", "minItems": 1, "maxItems": 5, "items": {"oneOf": [
            {"properties": {"kind": {"const": "circle"}, "radius": {"exclusiveMinimum": 0}},
             "required": ["kind", "radius"]},
            {"properties": {"kind": {"const": "square"}, "side": {"type": "integer"}},
             "required": ["kind", "side"]}]}})",
        R"({"$defs": {"tree": {"type": "object", "properties": {"value": {"type": ["integer", "string"]}, "left":
            {"$ref": "#/$defs/tree"}, "right": {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}]}},
            "required": ["value"]}}, "$ref": "#/$defs/tree"})",
        R"({"properties": {"when": {"format": "date-time"}, "day": {"format": "date"}, "at": {"format": "time"},
            "id": {"format": "uuid"}, "host": {"format": "ipv4"}}, "required": ["when", "day", "at", "id", "host"]})",
        R"({"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": {"type": "boolean"}})",
        R"({"prefixItems": [{"type": "string", "pattern": "^[A-Z]{2,4}-\\d+$"}, {"enum": ["x", "y\"z", 3.5]}],
            "items": {"type": "string", "pattern": "ab?c", "maxLength": 12}, "minItems": 3})",
        R"({"type": "string", "pattern": "^[^,]*,(foo|ba[rz])\\.$"})",
        R"({"type": "string", "minLength": 30, "maxLength": 33})",
        R"({"allOf": [{"properties": {"id": {"type": "integer", "minimum": 10}}, "required": ["id"]},
            {"properties": {"id": {"maximum": 12}, "more": {"type": "array", "items": {"type": "number",
            "multipleOf": 0.01, "minimum": -3, "exclusiveMaximum": 20.5}}}}], "additionalProperties": false,
            "properties": {"id": {}, "more": {}}})",
        R"({"type": "object", "required": ["z", "y"], "additionalProperties": {"type": ["null", "number"]}})",
    };
    return all;
}

TEST(JsonSchema, WhateverIsDrawnSatisfiesTheSchema) {
    const std::vector<std::string> vocabulary = randomVocabulary(7, 3000);
    const auto trie = trieOf(vocabulary);
    std::mt19937 random(1);
    for (const std::string& schema : schemas()) {
        const json parsed = json::parse(schema);
        GrammarMasks masks(compileJsonSchema(schema), trie);
        int whole = 0;
        for (int i = 0; i < 60; ++i) {
            const RandomAnswer answer = randomAnswer(masks, vocabulary, random, 800);
            EXPECT_EQ(answer.text.find("not taken"), std::string::npos) << schema << answer.text;
            if (!answer.isWhole) continue;
            ++whole;
            ASSERT_EQ(schemaProblem(parsed, answer.text), "") << schema << "\n" << answer.text;
        }
        EXPECT_GE(whole, 40) << schema;
    }
}

} // namespace
} // namespace ponder::engine
