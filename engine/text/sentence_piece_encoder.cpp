#include "engine/text/sentence_piece_encoder.h"

#include "engine/text/utf8.h"

#include <algorithm>

namespace ponder::engine {

namespace {

std::size_t indexOf(char left, char right) {
    return (std::size_t{static_cast<unsigned char>(left)} << 8) | static_cast<unsigned char>(right);
}

bool isInsideCharacter(char byte) {
    return (byte & 0xC0) == 0x80;
}

} // namespace

SentencePieceEncoder::SentencePieceEncoder(const Vocabulary& vocabulary)
    : vocabulary_(&vocabulary), ranks_(static_cast<std::size_t>(vocabulary.size())) {
    std::vector<TokenId> byScore;
    for (TokenId id = 0; id < vocabulary.size(); ++id) {
        if (vocabulary.kind(id) != TokenKind::Normal) continue;
        byScore.push_back(id);
        const std::string_view word = vocabulary.bytes(id);
        longestWord_ = std::max(longestWord_, word.size());
        for (std::size_t i = 1; i < word.size(); ++i) meets_[indexOf(word[i - 1], word[i])] = true;
    }
    std::stable_sort(byScore.begin(), byScore.end(),
                     [&](TokenId a, TokenId b) { return vocabulary.score(a) > vocabulary.score(b); });
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < byScore.size(); ++i) {
        if (i > 0 && vocabulary.score(byScore[i]) < vocabulary.score(byScore[i - 1])) ++rank;
        ranks_[static_cast<std::size_t>(byScore[i])] = rank;
    }
}

void SentencePieceEncoder::encode(std::string_view text, SymbolMerger& merger,
                                  std::vector<TokenId>& ids) const {
    // No token holds a pair of bytes that meets nowhere, so no merge crosses it: words can be merged one by
    // one.
    std::size_t begin = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (isInsideCharacter(text[i]) || meets_[indexOf(text[i - 1], text[i])]) continue;
        encodeStretch(text.substr(begin, i - begin), merger, ids);
        begin = i;
    }
    if (begin < text.size()) encodeStretch(text.substr(begin), merger, ids);
}

void SentencePieceEncoder::encodeStretch(std::string_view text, SymbolMerger& merger,
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
        return Join{id, ranks_[static_cast<std::size_t>(id)]};
    });
    const bool hasBytes = vocabulary_->byteToken(0) >= 0;
    merger.forEach([&](const Symbol& symbol) {
        if (symbol.id >= 0) {
            ids.push_back(symbol.id);
            return;
        }
        if (!hasBytes) {
            ids.push_back(vocabulary_->unknown());
            return;
        }
        for (const char byte : text.substr(symbol.begin, symbol.length)) {
            ids.push_back(vocabulary_->byteToken(static_cast<unsigned char>(byte)));
        }
    });
}

} // namespace ponder::engine
