#include "engine/text/jinja/filters.h"

#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/unicode.h"

#include <charconv>
#include <unordered_map>

namespace ponder::engine::jinja {

namespace {

Value partKey(Runtime& runtime, std::string_view part) {
    const bool isNumber =
        !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (isNumber) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (error == std::errc()) return number;
    }
    return makeString(runtime.budget, part);
}

std::unordered_map<std::string_view, const FilterEntry*> allFilters() {
    std::unordered_map<std::string_view, const FilterEntry*> filters;
    for (const auto table : {textFilters(), numberFilters(), sequenceFilters(), selectionFilters()}) {
        for (const FilterEntry& entry : table) filters.emplace(entry.name, &entry);
    }
    return filters;
}

} // namespace

const FilterEntry* findFilter(std::string_view name) {
    static const auto filters = allFilters();
    const auto found = filters.find(name);
    return found == filters.end() ? nullptr : found->second;
}

Value attributePath(Runtime& runtime, const Value& item, const Value& path, const Value* fallback) {
    if (path.isNone()) return item;
    const auto step = [&](const Value& object, const Value& key) {
        Value found = itemOf(runtime, object, key);
        return found.isUndefined() && fallback && !fallback->isNone() ? *fallback : found;
    };
    const String* text = path.string();
    if (!text) return step(item, path);
    Value found = item;
    std::string_view rest = text->text.bytes();
    for (;;) {
        const std::size_t dot = rest.find('.');
        found = step(found, partKey(runtime, rest.substr(0, dot)));
        if (dot == std::string_view::npos) return found;
        rest.remove_prefix(dot + 1);
    }
}

Value withoutCase(Runtime& runtime, const Value& value) {
    const String* string = value.string();
    if (!string) return value;
    runtime.budget.bytesRead(string->text.size());
    return makeString(runtime.budget, mapCharacters(string->text, lowerOf));
}

} // namespace ponder::engine::jinja
