#pragma once

#include "engine/text/jinja/text.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ponder::engine::jinja {

/// The code point at `offset`; bytes that are not UTF-8 give -1.
std::int32_t codePointAt(std::string_view text, std::size_t offset);
void appendCodePoint(std::string& text, std::int32_t point);

/// Python's str.isspace, isalpha, … of one code point.
bool isSpace(std::int32_t point);
bool isLetter(std::int32_t point);
bool isDecimal(std::int32_t point);
bool isDigit(std::int32_t point);
bool isNumeric(std::int32_t point);
bool isUpper(std::int32_t point);
bool isLower(std::int32_t point);
bool isCased(std::int32_t point);
/// Would Python's repr show it as it is?
bool isPrintable(std::int32_t point);
/// May it stand in a word (\w of Python's re)?
bool isWord(std::int32_t point);

/// Python's full mappings of one code point, as UTF-8.
std::string upperOf(std::int32_t point);
std::string lowerOf(std::int32_t point);
std::string titleOf(std::int32_t point);
std::string foldOf(std::int32_t point);

/// Every character of `text` replaced by what `map(code point)` gives; invalid bytes stay.
template <typename Map>
Text mapCharacters(const Text& text, Map map) {
    Text mapped;
    mapped.reserve(text.size());
    const std::string_view bytes = text.bytes();
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = characterLength(bytes, at);
        const std::int32_t point = codePointAt(bytes, at);
        if (point < 0)
            mapped.append(text, at, at + length);
        else
            mapped.appendLike(map(point), text, at);
        at += length;
    }
    return mapped;
}

/// Offset of the first character that is not white space, at or after `from`; the size if there is none.
std::size_t skipSpace(std::string_view text, std::size_t from);
/// Offset behind the last character that is not white space.
std::size_t spaceBegins(std::string_view text);

} // namespace ponder::engine::jinja
