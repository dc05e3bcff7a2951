#pragma once

#include "engine/text/tokenizer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ponder::engine {

/// A set of tokens of one vocabulary.
class TokenMask {
public:
    explicit TokenMask(std::size_t vocabularySize = 0) : words_((vocabularySize + 63) / 64) {}

    void add(TokenId id) { words_[static_cast<std::size_t>(id) / 64] |= bit(id); }
    void remove(TokenId id) { words_[static_cast<std::size_t>(id) / 64] &= ~bit(id); }
    bool has(TokenId id) const { return (words_[static_cast<std::size_t>(id) / 64] & bit(id)) != 0; }
    bool empty() const;
    /// Makes every other token impossible. `logits` is [vocabulary].
    void apply(std::span<float> logits) const;

private:
    static std::uint64_t bit(TokenId id) { return std::uint64_t{1} << (static_cast<std::size_t>(id) % 64); }

    std::vector<std::uint64_t> words_;
};

} // namespace ponder::engine
