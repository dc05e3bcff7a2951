#include "engine/text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace ponder::engine {

namespace {

/// What may follow a first byte: how many bytes in all, and the range of the second.
struct Lead {
    std::size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
};

Lead leadOf(unsigned char first) {
    if (first < 0x80) return {1};
    if (first < 0xC2) return {0};
    if (first < 0xE0) return {2};
    if (first == 0xE0) return {3, 0xA0, 0xBF};
    if (first == 0xED) return {3, 0x80, 0x9F};
    if (first < 0xF0) return {3};
    if (first == 0xF0) return {4, 0x90, 0xBF};
    if (first < 0xF4) return {4};
    if (first == 0xF4) return {4, 0x80, 0x8F};
    return {0};
}

/// How many bytes at the beginning agree with the form of the first one, at most the character's length.
std::size_t agreeingBytes(std::string_view text, const Lead& lead) {
    const std::size_t available = std::min(text.size(), lead.length);
    for (std::size_t i = 1; i < available; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const unsigned char low = i == 1 ? lead.low : 0x80;
        const unsigned char high = i == 1 ? lead.high : 0xBF;
        if (byte < low || byte > high) return i;
    }
    return available;
}

} // namespace

std::size_t utf8CharacterLength(std::string_view text) {
    if (text.empty()) return 0;
    const Lead lead = leadOf(static_cast<unsigned char>(text[0]));
    return lead.length <= text.size() && agreeingBytes(text, lead) == lead.length ? lead.length : 0;
}

std::size_t utf8ValidPrefix(std::string_view text) {
    std::size_t position = 0;
    while (position < text.size()) {
        if (text.size() - position >= sizeof(std::uint64_t)) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, text.data() + position, sizeof(eight));
            if ((eight & 0x8080808080808080u) == 0) {
                position += sizeof(eight);
                continue;
            }
        }
        const std::size_t length = utf8CharacterLength(text.substr(position));
        if (length == 0) break;
        position += length;
    }
    return position;
}

std::size_t utf8IncompleteSuffix(std::string_view text) {
    const std::size_t furthest = std::min<std::size_t>(3, text.size());
    for (std::size_t back = 1; back <= furthest; ++back) {
        const std::string_view end = text.substr(text.size() - back);
        const auto first = static_cast<unsigned char>(end[0]);
        if ((first & 0xC0) == 0x80) continue;
        const Lead lead = leadOf(first);
        return lead.length > back && agreeingBytes(end, lead) == back ? back : 0;
    }
    return 0;
}

std::string utf8Repaired(std::string_view text) {
    std::string repaired;
    repaired.reserve(text.size());
    while (!text.empty()) {
        const std::size_t valid = utf8ValidPrefix(text);
        repaired.append(text.substr(0, valid));
        text.remove_prefix(valid);
        if (text.empty()) break;
        repaired += "\xEF\xBF\xBD";
        const Lead lead = leadOf(static_cast<unsigned char>(text[0]));
        text.remove_prefix(std::max<std::size_t>(1, agreeingBytes(text, lead)));
    }
    return repaired;
}

} // namespace ponder::engine
