#include "engine/sampling/schema_compiler.h"

#include <algorithm>

namespace ponder::engine {

namespace {

constexpr std::size_t kMostMembers = 1'000;
constexpr NodeId kEnd = Grammar::kEnd;

} // namespace

SchemaCompiler::Members SchemaCompiler::membersOf(const SchemaValue& schema, const std::string& where) {
    const auto further = schema.find("additionalProperties");
    const bool hasFurther = further != schema.end();
    const SchemaValue furtherSchema = hasFurther ? *further : SchemaValue(true);
    const SchemaValue properties = schema.value("properties", SchemaValue::object());
    if (properties.size() > kMostMembers)
        refuseSchema(where, "has more than 1,000 properties", "Divide them among several objects.");
    std::vector<std::string> required;
    for (const SchemaValue& name : schema.value("required", SchemaValue::array())) {
        if (!name.is_string())
            refuseSchema(memberPath(where, "required"), "has something else than a name", "Correct it.");
        if (std::ranges::find(required, name.get<std::string>()) == required.end())
            required.push_back(name.get<std::string>());
    }
    const auto isRequired = [&](const std::string& name) {
        return std::ranges::find(required, name) != required.end();
    };
    Members members;
    for (const auto& [name, property] : properties.items()) {
        const std::string path = memberPath(memberPath(where, "properties"), name);
        members.named.push_back({name, ruleFor(property, path), isRequired(name)});
    }
    for (const std::string& name : required) {
        if (!properties.contains(name))
            members.named.push_back(
                {name, ruleFor(furtherSchema, memberPath(where, "additionalProperties")), true});
    }
    if (members.named.size() > kMostMembers)
        refuseSchema(where, "has more than 1,000 properties", "Divide them among several objects.");
    if (furtherSchema != SchemaValue(false) && (hasFurther || properties.empty()))
        members.further = ruleFor(furtherSchema, memberPath(where, "additionalProperties"));
    return members;
}

NodeId SchemaCompiler::object(const SchemaValue& schema, const std::string& where) {
    const Members members = membersOf(schema, where);
    const auto required = std::ranges::count_if(members.named, &Member::isRequired);
    const auto least = countMember(schema, "minProperties", where).value_or(0);
    if (least > static_cast<std::uint32_t>(required))
        refuseSchema(where, "asks for \"minProperties\", which Ponder cannot enforce,",
                     "List under \"required\" as many properties as there have to be.");
    const auto most = countMember(schema, "maxProperties", where).value_or(Grammar::kUnbounded);
    if (most < Grammar::kUnbounded && (members.further || most < members.named.size()))
        refuseSchema(where, "asks for \"maxProperties\", which Ponder cannot enforce,",
                     "Name the properties, and forbid others with \"additionalProperties\": false.");
    if (members.named.empty() && members.further) return rules_.object(*members.further, kEnd);
    return objectOf(members);
}

/// `"name": value`
NodeId SchemaCompiler::member(const std::string& spelledName, RuleId value, NodeId next) {
    return grammar_.literal(spelledName + ":", rules_.blank(grammar_.call(value, next)));
}

NodeId SchemaCompiler::objectOf(const Members& members) {
    const NodeId close = rules_.space(grammar_.literal("}", kEnd));
    NodeId next = grammar_.nothing(); // the members that may come, without a comma before them
    NodeId behind = close;            // a comma and those, or the end
    if (members.further) {
        std::vector<std::string> names;
        for (const Member& each : members.named) names.push_back(each.name);
        const NodeId value = grammar_.literal(":", rules_.blank(grammar_.call(*members.further, kEnd)));
        const RuleId other = grammar_.addRule(rules_.string(stringsBut(names), value));
        const RuleId more = grammar_.addRule(grammar_.literal(",", rules_.space(grammar_.call(other, kEnd))));
        behind = grammar_.repeat(more, 0, Grammar::kUnbounded, close);
        next = grammar_.call(other, behind);
    }
    bool isRestOptional = true;
    for (auto each = members.named.rbegin(); each != members.named.rend(); ++each) {
        const NodeId own = member(spelled(each->name), each->value, behind);
        next = each->isRequired ? own : grammar_.split({own, next});
        isRestOptional = isRestOptional && !each->isRequired;
        const NodeId another = grammar_.literal(",", rules_.space(next));
        behind = isRestOptional ? grammar_.split({another, close}) : another;
    }
    if (isRestOptional) next = grammar_.split({next, grammar_.literal("}", kEnd)});
    return grammar_.literal("{", rules_.space(next));
}

} // namespace ponder::engine
