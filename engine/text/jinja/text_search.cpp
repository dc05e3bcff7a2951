#include "engine/text/jinja/text_search.h"

#include "engine/text/jinja/unicode.h"

#include <algorithm>
#include <cstring>

namespace ponder::engine::jinja {

namespace {

/// Length in bytes of the line break at `offset`, 0 if there is none.
std::size_t lineBreakLength(std::string_view text, std::size_t offset) {
    if (text.substr(offset).starts_with("\r\n")) return 2;
    const std::int32_t point = codePointAt(text, offset);
    const bool breaks = (point >= 0x0A && point <= 0x0D) || (point >= 0x1C && point <= 0x1E) ||
                        point == 0x85 || point == 0x2028 || point == 0x2029;
    return breaks ? characterLength(text, offset) : 0;
}

bool isOneOf(std::string_view character, std::string_view characters) {
    for (std::size_t at = 0; at < characters.size();) {
        const std::size_t length = characterLength(characters, at);
        if (characters.substr(at, length) == character) return true;
        at += length;
    }
    return false;
}

} // namespace

std::size_t findFirst(std::string_view text, std::string_view wanted, std::size_t from) {
    if (from > text.size()) return kNotFound;
    const void* found = memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : kNotFound;
}

std::size_t findLast(std::string_view text, std::string_view wanted) {
    const std::string backwards(text.rbegin(), text.rend());
    const std::string wantedBackwards(wanted.rbegin(), wanted.rend());
    const std::size_t found = findFirst(backwards, wantedBackwards);
    return found == kNotFound ? kNotFound : text.size() - found - wanted.size();
}

std::size_t countOccurrences(std::string_view text, std::string_view wanted) {
    if (wanted.empty()) return countCharacters(text) + 1;
    std::size_t count = 0;
    for (std::size_t at = findFirst(text, wanted); at != kNotFound;
         at = findFirst(text, wanted, at + wanted.size())) {
        ++count;
    }
    return count;
}

Text replaced(const Text& text, const Text& old, const Text& replacement, std::int64_t most) {
    Text result;
    const std::string_view bytes = text.bytes();
    std::size_t at = 0;
    const auto mayReplace = [&] { return most < 0 || most-- > 0; };
    if (old.empty()) {
        // Between all characters, and at both ends.
        while (mayReplace()) {
            result.append(replacement);
            if (at == bytes.size()) return result;
            const std::size_t end = at + characterLength(bytes, at);
            result.append(text, at, end);
            at = end;
        }
    } else {
        for (std::size_t found = findFirst(bytes, old.bytes()); found != kNotFound && mayReplace();
             found = findFirst(bytes, old.bytes(), at)) {
            result.append(text, at, found);
            result.append(replacement);
            at = found + old.size();
        }
    }
    result.append(text, at, text.size());
    return result;
}

Text stripped(const Text& text, std::optional<std::string_view> characters, Side side) {
    const std::string_view bytes = text.bytes();
    const auto goes = [&](std::size_t at) {
        if (!characters) return isSpace(codePointAt(bytes, at));
        return isOneOf(bytes.substr(at, characterLength(bytes, at)), *characters);
    };
    std::size_t begin = 0;
    std::size_t end = bytes.size();
    if (side != Side::Right) {
        while (begin < end && goes(begin)) begin += characterLength(bytes, begin);
    }
    if (side != Side::Left) {
        while (end > begin) {
            const std::size_t previous = previousCharacter(bytes, end);
            if (!goes(previous)) break;
            end = previous;
        }
    }
    return text.slice(begin, end);
}

std::vector<Text> linesOf(const Text& text, bool keepEnds) {
    std::vector<Text> lines;
    const std::string_view bytes = text.bytes();
    std::size_t begin = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = lineBreakLength(bytes, at);
        if (length == 0) {
            at += characterLength(bytes, at);
            continue;
        }
        lines.push_back(text.slice(begin, keepEnds ? at + length : at));
        at += length;
        begin = at;
    }
    if (begin < bytes.size()) lines.push_back(text.slice(begin, bytes.size()));
    return lines;
}

} // namespace ponder::engine::jinja
