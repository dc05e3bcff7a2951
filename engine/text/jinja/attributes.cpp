#include "engine/text/jinja/call_table.h"
#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/loop.h"
#include "engine/text/jinja/operators.h"

#include <cmath>

namespace ponder::engine::jinja {

namespace {

/// A method taken off its object: `x.upper` without the call.
Value boundMethod(Runtime& runtime, const Value& object, const MethodEntry& method) {
    const auto kept = std::make_shared<const Value>(object);
    Function function{.name = std::string(method.name), .call = {}, .attribute = {}, .charge = {}};
    function.call = [kept, &method](Runtime& now, const Arguments& arguments) {
        return callMethod(now, method, *kept, arguments);
    };
    return makeFunction(runtime.budget, std::move(function), {object});
}

std::optional<Value> numberAttribute(const Value& object, std::string_view name) {
    if (!object.number()) return std::nullopt;
    if (name == "real") return object.is<double>() ? object : Value(*object.integer());
    if (name == "imag") return object.is<double>() ? Value(0.0) : Value(std::int64_t{0});
    if (object.integer() && name == "numerator") return *object.integer();
    if (object.integer() && name == "denominator") return std::int64_t{1};
    return std::nullopt;
}

/// Python's getattr.
std::optional<Value> ownAttribute(Runtime& runtime, const Value& object, std::string_view name) {
    if (const MethodEntry* method = findMethod(object, name)) return boundMethod(runtime, object, *method);
    if (const NamespaceRef* space = object.as<NamespaceRef>()) {
        if (const Value* value = (*space)->find(name)) return *value;
        return std::nullopt;
    }
    if (const LoopRef* loop = object.as<LoopRef>()) return (*loop)->attribute(runtime, name, *loop);
    if (const FunctionRef* function = object.as<FunctionRef>()) {
        if ((*function)->attribute) return (*function)->attribute(runtime, name);
        return std::nullopt;
    }
    const List* list = object.list();
    if (list && list->isGroup) {
        if (name == "grouper") return list->items[0];
        if (name == "list") return list->items[1];
    }
    if (list && list->kind == ListKind::Range) {
        if (name == "start") return list->range[0];
        if (name == "stop") return list->range[1];
        if (name == "step") return list->range[2];
    }
    return numberAttribute(object, name);
}

bool isIndexable(const List& list) {
    return list.kind == ListKind::List || list.kind == ListKind::Tuple || list.kind == ListKind::Range;
}

/// Offset in bytes of a character.
std::size_t offsetOf(const String& string, std::size_t character) {
    if (string.isAscii()) return character;
    const std::string& bytes = string.text.bytes();
    std::size_t at = 0;
    for (; character > 0; --character) at += characterLength(bytes, at);
    return at;
}

/// Python's obj[key]; empty where that would raise TypeError or LookupError.
std::optional<Value> ownItem(Runtime& runtime, const Value& object, const Value& key) {
    if (const Dict* dict = object.dict()) {
        if (!isHashable(key)) return std::nullopt;
        const Value* found = dict->find(key);
        return found ? std::optional(*found) : std::nullopt;
    }
    const auto index = key.integer();
    if (!index) return std::nullopt;
    const auto position = [&](std::size_t size) -> std::optional<std::size_t> {
        const std::int64_t at = *index < 0 ? *index + static_cast<std::int64_t>(size) : *index;
        if (at < 0 || at >= static_cast<std::int64_t>(size)) return std::nullopt;
        return static_cast<std::size_t>(at);
    };
    if (const List* list = object.list(); list && isIndexable(*list)) {
        const auto at = position(list->items.size());
        return at ? std::optional(list->items[*at]) : std::nullopt;
    }
    if (const String* string = object.string()) {
        const auto at = position(string->characters);
        if (!at) return std::nullopt;
        if (!string->isAscii()) runtime.budget.bytesRead(string->text.size());
        const std::size_t begin = offsetOf(*string, *at);
        const std::size_t end = begin + characterLength(string->text.bytes(), begin);
        return makeStringLike(runtime.budget, string->text.slice(begin, end), *string);
    }
    return std::nullopt;
}

/// The indices a slice stands for, as Python's slice.indices gives them.
struct SliceRange {
    std::int64_t start, stop, step;
};

SliceRange sliceRange(const Value* start, const Value* stop, const Value* step, std::int64_t size) {
    const auto given = [](const Value* value) { return value && !value->isNone(); };
    const auto part = [&](const Value* value, std::int64_t fallback) {
        if (!given(value)) return fallback;
        if (value->isUndefined()) failUndefined(*value);
        const auto integer = value->integer();
        if (!integer) fail("a slice needs whole numbers, not a " + typeName(*value));
        return *integer;
    };
    const std::int64_t stepValue = part(step, 1);
    if (stepValue == 0) fail("the step of a slice cannot be 0");
    const bool backwards = stepValue < 0;
    const std::int64_t lowest = backwards ? -1 : 0;
    const std::int64_t highest = backwards ? size - 1 : size;
    const auto clipped = [&](std::int64_t at) {
        return std::clamp(at < 0 ? at + size : at, lowest, highest);
    };
    const std::int64_t from = part(start, 0);
    const std::int64_t to = part(stop, 0);
    return {given(start) ? clipped(from) : (backwards ? highest : lowest),
            given(stop) ? clipped(to) : (backwards ? lowest : highest), stepValue};
}

/// Calls `visit(index)` for each index of the slice.
template <typename Visit>
void forEachIndex(const SliceRange& range, Visit visit) {
    for (std::int64_t i = range.start; range.step > 0 ? i < range.stop : i > range.stop;) {
        visit(static_cast<std::size_t>(i));
        if (__builtin_add_overflow(i, range.step, &i)) break;
    }
}

Value sliceOfString(Runtime& runtime, const String& string, const SliceRange& range) {
    const Text& text = string.text;
    runtime.budget.bytesRead(text.size());
    if (range.step == 1) {
        if (range.start >= range.stop) return makeStringLike(runtime.budget, Text(), string);
        const std::size_t begin = offsetOf(string, static_cast<std::size_t>(range.start));
        const std::size_t end = offsetOf(string, static_cast<std::size_t>(range.stop));
        return makeStringLike(runtime.budget, text.slice(begin, end), string);
    }
    std::vector<std::size_t> offsets;
    runtime.budget.demand((string.characters + 1) * sizeof(std::size_t));
    offsets.reserve(string.characters + 1);
    for (std::size_t at = 0; at < text.size(); at += characterLength(text.bytes(), at)) offsets.push_back(at);
    offsets.push_back(text.size());
    Text part;
    forEachIndex(range, [&](std::size_t i) { part.append(text, offsets[i], offsets[i + 1]); });
    return makeStringLike(runtime.budget, std::move(part), string);
}

} // namespace

Value attributeOf(Runtime& runtime, const Value& object, std::string_view name,
                  const std::string* lastingName) {
    if (object.isUndefined()) failUndefined(object);
    if (auto own = ownAttribute(runtime, object, name)) return std::move(*own);
    if (const Dict* dict = object.dict()) {
        if (const Value* value = dict->find(name)) return *value;
    }
    return Undefined{lastingName};
}

Value itemOf(Runtime& runtime, const Value& object, const Value& key) {
    if (object.isUndefined()) failUndefined(object);
    if (auto own = ownItem(runtime, object, key)) return std::move(*own);
    if (const String* name = key.string()) {
        if (auto own = ownAttribute(runtime, object, name->text.bytes())) return std::move(*own);
    }
    return Undefined{};
}

Value sliceOf(Runtime& runtime, const Value& object, const Value* start, const Value* stop,
              const Value* step) {
    if (object.isUndefined()) failUndefined(object);
    const String* string = object.string();
    const List* list = object.list();
    if (!string && !(list && isIndexable(*list)))
        fail("a value of type " + typeName(object) + " cannot be sliced");
    const SliceRange range = sliceRange(start, stop, step, lengthOf(object));
    if (string) return sliceOfString(runtime, *string, range);
    std::vector<Value> items;
    forEachIndex(range, [&](std::size_t i) { items.push_back(list->items[i]); });
    runtime.budget.work(1 + items.size() / 4);
    if (list->kind != ListKind::Range) return makeList(runtime.budget, std::move(items), list->kind);
    std::int64_t stepOfRange = 0;
    if (__builtin_mul_overflow(list->range[2], range.step, &stepOfRange))
        fail("a number has more than 64 bits");
    const auto at = [&](std::int64_t i) { return list->range[0] + i * list->range[2]; };
    return makeRange(runtime.budget, at(range.start), at(range.stop), stepOfRange);
}

} // namespace ponder::engine::jinja
