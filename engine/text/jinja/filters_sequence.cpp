#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/filters.h"
#include "engine/text/jinja/loop.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/printing.h"
#include "engine/text/jinja/sorting.h"

namespace ponder::engine::jinja {

namespace {

Value fallback(Runtime& runtime, const Value& input, const Bound& bound) {
    const bool missing = input.isUndefined() || (bound.truth(1, false) && !isTrue(input));
    if (!missing) return input;
    return bound.has(0) ? *bound[0] : makeString(runtime.budget, "");
}

Value length(Runtime&, const Value& input, const Bound&) {
    return lengthOf(input);
}

Value first(Runtime& runtime, const Value& input, const Bound&) {
    Cursor cursor(runtime, input);
    return cursor.next().value_or(Value());
}

Value last(Runtime& runtime, const Value& input, const Bound&) {
    const List* list = input.list();
    if (list && list->kind == ListKind::Generator) fail("\"last\" needs a list, not a generator");
    const std::vector<Value> items = itemsOf(runtime, input);
    return items.empty() ? Value() : items.back();
}

Value join(Runtime& runtime, const Value& input, const Bound& bound) {
    const Text separator = bound.has(0) ? textOf(runtime, *bound[0]) : Text();
    const bool hasAttribute = bound.has(1) && !bound[1]->isNone();
    Text text;
    bool isFirst = true;
    Cursor cursor(runtime, input);
    while (const auto item = cursor.next()) {
        if (!std::exchange(isFirst, false)) text.append(separator);
        printTo(runtime, text, hasAttribute ? attributePath(runtime, *item, *bound[1], nullptr) : *item);
        runtime.budget.work();
    }
    return makeString(runtime.budget, std::move(text));
}

Value list(Runtime& runtime, const Value& input, const Bound&) {
    return makeList(runtime.budget, itemsOf(runtime, input));
}

Value reverse(Runtime& runtime, const Value& input, const Bound&) {
    if (const String* string = input.string()) {
        const Value step = std::int64_t{-1};
        return string->text.empty() ? input : sliceOf(runtime, input, nullptr, nullptr, &step);
    }
    std::vector<Value> items = itemsOf(runtime, input);
    std::reverse(items.begin(), items.end());
    const List* list = input.list();
    // Python's reversed() does not take these; jinja makes lists of them.
    if (list && list->kind == ListKind::Generator) return makeList(runtime.budget, std::move(items));
    const bool isView = list && list->kind != ListKind::List && list->kind != ListKind::Tuple;
    return makeGenerator(runtime.budget, std::move(items),
                         list && !isView ? "list_reverseiterator" : "reversed");
}

Value items(Runtime& runtime, const Value& input, const Bound&) {
    std::vector<Value> pairs;
    if (const Dict* dict = input.dict()) {
        for (const auto& [key, value] : dict->entries())
            pairs.push_back(makeTuple(runtime.budget, {key, value}));
    } else if (!input.isUndefined()) {
        fail("\"items\" needs a dict, not a " + typeName(input));
    }
    return makeGenerator(runtime.budget, std::move(pairs));
}

/// The key by which a filter sorts or compares, in lower case unless case matters.
Value sortKey(Runtime& runtime, const Value& value, bool caseMatters) {
    return caseMatters ? value : withoutCase(runtime, value);
}

/// "a,b.c" sorts by a, then by b.c.
Value sortKeyByAttributes(Runtime& runtime, const Value& item, const Value& attribute, bool caseMatters) {
    const String* names = attribute.string();
    if (!names) return sortKey(runtime, attributePath(runtime, item, attribute, nullptr), caseMatters);
    std::vector<Value> keys;
    std::string_view rest = names->text.bytes();
    for (;;) {
        const std::size_t comma = rest.find(',');
        const Value path = makeString(runtime.budget, rest.substr(0, comma));
        keys.push_back(sortKey(runtime, attributePath(runtime, item, path, nullptr), caseMatters));
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
    }
    return makeList(runtime.budget, std::move(keys));
}

Value sort(Runtime& runtime, const Value& input, const Bound& bound) {
    std::vector<Value> sorted = itemsOf(runtime, input);
    const bool caseMatters = bound.truth(1, false);
    const bool byAttribute = bound.has(2) && !bound[2]->isNone();
    sortBy(
        runtime, sorted,
        [&](const Value& item) {
            return byAttribute ? sortKeyByAttributes(runtime, item, *bound[2], caseMatters)
                               : sortKey(runtime, item, caseMatters);
        },
        bound.truth(0, false));
    return makeList(runtime.budget, std::move(sorted));
}

Value dictSort(Runtime& runtime, const Value& input, const Bound& bound) {
    const Dict* dict = input.dict();
    if (input.isUndefined()) failUndefined(input);
    if (!dict) fail("\"dictsort\" needs a dict, not a " + typeName(input));
    const String* by = bound.string(1);
    const bool byValue = by && by->text.bytes() == "value";
    if (by && !byValue && by->text.bytes() != "key") fail("\"dictsort\" sorts by key or by value");
    const bool caseMatters = bound.truth(0, false);
    auto entries = dict->entries();
    sortBy(
        runtime, entries,
        [&](const auto& entry) {
            return sortKey(runtime, byValue ? entry.second : entry.first, caseMatters);
        },
        bound.truth(2, false));
    std::vector<Value> pairs;
    for (auto& [key, value] : entries)
        pairs.push_back(makeTuple(runtime.budget, {std::move(key), std::move(value)}));
    return makeList(runtime.budget, std::move(pairs));
}

Value unique(Runtime& runtime, const Value& input, const Bound& bound) {
    const bool caseMatters = bound.truth(0, false);
    std::vector<Value> kept;
    Dict seen;
    for (Value& item : itemsOf(runtime, input)) {
        runtime.budget.step();
        Value key =
            bound.has(1) && !bound[1]->isNone() ? attributePath(runtime, item, *bound[1], nullptr) : item;
        key = sortKey(runtime, key, caseMatters);
        if (!isHashable(key)) fail("\"unique\" cannot compare values of type " + typeName(key));
        if (seen.find(key)) continue;
        seen.set(std::move(key), None{});
        kept.push_back(std::move(item));
    }
    return makeGenerator(runtime.budget, std::move(kept));
}

template <bool largest>
Value extreme(Runtime& runtime, const Value& input, const Bound& bound) {
    const bool caseMatters = bound.truth(0, false);
    const bool byAttribute = bound.has(1) && !bound[1]->isNone();
    std::optional<Value> best, bestKey;
    Cursor cursor(runtime, input);
    while (auto item = cursor.next()) {
        Value key = byAttribute ? attributePath(runtime, *item, *bound[1], nullptr) : *item;
        key = sortKey(runtime, key, caseMatters);
        const bool better =
            !bestKey || (largest ? less(runtime, *bestKey, key) : less(runtime, key, *bestKey));
        if (!better) continue;
        best = std::move(item);
        bestKey = std::move(key);
    }
    return best.value_or(Value());
}

Value sum(Runtime& runtime, const Value& input, const Bound& bound) {
    const bool byAttribute = bound.has(0) && !bound[0]->isNone();
    Value total = bound.has(1) ? *bound[1] : Value(std::int64_t{0});
    if (total.string()) fail("\"sum\" does not add texts; use \"join\"");
    Cursor cursor(runtime, input);
    while (const auto item = cursor.next()) {
        runtime.budget.step();
        const Value term = byAttribute ? attributePath(runtime, *item, *bound[0], nullptr) : *item;
        total = arithmetic(runtime, BinaryOperator::Add, total, term);
    }
    return total;
}

Value batch(Runtime& runtime, const Value& input, const Bound& bound) {
    const std::int64_t size = bound.integer(0, 1);
    const bool fills = bound.has(1) && !bound[1]->isNone();
    std::vector<Value> batches;
    std::vector<Value> current;
    const auto finish = [&] { batches.push_back(makeList(runtime.budget, std::exchange(current, {}))); };
    for (Value& item : itemsOf(runtime, input)) {
        if (static_cast<std::int64_t>(current.size()) == size) finish();
        current.push_back(std::move(item));
    }
    if (!current.empty()) {
        const auto missing = size - static_cast<std::int64_t>(current.size());
        if (fills && missing > 0) {
            runtime.budget.demand(std::min<std::size_t>(static_cast<std::size_t>(missing), SIZE_MAX / 64) *
                                  sizeof(Value));
            current.insert(current.end(), static_cast<std::size_t>(missing), *bound[1]);
        }
        finish();
    }
    return makeGenerator(runtime.budget, std::move(batches));
}

Value slice(Runtime& runtime, const Value& input, const Bound& bound) {
    const std::vector<Value> items = itemsOf(runtime, input);
    const std::int64_t count = bound.integer(0, 1);
    if (count == 0) fail("division by zero");
    const auto slices = static_cast<std::size_t>(std::max<std::int64_t>(count, 0));
    runtime.budget.demand(std::min(slices, SIZE_MAX / 256) * (sizeof(List) + sizeof(Value)));
    std::vector<Value> parts;
    auto at = items.begin();
    for (std::size_t i = 0; i < slices; ++i) {
        const bool longer = i < items.size() % slices;
        const auto end = at + static_cast<std::ptrdiff_t>(items.size() / slices + (longer ? 1 : 0));
        std::vector<Value> part(at, end);
        if (bound.has(1) && !bound[1]->isNone() && !longer) part.push_back(*bound[1]);
        parts.push_back(makeList(runtime.budget, std::move(part)));
        at = end;
    }
    return makeGenerator(runtime.budget, std::move(parts));
}

Value attribute(Runtime& runtime, const Value& input, const Bound& bound) {
    const String* name = bound.string(0);
    if (!name) fail("\"attr\" needs a name");
    // A dict's entries are no attributes.
    if (input.dict() && !findMethod(input, name->text.bytes())) return Undefined{};
    return attributeOf(runtime, input, name->text.bytes(), nullptr);
}

constexpr FilterEntry kFilters[] = {
    {"attr", {{"name"}, 1}, attribute},
    {"batch", {{"linecount", "fill_with"}, 1}, batch},
    {"count", {}, length},
    {"d", {{"default_value", "boolean"}}, fallback},
    {"default", {{"default_value", "boolean"}}, fallback},
    {"dictsort", {{"case_sensitive", "by", "reverse"}}, dictSort},
    {"first", {}, first},
    {"items", {}, items},
    {"join", {{"d", "attribute"}}, join},
    {"last", {}, last},
    {"length", {}, length},
    {"list", {}, list},
    {"max", {{"case_sensitive", "attribute"}}, extreme<true>},
    {"min", {{"case_sensitive", "attribute"}}, extreme<false>},
    {"reverse", {}, reverse},
    {"slice", {{"slices", "fill_with"}, 1}, slice},
    {"sort", {{"reverse", "case_sensitive", "attribute"}}, sort},
    {"sum", {{"attribute", "start"}}, sum},
    {"unique", {{"case_sensitive", "attribute"}}, unique},
};

} // namespace

std::span<const FilterEntry> sequenceFilters() {
    return kFilters;
}

} // namespace ponder::engine::jinja
