#pragma once

#include "engine/sampling/character_automaton.h"

#include <vector>

namespace ponder::engine {

constexpr char32_t kLastCharacter = 0x10FFFF;

/// Characters, as stretches.
using CharacterSet = std::vector<CharacterRange>;

/// The same set, its stretches in order and apart from each other.
CharacterSet joined(CharacterSet set);
/// Every character that is not in `set`.
CharacterSet allBut(const CharacterSet& set);

// What `\d`, `\w`, `\s` and the opposite of `.` mean in ECMA-262.
CharacterSet digits();
CharacterSet wordCharacters();
CharacterSet spaces();
CharacterSet lineEnds();

} // namespace ponder::engine
