#include "app/chat_title.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace ponder::app {

namespace {

constexpr std::size_t kLongestTitle = 50; // characters
constexpr std::size_t kLongestAnswer = 60;

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

std::string shortened(const std::string& line, std::size_t mostCharacters) {
    std::size_t characters = 0;
    std::size_t lastSpace = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == ' ') lastSpace = at;
        if (!startsCharacter(line[at]) || ++characters <= mostCharacters) continue;
        // A long word, or a script without spaces, is cut where it is.
        std::string cut = line.substr(0, lastSpace > at / 2 ? lastSpace : at);
        while (!cut.empty() &&
               (cut.back() == ' ' || cut.back() == ',' || cut.back() == ';' || cut.back() == ':'))
            cut.pop_back();
        return cut + "…";
    }
    return line;
}

constexpr std::array<std::string_view, 20> kWrapping{"\"", "'", "`", "*",  "_",  "“",  "”",  "„",  "‟",  "‘",
                                                     "’",  "«", "»", "「", "」", "『", "』", "《", "》", " "};
// Behind the words they may be; a question keeps its mark.
constexpr std::array<std::string_view, 3> kEndings{".", "。", "…"};
constexpr std::array<std::string_view, 5> kLabels{"title:", "chat title:", "titel:", "标题:", "标题："};

/// Removes what is no part of the words at both ends.
std::string_view unwrapped(std::string_view line) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view sign : kWrapping) {
            if (line.starts_with(sign)) {
                line.remove_prefix(sign.size());
                again = true;
            } else if (line.ends_with(sign)) {
                line.remove_suffix(sign.size());
                again = true;
            }
        }
        if (line.starts_with("- ")) line.remove_prefix(2);
        for (const std::string_view sign : kEndings) {
            if (!line.ends_with(sign)) continue;
            line.remove_suffix(sign.size());
            again = true;
        }
    }
    return line;
}

std::string_view withoutLabel(std::string_view line) {
    std::string lower(line.substr(0, 24));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    for (const std::string_view label : kLabels)
        if (lower.starts_with(label)) return line.substr(label.size());
    return line;
}

/// In small letters, without signs.
std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    bool inWord = false;
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        const bool isPart = std::isalnum(code) != 0 || code >= 0x80;
        if (isPart && !inWord) words.emplace_back();
        if (isPart) words.back() += static_cast<char>(std::tolower(code));
        inWord = isPart;
    }
    return words;
}

bool repeats(std::string_view line, std::string_view request) {
    // Fewer can be a chat's own.
    constexpr std::size_t kFewestWords = 4;
    const std::vector<std::string> words = wordsOf(line);
    const std::vector<std::string> asked = wordsOf(request);
    return words.size() >= kFewestWords && std::all_of(words.begin(), words.end(), [&](const auto& word) {
               return std::find(asked.begin(), asked.end(), word) != asked.end();
           });
}

/// Thoughts that a model wrote as text.
std::string_view withoutThoughts(std::string_view answer) {
    constexpr std::string_view kCloser = "</think>";
    const std::size_t closer = answer.rfind(kCloser);
    if (closer != std::string_view::npos) return answer.substr(closer + kCloser.size());
    return answer.find("<think>") == std::string_view::npos ? answer : std::string_view();
}

} // namespace

std::string titleFromPrompt(std::string_view prompt) {
    const std::string line = oneLine(prompt.substr(0, 4096));
    return line.empty() ? "New chat" : shortened(line, kLongestTitle);
}

std::string titleFromAnswer(std::string_view answer, std::string_view request) {
    answer = withoutThoughts(answer.substr(0, 4096));
    while (!answer.empty()) {
        const std::size_t end = std::min(answer.find('\n'), answer.size());
        const std::string line = oneLine(answer.substr(0, end));
        answer.remove_prefix(std::min(end + 1, answer.size()));
        const std::string_view words = unwrapped(withoutLabel(unwrapped(line)));
        // "Here is a title:"
        const bool announces = words.ends_with(":") || words.ends_with("：");
        if (!words.empty() && !(announces && !answer.empty()) && !repeats(words, request))
            return shortened(std::string(words), kLongestAnswer);
    }
    return {};
}

} // namespace ponder::app
