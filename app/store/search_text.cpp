#include "app/store/search_text.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <vector>

namespace ponder::app {

namespace {

constexpr char kSeparator = '\x1f';

struct Character {
    char32_t code = 0;
    std::size_t bytes = 1;
};

// Broken UTF-8 passes byte by byte, as no character at all.
Character characterAt(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    const std::size_t bytes = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
    if (bytes == 0 || at + bytes > text.size()) return {0xfffd, 1};
    char32_t code = bytes == 1 ? lead : lead & (0x7f >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(at + i) & 0xc0) != 0x80) return {0xfffd, 1};
        code = (code << 6) | (byte(at + i) & 0x3f);
    }
    return {code, bytes};
}

bool standsAlone(char32_t code) {
    static constexpr std::array<std::pair<char32_t, char32_t>, 12> kRanges{{
        {0x1100, 0x11ff}, // Hangul letters
        {0x2e80, 0x2fdf}, // radicals
        {0x3005, 0x3007}, // iteration mark, zero
        {0x3040, 0x30ff}, // Hiragana, Katakana
        {0x3100, 0x31bf}, // Bopomofo, Hangul letters
        {0x31f0, 0x31ff}, // small Katakana
        {0x3400, 0x4dbf}, // ideographs
        {0x4e00, 0x9fff},
        {0xac00, 0xd7ff},   // Hangul syllables
        {0xf900, 0xfaff},   // compatibility ideographs
        {0xff66, 0xff9f},   // half-width Katakana
        {0x20000, 0x3ffff}, // further ideographs
    }};
    for (const auto& [first, last] : kRanges)
        if (code >= first && code <= last) return true;
    return false;
}

bool hasWord(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Character character = characterAt(text, at);
        if (character.code >= 0x80 && character.code != 0xfffd) return true;
        if (character.code < 0x80 && std::isalnum(static_cast<int>(character.code))) return true;
        at += character.bytes;
    }
    return false;
}

struct Word {
    std::string text;
    bool quoted = false;
    bool prefix = false;
};

std::vector<Word> wordsOf(std::string_view typed) {
    std::vector<Word> words;
    for (std::size_t at = 0; at < typed.size();) {
        if (std::isspace(static_cast<unsigned char>(typed[at]))) {
            ++at;
            continue;
        }
        Word word;
        if (typed[at] == '"') {
            const std::size_t end = std::min(typed.find('"', at + 1), typed.size());
            word.text = typed.substr(at + 1, end - at - 1);
            word.quoted = true;
            at = end + 1;
        } else {
            std::size_t end = at;
            while (end < typed.size() && !std::isspace(static_cast<unsigned char>(typed[end])) &&
                   typed[end] != '"')
                ++end;
            // model:"two words"
            if (end < typed.size() && typed[end] == '"' && typed[end - 1] == ':') {
                const std::size_t close = std::min(typed.find('"', end + 1), typed.size());
                word.text = std::string(typed.substr(at, end - at)) +
                            std::string(typed.substr(end + 1, close - end - 1));
                end = std::min(close + 1, typed.size());
            } else {
                word.text = typed.substr(at, end - at);
            }
            at = end;
            while (word.text.size() > 1 && word.text.back() == '*') {
                word.text.pop_back();
                word.prefix = true;
            }
        }
        if (at < typed.size() && word.quoted && typed[at] == '*') {
            word.prefix = true;
            ++at;
        }
        words.push_back(std::move(word));
    }
    return words;
}

std::int64_t startOfDay(const std::string& date) {
    int year = 0;
    int month = 1;
    int day = 1;
    char rest = 0;
    const int fields = std::sscanf(date.c_str(), "%4d-%2d-%2d%c", &year, &month, &day, &rest);
    std::tm local{};
    local.tm_year = year - 1900;
    local.tm_mon = month - 1;
    local.tm_mday = day;
    local.tm_isdst = -1;
    const std::tm asked = local;
    const std::time_t seconds = std::mktime(&local);
    if (fields < 1 || fields > 3 || year < 1970 || local.tm_mon != asked.tm_mon ||
        local.tm_mday != asked.tm_mday)
        throw engine::Error("\"" + date + "\" is no date. Write it as 2026-03-31.");
    return static_cast<std::int64_t>(seconds) * 1000;
}

/// True if the word was a filter.
bool takeFilter(const std::string& word, SearchQuery& query) {
    const std::size_t colon = word.find(':');
    if (colon == std::string::npos) return false;
    const std::string name = word.substr(0, colon);
    const std::string value = word.substr(colon + 1);
    if (name == "role") {
        if (value != "user" && value != "assistant")
            throw engine::Error("role:" + value + " is not known. Write role:user or role:assistant.");
        query.role = value == "user" ? engine::Role::User : engine::Role::Assistant;
    } else if (name == "in") {
        if (value == "thoughts")
            query.place = SearchPlace::Thoughts;
        else if (value == "answers")
            query.place = SearchPlace::Answers;
        else if (value == "archive")
            query.archived = true;
        else
            throw engine::Error("in:" + value +
                                " is not known. Write in:thoughts, in:answers or in:archive.");
    } else if (name == "model") {
        query.model = value;
    } else if (name == "after") {
        query.afterMs = startOfDay(value);
    } else if (name == "before") {
        query.beforeMs = startOfDay(value);
    } else {
        return false;
    }
    return true;
}

std::string quotedForIndex(const std::string& text) {
    std::string quoted = "\"";
    for (const char letter : searchText(text)) {
        quoted += letter;
        if (letter == '"') quoted += letter;
    }
    return quoted + "\"";
}

} // namespace

std::string searchText(std::string_view text) {
    std::string split;
    split.reserve(text.size() + text.size() / 8);
    bool afterAlone = false;
    for (std::size_t at = 0; at < text.size();) {
        const Character character = characterAt(text, at);
        const bool alone = standsAlone(character.code);
        if ((alone || afterAlone) && at > 0) split += kSeparator;
        if (text[at] != kSeparator && text[at] != '\0') split.append(text.substr(at, character.bytes));
        afterAlone = alone;
        at += character.bytes;
    }
    return split;
}

std::string shownText(std::string_view text) {
    std::string shown;
    for (const char letter : text)
        if (letter != kSeparator) shown += letter;
    return shown;
}

SearchQuery parseSearch(std::string_view typed, LastWord lastWord) {
    SearchQuery query;
    std::vector<Word> words;
    for (Word& word : wordsOf(typed))
        if (word.quoted || !takeFilter(word.text, query)) words.push_back(std::move(word));
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!hasWord(words[i].text)) continue;
        if (!query.match.empty()) query.match += " AND ";
        query.match += quotedForIndex(words[i].text);
        query.words.push_back(words[i].text);
        const bool typing = lastWord == LastWord::Prefix && i + 1 == words.size() && !words[i].quoted;
        if (words[i].prefix || typing) query.match += " *";
    }
    query.impossible = !words.empty() && query.match.empty();
    if (!query.match.empty() && query.place != SearchPlace::Everywhere)
        query.match = std::string(query.place == SearchPlace::Thoughts ? "thoughts" : "words") + " : (" +
                      query.match + ")";
    return query;
}

} // namespace ponder::app
