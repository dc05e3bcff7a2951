#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/filters.h"
#include "engine/text/jinja/formatting.h"
#include "engine/text/jinja/json_writer.h"
#include "engine/text/jinja/markup.h"
#include "engine/text/jinja/methods.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/printing.h"
#include "engine/text/jinja/text_search.h"
#include "engine/text/jinja/unicode.h"
#include "engine/text/jinja/wrapping.h"

namespace ponder::engine::jinja {

namespace {

/// Applies the method of the same name to the value as a text.
Value asMethod(Runtime& runtime, const Value& input, const Bound& bound) {
    const Value text = stringOf(runtime, input);
    return callMethod(runtime, *findMethod(text, bound.function()), text, bound.all());
}

Value center(Runtime& runtime, const Value& input, const Bound& bound) {
    const Value text = stringOf(runtime, input);
    return callMethod(runtime, *findMethod(text, "center"), text,
                      {.positional = {bound.integer(0, 80)}, .named = {}});
}

Value trim(Runtime& runtime, const Value& input, const Bound& bound) {
    const Value text = stringOf(runtime, input);
    Arguments arguments;
    if (bound.has(0)) arguments.positional.push_back(*bound[0]);
    return callMethod(runtime, *findMethod(text, "strip"), text, arguments);
}

Value title(Runtime& runtime, const Value& input, const Bound&) {
    const Text text = textOf(runtime, input);
    runtime.budget.bytesRead(text.size());
    bool begins = true;
    return makeString(runtime.budget, mapCharacters(text, [&](std::int32_t point) {
                          const bool separates = isSpace(point) || point == '-' || point == '(' ||
                                                 point == '{' || point == '[' || point == '<';
                          std::string mapped = begins ? upperOf(point) : lowerOf(point);
                          begins = separates;
                          return mapped;
                      }));
}

Value replace(Runtime& runtime, const Value& input, const Bound& bound) {
    return replacedString(runtime, stringOf(runtime, input), textOf(runtime, *bound[0]),
                          textOf(runtime, *bound[1]), bound.optionalInteger(2).value_or(-1));
}

Value indent(Runtime& runtime, const Value& input, const Bound& bound) {
    const String* given = input.string();
    if (input.isUndefined()) failUndefined(input);
    if (!given) fail("\"indent\" needs a text, not a " + typeName(input));
    Text indention;
    if (bound.has(0) && bound[0]->string())
        indention = bound[0]->string()->text;
    else
        indention = spaces(runtime, bound.integer(0, 4));
    const bool first = bound.truth(1, false);
    const bool blank = bound.truth(2, false);

    Text source = given->text;
    source.append("\n", Origin::Markup);
    const std::vector<Text> lines = linesOf(source, false);
    runtime.budget.demand(source.size() + lines.size() * indention.size());
    runtime.budget.bytesRead(source.size());
    Text result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) result.append("\n", Origin::Markup);
        if (i == 0 ? first : blank || !lines[i].empty()) result.append(indention);
        result.append(lines[i]);
    }
    return makeStringLike(runtime.budget, std::move(result), *given);
}

Value escape(Runtime& runtime, const Value& input, const Bound&) {
    if (input.string() && input.string()->escaped) return input;
    const Text text = textOf(runtime, input);
    runtime.budget.bytesRead(text.size());
    return makeEscaped(runtime.budget, escapeHtml(text));
}

Value forceEscape(Runtime& runtime, const Value& input, const Bound&) {
    return makeEscaped(runtime.budget, escapeHtml(textOf(runtime, input)));
}

Value safe(Runtime& runtime, const Value& input, const Bound&) {
    return makeEscaped(runtime.budget, textOf(runtime, input));
}

Value string(Runtime& runtime, const Value& input, const Bound&) {
    return stringOf(runtime, input);
}

Value format(Runtime& runtime, const Value& input, const Bound& bound) {
    const Value text = stringOf(runtime, input);
    const Arguments& all = bound.all();
    if (!all.positional.empty() && !all.named.empty()) fail("\"format\" takes either names or positions");
    if (all.named.empty())
        return formatPercent(runtime, *text.string(), makeTuple(runtime.budget, all.positional));
    std::vector<std::pair<Value, Value>> entries;
    for (const auto& [name, value] : all.named) entries.emplace_back(makeString(runtime.budget, name), value);
    return formatPercent(runtime, *text.string(), makeDict(runtime.budget, std::move(entries)));
}

Value toJson(Runtime& runtime, const Value& input, const Bound& bound) {
    JsonStyle style;
    style.onlyAscii = bound.truth(0, false);
    style.sortKeys = bound.truth(3, false);
    if (bound.has(1) && bound[1]->string())
        style.indent = bound[1]->string()->text;
    else if (const auto width = bound.optionalInteger(1))
        style.indent = spaces(runtime, *width);
    style.itemSeparator = Text(style.indent ? "," : ", ", Origin::Markup);
    style.keySeparator = Text(": ", Origin::Markup);
    if (bound.has(2) && !bound[2]->isNone()) {
        const std::vector<Value> separators = itemsOf(runtime, *bound[2]);
        if (separators.size() != 2 || !separators[0].string() || !separators[1].string()) {
            fail("the separators of JSON are two texts");
        }
        style.itemSeparator = separators[0].string()->text;
        style.keySeparator = separators[1].string()->text;
    }
    return makeString(runtime.budget, jsonOf(runtime, input, style));
}

Value wordCount(Runtime& runtime, const Value& input, const Bound&) {
    const Text text = textOf(runtime, input);
    runtime.budget.bytesRead(text.size());
    std::int64_t words = 0;
    bool inWord = false;
    for (std::size_t at = 0; at < text.size(); at += characterLength(text.bytes(), at)) {
        const std::int32_t point = codePointAt(text.bytes(), at);
        const bool isPart = point >= 0 && isWord(point);
        if (isPart && !inWord) ++words;
        inWord = isPart;
    }
    return words;
}

Text quotedForUrl(Runtime& runtime, const Value& value, bool inQuery) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const Text text = textOf(runtime, value);
    runtime.budget.bytesRead(3 * text.size());
    Text quoted;
    text.forEachStretch([&](std::string_view bytes, Origin origin) {
        std::string part;
        for (const char c : bytes) {
            const auto byte = static_cast<unsigned char>(c);
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                               c == '_' || c == '.' || c == '-' || c == '~' || (c == '/' && !inQuery);
            if (plain)
                part += c;
            else if (c == ' ' && inQuery)
                part += '+';
            else
                part += std::string("%") + kHex[byte >> 4] + kHex[byte & 15];
        }
        quoted.append(part, origin);
    });
    return quoted;
}

Value urlEncode(Runtime& runtime, const Value& input, const Bound&) {
    if (!input.dict() && !input.list() && !input.isUndefined()) {
        return makeString(runtime.budget, quotedForUrl(runtime, input, false));
    }
    std::vector<Value> pairs;
    if (const Dict* dict = input.dict()) {
        for (const auto& [key, value] : dict->entries())
            pairs.push_back(makeTuple(runtime.budget, {key, value}));
    } else {
        pairs = itemsOf(runtime, input);
    }
    Text query;
    for (const Value& pair : pairs) {
        const std::vector<Value> parts = itemsOf(runtime, pair);
        if (parts.size() != 2) fail("\"urlencode\" needs pairs");
        if (!query.empty()) query.append("&", Origin::Markup);
        query.append(quotedForUrl(runtime, parts[0], true));
        query.append("=", Origin::Markup);
        query.append(quotedForUrl(runtime, parts[1], true));
    }
    return makeString(runtime.budget, std::move(query));
}

Value xmlAttributes(Runtime& runtime, const Value& input, const Bound& bound) {
    const Dict* dict = input.dict();
    if (!dict) fail("\"xmlattr\" needs a dict");
    Text result;
    for (const auto& [key, value] : dict->entries()) {
        if (value.isNone() || value.isUndefined()) continue;
        const Text name = textOf(runtime, key);
        if (name.bytes().find_first_of(" \t\n\r\f\v/>=") != std::string::npos) {
            fail("an attribute's name has a character it must not have");
        }
        if (!result.empty() || bound.truth(0, true)) result.append(" ", Origin::Markup);
        result.append(escapeHtml(name));
        result.append("=\"", Origin::Markup);
        const bool escaped = value.string() && value.string()->escaped;
        result.append(escaped ? value.string()->text : escapeHtml(textOf(runtime, value)));
        result.append("\"", Origin::Markup);
    }
    return makeString(runtime.budget, std::move(result));
}

Value stripTags(Runtime& runtime, const Value& input, const Bound&) {
    return makeString(runtime.budget, withoutTags(textOf(runtime, input)));
}

const String& needString(const Value& input, const Bound& bound) {
    if (input.isUndefined()) failUndefined(input);
    if (!input.string())
        fail("\"" + std::string(bound.function()) + "\" needs a text, not a " + typeName(input));
    return *input.string();
}

Value truncate(Runtime& runtime, const Value& input, const Bound& bound) {
    const String& string = needString(input, bound);
    const Text end = bound.has(2) ? textOf(runtime, *bound[2]) : Text("...", Origin::Markup);
    const std::int64_t leeway = bound.optionalInteger(3).value_or(5);
    const std::int64_t length = bound.integer(0, 255);
    const auto endLength = static_cast<std::int64_t>(countCharacters(end.bytes()));
    if (length < endLength || leeway < 0) fail("\"truncate\" was given a length that is too short");
    const auto characters = static_cast<std::int64_t>(string.characters);
    if (characters <= length || characters - length <= leeway) return input;
    const Value stop = length - endLength;
    const Value cutValue = sliceOf(runtime, input, nullptr, &stop, nullptr);
    Text cut = cutValue.string()->text;
    if (!bound.truth(1, false)) {
        const std::size_t space = findLast(cut.bytes(), " ");
        if (space != kNotFound) cut = cut.slice(0, space);
    }
    cut.append(end);
    return makeString(runtime.budget, std::move(cut));
}

Value wordWrap(Runtime& runtime, const Value& input, const Bound& bound) {
    const String& string = needString(input, bound);
    const WrapStyle style{.width = bound.integer(0, 79),
                          .breakLongWords = bound.truth(1, true),
                          .breakOnHyphens = bound.truth(3, true)};
    if (style.width <= 0) fail("\"wordwrap\" needs a width above 0");
    const Text separator = bound.string(2) ? bound.string(2)->text : Text("\n", Origin::Markup);
    runtime.budget.step(1 + string.text.size() / 16);
    Text result;
    bool first = true;
    for (const Text& paragraph : linesOf(string.text, false)) {
        std::vector<Text> lines = wrapped(paragraph, style);
        if (lines.empty()) lines.emplace_back();
        for (const Text& line : lines) {
            if (!first) result.append(separator);
            first = false;
            result.append(line);
            runtime.budget.demand(result.size());
        }
    }
    return makeString(runtime.budget, std::move(result));
}

constexpr Signature kNone{};
constexpr Signature kAny{{}, 0, true};

constexpr FilterEntry kFilters[] = {
    {"capitalize", kNone, asMethod},
    {"center", {{"width"}}, center},
    {"lower", kNone, asMethod},
    {"upper", kNone, asMethod},
    {"trim", {{"chars"}}, trim},
    {"title", kNone, title},
    {"replace", {{"old", "new", "count"}, 2}, replace},
    {"indent", {{"width", "first", "blank"}}, indent},
    {"escape", kNone, escape},
    {"e", kNone, escape},
    {"forceescape", kNone, forceEscape},
    {"safe", kNone, safe},
    {"string", kNone, string},
    {"format", kAny, format},
    {"tojson", {{"ensure_ascii", "indent", "separators", "sort_keys"}}, toJson},
    {"wordcount", kNone, wordCount},
    {"urlencode", kNone, urlEncode},
    {"xmlattr", {{"autospace"}}, xmlAttributes},
    {"striptags", kNone, stripTags},
    {"truncate", {{"length", "killwords", "end", "leeway"}}, truncate},
    {"wordwrap", {{"width", "break_long_words", "wrapstring", "break_on_hyphens"}}, wordWrap},
};

} // namespace

std::span<const FilterEntry> textFilters() {
    return kFilters;
}

} // namespace ponder::engine::jinja
