#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

class GgufFile;

using TokenId = std::int32_t;

/// Which special tokens text may become. Content never becomes a control token, whatever it contains.
enum class SpecialTokens {
    AsText,  ///< user-defined tokens only (they are ordinary words of the vocabulary)
    Allowed, ///< control tokens too: for markup a template wrote
};

enum class TokenKind { Normal, Unknown, Control, UserDefined, Unused, Byte };

/// A stretch of prompt text: markup comes from the template, content from a person, a file or an earlier
/// answer.
struct PromptSegment {
    enum class Kind { Markup, Content };
    Kind kind = Kind::Markup;
    std::string text;
    int source = -1; ///< of content: message n's text is 2n, its thought 2n + 1
};

/// A token of a prompt and where in it the token begins.
struct PlacedToken {
    TokenId id = 0;
    int segment = -1;       ///< -1: a BOS that no segment names
    std::size_t offset = 0; ///< in the segment, in bytes
};

/// Text ⇄ token ids for one vocabulary (BPE over bytes, or SentencePiece's unigram-scored merges). Immutable
/// after construction: any thread.
class Tokenizer {
public:
    /// Reads `tokenizer.ggml.*`. Throws Error that names the field: missing, unknown kind, ids out of range.
    explicit Tokenizer(const GgufFile& file);
    ~Tokenizer();
    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;

    int size() const;
    /// Ids of `text` without BOS or EOS. Invalid UTF-8 is kept byte by byte.
    std::vector<TokenId> encode(std::string_view text, SpecialTokens special) const;
    /// Ids of a rendered prompt. The segments are one text for the splitting rules (a word may cross the
    /// border), but only markup may name control tokens. Adds BOS where the vocabulary asks for it and the
    /// markup did not. No token reaches across the beginning of segment `cut`.
    std::vector<TokenId> encodePrompt(std::span<const PromptSegment> segments,
                                      std::size_t cut = std::string::npos) const;
    /// The same tokens with their places. Between two special tokens they are exact unless the vocabulary
    /// rewrites what stands there (Unicode composition, added or swallowed spaces); then they are close.
    std::vector<PlacedToken> placePrompt(std::span<const PromptSegment> segments,
                                         std::size_t cut = std::string::npos) const;

    /// Raw bytes of a token; control tokens give their name.
    std::string_view bytes(TokenId id) const;
    TokenKind kind(TokenId id) const;
    std::string decode(std::span<const TokenId> ids) const;
    /// The id of the token with exactly this text, -1 if there is none.
    TokenId find(std::string_view text) const;

    TokenId bos() const; ///< -1: none
    TokenId eos() const; ///< -1: none
    bool addsBos() const;
    /// Ends an answer: eos, eot, eom and the known end-of-turn names.
    bool endsAnswer(TokenId id) const;
    const std::vector<std::string>& notices() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace ponder::engine
