#include "engine/text/jinja/call_table.h"
#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/methods.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/printing.h"

#include <unordered_map>

namespace ponder::engine::jinja {

namespace {

template <Comparison kind>
bool compares(Runtime& runtime, const Value& input, const Bound& bound) {
    return compare(runtime, kind, input, *bound[0]);
}

std::int64_t remainderBy(Runtime& runtime, const Value& input, const Value& divisor) {
    const Value remainder = arithmetic(runtime, BinaryOperator::Remainder, input, divisor);
    const auto number = remainder.number();
    if (!number) fail("a number is needed, not a " + typeName(input));
    return *number == 0 ? 0 : *number == 1 ? 1 : 2;
}

bool isOdd(Runtime& runtime, const Value& input, const Bound&) {
    return remainderBy(runtime, input, std::int64_t{2}) == 1;
}

bool isEven(Runtime& runtime, const Value& input, const Bound&) {
    return remainderBy(runtime, input, std::int64_t{2}) == 0;
}

bool isDivisible(Runtime& runtime, const Value& input, const Bound& bound) {
    return remainderBy(runtime, input, *bound[0]) == 0;
}

bool isDefined(Runtime&, const Value& input, const Bound&) {
    return !input.isUndefined();
}

bool isUndefined(Runtime&, const Value& input, const Bound&) {
    return input.isUndefined();
}

bool isNone(Runtime&, const Value& input, const Bound&) {
    return input.isNone();
}

bool isBoolean(Runtime&, const Value& input, const Bound&) {
    return input.is<bool>();
}

template <bool wanted>
bool isExactly(Runtime&, const Value& input, const Bound&) {
    const bool* truth = input.as<bool>();
    return truth && *truth == wanted;
}

bool isInteger(Runtime&, const Value& input, const Bound&) {
    return input.is<std::int64_t>();
}

bool isFloat(Runtime&, const Value& input, const Bound&) {
    return input.is<double>();
}

bool isNumber(Runtime&, const Value& input, const Bound&) {
    return input.number().has_value();
}

bool isString(Runtime&, const Value& input, const Bound&) {
    return input.string() != nullptr;
}

bool isMapping(Runtime&, const Value& input, const Bound&) {
    return input.dict() != nullptr;
}

bool isCallable(Runtime&, const Value& input, const Bound&) {
    return input.is<FunctionRef>() || input.is<LoopRef>() || input.isUndefined();
}

bool isIterable(Runtime&, const Value& input, const Bound&) {
    return input.string() || input.list() || input.dict() || input.isUndefined() || input.is<LoopRef>();
}

bool isSequence(Runtime&, const Value& input, const Bound&) {
    if (input.string() || input.dict() || input.isUndefined()) return true;
    const List* list = input.list();
    return list &&
           (list->kind == ListKind::List || list->kind == ListKind::Tuple || list->kind == ListKind::Range);
}

bool isEscaped(Runtime&, const Value& input, const Bound&) {
    return input.string() && input.string()->escaped;
}

/// `is lower` and `is upper`: the method of the value as a text.
template <bool upper>
bool hasCase(Runtime& runtime, const Value& input, const Bound&) {
    const Value text = stringOf(runtime, input);
    return isTrue(callMethod(runtime, *findMethod(text, upper ? "isupper" : "islower"), text, {}));
}

bool isSame(Runtime&, const Value& input, const Bound& bound) {
    const Value& other = *bound[0];
    if (input.storage().index() != other.storage().index()) return false;
    if (const bool* truth = input.as<bool>()) return *truth == *other.as<bool>();
    if (const auto* integer = input.as<std::int64_t>()) return *integer == *other.as<std::int64_t>();
    if (input.isNone()) return true;
    if (input.string()) return input.string() == other.string();
    if (input.list()) return input.list() == other.list();
    if (input.dict()) return input.dict() == other.dict();
    if (input.is<FunctionRef>()) return *input.as<FunctionRef>() == *other.as<FunctionRef>();
    if (input.is<NamespaceRef>()) return *input.as<NamespaceRef>() == *other.as<NamespaceRef>();
    return false;
}

bool isIn(Runtime& runtime, const Value& input, const Bound& bound) {
    return contains(runtime, *bound[0], input);
}

bool isFilter(Runtime&, const Value& input, const Bound&) {
    return input.string() && findFilter(input.string()->text.bytes());
}

bool isTest(Runtime&, const Value& input, const Bound&) {
    return input.string() && findTest(input.string()->text.bytes());
}

constexpr Signature kNone{};
constexpr Signature kOther{{"other"}, 1};

constexpr TestEntry kTests[] = {
    {"odd", kNone, isOdd},
    {"even", kNone, isEven},
    {"divisibleby", {{"num"}, 1}, isDivisible},
    {"defined", kNone, isDefined},
    {"undefined", kNone, isUndefined},
    {"filter", kNone, isFilter},
    {"test", kNone, isTest},
    {"none", kNone, isNone},
    {"boolean", kNone, isBoolean},
    {"false", kNone, isExactly<false>},
    {"true", kNone, isExactly<true>},
    {"integer", kNone, isInteger},
    {"float", kNone, isFloat},
    {"lower", kNone, hasCase<false>},
    {"upper", kNone, hasCase<true>},
    {"string", kNone, isString},
    {"mapping", kNone, isMapping},
    {"number", kNone, isNumber},
    {"sequence", kNone, isSequence},
    {"iterable", kNone, isIterable},
    {"callable", kNone, isCallable},
    {"sameas", kOther, isSame},
    {"escaped", kNone, isEscaped},
    {"in", {{"seq"}, 1}, isIn},
    {"==", kOther, compares<Comparison::Equal>},
    {"eq", kOther, compares<Comparison::Equal>},
    {"equalto", kOther, compares<Comparison::Equal>},
    {"!=", kOther, compares<Comparison::NotEqual>},
    {"ne", kOther, compares<Comparison::NotEqual>},
    {">", kOther, compares<Comparison::Greater>},
    {"gt", kOther, compares<Comparison::Greater>},
    {"greaterthan", kOther, compares<Comparison::Greater>},
    {"ge", kOther, compares<Comparison::GreaterEqual>},
    {">=", kOther, compares<Comparison::GreaterEqual>},
    {"<", kOther, compares<Comparison::Less>},
    {"lt", kOther, compares<Comparison::Less>},
    {"lessthan", kOther, compares<Comparison::Less>},
    {"<=", kOther, compares<Comparison::LessEqual>},
    {"le", kOther, compares<Comparison::LessEqual>},
};

} // namespace

const TestEntry* findTest(std::string_view name) {
    static const auto tests = [] {
        std::unordered_map<std::string_view, const TestEntry*> all;
        for (const TestEntry& entry : kTests) all.emplace(entry.name, &entry);
        return all;
    }();
    const auto found = tests.find(name);
    return found == tests.end() ? nullptr : found->second;
}

} // namespace ponder::engine::jinja
