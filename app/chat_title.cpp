#include "app/chat_title.h"

#include <cctype>

namespace ponder::app {

namespace {

constexpr std::size_t kLongestTitle = 50; // characters

bool isSpace(char letter) {
    return std::isspace(static_cast<unsigned char>(letter)) != 0;
}
bool isControl(char letter) {
    return std::iscntrl(static_cast<unsigned char>(letter)) != 0;
}
bool startsCharacter(char letter) {
    return (static_cast<unsigned char>(letter) & 0xc0) != 0x80;
}

/// Spaces joined, Markdown's line signs and control characters gone.
std::string oneLine(std::string_view text) {
    std::string line;
    bool lineStart = true;
    for (const char letter : text) {
        if (letter == '\n' || letter == '\r') lineStart = true;
        if (isSpace(letter)) {
            if (!line.empty() && line.back() != ' ') line += ' ';
            continue;
        }
        if (isControl(letter) || letter == '`') continue;
        if (lineStart && (letter == '#' || letter == '>' || letter == '*')) continue;
        lineStart = false;
        line += letter;
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

} // namespace

std::string titleFromPrompt(std::string_view prompt) {
    const std::string line = oneLine(prompt.substr(0, 4096));
    if (line.empty()) return "New chat";
    std::size_t characters = 0;
    std::size_t lastSpace = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == ' ') lastSpace = at;
        if (!startsCharacter(line[at]) || ++characters <= kLongestTitle) continue;
        // A long word, or a script without spaces, is cut where it is.
        std::string cut = line.substr(0, lastSpace > at / 2 ? lastSpace : at);
        while (!cut.empty() &&
               (cut.back() == ' ' || cut.back() == ',' || cut.back() == ';' || cut.back() == ':'))
            cut.pop_back();
        return cut + "…";
    }
    return line;
}

} // namespace ponder::app
