#include "engine/text/jinja/wrapping.h"

#include "engine/text/jinja/text_search.h"
#include "engine/text/jinja/unicode.h"

#include <algorithm>

namespace ponder::engine::jinja {

namespace {

/// A stretch of words or of white space, as byte offsets.
struct Chunk {
    std::size_t begin, end;
    std::int64_t characters;
    bool space;
};

bool isWrapSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isLetterAt(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) return false;
    const std::int32_t point = codePointAt(text, offset);
    return point >= 0 && isWord(point) && !isDecimal(point);
}

/// May a line end behind the hyphen at `at` of a word that began at `begin`?
bool breaksBehind(std::string_view text, std::size_t begin, std::size_t at) {
    if (text[at] != '-' || at < begin + 2) return false;
    return isLetterAt(text, previousCharacter(text, at)) &&
           isLetterAt(text, previousCharacter(text, at - 1)) && isLetterAt(text, at + 1);
}

std::vector<Chunk> chunksOf(std::string_view text, bool breakOnHyphens) {
    std::vector<Chunk> chunks;
    std::size_t begin = 0;
    const auto cut = [&](std::size_t end, bool space) {
        if (begin == end) return;
        chunks.push_back(
            {begin, end, static_cast<std::int64_t>(countCharacters(text.substr(begin, end - begin))), space});
        begin = end;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool space = isWrapSpace(text[at]);
        if (at > begin && isWrapSpace(text[begin]) != space) cut(at, !space);
        if (!space && breakOnHyphens && breaksBehind(text, begin, at)) cut(at + 1, false);
    }
    cut(text.size(), !text.empty() && isWrapSpace(text[text.size() - 1]));
    return chunks;
}

/// Cuts `count` characters off the front of a chunk.
Chunk takeFront(Chunk& chunk, std::string_view text, std::int64_t count) {
    Chunk front = chunk;
    front.characters = std::min(count, chunk.characters);
    front.end = front.begin;
    for (std::int64_t i = 0; i < front.characters; ++i) front.end += characterLength(text, front.end);
    chunk.begin = front.end;
    chunk.characters -= front.characters;
    return front;
}

} // namespace

std::vector<Text> wrapped(const Text& paragraph, const WrapStyle& style) {
    const std::string_view text = paragraph.bytes();
    std::vector<Chunk> chunks = chunksOf(text, style.breakOnHyphens);
    std::vector<Text> lines;
    std::size_t next = 0;
    while (next < chunks.size()) {
        if (chunks[next].space && !lines.empty() && ++next == chunks.size()) break;
        std::vector<Chunk> line;
        std::int64_t length = 0;
        while (next < chunks.size() && length + chunks[next].characters <= style.width) {
            length += chunks[next].characters;
            line.push_back(chunks[next++]);
        }
        if (next < chunks.size() && chunks[next].characters > style.width) {
            if (style.breakLongWords)
                line.push_back(
                    takeFront(chunks[next], text, std::max<std::int64_t>(1, style.width - length)));
            else if (line.empty())
                line.push_back(chunks[next++]);
        }
        if (!line.empty() && line.back().space) line.pop_back();
        if (line.empty()) continue;
        lines.push_back(paragraph.slice(line.front().begin, line.back().end));
    }
    return lines;
}

Text withoutTags(const Text& text) {
    Text plain;
    const std::string_view bytes = text.bytes();
    bool pendingSpace = false;
    for (std::size_t at = 0; at < bytes.size();) {
        if (bytes[at] == '<') {
            const bool comment = bytes.substr(at).starts_with("<!--");
            const std::size_t end = comment ? findFirst(bytes, "-->", at) : findFirst(bytes, ">", at);
            if (end != kNotFound) {
                at = end + (comment ? 3 : 1);
                continue;
            }
        }
        const std::size_t length = characterLength(bytes, at);
        if (isSpace(codePointAt(bytes, at))) {
            pendingSpace = !plain.empty();
        } else {
            if (pendingSpace) plain.append(" ", Origin::Markup);
            pendingSpace = false;
            plain.append(text, at, at + length);
        }
        at += length;
    }
    return plain;
}

} // namespace ponder::engine::jinja
