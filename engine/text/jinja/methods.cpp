#include "engine/text/jinja/methods.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/operators.h"

#include <cmath>
#include <unordered_map>

namespace ponder::engine::jinja {

namespace {

constexpr Signature kNone{};

Value get(Runtime&, const Value& object, const Bound& bound) {
    if (!isHashable(*bound[0])) fail("a " + typeName(*bound[0]) + " cannot be a key of a dict");
    const Value* found = object.dict()->find(*bound[0]);
    return found ? *found : bound.has(1) ? *bound[1] : Value(None{});
}

Value items(Runtime& runtime, const Value& object, const Bound&) {
    std::vector<Value> pairs;
    for (const auto& [key, value] : object.dict()->entries()) {
        pairs.push_back(makeTuple(runtime.budget, {key, value}));
    }
    return makeList(runtime.budget, std::move(pairs), ListKind::Items);
}

Value keys(Runtime& runtime, const Value& object, const Bound&) {
    std::vector<Value> list;
    for (const auto& [key, value] : object.dict()->entries()) list.push_back(key);
    return makeList(runtime.budget, std::move(list), ListKind::Keys);
}

Value values(Runtime& runtime, const Value& object, const Bound&) {
    std::vector<Value> list;
    for (const auto& [key, value] : object.dict()->entries()) list.push_back(value);
    return makeList(runtime.budget, std::move(list), ListKind::Values);
}

Value same(Runtime&, const Value& object, const Bound&) {
    return object;
}

Value fromKeys(Runtime& runtime, const Value&, const Bound& bound) {
    std::vector<std::pair<Value, Value>> entries;
    for (Value& key : itemsOf(runtime, *bound[0])) {
        entries.emplace_back(std::move(key), bound.has(1) ? *bound[1] : Value(None{}));
    }
    return makeDict(runtime.budget, std::move(entries));
}

Value index(Runtime& runtime, const Value& object, const Bound& bound) {
    const auto& list = object.list()->items;
    const auto size = static_cast<std::int64_t>(list.size());
    const auto clipped = [&](std::int64_t at) {
        return std::clamp<std::int64_t>(at < 0 ? at + size : at, 0, size);
    };
    const std::int64_t end = clipped(bound.integer(2, size));
    for (std::int64_t i = clipped(bound.integer(1, 0)); i < end; ++i) {
        if (equal(runtime, list[static_cast<std::size_t>(i)], *bound[0])) return i;
    }
    fail("\"index\" found no such item");
}

Value count(Runtime& runtime, const Value& object, const Bound& bound) {
    std::int64_t found = 0;
    for (const Value& item : object.list()->items) found += equal(runtime, item, *bound[0]) ? 1 : 0;
    return found;
}

Value bitLength(Runtime&, const Value& object, const Bound&) {
    const std::int64_t value = *object.integer();
    const auto magnitude =
        value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    std::int64_t bits = 0;
    while (bits < 64 && (magnitude >> bits) != 0) ++bits;
    return bits;
}

Value isInteger(Runtime&, const Value& object, const Bound&) {
    const double value = *object.number();
    return std::isfinite(value) && value == std::floor(value);
}

constexpr MethodEntry kDict[] = {
    {"get", {{"/key", "/default"}, 1}, get},
    {"items", kNone, items},
    {"keys", kNone, keys},
    {"values", kNone, values},
    {"copy", kNone, same},
    {"fromkeys", {{"/iterable", "/value"}, 1}, fromKeys},
};

constexpr MethodEntry kList[] = {
    {"index", {{"/value", "/start", "/stop"}, 1}, index},
    {"count", {{"/value"}, 1}, count},
    {"copy", kNone, same},
};

constexpr MethodEntry kTuple[] = {
    {"index", {{"/value", "/start", "/stop"}, 1}, index},
    {"count", {{"/value"}, 1}, count},
};

constexpr MethodEntry kInteger[] = {
    {"bit_length", kNone, bitLength},
    {"conjugate", kNone, same},
};

constexpr MethodEntry kFloat[] = {
    {"is_integer", kNone, isInteger},
    {"conjugate", kNone, same},
};

std::unordered_map<std::string_view, const MethodEntry*> allStringMethods() {
    std::unordered_map<std::string_view, const MethodEntry*> methods;
    for (const auto table : {stringMethods(), stringTestMethods()}) {
        for (const MethodEntry& entry : table) methods.emplace(entry.name, &entry);
    }
    return methods;
}

} // namespace

static std::span<const MethodEntry> containerMethods(const Value& object) {
    if (object.dict()) return kDict;
    if (object.integer()) return kInteger;
    if (object.is<double>()) return kFloat;
    const List* list = object.list();
    if (!list) return {};
    if (list->kind == ListKind::List) return kList;
    if (list->kind == ListKind::Tuple || list->kind == ListKind::Range) return kTuple;
    return {};
}

const MethodEntry* findMethod(const Value& object, std::string_view name) {
    if (object.string()) {
        static const auto methods = allStringMethods();
        const auto found = methods.find(name);
        return found == methods.end() ? nullptr : found->second;
    }
    for (const MethodEntry& entry : containerMethods(object)) {
        if (entry.name == name) return &entry;
    }
    return nullptr;
}

} // namespace ponder::engine::jinja
