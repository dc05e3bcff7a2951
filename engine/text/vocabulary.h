#pragma once

#include "engine/text/token_index.h"
#include "engine/text/tokenizer.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// How a vocabulary builds tokens.
enum class VocabularyKind {
    BytePairs,          ///< `gpt2`: merges by rank over bytes
    SentencePiece,      ///< `llama`: merges by the score of the result over characters, unknown ones as bytes
    SentencePiecePairs, ///< `gemma4`: merges by rank over characters, unknown ones as bytes
};

/// A merge of two tokens into a third; the rank is its place in the list.
struct Merge {
    TokenId left = -1;
    TokenId right = -1;
    TokenId result = -1;
};

/// The `tokenizer.ggml.*` part of a model file, checked: what every token is and spells. Tokens spell plain
/// bytes: the byte alphabet, `▁` for a space and `<0x0A>` are undone here. Immutable; not movable, its index
/// points into it.
class Vocabulary {
public:
    /// Throws Error that names the field, its value and the limit.
    explicit Vocabulary(const GgufFile& file);
    Vocabulary(const Vocabulary&) = delete;
    Vocabulary& operator=(const Vocabulary&) = delete;

    VocabularyKind kind() const { return kind_; }
    int size() const { return static_cast<int>(kinds_.size()); }
    std::string_view bytes(TokenId id) const { return texts_.of(id); }
    TokenKind kind(TokenId id) const { return kinds_[static_cast<std::size_t>(id)]; }
    float score(TokenId id) const { return scores_[static_cast<std::size_t>(id)]; }

    /// The token ordinary text of these bytes may become (normal or user-defined), -1 if there is none.
    TokenId findWord(std::string_view bytes) const { return words_.find(bytes); }
    /// Any token with this text, -1 if there is none.
    TokenId find(std::string_view text) const;
    /// The token that stands for one byte, -1 if there is none.
    TokenId byteToken(unsigned char byte) const { return byteTokens_[byte]; }

    TokenId bos() const { return bos_; }
    TokenId eos() const { return eos_; }
    TokenId unknown() const { return unknown_; }
    bool endsAnswer(TokenId id) const { return endsAnswer_[static_cast<std::size_t>(id)]; }

    /// `tokenizer.ggml.merges` in order. Throws Error: wrong type, no space, an unknown piece.
    std::vector<Merge> readMerges(const GgufFile& file) const;

    const std::vector<std::string>& notices() const { return notices_; }

private:
    void readKinds(const GgufFile& file);
    void readScores(const GgufFile& file);
    void readTexts(const std::vector<std::string_view>& names);
    void readByteTokens(const std::vector<std::string_view>& names);
    void readSpecialIds(const GgufFile& file);
    void markAnswerEnds(const GgufFile& file);
    void checkByteTokens();
    TokenId specialId(const GgufFile& file, std::string_view name) const;
    TokenId findMergePiece(std::string_view text, std::string& scratch) const;

    VocabularyKind kind_ = VocabularyKind::BytePairs;
    std::vector<TokenKind> kinds_; ///< [token]
    std::vector<float> scores_;    ///< [token], SentencePiece only
    TokenTexts texts_;
    TokenIndex words_;
    TokenIndex names_; ///< tokens that ordinary text never becomes
    std::array<TokenId, 256> byteTokens_{};
    std::vector<bool> endsAnswer_; ///< [token]
    TokenId bos_ = -1;
    TokenId eos_ = -1;
    TokenId unknown_ = -1;
    std::vector<std::string> notices_;
};

} // namespace ponder::engine
