#include "engine/sampling/schema_value.h"

#include "engine/support/error.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <array>

namespace ponder::engine {

namespace {

constexpr std::size_t kMostBytes = std::size_t{512} << 10;
constexpr int kMostDepth = 100;
constexpr double kMostCount = 1e9;

constexpr std::array<std::string_view, 12> kRemarks{"title",      "description", "default",   "examples",
                                                    "deprecated", "readOnly",    "writeOnly", "$comment",
                                                    "$schema",    "$id",         "$defs",     "definitions"};
constexpr std::array<std::string_view, 26> kAssertions{"type",
                                                       "enum",
                                                       "const",
                                                       "anyOf",
                                                       "oneOf",
                                                       "allOf",
                                                       "$ref",
                                                       "properties",
                                                       "required",
                                                       "additionalProperties",
                                                       "minProperties",
                                                       "maxProperties",
                                                       "items",
                                                       "prefixItems",
                                                       "minItems",
                                                       "maxItems",
                                                       "minLength",
                                                       "maxLength",
                                                       "pattern",
                                                       "format",
                                                       "minimum",
                                                       "maximum",
                                                       "exclusiveMinimum",
                                                       "exclusiveMaximum",
                                                       "multipleOf",
                                                       "uniqueItems"};

} // namespace

void refuseSchema(const std::string& where, const std::string& what, const std::string& next) {
    throw Error("The JSON schema " + what + " at " + utf8Repaired(where.substr(0, 300)) + ". " + next);
}

SchemaValue parseSchema(std::string_view text) {
    if (text.size() > kMostBytes)
        throw Error("The JSON schema has " + std::to_string(text.size()) + " bytes, at most " +
                    std::to_string(kMostBytes) + " are possible. Shorten it.");
    const auto watchDepth = [](int depth, SchemaValue::parse_event_t, SchemaValue&) {
        if (depth > kMostDepth)
            throw Error("The JSON schema is nested more than " + std::to_string(kMostDepth) +
                        " deep. Put inner parts into \"$defs\" and refer to them with \"$ref\".");
        return true;
    };
    try {
        return SchemaValue::parse(text.begin(), text.end(), watchDepth);
    } catch (const SchemaValue::exception& error) {
        const std::string words = error.what();
        throw Error("The JSON schema is no JSON (" + utf8Repaired(words.substr(words.find("] ") + 2)) +
                    "). Correct it.");
    }
}

std::string spelled(const SchemaValue& value) {
    return value.dump(-1, ' ', false, SchemaValue::error_handler_t::replace);
}

std::string memberPath(const std::string& where, std::string_view name) {
    return where + "/" + std::string(name);
}

std::optional<std::uint32_t> countMember(const SchemaValue& schema, const char* name,
                                         const std::string& where) {
    const auto member = schema.find(name);
    if (member == schema.end()) return std::nullopt;
    const double value = member->is_number() ? member->get<double>() : -1;
    if (!(value >= 0 && value <= kMostCount) ||
        value != static_cast<double>(static_cast<std::uint32_t>(value)))
        refuseSchema(memberPath(where, name), "has something else than a count",
                     "Write a whole number from 0 to 1000000000.");
    return static_cast<std::uint32_t>(value);
}

bool isAssertion(const std::string& keyword, const SchemaValue& value, const std::string& where) {
    if (keyword.starts_with("x-") || std::ranges::find(kRemarks, keyword) != kRemarks.end()) return false;
    if (keyword == "uniqueItems" && value == SchemaValue(false)) return false;
    if (keyword != "uniqueItems" && std::ranges::find(kAssertions, keyword) != kAssertions.end()) return true;
    refuseSchema(where,
                 "asks for \"" + utf8Repaired(keyword.substr(0, 100)) + "\", which Ponder cannot enforce,",
                 keyword == "not" || keyword == "if" ? "Say what is allowed with \"anyOf\" instead."
                                                     : "Leave it out, and check the answer for it yourself.");
}

} // namespace ponder::engine
