#include "app/library/model_names.h"

#include <algorithm>
#include <cstdio>

namespace ponder::app {

namespace {

constexpr std::string_view kEnding = ".gguf";
// "-00002-of-00003"
constexpr std::size_t kPartMark = 15;
constexpr std::size_t kPartDigits = 5;
// What programs hang on to the name of a file they are still writing, and put before it.
constexpr std::string_view kUnfinishedEndings[] = {".part", ".partial",    ".incomplete",
                                                   ".tmp",  ".crdownload", ".download"};
constexpr std::string_view kUnfinishedBeginnings[] = {"incomplete-", "downloading_"};

bool isDigit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// The number in five digits, -1 for anything else.
int fiveDigits(std::string_view text) {
    int number = 0;
    for (const char letter : text) {
        if (!isDigit(letter)) return -1;
        number = number * 10 + (letter - '0');
    }
    return text.size() == kPartDigits ? number : -1;
}

} // namespace

std::string lowered(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

std::string PartName::fileName(int other) const {
    char numbers[40];
    std::snprintf(numbers, sizeof numbers, "-%05d-of-%05d.gguf", other, count);
    return stem + numbers;
}

PartName partNameOf(const std::string& fileName) {
    const std::string stem = fileName.substr(0, fileName.size() - std::min(fileName.size(), kEnding.size()));
    if (stem.size() <= kPartMark) return {stem, 1, 1};
    const std::string_view mark = std::string_view(stem).substr(stem.size() - kPartMark);
    const int number = fiveDigits(mark.substr(1, kPartDigits));
    const int count = fiveDigits(mark.substr(kPartMark - kPartDigits));
    if (mark[0] != '-' || lowered(std::string(mark.substr(6, 4))) != "-of-" || number < 1 || count < number)
        return {stem, 1, 1};
    return {stem.substr(0, stem.size() - kPartMark), number, count};
}

bool isModelFileName(const std::string& fileName) {
    const std::string name = lowered(fileName);
    return name.size() > kEnding.size() && name.ends_with(kEnding) && !name.starts_with("mmproj") &&
           !name.starts_with(".") && finalNameOf(fileName).empty();
}

std::string finalNameOf(const std::string& fileName) {
    std::string name = fileName;
    bool isUnfinished = false;
    for (const std::string_view ending : kUnfinishedEndings)
        if (lowered(name).ends_with(ending)) {
            name.resize(name.size() - ending.size());
            isUnfinished = true;
            break;
        }
    for (const std::string_view beginning : kUnfinishedBeginnings)
        if (name.starts_with(beginning)) {
            name.erase(0, beginning.size());
            isUnfinished = true;
        }
    const bool isModel = lowered(name).ends_with(kEnding) && name.size() > kEnding.size() && name[0] != '.';
    return isUnfinished && isModel ? name : std::string();
}

std::string sha256In(std::string_view text) {
    for (const std::string_view prefix : {"sha256-", "sha256:"})
        if (text.starts_with(prefix)) {
            text.remove_prefix(prefix.size());
            break;
        }
    constexpr std::size_t kDigits = 64;
    const bool isDigest = text.size() == kDigits && std::all_of(text.begin(), text.end(), [](char letter) {
                              return isDigit(letter) || (letter >= 'a' && letter <= 'f');
                          });
    return isDigest ? std::string(text) : std::string();
}

} // namespace ponder::app
