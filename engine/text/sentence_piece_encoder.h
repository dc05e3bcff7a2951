#pragma once

#include "engine/text/symbol_merger.h"
#include "engine/text/vocabulary.h"

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
    const Vocabulary* vocabulary_;
    std::size_t longestWord_ = 0;
};

} // namespace ponder::engine
