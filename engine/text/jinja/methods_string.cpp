#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/formatting.h"
#include "engine/text/jinja/methods.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/printing.h"
#include "engine/text/jinja/text_search.h"
#include "engine/text/jinja/unicode.h"

#include <algorithm>

namespace ponder::engine::jinja {

namespace {

constexpr Signature kNone{};
constexpr Signature kAny{{}, 0, true};

const String& needString(const Bound& bound, int parameter) {
    const String* string = bound.string(parameter);
    if (!string) fail("\"" + std::string(bound.function()) + "\" needs a text");
    return *string;
}

Value strings(Runtime& runtime, std::vector<Text> parts, const String& like) {
    std::vector<Value> values;
    runtime.budget.demand(parts.size() * (sizeof(Value) + sizeof(String)));
    values.reserve(parts.size());
    for (Text& part : parts) values.push_back(makeStringLike(runtime.budget, std::move(part), like));
    return makeList(runtime.budget, std::move(values));
}

template <auto map>
Value mapped(Runtime& runtime, const Value& object, const Bound&) {
    const String& string = *object.string();
    runtime.budget.bytesRead(8 * string.text.size());
    return makeStringLike(runtime.budget, mapCharacters(string.text, map), string);
}

std::string swapped(std::int32_t point) {
    return isUpper(point) ? lowerOf(point) : upperOf(point);
}

Value capitalize(Runtime& runtime, const Value& object, const Bound&) {
    const String& string = *object.string();
    runtime.budget.bytesRead(8 * string.text.size());
    bool first = true;
    return makeStringLike(runtime.budget,
                          mapCharacters(string.text,
                                        [&](std::int32_t point) {
                                            return std::exchange(first, false) ? titleOf(point)
                                                                               : lowerOf(point);
                                        }),
                          string);
}

Value title(Runtime& runtime, const Value& object, const Bound&) {
    const String& string = *object.string();
    runtime.budget.bytesRead(8 * string.text.size());
    bool inWord = false;
    return makeStringLike(runtime.budget,
                          mapCharacters(string.text,
                                        [&](std::int32_t point) {
                                            std::string result = inWord ? lowerOf(point) : titleOf(point);
                                            inWord = isCased(point);
                                            return result;
                                        }),
                          string);
}

template <Side side>
Value strip(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    const String* characters = bound.string(0);
    runtime.budget.bytesRead(string.text.size());
    std::optional<std::string_view> set;
    if (characters) {
        set = characters->text.bytes();
        // Each character is looked for in all of them.
        runtime.budget.work(1 + characters->text.size() * string.text.size() / 4);
    }
    return makeStringLike(runtime.budget, stripped(string.text, set, side), string);
}

/// Cuts at `separator`, at most so many times; from the right end if asked.
std::vector<Text> cutAt(const Text& text, std::string_view separator, std::int64_t most, Side from) {
    std::vector<Text> parts;
    const std::string_view bytes = text.bytes();
    if (from == Side::Left) {
        std::size_t begin = 0;
        for (std::size_t found = findFirst(bytes, separator); found != kNotFound && most-- != 0;
             found = findFirst(bytes, separator, begin)) {
            parts.push_back(text.slice(begin, found));
            begin = found + separator.size();
        }
        parts.push_back(text.slice(begin, bytes.size()));
        return parts;
    }
    // Searched for backwards in one reversed copy: each search alone would reverse the rest again.
    const std::string backwards(bytes.rbegin(), bytes.rend());
    const std::string wanted(separator.rbegin(), separator.rend());
    std::size_t begin = 0;
    for (std::size_t found = findFirst(backwards, wanted); found != kNotFound && most-- != 0;
         found = findFirst(backwards, wanted, begin)) {
        parts.push_back(text.slice(bytes.size() - found, bytes.size() - begin));
        begin = found + wanted.size();
    }
    parts.push_back(text.slice(0, bytes.size() - begin));
    std::reverse(parts.begin(), parts.end());
    return parts;
}

/// Cuts at stretches of white space; what is left after so many cuts keeps the space at its far end.
std::vector<Text> cutAtSpace(const Text& text, std::int64_t most, Side from) {
    std::vector<Text> parts;
    const std::string_view bytes = text.bytes();
    if (from == Side::Left) {
        for (std::size_t at = skipSpace(bytes, 0); at < bytes.size(); at = skipSpace(bytes, at)) {
            std::size_t end = at;
            if (most-- == 0) {
                end = bytes.size();
            } else {
                while (end < bytes.size() && !isSpace(codePointAt(bytes, end)))
                    end += characterLength(bytes, end);
            }
            parts.push_back(text.slice(at, end));
            at = end;
        }
        return parts;
    }
    for (std::size_t end = spaceBegins(bytes); end > 0; end = spaceBegins(bytes.substr(0, end))) {
        std::size_t begin = end;
        if (most-- == 0) {
            begin = 0;
        } else {
            while (begin > 0) {
                const std::size_t previous = previousCharacter(bytes, begin);
                if (isSpace(codePointAt(bytes, previous))) break;
                begin = previous;
            }
        }
        parts.push_back(text.slice(begin, end));
        end = begin;
    }
    std::reverse(parts.begin(), parts.end());
    return parts;
}

template <Side from>
Value split(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    const std::int64_t most = bound.integer(1, -1);
    runtime.budget.bytesRead(2 * string.text.size());
    const String* separator = bound.string(0);
    if (!separator) return strings(runtime, cutAtSpace(string.text, most, from), string);
    if (separator->text.empty()) fail("\"split\" was given an empty separator");
    return strings(runtime, cutAt(string.text, separator->text.bytes(), most, from), string);
}

template <Side from>
Value partition(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    const String& separator = needString(bound, 0);
    if (separator.text.empty()) fail("\"partition\" was given an empty separator");
    runtime.budget.bytesRead(2 * string.text.size());
    const std::string& bytes = string.text.bytes();
    const std::size_t found = from == Side::Left ? findFirst(bytes, separator.text.bytes())
                                                 : findLast(bytes, separator.text.bytes());
    Text parts[3];
    if (found == kNotFound) {
        parts[from == Side::Left ? 0 : 2] = string.text;
    } else {
        const std::size_t behind = found + separator.text.size();
        parts[0] = string.text.slice(0, found);
        parts[1] = string.text.slice(found, behind);
        parts[2] = string.text.slice(behind, bytes.size());
    }
    std::vector<Value> values;
    for (Text& part : parts) values.push_back(makeStringLike(runtime.budget, std::move(part), string));
    return makeTuple(runtime.budget, std::move(values));
}

Value splitLines(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    runtime.budget.bytesRead(4 * string.text.size());
    return strings(runtime, linesOf(string.text, bound.truth(0, false)), string);
}

Value replace(Runtime& runtime, const Value& object, const Bound& bound) {
    return replacedString(runtime, object, needString(bound, 0).text, needString(bound, 1).text,
                          bound.integer(2, -1));
}

Value join(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& separator = *object.string();
    Text text;
    bool first = true;
    for (const Value& item : itemsOf(runtime, *bound[0])) {
        if (!item.string()) fail("\"join\" needs texts, not a " + typeName(item));
        if (!std::exchange(first, false)) text.append(separator.text);
        text.append(item.string()->text);
        runtime.budget.demand(text.size());
    }
    return makeStringLike(runtime.budget, std::move(text), separator);
}

/// The part of a string that `find(sub, start, end)` looks at, as byte offsets.
struct Window {
    std::size_t begin, end;
    std::int64_t firstCharacter;
    bool inside; // an empty part behind the end finds nothing, not even an empty text
};

Window windowOf(Runtime& runtime, const String& string, const Bound& bound) {
    const auto size = static_cast<std::int64_t>(string.characters);
    const auto place = [&](int parameter, std::int64_t fallback) {
        const std::int64_t at = bound.optionalInteger(parameter).value_or(fallback);
        return at < 0 ? std::max<std::int64_t>(at + size, 0) : at;
    };
    const std::int64_t start = place(1, 0);
    const std::int64_t stop = std::min(place(2, size), size);
    if (start > size || start > stop) return {0, 0, 0, false};
    if (string.isAscii())
        return {static_cast<std::size_t>(start), static_cast<std::size_t>(stop), start, true};
    runtime.budget.bytesRead(string.text.size());
    Window window{0, 0, start, true};
    std::size_t at = 0;
    for (std::int64_t i = 0; i < stop; ++i) {
        if (i == start) window.begin = at;
        at += characterLength(string.text.bytes(), at);
    }
    window.end = at;
    if (start == stop) window.begin = at;
    return window;
}

template <Side from>
std::int64_t positionOf(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    const String& wanted = needString(bound, 0);
    runtime.budget.bytesRead(string.text.size());
    const Window window = windowOf(runtime, string, bound);
    if (!window.inside) return -1;
    const std::string_view part =
        std::string_view(string.text.bytes()).substr(window.begin, window.end - window.begin);
    const std::size_t found =
        from == Side::Left ? findFirst(part, wanted.text.bytes()) : findLast(part, wanted.text.bytes());
    if (found == kNotFound) return -1;
    return window.firstCharacter + static_cast<std::int64_t>(countCharacters(part.substr(0, found)));
}

template <Side from>
Value find(Runtime& runtime, const Value& object, const Bound& bound) {
    return positionOf<from>(runtime, object, bound);
}

template <Side from>
Value index(Runtime& runtime, const Value& object, const Bound& bound) {
    const std::int64_t position = positionOf<from>(runtime, object, bound);
    if (position < 0) fail("\"index\" did not find the text");
    return position;
}

Value count(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    const String& wanted = needString(bound, 0);
    runtime.budget.bytesRead(string.text.size());
    const Window window = windowOf(runtime, string, bound);
    if (!window.inside) return std::int64_t{0};
    const std::string_view part =
        std::string_view(string.text.bytes()).substr(window.begin, window.end - window.begin);
    return static_cast<std::int64_t>(countOccurrences(part, wanted.text.bytes()));
}

template <Side side>
Value hasAffix(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    const Window window = windowOf(runtime, string, bound);
    if (!window.inside) return false;
    const std::string_view part =
        std::string_view(string.text.bytes()).substr(window.begin, window.end - window.begin);
    const auto fits = [&](const Value& affix) {
        if (!affix.string()) fail("\"" + std::string(bound.function()) + "\" needs texts");
        const std::string& bytes = affix.string()->text.bytes();
        return side == Side::Left ? part.starts_with(bytes) : part.ends_with(bytes);
    };
    const List* list = bound[0]->list();
    if (list && list->kind == ListKind::Tuple)
        return std::any_of(list->items.begin(), list->items.end(), fits);
    if (bound[0]->isUndefined()) failUndefined(*bound[0]);
    return fits(*bound[0]);
}

template <Side side>
Value withoutAffix(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    const std::string& affix = needString(bound, 0).text.bytes();
    const std::string& bytes = string.text.bytes();
    std::size_t begin = 0;
    std::size_t end = bytes.size();
    if (side == Side::Left && bytes.starts_with(affix)) begin = affix.size();
    if (side == Side::Right && bytes.ends_with(affix)) end -= affix.size();
    return makeStringLike(runtime.budget, string.text.slice(begin, end), string);
}

template <char align>
Value justify(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    FormatSpec spec;
    spec.width = bound.integer(0, 0);
    if (bound.has(1)) {
        if (needString(bound, 1).characters != 1) fail("a text is filled up with one character");
        spec.fill = needString(bound, 1).text.bytes();
    }
    // Python's center leans to the left only where both the text and the width are odd.
    const std::int64_t missing = spec.width - static_cast<std::int64_t>(string.characters);
    if (align == '^' && missing > 0 && missing % 2 != 0 && spec.width % 2 != 0) {
        FormatSpec left = spec;
        left.width = spec.width - missing / 2;
        return makeStringLike(runtime.budget,
                              padded(runtime, padded(runtime, string.text, left, '>'), spec, '<'), string);
    }
    return makeStringLike(runtime.budget, padded(runtime, string.text, spec, align), string);
}

Value zeroFill(Runtime& runtime, const Value& object, const Bound& bound) {
    FormatSpec spec;
    spec.fill = "0";
    spec.width = bound.integer(0, 0);
    const String& string = *object.string();
    const bool hasSign = string.text.bytes().starts_with('-') || string.text.bytes().starts_with('+');
    return makeStringLike(runtime.budget, padded(runtime, string.text, spec, hasSign ? '=' : '>'), string);
}

Value expandTabs(Runtime& runtime, const Value& object, const Bound& bound) {
    const String& string = *object.string();
    const std::int64_t size = std::max<std::int64_t>(bound.integer(0, 8), 0);
    Text text;
    std::int64_t column = 0;
    const std::string& bytes = string.text.bytes();
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = characterLength(bytes, at);
        if (bytes[at] == '\t') {
            const std::int64_t fill = size == 0 ? 0 : size - column % size;
            runtime.budget.demand(text.size() + static_cast<std::size_t>(fill));
            text.append(spaces(runtime, fill));
            column += fill;
        } else {
            text.append(string.text, at, at + length);
            column = bytes[at] == '\n' || bytes[at] == '\r' ? 0 : column + 1;
        }
        at += length;
    }
    return makeStringLike(runtime.budget, std::move(text), string);
}

Value format(Runtime& runtime, const Value& object, const Bound& bound) {
    return formatBraces(runtime, *object.string(), bound.all());
}

Value formatMap(Runtime& runtime, const Value& object, const Bound& bound) {
    const Dict* dict = bound[0]->dict();
    if (!dict) fail("\"format_map\" needs a dict");
    Arguments arguments;
    for (const auto& [name, value] : dict->entries()) {
        if (name.string()) arguments.named.emplace_back(name.string()->text.bytes(), value);
    }
    return formatBraces(runtime, *object.string(), arguments);
}

constexpr Signature kStrip{{"/chars"}};
constexpr Signature kSplit{{"sep", "maxsplit"}};
constexpr Signature kOneText{{"/text"}, 1};
constexpr Signature kSearch{{"/text", "/start", "/end"}, 1};
constexpr Signature kJustify{{"/width", "/fillchar"}, 1};

constexpr MethodEntry kMethods[] = {
    {"capitalize", kNone, capitalize},
    {"casefold", kNone, mapped<foldOf>},
    {"center", kJustify, justify<'^'>},
    {"count", kSearch, count},
    {"endswith", kSearch, hasAffix<Side::Right>},
    {"expandtabs", {{"tabsize"}}, expandTabs},
    {"find", kSearch, find<Side::Left>},
    {"format", kAny, format},
    {"format_map", {{"/mapping"}, 1}, formatMap},
    {"index", kSearch, index<Side::Left>},
    {"join", {{"/iterable"}, 1}, join},
    {"ljust", kJustify, justify<'<'>},
    {"lower", kNone, mapped<lowerOf>},
    {"lstrip", kStrip, strip<Side::Left>},
    {"partition", kOneText, partition<Side::Left>},
    {"removeprefix", kOneText, withoutAffix<Side::Left>},
    {"removesuffix", kOneText, withoutAffix<Side::Right>},
    {"replace", {{"/old", "/new", "/count"}, 2}, replace},
    {"rfind", kSearch, find<Side::Right>},
    {"rindex", kSearch, index<Side::Right>},
    {"rjust", kJustify, justify<'>'>},
    {"rpartition", kOneText, partition<Side::Right>},
    {"rsplit", kSplit, split<Side::Right>},
    {"rstrip", kStrip, strip<Side::Right>},
    {"split", kSplit, split<Side::Left>},
    {"splitlines", {{"keepends"}}, splitLines},
    {"startswith", kSearch, hasAffix<Side::Left>},
    {"strip", kStrip, strip<Side::Both>},
    {"swapcase", kNone, mapped<swapped>},
    {"title", kNone, title},
    {"upper", kNone, mapped<upperOf>},
    {"zfill", {{"/width"}, 1}, zeroFill},
};

} // namespace

Value replacedString(Runtime& runtime, const Value& string, const Text& old, const Text& replacement,
                     std::int64_t most) {
    const String& source = *string.string();
    const std::string& bytes = source.text.bytes();
    runtime.budget.bytesRead(2 * bytes.size());
    if (replacement.size() > old.size()) {
        const std::size_t count = countOccurrences(bytes, old.bytes());
        const std::size_t times = most < 0 ? count : std::min(count, static_cast<std::size_t>(most));
        std::size_t grown = 0;
        const bool overflows = __builtin_mul_overflow(times, replacement.size(), &grown);
        runtime.budget.demand(overflows ? SIZE_MAX / 2 : grown + bytes.size());
    }
    return makeStringLike(runtime.budget, replaced(source.text, old, replacement, most), source);
}

std::span<const MethodEntry> stringMethods() {
    return kMethods;
}

} // namespace ponder::engine::jinja
