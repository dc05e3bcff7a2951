#include "engine/text/jinja/operators.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/formatting.h"
#include "engine/text/jinja/loop.h"
#include "engine/text/jinja/markup.h"
#include "engine/text/jinja/printing.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ponder::engine::jinja {

namespace {

[[noreturn]] void failOverflow() {
    fail("a number has more than 64 bits");
}

std::string_view symbol(BinaryOperator kind) {
    switch (kind) {
    case BinaryOperator::Add:
        return "+";
    case BinaryOperator::Subtract:
        return "-";
    case BinaryOperator::Multiply:
        return "*";
    case BinaryOperator::Divide:
        return "/";
    case BinaryOperator::FloorDivide:
        return "//";
    case BinaryOperator::Remainder:
        return "%";
    case BinaryOperator::Power:
        return "**";
    }
    return "?";
}

[[noreturn]] void failTypes(std::string_view operation, const Value& left, const Value& right) {
    if (left.isUndefined()) failUndefined(left);
    if (right.isUndefined()) failUndefined(right);
    fail("\"" + std::string(operation) + "\" does not go with " + typeName(left) + " and " + typeName(right));
}

std::int64_t floorDivide(std::int64_t a, std::int64_t b) {
    const std::int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::int64_t integerPower(std::int64_t base, std::int64_t exponent) {
    std::int64_t result = 1;
    while (exponent > 0) {
        if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) failOverflow();
        exponent >>= 1;
        if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) failOverflow();
    }
    return result;
}

double floatRemainder(double a, double b) {
    double remainder = std::fmod(a, b);
    if (remainder != 0 && (remainder < 0) != (b < 0)) remainder += b;
    return remainder == 0 ? std::copysign(0.0, b) : remainder;
}

double floatFloorDivide(double a, double b) {
    const double quotient = (a - floatRemainder(a, b)) / b;
    if (quotient == 0) return std::copysign(0.0, a / b);
    const double floor = std::floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
}

Value integerArithmetic(BinaryOperator kind, std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    switch (kind) {
    case BinaryOperator::Add:
        if (__builtin_add_overflow(a, b, &result)) failOverflow();
        return result;
    case BinaryOperator::Subtract:
        if (__builtin_sub_overflow(a, b, &result)) failOverflow();
        return result;
    case BinaryOperator::Multiply:
        if (__builtin_mul_overflow(a, b, &result)) failOverflow();
        return result;
    case BinaryOperator::Power:
        if (b >= 0) return integerPower(a, b);
        if (a == 0) fail("0 cannot be raised to a negative power");
        return std::pow(static_cast<double>(a), static_cast<double>(b));
    default:
        break;
    }
    if (b == 0) fail("division by zero");
    if (kind == BinaryOperator::Divide) return static_cast<double>(a) / static_cast<double>(b);
    // The one quotient that does not fit.
    if (b == -1) {
        if (kind == BinaryOperator::Remainder) return std::int64_t{0};
        if (__builtin_sub_overflow(std::int64_t{0}, a, &result)) failOverflow();
        return result;
    }
    const std::int64_t quotient = floorDivide(a, b);
    return kind == BinaryOperator::FloorDivide ? quotient : a - quotient * b;
}

Value floatArithmetic(BinaryOperator kind, double a, double b) {
    switch (kind) {
    case BinaryOperator::Add:
        return a + b;
    case BinaryOperator::Subtract:
        return a - b;
    case BinaryOperator::Multiply:
        return a * b;
    case BinaryOperator::Power: {
        if (a == 0 && b < 0) fail("0.0 cannot be raised to a negative power");
        if (a < 0 && std::isfinite(b) && b != std::floor(b)) fail("a negative number has no such power");
        const double power = std::pow(a, b);
        if (std::isinf(power) && std::isfinite(a) && std::isfinite(b)) fail("a number is too large");
        return power;
    }
    default:
        break;
    }
    if (b == 0) fail("division by zero");
    if (kind == BinaryOperator::Divide) return a / b;
    return kind == BinaryOperator::FloorDivide ? floatFloorDivide(a, b) : floatRemainder(a, b);
}

Value addStrings(Runtime& runtime, const Value& left, const Value& right) {
    const String& a = *left.string();
    const String& b = *right.string();
    runtime.budget.demand(a.text.size() + b.text.size());
    Text text;
    text.reserve(a.text.size() + b.text.size());
    const bool escaped = a.escaped || b.escaped;
    text.append(escaped && !a.escaped ? escapeHtml(a.text) : a.text);
    text.append(escaped && !b.escaped ? escapeHtml(b.text) : b.text);
    return escaped ? makeEscaped(runtime.budget, std::move(text))
                   : makeString(runtime.budget, std::move(text));
}

bool isSequence(const Value& value) {
    const List* list = value.list();
    return list && (list->kind == ListKind::List || list->kind == ListKind::Tuple);
}

Value addLists(Runtime& runtime, const List& a, const List& b) {
    runtime.budget.demand((a.items.size() + b.items.size()) * sizeof(Value));
    std::vector<Value> items;
    items.reserve(a.items.size() + b.items.size());
    items.insert(items.end(), a.items.begin(), a.items.end());
    items.insert(items.end(), b.items.begin(), b.items.end());
    return makeList(runtime.budget, std::move(items), a.kind);
}

/// `times` copies one after the other.
Value repeated(Runtime& runtime, const Value& value, std::int64_t times) {
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(times, 0));
    const auto demandCopies = [&](std::size_t bytes) {
        std::size_t all = 0;
        runtime.budget.demand(__builtin_mul_overflow(bytes, count, &all) ? SIZE_MAX / 2 : all);
        runtime.budget.bytesRead(all);
    };
    if (const String* string = value.string()) {
        demandCopies(string->text.size());
        Text text;
        for (std::size_t i = 0; i < count && !string->text.empty(); ++i) text.append(string->text);
        return makeStringLike(runtime.budget, std::move(text), *string);
    }
    const List& list = *value.list();
    demandCopies(list.items.size() * sizeof(Value));
    std::vector<Value> items;
    for (std::size_t i = 0; i < count && !list.items.empty(); ++i) {
        items.insert(items.end(), list.items.begin(), list.items.end());
    }
    return makeList(runtime.budget, std::move(items), list.kind);
}

/// Any number without loss: 64 bits of fraction hold every int and every float.
long double exact(const Value& number) {
    const auto integer = number.integer();
    return integer ? static_cast<long double>(*integer) : static_cast<long double>(*number.number());
}

bool equalItems(Runtime& runtime, const std::vector<Value>& a, const std::vector<Value>& b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [&](const Value& x, const Value& y) { return equal(runtime, x, y); });
}

bool equalDicts(Runtime& runtime, const Dict& a, const Dict& b) {
    if (a.entries().size() != b.entries().size()) return false;
    return std::all_of(a.entries().begin(), a.entries().end(), [&](const auto& entry) {
        const Value* other = b.find(entry.first);
        return other && equal(runtime, entry.second, *other);
    });
}

bool containsText(Runtime& runtime, const String& container, const Value& item) {
    const String* part = item.string();
    if (!part) failTypes("in", item, makeString(runtime.budget, ""));
    const std::string& text = container.text.bytes();
    const std::string& wanted = part->text.bytes();
    runtime.budget.bytesRead(text.size());
    // Linear in the worst case, unlike std::string::find.
    return memmem(text.data(), text.size(), wanted.data(), wanted.size()) != nullptr;
}

} // namespace

void failUndefined(const Value& value) {
    const Undefined* undefined = value.as<Undefined>();
    if (undefined && undefined->name) fail("\"" + *undefined->name + "\" is undefined");
    fail("a value is undefined");
}

Value arithmetic(Runtime& runtime, BinaryOperator kind, const Value& left, const Value& right) {
    const auto a = left.number();
    const auto b = right.number();
    if (a && b) {
        const auto x = left.integer();
        const auto y = right.integer();
        return x && y ? integerArithmetic(kind, *x, *y) : floatArithmetic(kind, *a, *b);
    }
    if (kind == BinaryOperator::Add) {
        if (left.string() && right.string()) return addStrings(runtime, left, right);
        if (isSequence(left) && isSequence(right) && left.list()->kind == right.list()->kind) {
            return addLists(runtime, *left.list(), *right.list());
        }
    }
    if (kind == BinaryOperator::Multiply) {
        const bool leftRepeats = left.string() || isSequence(left);
        const bool rightRepeats = right.string() || isSequence(right);
        if (leftRepeats && right.integer()) return repeated(runtime, left, *right.integer());
        if (rightRepeats && left.integer()) return repeated(runtime, right, *left.integer());
    }
    if (kind == BinaryOperator::Remainder && left.string())
        return formatPercent(runtime, *left.string(), right);
    failTypes(symbol(kind), left, right);
}

Value negative(const Value& operand) {
    if (const double* number = operand.as<double>()) return -*number;
    const auto integer = operand.integer();
    if (operand.isUndefined()) failUndefined(operand);
    if (!integer) fail("\"-\" does not go with " + typeName(operand));
    return integerArithmetic(BinaryOperator::Subtract, 0, *integer);
}

Value positive(const Value& operand) {
    if (operand.is<double>()) return operand;
    if (operand.isUndefined()) failUndefined(operand);
    if (!operand.integer()) fail("\"+\" does not go with " + typeName(operand));
    return *operand.integer();
}

bool equal(Runtime& runtime, const Value& left, const Value& right) {
    runtime.budget.work();
    if (left.number() && right.number()) {
        if (left.integer() && right.integer()) return *left.integer() == *right.integer();
        return exact(left) == exact(right);
    }
    if (left.string() && right.string()) {
        const std::string& a = left.string()->text.bytes();
        const std::string& b = right.string()->text.bytes();
        if (a.size() == b.size()) runtime.budget.bytesRead(a.size());
        return a == b;
    }
    if (left.storage().index() != right.storage().index()) return false;
    if (left.isUndefined() || left.isNone()) return true;
    if (const List* a = left.list()) {
        const List* b = right.list();
        const bool ordered = a->kind == ListKind::List || a->kind == ListKind::Tuple ||
                             a->kind == ListKind::Range || a->kind == ListKind::Keys ||
                             a->kind == ListKind::Items;
        return a == b || (ordered && a->kind == b->kind && equalItems(runtime, a->items, b->items));
    }
    if (left.dict()) return left.dict() == right.dict() || equalDicts(runtime, *left.dict(), *right.dict());
    if (left.is<FunctionRef>()) return *left.as<FunctionRef>() == *right.as<FunctionRef>();
    if (left.is<NamespaceRef>()) return *left.as<NamespaceRef>() == *right.as<NamespaceRef>();
    return left.is<LoopRef>() && *left.as<LoopRef>() == *right.as<LoopRef>();
}

bool less(Runtime& runtime, const Value& left, const Value& right) {
    runtime.budget.work();
    if (left.number() && right.number()) {
        if (left.integer() && right.integer()) return *left.integer() < *right.integer();
        return exact(left) < exact(right);
    }
    // Comparing bytes of UTF-8 orders like comparing code points.
    if (left.string() && right.string()) return left.string()->text.bytes() < right.string()->text.bytes();
    if (isSequence(left) && isSequence(right) && left.list()->kind == right.list()->kind) {
        const auto& a = left.list()->items;
        const auto& b = right.list()->items;
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
            if (!equal(runtime, a[i], b[i])) return less(runtime, a[i], b[i]);
        }
        return a.size() < b.size();
    }
    failTypes("<", left, right);
}

bool contains(Runtime& runtime, const Value& container, const Value& item) {
    if (const String* string = container.string()) return containsText(runtime, *string, item);
    if (const Dict* dict = container.dict()) {
        if (!isHashable(item)) fail("a " + typeName(item) + " cannot be a key of a dict");
        return dict->find(item) != nullptr;
    }
    Cursor cursor(runtime, container);
    while (const auto candidate = cursor.next()) {
        if (equal(runtime, *candidate, item)) return true;
    }
    return false;
}

bool compare(Runtime& runtime, Comparison kind, const Value& left, const Value& right) {
    const auto bothNumbers = [&] { return left.number() && right.number(); };
    switch (kind) {
    case Comparison::Equal:
        return equal(runtime, left, right);
    case Comparison::NotEqual:
        return !equal(runtime, left, right);
    case Comparison::Less:
        return less(runtime, left, right);
    case Comparison::Greater:
        return less(runtime, right, left);
    case Comparison::LessEqual:
        // Not "not greater": nan is neither.
        return less(runtime, left, right) ||
               (bothNumbers() ? equal(runtime, left, right) : !less(runtime, right, left));
    case Comparison::GreaterEqual:
        return less(runtime, right, left) ||
               (bothNumbers() ? equal(runtime, left, right) : !less(runtime, left, right));
    case Comparison::In:
        return contains(runtime, right, left);
    case Comparison::NotIn:
        return !contains(runtime, right, left);
    }
    return false;
}

bool isTrue(const Value& value) {
    if (value.isUndefined() || value.isNone()) return false;
    if (const auto number = value.number()) return *number != 0;
    if (const String* string = value.string()) return !string->text.empty();
    if (const Dict* dict = value.dict()) return !dict->entries().empty();
    if (const List* list = value.list()) return list->kind == ListKind::Generator || !list->items.empty();
    return true;
}

std::vector<Value> itemsOf(Runtime& runtime, const Value& iterable) {
    std::vector<Value> items;
    if (const List* list = iterable.list()) {
        const std::size_t taken = list->kind == ListKind::Generator ? list->taken : 0;
        runtime.budget.demand(list->items.size() * sizeof(Value));
        runtime.budget.work(1 + list->items.size() / 4);
        items.assign(list->items.begin() + static_cast<std::ptrdiff_t>(taken), list->items.end());
        if (list->kind == ListKind::Generator) list->taken = list->items.size();
    } else if (const Dict* dict = iterable.dict()) {
        items.reserve(dict->entries().size());
        for (const auto& [key, value] : dict->entries()) items.push_back(key);
        runtime.budget.work(1 + items.size() / 4);
    } else if (const String* string = iterable.string()) {
        const std::string& bytes = string->text.bytes();
        runtime.budget.demand(string->characters * (sizeof(Value) + sizeof(String)));
        items.reserve(string->characters);
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t end = at + characterLength(bytes, at);
            items.push_back(makeStringLike(runtime.budget, string->text.slice(at, end), *string));
            at = end;
        }
    } else if (!iterable.isUndefined()) {
        fail("a value of type " + typeName(iterable) + " cannot be looped over");
    }
    return items;
}

std::int64_t lengthOf(const Value& value) {
    if (value.isUndefined()) return 0;
    if (const String* string = value.string()) return static_cast<std::int64_t>(string->characters);
    if (const Dict* dict = value.dict()) return static_cast<std::int64_t>(dict->entries().size());
    const List* list = value.list();
    if (!list || list->kind == ListKind::Generator)
        fail("a value of type " + typeName(value) + " has no length");
    return static_cast<std::int64_t>(list->items.size());
}

Value call(Runtime& runtime, const Value& callee, const Arguments& arguments) {
    if (callee.isUndefined()) failUndefined(callee);
    const Budget::Call nested(runtime.budget);
    runtime.budget.checkStack();
    if (const FunctionRef* function = callee.as<FunctionRef>()) return (*function)->call(runtime, arguments);
    if (const LoopRef* loop = callee.as<LoopRef>()) {
        if (!(*loop)->recurse) fail("the loop is not marked recursive");
        if (arguments.positional.size() != 1 || !arguments.named.empty()) fail("loop() takes one value");
        return (*loop)->recurse(arguments.positional[0]);
    }
    fail("a value of type " + typeName(callee) + " cannot be called");
}

} // namespace ponder::engine::jinja
