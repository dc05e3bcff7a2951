#include "engine/text/jinja/string_escapes.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/unicode.h"

#include <charconv>

namespace ponder::engine::jinja {

namespace {

constexpr std::int32_t kReplacement = 0xFFFD;

bool isSurrogate(std::int32_t point) {
    return point >= 0xD800 && point < 0xE000;
}

/// The number written in exactly `digits` hexadecimal digits at the start of `text`.
std::int32_t readHexadecimal(std::string_view text, std::size_t digits) {
    std::uint32_t point = 0;
    const std::string_view number = text.substr(0, digits);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), point, 16);
    if (number.size() < digits || error != std::errc() || end != number.data() + number.size()) {
        fail("an escape in a string is cut off");
    }
    if (point > 0x10FFFF) fail("an escape in a string names no character");
    return static_cast<std::int32_t>(point);
}

char simpleEscape(char c) {
    switch (c) {
    case 'a':
        return '\a';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    case '\\':
    case '\'':
    case '"':
        return c;
    default:
        return '\0';
    }
}

bool isOctal(char c) {
    return c >= '0' && c <= '7';
}

} // namespace

std::string resolveEscapes(std::string_view literal) {
    std::string text;
    text.reserve(literal.size());
    for (std::size_t i = 0; i < literal.size();) {
        if (literal[i] != '\\' || i + 1 == literal.size()) {
            text += literal[i++];
            continue;
        }
        const char c = literal[i + 1];
        i += 2;
        if (const char simple = simpleEscape(c)) {
            text += simple;
        } else if (isOctal(c)) {
            std::int32_t point = c - '0';
            for (int digits = 1; digits < 3 && i < literal.size() && isOctal(literal[i]); ++digits) {
                point = point * 8 + (literal[i++] - '0');
            }
            appendCodePoint(text, point);
        } else if (c == 'x' || c == 'u' || c == 'U') {
            const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
            const std::int32_t point = readHexadecimal(literal.substr(i), digits);
            appendCodePoint(text, isSurrogate(point) ? kReplacement : point);
            i += digits;
        } else if (c != '\n') {
            // Python keeps escapes it does not know.
            text += '\\';
            text += c;
        }
    }
    return text;
}

} // namespace ponder::engine::jinja
