#pragma once

#include "engine/sampling/character_automaton.h"

#include <string_view>

namespace ponder::engine {

/// The strings in which a regular expression finds something, as JSON Schema's `pattern` means it (ECMA-262,
/// with Unicode). Of its syntax: characters, `.`, `[…]`, `\d \w \s` and their opposites, `\t \n \r \f \v \0`,
/// `\xHH`, `\uHHHH`, `\u{H…}`, groups, `|`, `* + ? {n} {n,} {n,m}` (lazy or not is the same here), `^` at the
/// beginning and `$` at the end of the expression or of one of its outermost alternatives. Throws Error that
/// names what else stands there, or when the expression needs too many states.
CharacterAutomaton stringsMatching(std::string_view pattern);

} // namespace ponder::engine
