#pragma once

#include "engine/text/vocabulary.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ponder::engine {

/// Finds in text the tokens that are taken whole, before anything is split or merged: the longest one at the
/// leftmost place. Immutable.
class SpecialTokenCutter {
public:
    /// Who wrote the text, and so which tokens it may name.
    enum class Trust {
        Content, ///< a person: user-defined tokens that are plain words, no marker of a role, a tool or a
                 ///< thought
        Text,    ///< all user-defined tokens
        Markup,  ///< control tokens too
    };

    explicit SpecialTokenCutter(const Vocabulary& vocabulary);

    struct Hit {
        TokenId id = -1;
        std::size_t begin = 0;
        std::size_t length = 0;
    };
    /// The first token in `text` from `position` on; id -1 if there is none.
    Hit next(std::string_view text, std::size_t position, Trust trust) const;

private:
    struct Node {
        TokenId id = -1;
        Trust trust = Trust::Text;
    };
    void add(std::string_view text, TokenId id, Trust trust);
    Hit longestAt(std::string_view text, std::size_t position, Trust trust) const;

    std::vector<Node> nodes_;
    std::unordered_map<std::uint64_t, std::uint32_t> children_; ///< node << 8 | byte → node
    std::vector<bool> starts_;                                  ///< [byte] some token begins with it
};

} // namespace ponder::engine
