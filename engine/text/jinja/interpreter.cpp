#include "engine/text/jinja/interpreter.h"

#include "engine/text/jinja/call_table.h"
#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/globals.h"
#include "engine/text/jinja/printing.h"

#include <utility>

namespace ponder::engine::jinja {

namespace {

// What a scope that a macro keeps alive is counted as.
constexpr std::size_t kCapturedScopeBytes = 256;

/// Lets a loop go when its statement is left, however it is left.
class LoopEnd {
public:
    explicit LoopEnd(Loop& loop) : loop_(loop) {}
    ~LoopEnd() { loop_.finish(); }
    LoopEnd(const LoopEnd&) = delete;
    LoopEnd& operator=(const LoopEnd&) = delete;

private:
    Loop& loop_;
};

std::optional<NameId> idOf(const Program& program, std::string_view name) {
    const auto found = std::find(program.names.begin(), program.names.end(), name);
    if (found == program.names.end()) return std::nullopt;
    return static_cast<NameId>(found - program.names.begin());
}

} // namespace

Text Interpreter::run(const Dict& variables) {
    std::vector<Value> slots;
    slots.reserve(program_.names.size());
    for (const std::string& name : program_.names) {
        const Value* given = variables.find(name);
        const Value* global = given ? nullptr : findGlobal(name);
        slots.push_back(given ? *given : global ? *global : Value(Undefined{&name}));
    }
    loopName_ = idOf(program_, "loop");
    callerName_ = idOf(program_, "caller");
    varargsName_ = idOf(program_, "varargs");
    kwargsName_ = idOf(program_, "kwargs");

    const auto outermost = std::make_shared<Scope>(std::move(slots));
    runtime_.capturedScopes.push_back(outermost);
    Text out;
    Frame frame{outermost, out};
    execute(program_.body, frame);
    return out;
}

Interpreter::Flow Interpreter::execute(const Body& body, Frame& frame) {
    for (const Statement& statement : body) {
        const Flow flow = execute(statement, frame);
        if (flow != Flow::Next) return flow;
    }
    return Flow::Next;
}

Interpreter::Flow Interpreter::execute(const Statement& statement, Frame& frame) {
    runtime_.budget.work();
    runtime_.budget.checkStack();
    runtime_.line = statement.line;
    return std::visit([&](const auto& node) { return execute(node, frame); }, statement.node);
}

Interpreter::Flow Interpreter::execute(const Data& data, Frame& frame) {
    write(data.text, frame.out);
    return Flow::Next;
}

Interpreter::Flow Interpreter::execute(const Print& print, Frame& frame) {
    write(evaluate(print.value, frame.scope), frame.out);
    return Flow::Next;
}

void Interpreter::write(const Value& value, Text& out) {
    if (const String* string = value.string()) {
        runtime_.budget.bytesRead(string->text.size());
        out.append(string->text);
    } else {
        printTo(runtime_, out, value);
    }
    runtime_.budget.checkOutput(out.size());
}

Interpreter::Flow Interpreter::execute(const If& statement, Frame& frame) {
    for (const auto& [test, body] : statement.branches) {
        if (isTrue(evaluate(test, frame.scope))) return execute(body, frame);
    }
    return execute(statement.otherwise, frame);
}

Interpreter::Flow Interpreter::execute(const For& statement, Frame& frame) {
    runLoop(statement, evaluate(statement.iterated, frame.scope), frame, 0);
    return Flow::Next;
}

void Interpreter::runLoop(const For& statement, const Value& iterated, Frame& frame, int depth) {
    const ScopeRef outer = frame.scope;
    const auto loop = std::make_shared<Loop>(runtime_, iterated);
    const LoopEnd end(*loop);
    loop->depth = depth;
    if (statement.filter) {
        loop->passes = [this, &statement, outer](const Value& item) {
            const auto scope = std::make_shared<Scope>(outer);
            assign(statement.target, item, scope);
            return isTrue(evaluate(*statement.filter, scope));
        };
    }
    if (statement.recursive) {
        loop->recurse = [this, &statement, outer, depth](const Value& items) {
            Text out;
            Frame inner{outer, out};
            runLoop(statement, items, inner, depth + 1);
            return makeString(runtime_.budget, std::move(out));
        };
    }

    Frame inner{std::make_shared<Scope>(outer), frame.out};
    bool any = false;
    while (auto item = loop->advance(runtime_)) {
        any = true;
        // A scope that nothing kept is used again.
        if (inner.scope.use_count() == 1)
            inner.scope->clear();
        else
            inner.scope = std::make_shared<Scope>(outer);
        if (loopName_) inner.scope->set(*loopName_, LoopRef(loop));
        assign(statement.target, std::move(*item), inner.scope);
        if (execute(statement.body, inner) == Flow::Break) break;
    }
    if (any) return;
    Frame empty{std::make_shared<Scope>(outer), frame.out};
    execute(statement.otherwise, empty);
}

Interpreter::Flow Interpreter::execute(const Set& statement, Frame& frame) {
    assign(statement.target, evaluate(statement.value, frame.scope), frame.scope);
    return Flow::Next;
}

Interpreter::Flow Interpreter::execute(const SetBlock& block, Frame& frame) {
    Value text = captured(block.body, frame.scope);
    assign(block.target, filtered(block.filters, std::move(text), frame.scope), frame.scope);
    return Flow::Next;
}

Value Interpreter::captured(const Body& body, const ScopeRef& outer) {
    Text text;
    Frame frame{std::make_shared<Scope>(outer), text};
    execute(body, frame);
    return makeString(runtime_.budget, std::move(text));
}

Value Interpreter::filtered(const std::vector<FilterUse>& filters, Value value, const ScopeRef& scope) {
    for (const FilterUse& use : filters) {
        if (!use.filter) fail("there is no filter \"" + use.name + "\"");
        value = applyFilter(runtime_, *use.filter, value, arguments(use.arguments, scope));
    }
    return value;
}

void Interpreter::assign(const Target& target, Value value, const ScopeRef& scope) {
    if (const NameId* name = std::get_if<NameId>(&target.node)) {
        scope->set(*name, std::move(value));
    } else if (const auto* member = std::get_if<Target::Member>(&target.node)) {
        const NamespaceRef* space = scope->find(member->object).as<NamespaceRef>();
        if (!space)
            fail("only a namespace's attributes can be set, and \"" + program_.names[member->object] +
                 "\" is none");
        (*space)->set(member->name, std::move(value));
    } else {
        const auto& parts = std::get<std::vector<Target>>(target.node);
        const std::vector<Value> items = itemsOf(runtime_, value);
        if (items.size() != parts.size()) {
            fail(std::to_string(items.size()) + " values cannot be assigned to " +
                 std::to_string(parts.size()) + " names");
        }
        for (std::size_t i = 0; i < parts.size(); ++i) assign(parts[i], items[i], scope);
    }
}

Interpreter::Flow Interpreter::execute(const MacroDefinition& definition, Frame& frame) {
    frame.scope->set(definition.name, makeMacro(definition.macro, frame.scope));
    return Flow::Next;
}

Interpreter::Flow Interpreter::execute(const CallBlock& block, Frame& frame) {
    Arguments values = arguments(block.call.arguments, frame.scope);
    values.named.emplace_back("caller", makeMacro(block.caller, frame.scope));
    write(callWith(block.call, values, frame.scope), frame.out);
    return Flow::Next;
}

Interpreter::Flow Interpreter::execute(const FilterBlock& block, Frame& frame) {
    write(filtered(block.filters, captured(block.body, frame.scope), frame.scope), frame.out);
    return Flow::Next;
}

Interpreter::Flow Interpreter::execute(const With& statement, Frame& frame) {
    Frame inner{std::make_shared<Scope>(frame.scope), frame.out};
    for (const auto& [target, value] : statement.variables) {
        assign(target, evaluate(value, frame.scope), inner.scope);
    }
    return execute(statement.body, inner);
}

Interpreter::Flow Interpreter::execute(const Scoped& scoped, Frame& frame) {
    Frame inner{std::make_shared<Scope>(frame.scope), frame.out};
    return execute(scoped.body, inner);
}

Interpreter::Flow Interpreter::execute(const LoopJump& jump, Frame&) {
    return jump == LoopJump::Break ? Flow::Break : Flow::Continue;
}

Interpreter::Flow Interpreter::execute(const Refusal& refusal, Frame&) {
    fail(refusal.reason);
}

Value Interpreter::makeMacro(const std::shared_ptr<const Macro>& macro, const ScopeRef& scope) {
    if (!scope->isOutermost()) {
        runtime_.budget.demand((runtime_.capturedScopes.size() + 1) * kCapturedScopeBytes);
        runtime_.capturedScopes.push_back(scope);
    }
    Function function{.name = macro->name, .call = {}, .attribute = {}, .charge = {}};
    function.call = [this, macro, scope](Runtime&, const Arguments& arguments) {
        return callMacro(*macro, scope, arguments);
    };
    function.attribute = [this, macro](Runtime& runtime, std::string_view name) -> Value {
        if (name == "name") return makeString(runtime.budget, macro->name);
        if (name == "catch_varargs") return macro->takesRest;
        if (name == "catch_kwargs") return macro->takesNamedRest;
        if (name == "caller") return macro->takesCaller;
        if (name != "arguments") return Undefined{};
        std::vector<Value> names;
        for (const Parameter& parameter : macro->parameters) {
            names.push_back(makeString(runtime.budget, program_.names[parameter.name]));
        }
        return makeTuple(runtime.budget, std::move(names));
    };
    return makeFunction(runtime_.budget, std::move(function));
}

Value Interpreter::callMacro(const Macro& macro, const ScopeRef& closure, const Arguments& arguments) {
    const int line = runtime_.line;
    Text text;
    Frame frame{std::make_shared<Scope>(closure), text};
    bindParameters(macro, frame.scope, arguments);
    execute(macro.body, frame);
    runtime_.line = line;
    return makeString(runtime_.budget, std::move(text));
}

void Interpreter::bindParameters(const Macro& macro, const ScopeRef& scope, const Arguments& arguments) {
    const auto& parameters = macro.parameters;
    const std::size_t given = std::min(arguments.positional.size(), parameters.size());
    std::vector<const Value*> values(parameters.size());
    for (std::size_t i = 0; i < given; ++i) values[i] = &arguments.positional[i];

    std::vector<std::pair<Value, Value>> namedRest;
    std::optional<Value> caller;
    for (const auto& [name, value] : arguments.named) {
        const auto found = std::find_if(
            parameters.begin(), parameters.end(), [this, &called = name](const Parameter& parameter) {
                return program_.names[parameter.name] == called; // clang 14 captures no bindings
            });
        const std::string quoted = "\"" + name + "\"";
        if (found != parameters.end()) {
            const Value*& place = values[static_cast<std::size_t>(found - parameters.begin())];
            if (place) fail("the macro \"" + macro.name + "\" was given " + quoted + " twice");
            place = &value;
        } else if (name == "caller" && macro.takesCaller) {
            caller = value;
        } else if (macro.takesNamedRest) {
            namedRest.emplace_back(makeString(runtime_.budget, name), value);
        } else {
            fail("the macro \"" + macro.name + "\" has no argument " + quoted);
        }
    }
    if (arguments.positional.size() > parameters.size() && !macro.takesRest) {
        fail("the macro \"" + macro.name + "\" was given too many arguments");
    }

    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const NameId name = parameters[i].name;
        if (values[i])
            scope->set(name, *values[i]);
        else if (parameters[i].fallback)
            scope->set(name, evaluate(*parameters[i].fallback, scope));
        else
            scope->set(name, Undefined{&program_.names[name]});
    }
    if (macro.takesCaller)
        scope->set(*callerName_, caller.value_or(Undefined{&program_.names[*callerName_]}));
    if (macro.takesRest) {
        scope->set(*varargsName_, makeTuple(runtime_.budget, {arguments.positional.begin() +
                                                                  static_cast<std::ptrdiff_t>(given),
                                                              arguments.positional.end()}));
    }
    if (macro.takesNamedRest) scope->set(*kwargsName_, makeDict(runtime_.budget, std::move(namedRest)));
}

} // namespace ponder::engine::jinja
