#include "engine/sampling/schema_merge.h"

#include "engine/support/error.h"

#include <algorithm>
#include <array>

namespace ponder::engine {

namespace {

constexpr int kMostDepth = 50;
constexpr int kMostMerges = 5'000;
constexpr std::size_t kMostAlternatives = 256;

SchemaValue bothOf(const SchemaValue& a, const SchemaValue& b) {
    if (a == b) return a;
    return {{"allOf", SchemaValue::array({a, b})}};
}

SchemaValue asList(const SchemaValue& value) {
    return value.is_array() ? value : SchemaValue::array({value});
}

bool contains(const SchemaValue& list, const SchemaValue& value) {
    return std::ranges::find(list, value) != list.end();
}

/// Types that both allow; an integer is a number.
SchemaValue commonTypes(const SchemaValue& a, const SchemaValue& b) {
    const SchemaValue first = asList(a);
    const SchemaValue second = asList(b);
    SchemaValue common = SchemaValue::array();
    for (const SchemaValue& type : first) {
        if (contains(second, type) || (type == "integer" && contains(second, "number")))
            common.push_back(type);
        if (type == "number" && !contains(second, type) && contains(second, "integer") &&
            !contains(first, "integer"))
            common.push_back("integer");
    }
    return common;
}

SchemaValue commonValues(const SchemaValue& a, const SchemaValue& b) {
    SchemaValue common = SchemaValue::array();
    for (const SchemaValue& value : a) {
        if (contains(b, value)) common.push_back(value);
    }
    return common;
}

/// A property that only one side names is one of the further properties for the other.
SchemaValue mergedProperties(const SchemaValue& a, const SchemaValue& b) {
    SchemaValue all = SchemaValue::object();
    const auto takeFrom = [&](const SchemaValue& from, const SchemaValue& other) {
        const SchemaValue& own = from["properties"];
        for (const auto& [name, property] : own.items()) {
            if (all.contains(name)) continue;
            const bool isShared = other.contains("properties") && other["properties"].contains(name);
            if (isShared)
                all[name] = bothOf(property, other["properties"][name]);
            else if (other.contains("additionalProperties"))
                all[name] = bothOf(property, other["additionalProperties"]);
            else
                all[name] = property;
        }
    };
    if (a.contains("properties")) takeFrom(a, b);
    if (b.contains("properties")) takeFrom(b, a);
    return all;
}

/// An item that only one side names by its place is one of the further items for the other.
SchemaValue mergedFixedItems(const SchemaValue& a, const SchemaValue& b) {
    const auto fixedOf = [](const SchemaValue& schema) {
        return schema.value("prefixItems", SchemaValue::array());
    };
    const SchemaValue first = fixedOf(a);
    const SchemaValue second = fixedOf(b);
    const auto itemOf = [](const SchemaValue& schema, const SchemaValue& fixed, std::size_t place) {
        return place < fixed.size() ? fixed[place] : schema.value("items", SchemaValue(true));
    };
    SchemaValue all = SchemaValue::array();
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i)
        all.push_back(bothOf(itemOf(a, first, i), itemOf(b, second, i)));
    return all;
}

/// Of two limits the one that allows less.
const SchemaValue& tighter(const std::string& keyword, const SchemaValue& a, const SchemaValue& b) {
    const bool isUpper = keyword.starts_with("max") || keyword == "exclusiveMaximum";
    const bool firstIsLess = a.get<double>() < b.get<double>();
    return firstIsLess == isUpper ? a : b;
}

bool isLimit(const std::string& keyword) {
    return keyword.starts_with("min") || keyword.starts_with("max") || keyword.starts_with("exclusive");
}

/// The shape of what merging looks into.
void checkShape(const SchemaValue& schema, const std::string& where) {
    const auto require = [&](const char* name, bool isRight, const char* what) {
        if (schema.contains(name) && !isRight)
            refuseSchema(memberPath(where, name), "has something else than " + std::string(what),
                         "Correct it.");
    };
    const auto member = [&](const char* name) { return schema.value(name, SchemaValue()); };
    require("properties", member("properties").is_object(), "an object of schemas");
    require("required", member("required").is_array(), "a list of names");
    require("enum", member("enum").is_array(), "a list of values");
    require("prefixItems", member("prefixItems").is_array(), "a list of schemas");
    for (const char* list : {"allOf", "anyOf", "oneOf"})
        require(list, member(list).is_array() && !member(list).empty(), "a list of schemas");
    for (const auto& [keyword, value] : schema.items()) {
        if (isLimit(keyword)) require(keyword.c_str(), value.is_number(), "a number");
    }
}

} // namespace

const SchemaValue& SchemaMerge::resolved(const SchemaValue& reference, const std::string& where) const {
    const std::string target = reference.is_string() ? reference.get<std::string>() : "";
    if (target != "#" && !target.starts_with("#/"))
        refuseSchema(where, "refers to \"" + target.substr(0, 100) + "\", which lies outside of it,",
                     "Put that part into \"$defs\" and refer to it as \"#/$defs/NAME\".");
    std::string path;
    for (std::size_t i = 1; i < target.size(); ++i) {
        const bool isEscape = target[i] == '%' && i + 2 < target.size() &&
                              std::isxdigit(static_cast<unsigned char>(target[i + 1])) &&
                              std::isxdigit(static_cast<unsigned char>(target[i + 2]));
        path += isEscape ? static_cast<char>(std::stoi(target.substr(i + 1, 2), nullptr, 16)) : target[i];
        if (isEscape) i += 2;
    }
    try {
        return root_.at(SchemaValue::json_pointer(path));
    } catch (const SchemaValue::exception&) {
        refuseSchema(where, "refers to \"" + target.substr(0, 100) + "\", which does not exist,",
                     "Correct the reference, or add the part.");
    }
}

std::vector<SchemaValue> SchemaMerge::alternatives(const SchemaValue& schema, const std::string& where) {
    return alternatives(schema, where, 0);
}

std::vector<SchemaValue> SchemaMerge::alternatives(const SchemaValue& schema, const std::string& where,
                                                   int depth) {
    if (depth > kMostDepth)
        refuseSchema(where, "refers to itself without end, or nests \"allOf\" and \"anyOf\" too deeply,",
                     "Let a reference to a part around it stand in a property or in \"items\".");
    if (schema == SchemaValue(true)) return {SchemaValue::object()};
    if (schema == SchemaValue(false)) return {};
    if (!schema.is_object())
        refuseSchema(where, "has something else than a schema", "Write an object there.");
    checkShape(schema, where);
    SchemaValue own = SchemaValue::object();
    for (const auto& [keyword, value] : schema.items()) {
        if (!isAssertion(keyword, value, where)) continue;
        // One spelling for both, so that they merge.
        if (keyword == "const")
            own = merged(own, {{"enum", SchemaValue::array({value})}}, where);
        else if (keyword == "enum")
            own = merged(own, {{"enum", value}}, where);
        else if (keyword != "$ref" && keyword != "allOf" && keyword != "anyOf" && keyword != "oneOf")
            own[keyword] = value;
    }
    std::vector<SchemaValue> all{own};
    if (schema.contains("$ref"))
        all = crossed(all, alternatives(resolved(schema["$ref"], where), where, depth + 1), where);
    if (schema.contains("allOf")) {
        for (const SchemaValue& part : schema["allOf"])
            all = crossed(all, alternatives(part, memberPath(where, "allOf"), depth + 1), where);
    }
    for (const char* keyword : {"anyOf", "oneOf"}) {
        if (!schema.contains(keyword)) continue;
        std::vector<SchemaValue> choices;
        for (const SchemaValue& part : schema[keyword]) {
            for (SchemaValue& each : alternatives(part, memberPath(where, keyword), depth + 1))
                choices.push_back(std::move(each));
        }
        all = crossed(all, choices, where);
    }
    return all;
}

std::vector<SchemaValue> SchemaMerge::crossed(const std::vector<SchemaValue>& some,
                                              const std::vector<SchemaValue>& others,
                                              const std::string& where) {
    if (some.size() * others.size() > kMostAlternatives)
        refuseSchema(where,
                     "multiplies out to more than " + std::to_string(kMostAlternatives) + " alternatives",
                     "Combine fewer lists of alternatives.");
    std::vector<SchemaValue> all;
    for (const SchemaValue& a : some) {
        for (const SchemaValue& b : others) all.push_back(merged(a, b, where));
    }
    return all;
}

SchemaValue SchemaMerge::merged(const SchemaValue& a, const SchemaValue& b, const std::string& where) {
    if (a.empty()) return b;
    if (b.empty()) return a;
    if (++merges_ > kMostMerges)
        refuseSchema(where, "combines too many parts with \"allOf\" and \"$ref\"", "Write them out as one.");
    SchemaValue both = a;
    for (const auto& [keyword, value] : b.items()) {
        const auto own = both.find(keyword);
        if (own == both.end()) {
            both[keyword] = value;
        } else if (keyword == "type") {
            *own = commonTypes(*own, value);
        } else if (keyword == "enum") {
            *own = commonValues(*own, value);
        } else if (keyword == "required") {
            for (const SchemaValue& name : value) {
                if (!contains(*own, name)) own->push_back(name);
            }
        } else if (keyword == "items" || keyword == "additionalProperties") {
            *own = bothOf(*own, value);
        } else if (isLimit(keyword)) {
            *own = tighter(keyword, *own, value);
        } else if (keyword != "properties" && keyword != "prefixItems" && *own != value) {
            refuseSchema(where, "has different values of \"" + keyword + "\" for the same value",
                         "Combine them into one.");
        }
    }
    if (both.contains("properties")) both["properties"] = mergedProperties(a, b);
    if (both.contains("prefixItems")) both["prefixItems"] = mergedFixedItems(a, b);
    return both;
}

} // namespace ponder::engine
