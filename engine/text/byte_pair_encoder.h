#pragma once

#include "engine/text/symbol_merger.h"
#include "engine/text/vocabulary.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// Byte-pair encoding of one piece of text: starts from single bytes (or characters) and joins the pair that
/// stands first in the merge list until none is left (Sennrich et al. 2016). Immutable; the merger is the
/// caller's.
class BytePairEncoder {
public:
    /// Throws Error: damaged merge list.
    BytePairEncoder(const Vocabulary& vocabulary, const GgufFile& file);

    void encode(std::string_view piece, SymbolMerger& merger, std::vector<TokenId>& ids) const;

private:
    struct Entry {
        std::uint64_t pair = kNoPair;
        std::int32_t rank = 0;
        TokenId result = -1;
    };
    static constexpr std::uint64_t kNoPair = ~std::uint64_t{0};
    static std::uint64_t pairOf(TokenId left, TokenId right) {
        return (static_cast<std::uint64_t>(left) << 32) | static_cast<std::uint32_t>(right);
    }
    std::size_t slotOf(std::uint64_t pair) const;
    std::optional<Join> findJoin(TokenId left, TokenId right) const;

    const Vocabulary* vocabulary_;
    std::vector<Entry> entries_; ///< open addressing
    std::size_t mask_ = 0;
};

} // namespace ponder::engine
