#include "engine/text/jinja/methods.h"
#include "engine/text/jinja/runtime.h"
#include "engine/text/jinja/unicode.h"

#include <algorithm>

namespace ponder::engine::jinja {

namespace {

/// Is the text not empty, and does it hold for every character?
template <bool (*holds)(std::int32_t)>
Value every(Runtime& runtime, const Value& object, const Bound&) {
    const std::string& bytes = object.string()->text.bytes();
    runtime.budget.bytesRead(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += characterLength(bytes, at)) {
        const std::int32_t point = codePointAt(bytes, at);
        if (point < 0 || !holds(point)) return false;
    }
    return !bytes.empty();
}

/// Are there cased characters, and none of the other case?
template <bool (*wanted)(std::int32_t), bool (*unwanted)(std::int32_t)>
Value hasCase(Runtime& runtime, const Value& object, const Bound&) {
    const std::string& bytes = object.string()->text.bytes();
    runtime.budget.bytesRead(bytes.size());
    bool any = false;
    for (std::size_t at = 0; at < bytes.size(); at += characterLength(bytes, at)) {
        const std::int32_t point = codePointAt(bytes, at);
        if (point >= 0 && unwanted(point)) return false;
        any = any || (point >= 0 && wanted(point));
    }
    return any;
}

bool isLetterOrNumber(std::int32_t point) {
    return isLetter(point) || isNumeric(point);
}

Value isAscii(Runtime&, const Value& object, const Bound&) {
    const std::string& bytes = object.string()->text.bytes();
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Value isTitle(Runtime& runtime, const Value& object, const Bound&) {
    const std::string& bytes = object.string()->text.bytes();
    runtime.budget.bytesRead(bytes.size());
    bool any = false;
    bool inWord = false;
    for (std::size_t at = 0; at < bytes.size(); at += characterLength(bytes, at)) {
        const std::int32_t point = codePointAt(bytes, at);
        const bool cased = point >= 0 && isCased(point);
        if (cased && isLower(point) != inWord) return false;
        any = any || cased;
        inWord = cased;
    }
    return any;
}

Value isIdentifier(Runtime& runtime, const Value& object, const Bound&) {
    const std::string& bytes = object.string()->text.bytes();
    runtime.budget.bytesRead(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += characterLength(bytes, at)) {
        const std::int32_t point = codePointAt(bytes, at);
        if (point < 0 || !(at == 0 ? point == '_' || isLetter(point) : isWord(point))) return false;
    }
    return !bytes.empty();
}

Value isPrintableText(Runtime& runtime, const Value& object, const Bound& bound) {
    return object.string()->text.empty() ? Value(true) : every<isPrintable>(runtime, object, bound);
}

constexpr Signature kNone{};

constexpr MethodEntry kMethods[] = {
    {"isalnum", kNone, every<isLetterOrNumber>},
    {"isalpha", kNone, every<isLetter>},
    {"isascii", kNone, isAscii},
    {"isdecimal", kNone, every<isDecimal>},
    {"isdigit", kNone, every<isDigit>},
    {"isidentifier", kNone, isIdentifier},
    {"islower", kNone, hasCase<isLower, isUpper>},
    {"isnumeric", kNone, every<isNumeric>},
    {"isprintable", kNone, isPrintableText},
    {"isspace", kNone, every<isSpace>},
    {"istitle", kNone, isTitle},
    {"isupper", kNone, hasCase<isUpper, isLower>},
};

} // namespace

std::span<const MethodEntry> stringTestMethods() {
    return kMethods;
}

} // namespace ponder::engine::jinja
