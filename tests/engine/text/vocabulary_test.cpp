#include "engine/support/error.h"
#include "tests/engine/text/vocabulary_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace ponder::engine {
namespace {

/// The words the refusal is told in; empty if the vocabulary is accepted.
std::string refusal(const WrittenVocabulary& vocabulary) {
    try {
        tokenizerOf(vocabulary);
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

void expectRefused(const WrittenVocabulary& vocabulary, std::string_view named) {
    EXPECT_NE(refusal(vocabulary).find(named), std::string::npos)
        << refusal(vocabulary) << "\nshould name " << named;
}

TEST(Vocabulary, WellFormedOnesAreAccepted) {
    EXPECT_EQ(refusal(byteVocabulary()), "");
    EXPECT_EQ(refusal(sentencePieceVocabulary()), "");
}

TEST(Vocabulary, TokenListsOutOfRangeAreRefused) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.tokens.clear();
    expectRefused(vocabulary, "tokenizer.ggml.tokens");
    vocabulary = byteVocabulary();
    vocabulary.tokens[5] = std::string(1 << 20, 'x');
    expectRefused(vocabulary, "1048576");
}

TEST(Vocabulary, ListsOfAnotherLengthAreRefused) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.types.pop_back();
    expectRefused(vocabulary, "255 entries for 256");
    vocabulary = sentencePieceVocabulary();
    vocabulary.scores.pop_back();
    expectRefused(vocabulary, "tokenizer.ggml.scores");
    vocabulary.scores.clear();
    expectRefused(vocabulary, "tokenizer.ggml.scores is missing");
}

TEST(Vocabulary, NumbersThatMeanNothingAreRefused) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.types[3] = 7;
    expectRefused(vocabulary, "entry 3 is 7");
    vocabulary = sentencePieceVocabulary();
    vocabulary.scores[9] = std::numeric_limits<float>::quiet_NaN();
    expectRefused(vocabulary, "entry 9");
}

TEST(Vocabulary, IdsOutsideTheVocabularyAreRefused) {
    for (const char* name : {"bos_token_id", "eos_token_id", "eot_token_id", "eom_token_id",
                             "unknown_token_id", "padding_token_id"}) {
        for (const std::uint32_t id : {256u, 0x80000000u, 0xFFFFFFFFu}) {
            WrittenVocabulary vocabulary = byteVocabulary();
            vocabulary.numbers = {{std::string("tokenizer.ggml.") + name, id}};
            expectRefused(vocabulary, name);
        }
    }
}

TEST(Vocabulary, MergesOfNothingKnownAreRefused) {
    for (const char* merge : {"ab", "a ", " a", "a xyz", ""}) {
        WrittenVocabulary vocabulary = byteVocabulary();
        vocabulary.merges = {merge};
        expectRefused(vocabulary, "tokenizer.ggml.merges entry 0");
    }
}

TEST(Vocabulary, ByteTokensMustBeBytes) {
    for (const char* name : {"<0x-1>", "<0xZZ>", "<0x1FF>", "0x41"}) {
        WrittenVocabulary vocabulary = sentencePieceVocabulary();
        vocabulary.tokens[10] = name;
        expectRefused(vocabulary, "tokenizer.ggml.tokens entry 10");
    }
    WrittenVocabulary vocabulary = sentencePieceVocabulary();
    vocabulary.types[10] = 1;
    expectRefused(vocabulary, "lacks 1 of the 256 byte tokens");
}

TEST(Vocabulary, BytesMissingFromByteAlphabetsAreANotice) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.types[0xFF] = 5;
    const Tokenizer tokenizer = tokenizerOf(vocabulary);
    ASSERT_EQ(tokenizer.notices().size(), 1u);
    EXPECT_NE(tokenizer.notices()[0].find("1 of the 256 bytes"), std::string::npos);
    EXPECT_TRUE(tokenizer.encode("\xFF", SpecialTokens::AsText).empty());
}

TEST(Vocabulary, UnknownKindsAreRefusedByName) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.model = "bert";
    expectRefused(vocabulary, "\"bert\"");
}

TEST(Vocabulary, EndsOfAnswersAreKnownByIdAndByName) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.add("<|im_end|>", 3);
    vocabulary.add("<end_of_turn>", 4);
    vocabulary.add("<|end|>", 3);
    vocabulary.add("<|other|>", 3);
    vocabulary.numbers = {{"tokenizer.ggml.eos_token_id", 65}};
    const Tokenizer tokenizer = tokenizerOf(vocabulary);
    for (const char* name : {"<|im_end|>", "<end_of_turn>", "<|end|>"}) {
        const TokenId id = tokenizer.find(name);
        EXPECT_TRUE(tokenizer.endsAnswer(id)) << name;
        EXPECT_EQ(tokenizer.kind(id), TokenKind::Control) << name;
    }
    EXPECT_TRUE(tokenizer.endsAnswer(65));
    EXPECT_FALSE(tokenizer.endsAnswer(66));
    EXPECT_FALSE(tokenizer.endsAnswer(tokenizer.find("<|other|>")));
}

TEST(Vocabulary, SentencesEndWhereTheyBeginElsewhereTheSameTextIsHtml) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.add("<s>", 3);
    vocabulary.add("</s>", 4);
    const Tokenizer sentences = tokenizerOf(vocabulary);
    EXPECT_TRUE(sentences.endsAnswer(sentences.find("</s>")));
    EXPECT_EQ(sentences.encode("</s>", SpecialTokens::AsText).size(), 4u);
    vocabulary.types[256] = 4;
    const Tokenizer html = tokenizerOf(vocabulary);
    EXPECT_FALSE(html.endsAnswer(html.find("</s>")));
    EXPECT_EQ(html.encode("</s>", SpecialTokens::AsText), std::vector{html.find("</s>")});
}

TEST(Vocabulary, AHarmonyMessageEndsNoAnswer) {
    WrittenVocabulary vocabulary = byteVocabulary();
    for (const char* name : {"<|end|>", "<|return|>", "<|call|>"}) vocabulary.add(name, 3);
    const Tokenizer tokenizer = tokenizerOf(vocabulary);
    EXPECT_FALSE(tokenizer.endsAnswer(tokenizer.find("<|end|>")));
    EXPECT_TRUE(tokenizer.endsAnswer(tokenizer.find("<|return|>")));
    EXPECT_TRUE(tokenizer.endsAnswer(tokenizer.find("<|call|>")));
}

} // namespace
} // namespace ponder::engine
