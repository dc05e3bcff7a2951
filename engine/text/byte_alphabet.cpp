#include "engine/text/byte_alphabet.h"

#include <array>
#include <cstdint>

namespace ponder::engine {

namespace {

constexpr int kCharacters = 0x144; // the last one is U+0143

constexpr bool isPrintable(int byte) {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

/// Character → byte; -1 outside the alphabet. Printable bytes stand for themselves, the others for U+0100
/// onwards.
constexpr std::array<std::int16_t, kCharacters> alphabet() {
    std::array<std::int16_t, kCharacters> bytes{};
    for (auto& byte : bytes) byte = -1;
    int next = 0x100;
    for (int byte = 0; byte < 0x100; ++byte) {
        bytes[static_cast<std::size_t>(isPrintable(byte) ? byte : next++)] = static_cast<std::int16_t>(byte);
    }
    return bytes;
}

constexpr auto kAlphabet = alphabet();

} // namespace

void appendAlphabetBytes(std::string_view text, std::string& bytes) {
    const std::size_t before = bytes.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned character = static_cast<unsigned char>(text[i]);
        const bool isPair =
            character >= 0xC2 && character < 0xE0 && i + 1 < text.size() && (text[i + 1] & 0xC0) == 0x80;
        if (isPair)
            character = ((character & 0x1F) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3F);
        else if (character >= 0x80)
            character = kCharacters;
        if (character >= kCharacters || kAlphabet[character] < 0) {
            bytes.resize(before);
            bytes.append(text);
            return;
        }
        bytes += static_cast<char>(kAlphabet[character]);
    }
}

} // namespace ponder::engine
