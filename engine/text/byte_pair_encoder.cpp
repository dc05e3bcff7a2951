#include "engine/text/byte_pair_encoder.h"

#include "engine/text/utf8.h"

#include <bit>

namespace ponder::engine {

BytePairEncoder::BytePairEncoder(const Vocabulary& vocabulary, const GgufFile& file)
    : vocabulary_(&vocabulary) {
    const std::vector<Merge> merges = vocabulary.readMerges(file);
    entries_.resize(std::bit_ceil(merges.size() * 2 + 2));
    mask_ = entries_.size() - 1;
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const Merge& merge = merges[rank];
        // Text never becomes a control token, not even by a merge list that says so.
        const TokenKind kind = vocabulary.kind(merge.result);
        if (kind == TokenKind::Control || kind == TokenKind::Unknown) continue;
        Entry& entry = entries_[slotOf(pairOf(merge.left, merge.right))];
        if (entry.pair != kNoPair) continue;
        entry = {pairOf(merge.left, merge.right), static_cast<std::int32_t>(rank), merge.result};
    }
}

std::size_t BytePairEncoder::slotOf(std::uint64_t pair) const {
    std::uint64_t hash = pair * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
    std::size_t slot = hash & mask_;
    while (entries_[slot].pair != kNoPair && entries_[slot].pair != pair) slot = (slot + 1) & mask_;
    return slot;
}

std::optional<Join> BytePairEncoder::findJoin(TokenId left, TokenId right) const {
    if (left < 0 || right < 0) return std::nullopt;
    const Entry& entry = entries_[slotOf(pairOf(left, right))];
    if (entry.result < 0) return std::nullopt;
    return Join{entry.result, static_cast<std::uint32_t>(entry.rank)};
}

void BytePairEncoder::encode(std::string_view piece, SymbolMerger& merger, std::vector<TokenId>& ids) const {
    merger.clear();
    if (vocabulary_->kind() == VocabularyKind::BytePairs) {
        for (std::size_t i = 0; i < piece.size(); ++i) {
            merger.add(vocabulary_->byteToken(static_cast<unsigned char>(piece[i])), i, 1);
        }
    } else {
        for (std::size_t i = 0; i < piece.size();) {
            const std::size_t length = std::max<std::size_t>(1, utf8CharacterLength(piece.substr(i)));
            merger.add(vocabulary_->findWord(piece.substr(i, length)), i, length);
            i += length;
        }
    }
    merger.merge([this](const Symbol& left, const Symbol& right) { return findJoin(left.id, right.id); });
    merger.forEach([&](const Symbol& symbol) {
        if (symbol.id >= 0) {
            ids.push_back(symbol.id);
            return;
        }
        for (const char byte : piece.substr(symbol.begin, symbol.length)) {
            TokenId id = vocabulary_->byteToken(static_cast<unsigned char>(byte));
            if (id < 0) id = vocabulary_->unknown();
            if (id >= 0) ids.push_back(id);
        }
    });
}

} // namespace ponder::engine
