#pragma once

#include "engine/text/tokenizer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// Where each token's bytes lie in one common string.
struct TokenTexts {
    std::string bytes;
    std::vector<std::uint32_t> ends; ///< [token]

    std::string_view of(TokenId id) const {
        const auto index = static_cast<std::size_t>(id);
        const std::uint32_t begin = index == 0 ? 0 : ends[index - 1];
        return std::string_view(bytes).substr(begin, ends[index] - begin);
    }
};

/// Token text → id by open addressing; keeps ids only, the texts stay where they are. The texts must outlive
/// it.
class TokenIndex {
public:
    TokenIndex(const TokenTexts& texts, std::size_t capacity);

    /// Keeps what is there when the text is known already.
    void insert(TokenId id);
    /// -1 if there is none.
    TokenId find(std::string_view text) const;

private:
    struct Slot {
        std::uint32_t hash = 0;
        TokenId id = -1;
    };
    std::size_t slotOf(std::string_view text, std::uint32_t hash) const;

    const TokenTexts* texts_;
    std::vector<Slot> slots_;
    std::size_t mask_ = 0;
};

} // namespace ponder::engine
