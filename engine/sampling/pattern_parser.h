#pragma once

#include "engine/sampling/character_automaton.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// A nondeterministic automaton over characters, as it is put together from a regular expression.
struct PatternGraph {
    static constexpr std::size_t kMostNodes = 20'000;

    struct Node {
        std::vector<CharacterRange> characters = {}; ///< empty: takes none
        std::vector<std::uint32_t> next = {};
    };
    std::vector<Node> nodes;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
};

/// Reads a regular expression (what of it is known: string_pattern.h). Every string that contains a match
/// leads from `start` to `end`. Throws Error.
PatternGraph parsePattern(std::string_view pattern);

} // namespace ponder::engine
