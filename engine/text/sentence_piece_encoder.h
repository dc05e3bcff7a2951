#pragma once

#include "engine/text/symbol_merger.h"
#include "engine/text/vocabulary.h"

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// SentencePiece's BPE (Kudo & Richardson 2018, bpe_model.cc): starts from characters and joins the
/// neighbours whose common text is the token with the best score. Characters without a token become their
/// bytes. Immutable.
class SentencePieceEncoder {
public:
    explicit SentencePieceEncoder(const Vocabulary& vocabulary);

    /// `text` has plain spaces, as the vocabulary's bytes have.
    void encode(std::string_view text, SymbolMerger& merger, std::vector<TokenId>& ids) const;

private:
    void encodeStretch(std::string_view text, SymbolMerger& merger, std::vector<TokenId>& ids) const;

    const Vocabulary* vocabulary_;
    std::vector<std::uint32_t> ranks_; ///< [token] 0 has the best score, equal scores have equal ranks
    std::bitset<1 << 16> meets_;       ///< [left byte << 8 | right byte] neighbours in some token
    std::size_t longestWord_ = 0;
};

} // namespace ponder::engine
