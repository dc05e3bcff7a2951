// The expressions of the interpreter; its statements are in interpreter.cpp.

#include "engine/text/jinja/call_table.h"
#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/interpreter.h"
#include "engine/text/jinja/printing.h"

namespace ponder::engine::jinja {

Value Interpreter::evaluate(const Expression& expression, const ScopeRef& scope) {
    runtime_.budget.work();
    runtime_.budget.checkStack();
    return std::visit([&](const auto& node) { return evaluate(node, scope); }, expression.node);
}

Value Interpreter::evaluate(const Literal& literal, const ScopeRef&) {
    return literal.value;
}

Value Interpreter::evaluate(const Name& name, const ScopeRef& scope) {
    return scope->find(name.id);
}

Value Interpreter::evaluate(const SequenceLiteral& literal, const ScopeRef& scope) {
    std::vector<Value> items;
    items.reserve(literal.items.size());
    for (const Expression& item : literal.items) items.push_back(evaluate(item, scope));
    return makeList(runtime_.budget, std::move(items), literal.kind);
}

Value Interpreter::evaluate(const DictLiteral& literal, const ScopeRef& scope) {
    std::vector<std::pair<Value, Value>> entries;
    entries.reserve(literal.entries.size());
    for (const auto& [key, value] : literal.entries) {
        Value name = evaluate(key, scope);
        entries.emplace_back(std::move(name), evaluate(value, scope));
    }
    return makeDict(runtime_.budget, std::move(entries));
}

Value Interpreter::evaluate(const Unary& unary, const ScopeRef& scope) {
    const Value operand = evaluate(*unary.operand, scope);
    switch (unary.kind) {
    case UnaryOperator::Not:
        return !isTrue(operand);
    case UnaryOperator::Negative:
        return negative(operand);
    case UnaryOperator::Positive:
        return positive(operand);
    }
    return Undefined{};
}

Value Interpreter::evaluate(const Binary& binary, const ScopeRef& scope) {
    const Value left = evaluate(*binary.left, scope);
    return arithmetic(runtime_, binary.kind, left, evaluate(*binary.right, scope));
}

Value Interpreter::evaluate(const Logical& logical, const ScopeRef& scope) {
    Value left = evaluate(*logical.left, scope);
    return isTrue(left) == logical.isAnd ? evaluate(*logical.right, scope) : left;
}

Value Interpreter::evaluate(const Compare& comparison, const ScopeRef& scope) {
    Value left = evaluate(*comparison.first, scope);
    for (const auto& [kind, expression] : comparison.rest) {
        Value right = evaluate(expression, scope);
        if (!compare(runtime_, kind, left, right)) return false;
        left = std::move(right);
    }
    return true;
}

Value Interpreter::evaluate(const Conditional& conditional, const ScopeRef& scope) {
    if (isTrue(evaluate(*conditional.test, scope))) return evaluate(*conditional.then, scope);
    return conditional.otherwise ? evaluate(*conditional.otherwise, scope) : Value();
}

Value Interpreter::evaluate(const Concatenation& concatenation, const ScopeRef& scope) {
    Text text;
    for (const Expression& part : concatenation.parts) {
        printTo(runtime_, text, evaluate(part, scope));
    }
    return makeString(runtime_.budget, std::move(text));
}

Value Interpreter::evaluate(const Attribute& attribute, const ScopeRef& scope) {
    return attributeOf(runtime_, evaluate(*attribute.object, scope), attribute.name, &attribute.name);
}

Value Interpreter::evaluate(const Subscript& subscript, const ScopeRef& scope) {
    const Value object = evaluate(*subscript.object, scope);
    return itemOf(runtime_, object, evaluate(*subscript.key, scope));
}

Value Interpreter::evaluate(const Slice& slice, const ScopeRef& scope) {
    const Value object = evaluate(*slice.object, scope);
    Value parts[3];
    const Value* given[3] = {};
    const ExpressionPtr* expressions[3] = {&slice.start, &slice.stop, &slice.step};
    for (int i = 0; i < 3; ++i) {
        if (!*expressions[i]) continue;
        parts[i] = evaluate(**expressions[i], scope);
        given[i] = &parts[i];
    }
    return sliceOf(runtime_, object, given[0], given[1], given[2]);
}

Arguments Interpreter::arguments(const ArgumentList& list, const ScopeRef& scope) {
    Arguments values;
    values.positional.reserve(list.positional.size());
    for (const Expression& argument : list.positional) values.positional.push_back(evaluate(argument, scope));
    for (const auto& [name, argument] : list.named)
        values.named.emplace_back(name, evaluate(argument, scope));
    if (list.rest) {
        for (Value& value : itemsOf(runtime_, evaluate(*list.rest, scope))) {
            values.positional.push_back(std::move(value));
        }
    }
    if (list.namedRest) {
        const Value rest = evaluate(*list.namedRest, scope);
        const Dict* dict = rest.dict();
        if (!dict) fail("what follows \"**\" must be a dict");
        for (const auto& [name, value] : dict->entries()) {
            if (!name.string()) fail("the names of arguments must be texts");
            values.named.emplace_back(name.string()->text.bytes(), value);
        }
    }
    return values;
}

Value Interpreter::evaluate(const Call& call, const ScopeRef& scope) {
    return callWith(call, arguments(call.arguments, scope), scope);
}

Value Interpreter::callWith(const Call& called, const Arguments& arguments, const ScopeRef& scope) {
    const Attribute* attribute = std::get_if<Attribute>(&called.callee->node);
    if (!attribute) return call(runtime_, evaluate(*called.callee, scope), arguments);
    // A method is called on its object without being made a value of its own first.
    const Value object = evaluate(*attribute->object, scope);
    if (const MethodEntry* method = findMethod(object, attribute->name)) {
        return callMethod(runtime_, *method, object, arguments);
    }
    return call(runtime_, attributeOf(runtime_, object, attribute->name, &attribute->name), arguments);
}

Value Interpreter::evaluate(const FilterUse& use, const ScopeRef& scope) {
    const Value input = evaluate(*use.input, scope);
    if (!use.filter) fail("there is no filter \"" + use.name + "\"");
    return applyFilter(runtime_, *use.filter, input, arguments(use.arguments, scope));
}

Value Interpreter::evaluate(const TestUse& use, const ScopeRef& scope) {
    const Value input = evaluate(*use.input, scope);
    if (!use.test) fail("there is no test \"" + use.name + "\"");
    return holds(runtime_, *use.test, input, arguments(use.arguments, scope));
}

} // namespace ponder::engine::jinja
