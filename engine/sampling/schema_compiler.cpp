#include "engine/sampling/schema_compiler.h"

#include "engine/sampling/schema_numbers.h"
#include "engine/sampling/string_formats.h"
#include "engine/sampling/string_pattern.h"
#include "engine/support/error.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace ponder::engine {

namespace {

constexpr std::size_t kMostBytes = std::size_t{8} << 20; // of all parts' texts together
constexpr std::size_t kMostValues = 10'000;
constexpr std::size_t kMostValueBytes = std::size_t{256} << 10;
constexpr std::size_t kMostChoices = 1'000;
constexpr std::uint32_t kMostFixedItems = 1'000;
constexpr NodeId kEnd = Grammar::kEnd;

/// A keyword and the type whose values it speaks of.
struct TypedKeyword {
    const char* keyword;
    const char* type;
};
constexpr TypedKeyword kTypedKeywords[] = {
    {"properties", "object"},       {"required", "object"},         {"additionalProperties", "object"},
    {"minProperties", "object"},    {"maxProperties", "object"},    {"items", "array"},
    {"prefixItems", "array"},       {"minItems", "array"},          {"maxItems", "array"},
    {"minLength", "string"},        {"maxLength", "string"},        {"pattern", "string"},
    {"format", "string"},           {"minimum", "number"},          {"maximum", "number"},
    {"exclusiveMinimum", "number"}, {"exclusiveMaximum", "number"}, {"multipleOf", "number"},
};
constexpr const char* kTypes[] = {"null", "boolean", "object", "array", "number", "integer", "string"};

/// What a schema says itself, by `type` or by keywords of one type; empty: any.
std::vector<std::string> typesOf(const SchemaValue& schema, const std::string& where) {
    std::vector<std::string> types;
    const auto add = [&](const std::string& type) {
        if (std::ranges::find(types, type) == types.end()) types.push_back(type);
    };
    if (const auto type = schema.find("type"); type != schema.end()) {
        const SchemaValue list = type->is_array() ? *type : SchemaValue::array({*type});
        for (const SchemaValue& each : list) {
            if (!each.is_string() || std::ranges::find(kTypes, each.get<std::string>()) == std::end(kTypes))
                refuseSchema(memberPath(where, "type"), "has a type that does not exist",
                             "Use null, boolean, object, array, number, integer or string.");
            add(each.get<std::string>());
        }
        // Merged from parts that have no type in common: no value.
        if (types.empty()) add("");
        return types;
    }
    for (const TypedKeyword& each : kTypedKeywords) {
        if (schema.contains(each.keyword)) add(each.type);
    }
    return types;
}

bool isOfType(const SchemaValue& value, const std::string& type) {
    if (type == "null") return value.is_null();
    if (type == "boolean") return value.is_boolean();
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "number") return value.is_number();
    return type == "integer" && value.is_number_integer();
}

/// Is `keyword` the only one that says something about values?
bool saysOnly(const SchemaValue& schema, const char* keyword, const std::string& where) {
    return std::ranges::all_of(schema.items(), [&](const auto& item) {
        return item.key() == keyword || !isAssertion(item.key(), item.value(), where);
    });
}

} // namespace

SchemaCompiler::SchemaCompiler(const SchemaValue& root, Grammar& grammar)
    : grammar_(grammar), rules_(grammar), merge_(root) {}

RuleId SchemaCompiler::compile() {
    const RuleId rule = ruleForReference("#", "#");
    // One after the other instead of one within the other: however deep a schema is, the stack is not.
    while (!pending_.empty()) {
        const Pending next = std::move(pending_.back());
        pending_.pop_back();
        grammar_.setStart(next.rule, body(next.schema, next.where));
    }
    return rule;
}

RuleId SchemaCompiler::ruleForReference(const SchemaValue& reference, const std::string& where) {
    const SchemaValue& target = merge_.resolved(reference, where);
    const std::string path = reference.get<std::string>();
    const auto [entry, isNew] = known_.try_emplace("#" + path, 0);
    if (isNew) {
        entry->second = grammar_.addRule();
        pending_.push_back({entry->second, target, path});
    }
    return entry->second;
}

RuleId SchemaCompiler::ruleFor(const SchemaValue& schema, const std::string& where) {
    std::string key = spelled(schema);
    bytes_ += key.size();
    if (bytes_ > kMostBytes)
        throw Error("The JSON schema is too large when its references and combinations are written out. "
                    "Shorten it.");
    const auto [entry, isNew] = known_.try_emplace(std::move(key), 0);
    if (isNew) {
        entry->second = grammar_.addRule();
        pending_.push_back({entry->second, schema, where});
    }
    return entry->second;
}

NodeId SchemaCompiler::body(const SchemaValue& schema, const std::string& where) {
    if (schema == SchemaValue(true)) return grammar_.call(rules_.value(), kEnd);
    if (schema == SchemaValue(false)) return grammar_.nothing();
    if (!schema.is_object())
        refuseSchema(where, "has something else than a schema", "Write an object there.");
    // A choice or a reference alone is followed, not merged: that is how recursion closes.
    if (schema.contains("$ref") && saysOnly(schema, "$ref", where))
        return grammar_.call(ruleForReference(schema["$ref"], where), kEnd);
    for (const char* keyword : {"anyOf", "oneOf"}) {
        if (!schema.contains(keyword) || !saysOnly(schema, keyword, where)) continue;
        const SchemaValue& parts = schema[keyword];
        if (!parts.is_array() || parts.empty() || parts.size() > kMostChoices)
            refuseSchema(memberPath(where, keyword), "has something else than a list of 1 to 1,000 schemas",
                         "Correct it.");
        std::vector<NodeId> branches;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string path = memberPath(memberPath(where, keyword), std::to_string(i));
            branches.push_back(grammar_.call(ruleFor(parts[i], path), kEnd));
        }
        return grammar_.split(std::move(branches));
    }
    const std::vector<SchemaValue> alternatives = merge_.alternatives(schema, where);
    if (alternatives.size() == 1) return flat(alternatives.front(), where);
    std::vector<NodeId> branches;
    for (const SchemaValue& each : alternatives)
        branches.push_back(grammar_.call(ruleFor(each, where), kEnd));
    return grammar_.split(std::move(branches));
}

/// A schema without references and choices.
NodeId SchemaCompiler::flat(const SchemaValue& schema, const std::string& where) {
    if (schema.contains("enum")) return enumeration(schema, where);
    const std::vector<std::string> types = typesOf(schema, where);
    if (types.empty()) return grammar_.call(rules_.value(), kEnd);
    const bool hasNumbers = std::ranges::find(types, "number") != types.end();
    std::vector<NodeId> branches;
    for (const std::string& type : types) {
        // An integer is a number; two ways to read the same text would only cost.
        if (!(type == "integer" && hasNumbers)) branches.push_back(ofType(type, schema, where));
    }
    return grammar_.split(std::move(branches));
}

NodeId SchemaCompiler::enumeration(const SchemaValue& schema, const std::string& where) {
    const std::vector<std::string> types =
        schema.contains("type") ? typesOf(schema, where) : std::vector<std::string>();
    for (const auto& [keyword, value] : schema.items()) {
        if (keyword != "enum" && keyword != "type")
            refuseSchema(where, "has a list of values and \"" + keyword + "\" for the same value",
                         "Leave \"" + keyword + "\" out, and the values that it excludes.");
    }
    if (schema["enum"].size() > kMostValues)
        refuseSchema(memberPath(where, "enum"), "lists more than 10,000 values", "Shorten the list.");
    std::vector<std::string> texts;
    std::size_t size = 0;
    for (const SchemaValue& value : schema["enum"]) {
        const auto fits = [&](const std::string& type) { return isOfType(value, type); };
        if (!types.empty() && std::ranges::none_of(types, fits)) continue;
        texts.push_back(spelled(value));
        size += texts.back().size();
    }
    if (size > kMostValueBytes)
        refuseSchema(memberPath(where, "enum"), "lists values of more than 256 KB", "Shorten the list.");
    return rules_.oneOf(std::move(texts), kEnd);
}

NodeId SchemaCompiler::ofType(const std::string& type, const SchemaValue& schema, const std::string& where) {
    if (type == "null") return grammar_.literal("null", kEnd);
    if (type == "boolean") return rules_.oneOf({"true", "false"}, kEnd);
    if (type == "integer") return numberBetween(grammar_, integersOf(schema, where), kEnd);
    if (type == "number") return number(schema, where);
    if (type == "string") return string(schema, where);
    if (type == "array") return array(schema, where);
    if (type == "object") return object(schema, where);
    return grammar_.nothing();
}

NodeId SchemaCompiler::number(const SchemaValue& schema, const std::string& where) {
    const std::optional<NumberRange> range = numbersOf(schema, where);
    return range ? numberBetween(grammar_, *range, kEnd) : rules_.number(kEnd);
}

NodeId SchemaCompiler::string(const SchemaValue& schema, const std::string& where) {
    const std::uint32_t least = countMember(schema, "minLength", where).value_or(0);
    const std::optional<std::uint32_t> most = countMember(schema, "maxLength", where);
    std::optional<CharacterAutomaton> automaton;
    const auto narrow = [&](std::string_view pattern) {
        CharacterAutomaton matching = stringsMatching(pattern);
        automaton = automaton ? bothOf(*automaton, matching) : std::move(matching);
    };
    if (const auto format = schema.find("format"); format != schema.end()) {
        const std::string name = format->is_string() ? format->get<std::string>() : "";
        const std::string_view pattern = patternOfFormat(name);
        if (pattern.empty())
            refuseSchema(where,
                         "asks for the format \"" + name.substr(0, 100) + "\", which Ponder does not know,",
                         "Leave it out, say it with \"pattern\", or use one of " + knownFormats() + ".");
        narrow(pattern);
    }
    if (const auto pattern = schema.find("pattern"); pattern != schema.end()) {
        if (!pattern->is_string())
            refuseSchema(where, "has a \"pattern\" that is no text", "Write a regular expression.");
        narrow(pattern->get<std::string>());
    }
    if (!automaton) return rules_.string(least, most.value_or(Grammar::kUnbounded), kEnd);
    if (least > 0 || most) automaton = bothOf(*automaton, stringsOfLength(least, most));
    return rules_.string(*automaton, kEnd);
}

NodeId SchemaCompiler::array(const SchemaValue& schema, const std::string& where) {
    const std::uint32_t least = countMember(schema, "minItems", where).value_or(0);
    const std::uint32_t most = countMember(schema, "maxItems", where).value_or(Grammar::kUnbounded);
    const auto items = schema.find("items");
    if (items != schema.end() && items->is_array())
        refuseSchema(where, "has a list as \"items\"", "Write the list as \"prefixItems\".");
    const SchemaValue fixed = schema.value("prefixItems", SchemaValue::array());
    if (!fixed.is_array() || fixed.size() > kMostFixedItems)
        refuseSchema(where, "has something else than a list of up to 1,000 schemas as \"prefixItems\"",
                     "Correct it.");
    const RuleId further =
        items != schema.end() ? ruleFor(*items, memberPath(where, "items")) : rules_.value();
    if (fixed.empty()) return rules_.array(further, least, most, kEnd);

    // From the last fixed item to the first: behind each, the next one or the end.
    const auto count = static_cast<std::uint32_t>(fixed.size());
    const NodeId close = rules_.space(grammar_.literal("]", kEnd));
    const auto another = [&](RuleId rule, NodeId next) {
        return grammar_.literal(",", rules_.space(grammar_.call(rule, next)));
    };
    NodeId behind = close;
    // Without a word on further items, there are some only where the number asks for them.
    const bool mayGoOn = items != schema.end() || least > count;
    if (mayGoOn && most > count) {
        const std::uint32_t mostMore = most == Grammar::kUnbounded ? most : most - count;
        behind = grammar_.repeat(grammar_.addRule(another(further, kEnd)), least > count ? least - count : 0,
                                 mostMore, close);
    } else if (least > count) {
        return grammar_.nothing();
    }
    for (std::uint32_t i = count; i-- > 0;) {
        const std::string path = memberPath(memberPath(where, "prefixItems"), std::to_string(i));
        std::vector<NodeId> branches;
        const NodeId here = i == 0 ? grammar_.literal("]", kEnd) : close;
        if (i >= least) branches.push_back(here);
        const RuleId rule = ruleFor(fixed[i], path);
        if (i < most) branches.push_back(i == 0 ? grammar_.call(rule, behind) : another(rule, behind));
        behind = grammar_.split(std::move(branches));
    }
    return grammar_.literal("[", rules_.space(behind));
}

} // namespace ponder::engine
