#pragma once

#include "engine/sampling/json_rules.h"
#include "engine/sampling/schema_merge.h"
#include "engine/sampling/schema_value.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ponder::engine {

/// Makes a rule for every part of a schema that stands for a value; parts that read alike share theirs, so
/// recursion closes. One schema each.
class SchemaCompiler {
public:
    /// Both must outlive it.
    SchemaCompiler(const SchemaValue& root, Grammar& grammar);

    /// The rule for a text of the whole schema. Throws Error as `compileJsonSchema` does.
    RuleId compile();

private:
    struct Pending {
        RuleId rule = 0;
        SchemaValue schema;
        std::string where;
    };
    /// What an object or an array is made of, before its nodes are.
    struct Member {
        std::string name;
        RuleId value = 0;
        bool isRequired = false;
    };
    struct Members {
        std::vector<Member> named;
        std::optional<RuleId> further; ///< what other members may be; none: there are no others
    };

    RuleId ruleFor(const SchemaValue& schema, const std::string& where);
    RuleId ruleForReference(const SchemaValue& reference, const std::string& where);
    NodeId body(const SchemaValue& schema, const std::string& where);
    NodeId flat(const SchemaValue& schema, const std::string& where);
    NodeId enumeration(const SchemaValue& schema, const std::string& where);
    NodeId ofType(const std::string& type, const SchemaValue& schema, const std::string& where);
    NodeId number(const SchemaValue& schema, const std::string& where);
    NodeId string(const SchemaValue& schema, const std::string& where);
    NodeId array(const SchemaValue& schema, const std::string& where);
    NodeId object(const SchemaValue& schema, const std::string& where);
    Members membersOf(const SchemaValue& schema, const std::string& where);
    NodeId objectOf(const Members& members);
    NodeId member(const std::string& spelledName, RuleId value, NodeId next);

    Grammar& grammar_;
    JsonRules rules_;
    SchemaMerge merge_;
    std::map<std::string, RuleId> known_; ///< by the schema's text, or "#" and what a reference says
    std::vector<Pending> pending_;
    std::size_t bytes_ = 0;
};

} // namespace ponder::engine
