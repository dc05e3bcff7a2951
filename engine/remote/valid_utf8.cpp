#include "engine/remote/valid_utf8.h"

#include <cstddef>

namespace ponder::engine {

namespace {

/// Bytes of the well-formed character at the front of `text`, 0 if there is none (Unicode 15, table 3-7).
std::size_t characterBytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto isTail = [&](std::size_t i, unsigned low, unsigned high) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return isTail(1, 0x80, 0xBF) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = first == 0xED ? 0x9F : 0xBF;
        return isTail(1, low, high) && isTail(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const unsigned low = first == 0xF0 ? 0x90 : 0x80;
        const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
        return isTail(1, low, high) && isTail(2, 0x80, 0xBF) && isTail(3, 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::string validUtf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const std::size_t count = characterBytes(text);
        if (count == 0) {
            valid += "\xEF\xBF\xBD";
        } else {
            valid += text.substr(0, count);
        }
        text.remove_prefix(count == 0 ? 1 : count);
    }
    return valid;
}

} // namespace ponder::engine
