#include "engine/sampling/json_schema.h"

#include "engine/sampling/schema_compiler.h"
#include "engine/support/error.h"

namespace ponder::engine {

namespace {

/// Models like to begin behind a thought with an empty line, and some vocabularies with a blank.
NodeId withSpaceBefore(Grammar& grammar, NodeId value) {
    const NodeId blank = grammar.split({value, grammar.bytes({{' ', ' ', value}})});
    const NodeId second = grammar.split({blank, grammar.bytes({{'\n', '\n', blank}})});
    return grammar.split({blank, grammar.bytes({{'\n', '\n', second}})});
}

} // namespace

Grammar compileJsonSchema(std::string_view schema) {
    const SchemaValue root = parseSchema(schema);
    Grammar grammar;
    const RuleId value = SchemaCompiler(root, grammar).compile();
    grammar.setRoot(grammar.addRule(withSpaceBefore(grammar, grammar.call(value, Grammar::kEnd))));
    if (grammar.callsItselfAtOnce())
        throw Error(
            "The JSON schema refers to itself before anything is written (\"$ref\" in \"anyOf\" that leads "
            "back to it). Let the reference stand in a property or in \"items\".");
    if (!grammar.prune())
        throw Error(
            "The JSON schema allows no value at all: its limits contradict each other, or a part of it "
            "contains itself without end. Loosen a limit, or make the part that recurs optional.");
    return grammar;
}

} // namespace ponder::engine
