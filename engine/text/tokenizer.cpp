#include "engine/text/tokenizer.h"

#include "engine/format/gguf_file.h"
#include "engine/support/error.h"
#include "engine/text/byte_pair_encoder.h"
#include "engine/text/pre_tokenizer.h"
#include "engine/text/sentence_piece_encoder.h"
#include "engine/text/special_token_cutter.h"
#include "engine/text/utf8.h"
#include "engine/text/vocabulary.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <utf8proc.h>

namespace ponder::engine {

namespace {

using Trust = SpecialTokenCutter::Trust;

constexpr std::string_view kSpaceMark = "\xE2\x96\x81";

/// Unicode normalisation form C; bytes that are no UTF-8 stay as they are.
std::string composed(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t valid = utf8ValidPrefix(text);
        if (valid > 0) {
            utf8proc_uint8_t* mapped = nullptr;
            const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
            const utf8proc_ssize_t length =
                utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                             static_cast<utf8proc_ssize_t>(valid), &mapped, options);
            if (length < 0)
                result.append(text.substr(0, valid));
            else
                result.append(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
            std::free(mapped);
        }
        const std::size_t invalid = valid < text.size() ? 1 : 0;
        result.append(text.substr(valid, invalid));
        text.remove_prefix(valid + invalid);
    }
    return result;
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

std::string withPlainSpaces(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const bool isMark = text.substr(i).starts_with(kSpaceMark);
        plain += isMark ? ' ' : text[i];
        i += isMark ? kSpaceMark.size() : 1;
    }
    return plain;
}

const PreTokenizerRules& rulesOf(const GgufFile& file, std::vector<std::string>& notices) {
    const std::optional<std::string_view> name = file.string("tokenizer.ggml.pre");
    if (!name || name->empty()) {
        notices.emplace_back(
            "The file does not say how text is split into words (tokenizer.ggml.pre): a usual rule is "
            "used, which may not be the one the model was trained with.");
        return defaultPreTokenizerRules();
    }
    if (const PreTokenizerRules* rules = findPreTokenizerRules(*name)) return *rules;
    throw Error("The model's text is split by a rule Ponder does not know: tokenizer.ggml.pre is \"" +
                utf8Repaired(name->substr(0, 64)) + "\". A newer version of Ponder may know it.");
}

/// Phi-3 swallows white space behind its special tokens, which its files do not say.
bool stripsBehindSpecial(const GgufFile& file) {
    std::string name(file.string("general.name").value_or("").substr(0, 256));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name.find("phi-3") != std::string::npos || name.find("phi3") != std::string::npos;
}

} // namespace

struct Tokenizer::State {
    explicit State(const GgufFile& file);

    /// Where the tokens of a prompt begin in its whole text.
    struct Places {
        struct Stretch {
            std::size_t pendingAt = 0;
            std::size_t textAt = 0;
        };
        std::vector<Stretch> pending;     ///< what the pending text is made of
        std::vector<std::size_t> offsets; ///< [id]
        std::size_t runAt = 0;            ///< where the text that is being taken begins
    };

    /// Collects the ids of one text, in which special tokens were found already.
    struct Output {
        std::vector<TokenId> ids;
        std::string pending; ///< text not yet encoded: it may go on in the next segment
        bool behindSpecial = true;
        SymbolMerger merger;
        Places* places = nullptr; ///< only where somebody asks
    };
    void takePrompt(std::span<const PromptSegment> segments, std::size_t cut, Output& output) const;
    void place(std::size_t pendingBytes, Output& output) const;
    void take(std::string_view text, Trust trust, Output& output) const;
    void flush(Output& output) const;
    void encodeBytePairs(std::string_view text, Output& output) const;
    void encodeLines(std::string_view text, Output& output) const;

    Vocabulary vocabulary;
    SpecialTokenCutter cutter;
    std::vector<std::string> notices;
    const PreTokenizerRules* rules = nullptr;
    std::optional<PreTokenizer> preTokenizer;
    std::optional<BytePairEncoder> bytePairs;
    std::optional<SentencePieceEncoder> sentencePiece;
    bool addsSpacePrefix = false;
    bool addsBos = false;
    bool stripsBehindSpecial = false;
};

Tokenizer::State::State(const GgufFile& file)
    : vocabulary(file), cutter(vocabulary), notices(vocabulary.notices()) {
    switch (vocabulary.kind()) {
    case VocabularyKind::BytePairs:
        rules = &rulesOf(file, notices);
        preTokenizer.emplace(*rules);
        bytePairs.emplace(vocabulary, file);
        addsBos = rules->addsBos;
        break;
    case VocabularyKind::SentencePiece:
        sentencePiece.emplace(vocabulary);
        addsSpacePrefix = file.boolean("tokenizer.ggml.add_space_prefix").value_or(true);
        addsBos = true;
        stripsBehindSpecial = engine::stripsBehindSpecial(file);
        break;
    case VocabularyKind::SentencePiecePairs:
        bytePairs.emplace(vocabulary, file);
        addsSpacePrefix = file.boolean("tokenizer.ggml.add_space_prefix").value_or(false);
        break;
    }
    addsBos = file.boolean("tokenizer.ggml.add_bos_token").value_or(addsBos);
    // Early Gemma 4 files deny the BOS the model was trained with.
    if (vocabulary.kind() == VocabularyKind::SentencePiecePairs) addsBos = true;
    addsBos = addsBos && vocabulary.bos() >= 0;
}

void Tokenizer::State::take(std::string_view text, Trust trust, Output& output) const {
    std::size_t position = 0;
    while (position < text.size()) {
        const SpecialTokenCutter::Hit hit = cutter.next(text, position, trust);
        const std::size_t end = hit.id >= 0 ? hit.begin : text.size();
        if (output.places && end > position)
            output.places->pending.push_back({output.pending.size(), output.places->runAt + position});
        output.pending.append(text.substr(position, end - position));
        position = end;
        if (hit.id < 0) continue;
        flush(output);
        output.ids.push_back(hit.id);
        if (output.places) output.places->offsets.push_back(output.places->runAt + position);
        output.behindSpecial = true;
        position += hit.length;
        const std::string_view name = vocabulary.bytes(hit.id);
        if (!stripsBehindSpecial || name == "<s>" || name == "<unk>" || name == "<|endoftext|>") continue;
        while (position < text.size() && std::isspace(static_cast<unsigned char>(text[position]))) ++position;
    }
}

void Tokenizer::State::flush(Output& output) const {
    if (output.pending.empty()) return;
    if (preTokenizer) {
        const bool composes = rules->composes && !isAscii(output.pending);
        encodeBytePairs(composes ? composed(output.pending) : output.pending, output);
    } else {
        std::string text = withPlainSpaces(output.pending);
        if (addsSpacePrefix && output.behindSpecial) text.insert(text.begin(), ' ');
        if (sentencePiece)
            sentencePiece->encode(text, output.merger, output.ids);
        else
            encodeLines(text, output);
    }
    output.behindSpecial = false;
    if (output.places) place(output.pending.size(), output);
    output.pending.clear();
}

/// Gives the ids that the pending text became their places in it, by the bytes they stand for.
void Tokenizer::State::place(std::size_t pendingBytes, Output& output) const {
    Places& places = *output.places;
    const auto newIds = std::span(output.ids).subspan(places.offsets.size());
    std::size_t total = 0;
    for (const TokenId id : newIds) total += vocabulary.bytes(id).size();
    // An added space belongs to the first token and is not there in the text.
    const std::size_t added = addsSpacePrefix && total == pendingBytes + 1 ? 1 : 0;
    std::size_t done = 0;
    auto stretch = places.pending.begin();
    for (const TokenId id : newIds) {
        const std::size_t at = total == pendingBytes + added
                                   ? std::max(done, added) - added
                                   : done * pendingBytes / std::max<std::size_t>(total, 1);
        while (stretch + 1 != places.pending.end() && (stretch + 1)->pendingAt <= at) ++stretch;
        places.offsets.push_back(stretch->textAt + (at - stretch->pendingAt));
        done += vocabulary.bytes(id).size();
    }
    places.pending.clear();
}

void Tokenizer::State::encodeBytePairs(std::string_view text, Output& output) const {
    for (const std::string_view piece : preTokenizer->split(text)) {
        if (rules->ignoresMerges) {
            const TokenId whole = vocabulary.findWord(piece);
            if (whole >= 0 && vocabulary.kind(whole) == TokenKind::Normal) {
                output.ids.push_back(whole);
                continue;
            }
        }
        bytePairs->encode(piece, output.merger, output.ids);
    }
}

/// Gemma 4: merges run over whole lines; a run of line breaks is one token where there is such a token.
void Tokenizer::State::encodeLines(std::string_view text, Output& output) const {
    while (!text.empty()) {
        const bool isBreak = text[0] == '\n';
        const std::size_t end = isBreak ? text.find_first_not_of('\n') : text.find('\n');
        const std::string_view piece = text.substr(0, end);
        const TokenId whole = isBreak ? vocabulary.findWord(piece) : -1;
        if (whole >= 0)
            output.ids.push_back(whole);
        else
            bytePairs->encode(piece, output.merger, output.ids);
        text.remove_prefix(piece.size());
    }
}

Tokenizer::Tokenizer(const GgufFile& file) : state_(std::make_unique<State>(file)) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

int Tokenizer::size() const {
    return state_->vocabulary.size();
}

std::vector<TokenId> Tokenizer::encode(std::string_view text, SpecialTokens special) const {
    State::Output output;
    state_->take(text, special == SpecialTokens::Allowed ? Trust::Markup : Trust::Text, output);
    state_->flush(output);
    return std::move(output.ids);
}

void Tokenizer::State::takePrompt(std::span<const PromptSegment> segments, std::size_t cut,
                                  Output& output) const {
    for (std::size_t i = 0; i < segments.size();) {
        if (i == cut) flush(output);
        // Neighbours of one kind are one text: a template may write a token's name in two statements.
        const PromptSegment::Kind kind = segments[i].kind;
        std::string run;
        do {
            run += segments[i++].text;
        } while (i < segments.size() && i != cut && segments[i].kind == kind);
        take(run, kind == PromptSegment::Kind::Markup ? Trust::Markup : Trust::Content, output);
        if (output.places) output.places->runAt += run.size();
    }
    flush(output);
}

std::vector<TokenId> Tokenizer::encodePrompt(std::span<const PromptSegment> segments, std::size_t cut) const {
    State::Output output;
    state_->takePrompt(segments, cut, output);
    const bool startsWithBos = !output.ids.empty() && output.ids.front() == bos();
    if (addsBos() && !startsWithBos) output.ids.insert(output.ids.begin(), bos());
    return std::move(output.ids);
}

std::vector<PlacedToken> Tokenizer::placePrompt(std::span<const PromptSegment> segments,
                                                std::size_t cut) const {
    State::Output output;
    State::Places places;
    output.places = &places;
    state_->takePrompt(segments, cut, output);
    std::vector<PlacedToken> tokens;
    if (addsBos() && (output.ids.empty() || output.ids.front() != bos())) tokens.push_back({bos(), -1, 0});
    std::size_t segment = 0;
    std::size_t begin = 0; // of the segment, in the whole text
    for (std::size_t i = 0; i < output.ids.size(); ++i) {
        const std::size_t at = places.offsets[i];
        while (segment + 1 < segments.size() && at >= begin + segments[segment].text.size())
            begin += segments[segment++].text.size();
        tokens.push_back({output.ids[i], static_cast<int>(segment), at - begin});
    }
    return tokens;
}

std::string_view Tokenizer::bytes(TokenId id) const {
    return state_->vocabulary.bytes(id);
}
TokenKind Tokenizer::kind(TokenId id) const {
    return state_->vocabulary.kind(id);
}

std::string Tokenizer::decode(std::span<const TokenId> ids) const {
    std::string text;
    bool behindSpecial = true;
    for (const TokenId id : ids) {
        std::string_view piece = bytes(id);
        const bool isSpecial = kind(id) == TokenKind::Control || kind(id) == TokenKind::UserDefined ||
                               kind(id) == TokenKind::Unknown;
        if (state_->addsSpacePrefix && behindSpecial && !isSpecial && piece.starts_with(' '))
            piece.remove_prefix(1);
        text.append(piece);
        behindSpecial = isSpecial;
    }
    return text;
}

TokenId Tokenizer::find(std::string_view text) const {
    return state_->vocabulary.find(text);
}
TokenId Tokenizer::bos() const {
    return state_->vocabulary.bos();
}
TokenId Tokenizer::eos() const {
    return state_->vocabulary.eos();
}
bool Tokenizer::addsBos() const {
    return state_->addsBos;
}
bool Tokenizer::endsAnswer(TokenId id) const {
    return state_->vocabulary.endsAnswer(id);
}
const std::vector<std::string>& Tokenizer::notices() const {
    return state_->notices;
}

} // namespace ponder::engine
