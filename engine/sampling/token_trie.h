#pragma once

#include "engine/text/tokenizer.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ponder::engine {

/// The tokens of a vocabulary that text is made of, as a tree of their bytes: tokens that begin alike are
/// tried together. Immutable: any thread.
class TokenTrie {
public:
    /// Longer tokens are few and are kept apart: the tree stays shallow.
    static constexpr std::size_t kLongestInTree = 16;

    using Word = std::pair<TokenId, std::string_view>;
    /// `words` are the tokens with their bytes, of `vocabularySize` in all; empty ones are left out.
    TokenTrie(std::span<const Word> words, std::size_t vocabularySize);

    /// A byte behind those of the nodes above it. Nodes stand in the order a walk meets them, children behind
    /// their parent; the last one is no node and ends the others.
    struct Node {
        std::uint32_t end = 0;   ///< the first node that does not stand below it
        std::uint32_t token = 0; ///< the first token, in order, that begins with its bytes
        std::uint8_t depth = 0;  ///< how many bytes stand before its own
        unsigned char byte = 0;
    };
    std::span<const Node> nodes() const { return {nodes_.data(), nodes_.size() - 1}; }
    /// The tokens that are exactly the bytes of `node`, and those that begin with them: places in `order`.
    std::pair<std::uint32_t, std::uint32_t> tokensAt(std::size_t node) const {
        return {nodes_[node].token, nodes_[node + 1].token};
    }
    std::pair<std::uint32_t, std::uint32_t> tokensBelow(std::size_t node) const {
        return {nodes_[node].token, nodes_[nodes_[node].end].token};
    }

    /// The tokens of the tree in the order of their bytes, then the long ones in theirs.
    TokenId id(std::uint32_t place) const { return ids_[place]; }
    std::string_view bytes(std::uint32_t place) const {
        return std::string_view(bytes_).substr(offsets_[place], offsets_[place + 1] - offsets_[place]);
    }
    /// How many bytes it begins with that the one before it begins with, too.
    std::uint32_t shared(std::uint32_t place) const { return shared_[place]; }
    std::uint32_t treeTokens() const { return nodes_.back().token; }
    std::uint32_t tokens() const { return static_cast<std::uint32_t>(ids_.size()); }
    std::size_t vocabularySize() const { return vocabularySize_; }

private:
    void add(const Word& word);
    void build();

    std::size_t vocabularySize_ = 0;
    std::vector<Node> nodes_;
    std::vector<TokenId> ids_;
    std::string bytes_;
    std::vector<std::uint32_t> offsets_;
    std::vector<std::uint32_t> shared_;
};

} // namespace ponder::engine
