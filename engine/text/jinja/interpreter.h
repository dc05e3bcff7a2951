#pragma once

#include "engine/text/jinja/loop.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/runtime.h"
#include "engine/text/jinja/syntax.h"

namespace ponder::engine::jinja {

/// Walks a syntax tree. One rendering, one thread; the program outlives it.
class Interpreter {
public:
    Interpreter(const Program& program, Runtime& runtime) : program_(program), runtime_(runtime) {}

    /// Renders the program with these variables; names they lack are globals or undefined. Throws Failure.
    Text run(const Dict& variables);

private:
    using ScopeRef = std::shared_ptr<Scope>;
    enum class Flow { Next, Break, Continue };
    /// Where statements run: their variables, and where they write.
    struct Frame {
        ScopeRef scope;
        Text& out;
    };

    Flow execute(const Body& body, Frame& frame);
    Flow execute(const Statement& statement, Frame& frame);
    Flow execute(const Data& data, Frame& frame);
    Flow execute(const Print& print, Frame& frame);
    Flow execute(const If& statement, Frame& frame);
    Flow execute(const For& statement, Frame& frame);
    Flow execute(const Set& statement, Frame& frame);
    Flow execute(const SetBlock& block, Frame& frame);
    Flow execute(const MacroDefinition& definition, Frame& frame);
    Flow execute(const CallBlock& block, Frame& frame);
    Flow execute(const FilterBlock& block, Frame& frame);
    Flow execute(const With& statement, Frame& frame);
    Flow execute(const Scoped& scoped, Frame& frame);
    Flow execute(const LoopJump& jump, Frame& frame);
    Flow execute(const Refusal& refusal, Frame& frame);

    void write(const Value& value, Text& out);
    void runLoop(const For& statement, const Value& iterated, Frame& frame, int depth);
    Value captured(const Body& body, const ScopeRef& outer);
    Value filtered(const std::vector<FilterUse>& filters, Value value, const ScopeRef& scope);
    void assign(const Target& target, Value value, const ScopeRef& scope);
    Value makeMacro(const std::shared_ptr<const Macro>& macro, const ScopeRef& scope);
    Value callMacro(const Macro& macro, const ScopeRef& closure, const Arguments& arguments);
    void bindParameters(const Macro& macro, const ScopeRef& scope, const Arguments& arguments);

    Value evaluate(const Expression& expression, const ScopeRef& scope);
    Value evaluate(const Literal& literal, const ScopeRef& scope);
    Value evaluate(const Name& name, const ScopeRef& scope);
    Value evaluate(const SequenceLiteral& literal, const ScopeRef& scope);
    Value evaluate(const DictLiteral& literal, const ScopeRef& scope);
    Value evaluate(const Unary& unary, const ScopeRef& scope);
    Value evaluate(const Binary& binary, const ScopeRef& scope);
    Value evaluate(const Logical& logical, const ScopeRef& scope);
    Value evaluate(const Compare& comparison, const ScopeRef& scope);
    Value evaluate(const Conditional& conditional, const ScopeRef& scope);
    Value evaluate(const Concatenation& concatenation, const ScopeRef& scope);
    Value evaluate(const Attribute& attribute, const ScopeRef& scope);
    Value evaluate(const Subscript& subscript, const ScopeRef& scope);
    Value evaluate(const Slice& slice, const ScopeRef& scope);
    Value evaluate(const Call& call, const ScopeRef& scope);
    Value evaluate(const FilterUse& use, const ScopeRef& scope);
    Value evaluate(const TestUse& use, const ScopeRef& scope);
    Value callWith(const Call& call, const Arguments& arguments, const ScopeRef& scope);
    Arguments arguments(const ArgumentList& list, const ScopeRef& scope);

    const Program& program_;
    Runtime& runtime_;
    // Names the interpreter itself gives a value to; empty where the template does not say them.
    std::optional<NameId> loopName_, callerName_, varargsName_, kwargsName_;
};

} // namespace ponder::engine::jinja
