#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ponder::engine {

/// First and last character of a stretch of Unicode.
struct CharacterRange {
    char32_t first = 0;
    char32_t last = 0;
};

/// A deterministic automaton over characters: which strings are meant. Its strings hold what JSON can carry
/// without doubt: no surrogates, and of the control characters only tab, line feed, form feed, carriage
/// return and backspace.
struct CharacterAutomaton {
    static constexpr std::size_t kMostStates = 8'000;

    struct Edge {
        char32_t first = 0;
        char32_t last = 0;
        std::uint32_t next = 0;
    };
    struct State {
        bool accepts = false;
        std::vector<Edge> edges = {}; ///< in order, apart from each other
    };
    std::vector<State> states; ///< the first one is the start; none: there is no such string
};

/// The characters a string may hold, in order.
std::span<const CharacterRange> stringCharacters();

/// Strings of `least` to `most` characters; without `most`, of any number from `least` on. Throws Error
/// beyond kMostStates.
CharacterAutomaton stringsOfLength(std::uint32_t least, std::optional<std::uint32_t> most);
/// All strings but these, given as UTF-8.
CharacterAutomaton stringsBut(std::span<const std::string> excluded);
/// Strings that both mean. Throws Error beyond kMostStates.
CharacterAutomaton bothOf(const CharacterAutomaton& a, const CharacterAutomaton& b);
/// [state]: the first state that takes the same as it, as far as strings of `characters` can tell which may
/// go on. Requires: no dead ends.
std::vector<std::uint32_t> alikeStates(const CharacterAutomaton& automaton, std::uint32_t characters);
/// Without the states from which no string comes to its end.
CharacterAutomaton withoutDeadEnds(const CharacterAutomaton& automaton);

} // namespace ponder::engine
