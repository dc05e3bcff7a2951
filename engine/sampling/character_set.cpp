#include "engine/sampling/character_set.h"

#include <algorithm>

namespace ponder::engine {

CharacterSet joined(CharacterSet set) {
    std::ranges::sort(set, {}, &CharacterRange::first);
    CharacterSet all;
    for (const CharacterRange& range : set) {
        if (!all.empty() && range.first <= all.back().last + 1)
            all.back().last = std::max(all.back().last, range.last);
        else
            all.push_back(range);
    }
    return all;
}

CharacterSet allBut(const CharacterSet& set) {
    CharacterSet others;
    char32_t begin = 0;
    for (const CharacterRange& range : joined(set)) {
        if (range.first > begin) others.push_back({begin, range.first - 1});
        begin = range.last + 1;
    }
    if (begin <= kLastCharacter) others.push_back({begin, kLastCharacter});
    return others;
}

CharacterSet digits() {
    return {{'0', '9'}};
}

CharacterSet wordCharacters() {
    return {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
}

CharacterSet spaces() {
    return {{0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
            {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
}

CharacterSet lineEnds() {
    return {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};
}

} // namespace ponder::engine
