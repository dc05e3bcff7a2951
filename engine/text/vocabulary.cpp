#include "engine/text/vocabulary.h"

#include "engine/format/gguf_file.h"
#include "engine/support/error.h"
#include "engine/text/answer_ends.h"
#include "engine/text/byte_alphabet.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ponder::engine {

namespace {

constexpr std::size_t kLongestToken = 64u << 10;
constexpr std::size_t kMostTokens = 4u << 20;
constexpr std::size_t kByteTokenLength = 6; // <0x0A>
constexpr std::string_view kSpaceMark = "\xE2\x96\x81";

[[noreturn]] void refuse(std::string_view field, const std::string& problem) {
    throw Error("The model's vocabulary is damaged: tokenizer.ggml." + std::string(field) + " " + problem +
                ". Download the file again, or choose another one.");
}

std::string key(std::string_view name) {
    return "tokenizer.ggml." + std::string(name);
}

/// A token's text in a message: valid, short, without control characters.
std::string quoted(std::string_view text) {
    std::string shown = utf8Repaired(text.substr(0, 40));
    for (char& character : shown) {
        if (static_cast<unsigned char>(character) < 0x20 || character == 0x7F) character = '?';
    }
    return "\"" + shown + (text.size() > 40 ? "…\"" : "\"");
}

VocabularyKind readKind(const GgufFile& file) {
    const std::optional<std::string_view> model = file.string(key("model"));
    if (!model)
        throw Error("The file has no vocabulary (tokenizer.ggml.model is missing). Choose another file.");
    if (*model == "gpt2") return VocabularyKind::BytePairs;
    if (*model == "llama") return VocabularyKind::SentencePiece;
    if (*model == "gemma4") return VocabularyKind::SentencePiecePairs;
    throw Error("The model's vocabulary is of the kind " + quoted(*model) +
                " (tokenizer.ggml.model), which Ponder cannot read. It reads gpt2, llama and gemma4.");
}

std::vector<std::string_view> readNames(const GgufFile& file) {
    auto names = file.strings(key("tokens"));
    if (!names)
        throw Error("The file has no vocabulary (tokenizer.ggml.tokens is missing). Choose another file.");
    if (names->empty()) refuse("tokens", "is empty");
    if (names->size() > kMostTokens) {
        refuse("tokens", "has " + std::to_string(names->size()) + " entries, at most " +
                             std::to_string(kMostTokens) + " are allowed");
    }
    std::size_t all = 0;
    for (std::size_t i = 0; i < names->size(); ++i) {
        all += (*names)[i].size();
        if ((*names)[i].size() <= kLongestToken) continue;
        refuse("tokens", "entry " + std::to_string(i) + " is " + std::to_string((*names)[i].size()) +
                             " bytes long, at most " + std::to_string(kLongestToken) + " are allowed");
    }
    if (all > (std::size_t{1} << 30)) refuse("tokens", "is longer than 1 GiB");
    return std::move(*names);
}

/// The byte that `<0x0A>` names, -1 for anything else.
int namedByte(std::string_view name) {
    if (name.size() != kByteTokenLength || !name.starts_with("<0x") || name.back() != '>') return -1;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(name.data() + 3, name.data() + 5, value, 16);
    return error == std::errc() && end == name.data() + 5 ? static_cast<int>(value) : -1;
}

void appendWithSpaces(std::string_view text, std::string& bytes) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t mark = text.find(kSpaceMark, i);
        bytes.append(text.substr(i, mark - i));
        if (mark == std::string_view::npos) return;
        bytes += ' ';
        i = mark + kSpaceMark.size();
    }
}

bool isOrdinary(TokenKind kind) {
    return kind == TokenKind::Normal || kind == TokenKind::UserDefined;
}

void requireElements(const GgufFile& file, std::string_view name, MetadataType a, MetadataType b,
                     std::string_view what) {
    const MetadataEntry* entry = file.find(key(name));
    if (!entry || entry->type != MetadataType::Array ||
        (entry->elementType != a && entry->elementType != b)) {
        refuse(name, "is not a list of " + std::string(what));
    }
}

} // namespace

Vocabulary::Vocabulary(const GgufFile& file) : kind_(readKind(file)), words_(texts_, 0), names_(texts_, 0) {
    const std::vector<std::string_view> names = readNames(file);
    kinds_.resize(names.size(), TokenKind::Normal);
    endsAnswer_.resize(names.size(), false);
    byteTokens_.fill(-1);
    readKinds(file);
    if (kind_ == VocabularyKind::SentencePiece) readScores(file);
    if (kind_ != VocabularyKind::BytePairs) readByteTokens(names);
    readTexts(names);
    readSpecialIds(file);
    markAnswerEnds(file);

    words_ = TokenIndex(texts_, names.size());
    const auto ordinary = std::count_if(kinds_.begin(), kinds_.end(), isOrdinary);
    names_ = TokenIndex(texts_, names.size() - static_cast<std::size_t>(ordinary));
    // A normal token before a user-defined one of the same text: only the normal one is a result of merges.
    for (const TokenKind wanted : {TokenKind::Normal, TokenKind::UserDefined}) {
        for (TokenId id = 0; id < size(); ++id) {
            if (kind(id) == wanted) words_.insert(id);
        }
    }
    for (TokenId id = 0; id < size(); ++id) {
        if (!isOrdinary(kind(id)) && kind(id) != TokenKind::Byte) names_.insert(id);
    }
    checkByteTokens();
}

void Vocabulary::readKinds(const GgufFile& file) {
    if (!file.has(key("token_type"))) return;
    requireElements(file, "token_type", MetadataType::I32, MetadataType::U32, "32-bit integers");
    const std::vector<std::int64_t> types = *file.integers(key("token_type"));
    if (types.size() != kinds_.size()) {
        refuse("token_type", "has " + std::to_string(types.size()) + " entries for " +
                                 std::to_string(kinds_.size()) + " tokens");
    }
    for (std::size_t i = 0; i < types.size(); ++i) {
        switch (types[i]) {
        case 0: // undefined: as llama.cpp, text that nothing becomes
        case 5:
            kinds_[i] = TokenKind::Unused;
            break;
        case 1:
            kinds_[i] = TokenKind::Normal;
            break;
        case 2:
            kinds_[i] = TokenKind::Unknown;
            break;
        case 3:
            kinds_[i] = TokenKind::Control;
            break;
        case 4:
            kinds_[i] = TokenKind::UserDefined;
            break;
        case 6:
            kinds_[i] = TokenKind::Byte;
            break;
        default:
            refuse("token_type",
                   "entry " + std::to_string(i) + " is " + std::to_string(types[i]) + ", known are 1 to 6");
        }
    }
}

void Vocabulary::readScores(const GgufFile& file) {
    if (!file.has(key("scores"))) refuse("scores", "is missing");
    requireElements(file, "scores", MetadataType::F32, MetadataType::F32, "32-bit floating-point numbers");
    scores_ = *file.numbers(key("scores"));
    if (scores_.size() != kinds_.size()) {
        refuse("scores", "has " + std::to_string(scores_.size()) + " entries for " +
                             std::to_string(kinds_.size()) + " tokens");
    }
    for (std::size_t i = 0; i < scores_.size(); ++i) {
        if (!std::isfinite(scores_[i]))
            refuse("scores", "entry " + std::to_string(i) + " is not a finite number");
    }
}

void Vocabulary::readByteTokens(const std::vector<std::string_view>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int byte = namedByte(names[i]);
        if (kinds_[i] == TokenKind::Byte && byte < 0) {
            refuse("tokens", "entry " + std::to_string(i) + " is a byte token named " + quoted(names[i]) +
                                 ", expected <0x00> to <0xFF>");
        }
        if (kinds_[i] == TokenKind::Byte)
            byteTokens_[static_cast<std::size_t>(byte)] = static_cast<TokenId>(i);
    }
}

void Vocabulary::readTexts(const std::vector<std::string_view>& names) {
    std::size_t all = 0;
    for (const std::string_view name : names) all += name.size();
    texts_.bytes.reserve(all);
    texts_.ends.reserve(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool isWord = kinds_[i] == TokenKind::Normal || kinds_[i] == TokenKind::Unused;
        if (kind_ == VocabularyKind::BytePairs && isWord)
            appendAlphabetBytes(names[i], texts_.bytes);
        else if (kind_ == VocabularyKind::BytePairs)
            texts_.bytes.append(names[i]);
        else if (kinds_[i] == TokenKind::Byte)
            texts_.bytes += static_cast<char>(namedByte(names[i]));
        else if (isWord || kinds_[i] == TokenKind::UserDefined)
            appendWithSpaces(names[i], texts_.bytes);
        else
            texts_.bytes.append(names[i]);
        texts_.ends.push_back(static_cast<std::uint32_t>(texts_.bytes.size()));
    }
}

TokenId Vocabulary::specialId(const GgufFile& file, std::string_view name) const {
    // Padding and the like are not used, but an id outside the vocabulary is a damaged file all the same.
    return static_cast<TokenId>(file.integer(key(name), 0, size() - 1).value_or(-1));
}

void Vocabulary::readSpecialIds(const GgufFile& file) {
    bos_ = specialId(file, "bos_token_id");
    eos_ = specialId(file, "eos_token_id");
    unknown_ = specialId(file, "unknown_token_id");
    for (const char* unused : {"padding_token_id", "seperator_token_id", "mask_token_id"})
        specialId(file, unused);
    if (kind_ != VocabularyKind::SentencePiece) return;
    // SentencePiece's own numbering, which old files rely on.
    const auto usual = [this](TokenId id, TokenKind wanted) {
        return id < size() && kind(id) == wanted ? id : -1;
    };
    if (unknown_ < 0) unknown_ = usual(0, TokenKind::Unknown);
    if (bos_ < 0) bos_ = usual(1, TokenKind::Control);
    if (eos_ < 0) eos_ = usual(2, TokenKind::Control);
}

void Vocabulary::markAnswerEnds(const GgufFile& file) {
    const auto mark = [this](TokenId id) {
        if (id < 0) return;
        endsAnswer_[static_cast<std::size_t>(id)] = true;
        // What ends an answer is never ordinary text, whatever type the file gives it.
        if (kind(id) == TokenKind::UserDefined) kinds_[static_cast<std::size_t>(id)] = TokenKind::Control;
    };
    mark(eos_);
    mark(specialId(file, "eot_token_id"));
    mark(specialId(file, "eom_token_id"));
    TokenId end = -1;
    TokenId sentenceEnd = -1;
    bool isHarmony = false;
    bool hasSentences = false;
    for (TokenId id = 0; id < size(); ++id) {
        const std::string_view name = bytes(id);
        hasSentences |= name == "<s>" && kind(id) == TokenKind::Control;
        if (name == "</s>" && kind(id) != TokenKind::Normal) sentenceEnd = id;
        if (name.size() < 4 || name.size() > 32 || (name[0] != '<' && name[0] != '[')) continue;
        if (!isAnswerEnd(name)) continue;
        // A normal token of that text is left alone where the file does tell types: it is made by merges.
        if (kind(id) == TokenKind::Normal && !file.has(key("token_type"))) {
            kinds_[static_cast<std::size_t>(id)] = TokenKind::Control;
        }
        mark(id);
        if (name == "<|end|>") end = id;
        if (name == "<|return|>") isHarmony = true;
    }
    // Beside a control token `<s>`, `</s>` ends what that one begins; elsewhere both are tags of HTML.
    if (hasSentences) mark(sentenceEnd);
    // In harmony `<|end|>` closes one message of several, the answer goes on behind it.
    if (isHarmony && end >= 0 && end != eos_) endsAnswer_[static_cast<std::size_t>(end)] = false;
}

void Vocabulary::checkByteTokens() {
    if (kind_ == VocabularyKind::BytePairs) {
        int missing = 0;
        for (int byte = 0; byte < 256; ++byte) {
            const char text = static_cast<char>(byte);
            byteTokens_[static_cast<std::size_t>(byte)] = findWord({&text, 1});
            missing += byteTokens_[static_cast<std::size_t>(byte)] < 0;
        }
        if (missing > 0) {
            notices_.push_back("The vocabulary has no token for " + std::to_string(missing) +
                               " of the 256 bytes: some characters are lost.");
        }
        return;
    }
    const auto missing = std::count(byteTokens_.begin(), byteTokens_.end(), -1);
    if (missing == 256 && unknown_ >= 0) return;
    if (missing > 0) {
        const auto first = std::find(byteTokens_.begin(), byteTokens_.end(), -1) - byteTokens_.begin();
        refuse("tokens", "lacks " + std::to_string(missing) + " of the 256 byte tokens, the first is byte " +
                             std::to_string(first));
    }
}

TokenId Vocabulary::find(std::string_view text) const {
    const TokenId word = words_.find(text);
    if (word >= 0) return word;
    const TokenId name = names_.find(text);
    if (name >= 0) return name;
    return text.size() == 1 ? byteToken(static_cast<unsigned char>(text[0])) : -1;
}

TokenId Vocabulary::findMergePiece(std::string_view text, std::string& scratch) const {
    scratch.clear();
    if (kind_ == VocabularyKind::BytePairs)
        appendAlphabetBytes(text, scratch);
    else
        appendWithSpaces(text, scratch);
    const TokenId word = words_.find(scratch);
    return word >= 0 ? word : names_.find(scratch);
}

std::vector<Merge> Vocabulary::readMerges(const GgufFile& file) const {
    const auto lines = file.strings(key("merges"));
    if (!lines) refuse("merges", "is missing");
    if (lines->size() > kMostTokens) {
        refuse("merges", "has " + std::to_string(lines->size()) + " entries, at most " +
                             std::to_string(kMostTokens) + " are allowed");
    }
    std::vector<Merge> merges;
    merges.reserve(lines->size());
    std::string scratch;
    std::string both;
    for (std::size_t i = 0; i < lines->size(); ++i) {
        const std::string_view line = (*lines)[i];
        const std::size_t space = line.find(' ', 1);
        if (space == std::string_view::npos || space + 1 == line.size()) {
            refuse("merges", "entry " + std::to_string(i) + " is " + quoted(line) +
                                 ", expected two pieces and a space");
        }
        Merge merge;
        merge.left = findMergePiece(line.substr(0, space), scratch);
        both = scratch;
        merge.right = findMergePiece(line.substr(space + 1), scratch);
        both += scratch;
        merge.result = words_.find(both);
        if (merge.result < 0) merge.result = names_.find(both);
        if (merge.left < 0 || merge.right < 0 || merge.result < 0) {
            refuse("merges", "entry " + std::to_string(i) + " is " + quoted(line) + ", which are no tokens");
        }
        merges.push_back(merge);
    }
    return merges;
}

} // namespace ponder::engine
