#include "engine/text/sentence_piece_encoder.h"

#include "engine/text/utf8.h"

#include <algorithm>

namespace ponder::engine {

SentencePieceEncoder::SentencePieceEncoder(const Vocabulary& vocabulary) : vocabulary_(&vocabulary) {
    for (TokenId id = 0; id < vocabulary.size(); ++id) {
        longestWord_ = std::max(longestWord_, vocabulary.bytes(id).size());
    }
}

void SentencePieceEncoder::encode(std::string_view text, SymbolMerger& merger,
                                  std::vector<TokenId>& ids) const {
    merger.clear();
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = std::max<std::size_t>(1, utf8CharacterLength(text.substr(i)));
        merger.add(vocabulary_->findWord(text.substr(i, length)), i, length);
        i += length;
    }
    merger.merge([this, text](const Symbol& left, const Symbol& right) -> std::optional<Join> {
        const std::size_t length = std::size_t{left.length} + right.length;
        if (length > longestWord_) return std::nullopt;
        const TokenId id = vocabulary_->findWord(text.substr(left.begin, length));
        // User-defined tokens are cut out before; what is left of them here is text that may not name them.
        if (id < 0 || vocabulary_->kind(id) != TokenKind::Normal) return std::nullopt;
        return Join{id, -static_cast<double>(vocabulary_->score(id))};
    });
    merger.forEach([&](const Symbol& symbol) {
        if (symbol.id >= 0) {
            ids.push_back(symbol.id);
            return;
        }
        for (const char byte : text.substr(symbol.begin, symbol.length)) {
            const TokenId id = vocabulary_->byteToken(static_cast<unsigned char>(byte));
            if (id >= 0) ids.push_back(id);
        }
        const bool hasBytes = vocabulary_->byteToken(0) >= 0;
        if (!hasBytes) ids.push_back(vocabulary_->unknown());
    });
}

} // namespace ponder::engine
