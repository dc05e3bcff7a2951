// A model file's vocabulary is hostile, and so is any text. A vocabulary either reads or throws Error; what
// it reads encodes every text to ids it has, gives back the bytes, and makes no control token of content.

#include "engine/support/check.h"
#include "engine/support/error.h"
#include "tests/engine/text/vocabulary_writer.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>

namespace ponder::engine {

namespace {

void tryText(const Tokenizer& tokenizer, std::string_view text, bool canSpellAll) {
    for (const SpecialTokens special : {SpecialTokens::AsText, SpecialTokens::Allowed}) {
        const std::vector<TokenId> ids = tokenizer.encode(text, special);
        for (const TokenId id : ids) {
            CHECK(id >= 0 && id < tokenizer.size());
            CHECK(special == SpecialTokens::Allowed || tokenizer.kind(id) != TokenKind::Control);
        }
        if (canSpellAll) CHECK(tokenizer.decode(ids) == text);
    }
    const std::size_t half = text.size() / 2;
    const std::vector<PromptSegment> segments = {
        {PromptSegment::Kind::Content, std::string(text.substr(0, half))},
        {PromptSegment::Kind::Content, std::string(text.substr(half))}};
    for (const TokenId id : tokenizer.encodePrompt(segments)) {
        CHECK(tokenizer.kind(id) != TokenKind::Control || id == tokenizer.bos());
    }
}

Tokenizer knownTokenizer(const char* pre) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.pre = pre;
    for (const char* word : {"th", "the", "in", "12", "\u0120a", "\u010A\u010A"}) vocabulary.add(word);
    vocabulary.add("<|end|>", 3);
    vocabulary.add("<|end|>x", 3);
    vocabulary.add("<think>", 4);
    vocabulary.merges = {"t h", "th e", "i n", "1 2", "\u0120 a", "\u010A \u010A"};
    return tokenizerOf(vocabulary);
}

/// The first byte says which rule splits the text.
void tryKnown(std::string_view input) {
    static const Tokenizer tokenizers[] = {knownTokenizer("deepseek-llm"),
                                           knownTokenizer("deepseek-v3"),
                                           knownTokenizer("llama-bpe"),
                                           knownTokenizer("gpt-4o"),
                                           knownTokenizer("kimi-k2"),
                                           knownTokenizer("default"),
                                           tokenizerOf(sentencePieceVocabulary())};
    if (input.empty()) return;
    const std::size_t which = static_cast<unsigned char>(input[0]) % std::size(tokenizers);
    const bool hasMark = input.find("\u2581") != std::string_view::npos;
    tryText(tokenizers[which], input.substr(1), which + 1 < std::size(tokenizers) || !hasMark);
}

void tryFile(std::string_view bytes) {
    const MemoryFile memory(bytes);
    const GgufFile file = GgufFile::open(memory.path(), GgufFile::Access::Vocabulary);
    const Tokenizer tokenizer(file);
    tryText(tokenizer, "The <s>quick</s> \u2581 <|end|> \xFF fox 1234\n\n", false);
    for (TokenId id = 0; id < std::min(tokenizer.size(), 300); ++id) {
        tryText(tokenizer, tokenizer.bytes(id).substr(0, 64), false);
    }
}

} // namespace

} // namespace ponder::engine

void ponder::fuzz::tryInput(std::string_view input) {
    if (input.empty()) return;
    try {
        // Files are slow to try: one input in eight.
        if (static_cast<unsigned char>(input[0]) % 8 == 0)
            engine::tryFile(input.substr(1));
        else
            engine::tryKnown(input.substr(1));
    } catch (const engine::Error&) {
        // Refused, as it should be.
    }
}

std::vector<std::string> ponder::fuzz::seeds() {
    using namespace engine;
    std::vector<std::string> seeds;
    for (char rule = 0; rule < 7; ++rule) {
        const std::string start = {1, rule};
        seeds.push_back(start +
                        "The <|end|>x in 1234 the\n\n <think> don't \u4E2D\u6587 e\u0301 \u2581 \U0001F642");
        seeds.push_back(start + "\xFF\xC3\xE4\xB8 <|en d|> <s> <0x0A>\r\n\t ...");
    }
    WrittenVocabulary pairs;
    pairs.pre = "gpt-2";
    for (const char* word : {"a", "b", "ab", "\u0120"}) pairs.add(word);
    pairs.add("<|end|>", 3);
    pairs.add("<t>", 4);
    pairs.merges = {"a b"};
    pairs.numbers = {{"tokenizer.ggml.eos_token_id", 4}};
    seeds.push_back('\0' + vocabularyFileBytes(pairs));
    WrittenVocabulary pieces;
    pieces.model = "llama";
    pieces.add("<unk>", 2);
    pieces.add("<s>", 3);
    pieces.add("a", 1, -1);
    pieces.add("\u2581a", 1, -2);
    seeds.push_back('\0' + vocabularyFileBytes(pieces));
    return seeds;
}
