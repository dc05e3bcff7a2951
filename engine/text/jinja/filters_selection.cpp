#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/filters.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/sorting.h"

namespace ponder::engine::jinja {

namespace {

/// All arguments but the first `count` positional ones.
Arguments behind(const Arguments& arguments, std::size_t count) {
    return {{arguments.positional.begin() + static_cast<std::ptrdiff_t>(count), arguments.positional.end()},
            arguments.named};
}

std::string nameOf(const Value& value, std::string_view what) {
    if (!value.string()) fail("the name of a " + std::string(what) + " must be a text");
    return value.string()->text.bytes();
}

const Value* namedArgument(const Arguments& arguments, std::string_view name) {
    for (const auto& [given, value] : arguments.named) {
        if (given == name) return &value;
    }
    return nullptr;
}

Value map(Runtime& runtime, const Value& input, const Bound& bound) {
    const Arguments& all = bound.all();
    std::vector<Value> mapped;
    if (!isTrue(input)) return makeGenerator(runtime.budget, {});
    const Value* attribute = all.positional.empty() ? namedArgument(all, "attribute") : nullptr;
    if (attribute) {
        const Value* fallback = namedArgument(all, "default");
        if (all.named.size() != (fallback ? 2U : 1U))
            fail("\"map\" was given an argument that it does not know");
        for (const Value& item : itemsOf(runtime, input)) {
            runtime.budget.step();
            mapped.push_back(attributePath(runtime, item, *attribute, fallback));
        }
        return makeGenerator(runtime.budget, std::move(mapped));
    }
    if (all.positional.empty()) fail("\"map\" needs a filter or an attribute");
    const std::string name = nameOf(all.positional[0], "filter");
    const FilterEntry* filter = findFilter(name);
    if (!filter) fail("there is no filter \"" + name + "\"");
    const Arguments rest = behind(all, 1);
    for (const Value& item : itemsOf(runtime, input)) {
        runtime.budget.step();
        runtime.budget.checkStack();
        mapped.push_back(applyFilter(runtime, *filter, item, rest));
    }
    return makeGenerator(runtime.budget, std::move(mapped));
}

/// select, reject, selectattr, rejectattr: the items for which a test, or their truth, is `wanted`.
template <bool wanted, bool byAttribute>
Value choose(Runtime& runtime, const Value& input, const Bound& bound) {
    const Arguments& all = bound.all();
    if (!isTrue(input)) return makeGenerator(runtime.budget, {});
    constexpr std::size_t kTestAt = byAttribute ? 1 : 0;
    if (byAttribute && all.positional.empty()) fail("an attribute is needed to choose by");
    const TestEntry* test = nullptr;
    Arguments rest;
    if (all.positional.size() > kTestAt) {
        const std::string name = nameOf(all.positional[kTestAt], "test");
        test = findTest(name);
        if (!test) fail("there is no test \"" + name + "\"");
        rest = behind(all, kTestAt + 1);
    }
    std::vector<Value> chosen;
    for (Value& item : itemsOf(runtime, input)) {
        runtime.budget.step();
        const Value looked = byAttribute ? attributePath(runtime, item, all.positional[0], nullptr) : item;
        if ((test ? holds(runtime, *test, looked, rest) : isTrue(looked)) == wanted)
            chosen.push_back(std::move(item));
    }
    return makeGenerator(runtime.budget, std::move(chosen));
}

Value group(Runtime& runtime, Value key, std::vector<Value> items) {
    Value members = makeList(runtime.budget, std::move(items));
    List tuple{.kind = ListKind::Tuple,
               .items = {std::move(key), std::move(members)},
               .isGroup = true,
               .generatorName = {},
               .charge = {}};
    return sealList(runtime.budget, std::move(tuple));
}

Value groupBy(Runtime& runtime, const Value& input, const Bound& bound) {
    const Value* fallback = bound[1];
    const bool caseMatters = bound.truth(2, false);
    const auto original = [&](const Value& item) {
        return attributePath(runtime, item, *bound[0], fallback);
    };
    const auto key = [&](const Value& item) {
        Value value = original(item);
        return caseMatters ? value : withoutCase(runtime, value);
    };
    std::vector<Value> sorted = itemsOf(runtime, input);
    sortBy(runtime, sorted, key);
    std::vector<Value> groups;
    std::vector<Value> members;
    std::optional<Value> groupKey;
    const auto finish = [&] {
        if (members.empty()) return;
        Value shown = original(members[0]);
        groups.push_back(group(runtime, std::move(shown), std::exchange(members, {})));
    };
    for (Value& item : sorted) {
        runtime.budget.step();
        Value itemKey = key(item);
        if (!groupKey || !equal(runtime, *groupKey, itemKey)) {
            finish();
            groupKey = std::move(itemKey);
        }
        members.push_back(std::move(item));
    }
    finish();
    return makeList(runtime.budget, std::move(groups));
}

constexpr Signature kAny{{}, 0, true};

constexpr FilterEntry kFilters[] = {
    {"groupby", {{"attribute", "default", "case_sensitive"}, 1}, groupBy},
    {"map", kAny, map},
    {"reject", kAny, choose<false, false>},
    {"rejectattr", kAny, choose<false, true>},
    {"select", kAny, choose<true, false>},
    {"selectattr", kAny, choose<true, true>},
};

} // namespace

std::span<const FilterEntry> selectionFilters() {
    return kFilters;
}

} // namespace ponder::engine::jinja
