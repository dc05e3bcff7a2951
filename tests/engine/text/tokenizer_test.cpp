#include "engine/support/error.h"
#include "tests/engine/text/golden_tokenizers.h"
#include "tests/engine/text/vocabulary_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <random>

namespace ponder::engine {
namespace {

using Kind = PromptSegment::Kind;

const char* const kGolden[] = {"llama-spm", "deepseek-coder"};

std::string randomText(std::mt19937& random) {
    const std::vector<std::string> parts = {"word",       " ",
                                            "  ",         "\n",
                                            "\r\n",       "\t",
                                            "1234",       "é",
                                            "e\u0301",    "中文",
                                            "🙂",       "\u200d",
                                            "▁",          "<s>",
                                            "</s>",       "<0x0A>",
                                            "<unk>",      "\xFF",
                                            "\xC3",       "\xE4\xB8",
                                            "\xF0\x9F",   "\xED\xA0\x80",
                                            "don't",      "...",
                                            "A",          "\x01",
                                            "<｜User｜>", std::string(1, '\0')};
    std::string text;
    for (unsigned n = random() % 40; n > 0; --n) {
        if (random() % 8 == 0)
            text += static_cast<char>(random());
        else
            text += parts[random() % parts.size()];
    }
    return text;
}

/// SentencePiece has one mark for a space and for itself; some vocabularies lack bytes that no character has.
bool canSpell(const Tokenizer& tokenizer, const std::string& text) {
    const bool hasMark = text.find("▁") != std::string::npos;
    return !hasMark && std::all_of(text.begin(), text.end(), [&](char byte) {
        return tokenizer.find(std::string_view(&byte, 1)) >= 0;
    });
}

TEST(Tokenizer, DecodesWhatItEncodedByteForByte) {
    std::mt19937 random(11);
    for (const char* name : kGolden) {
        const Tokenizer& tokenizer = goldenVocabulary(name).tokenizer();
        for (int i = 0; i < 3000; ++i) {
            const std::string text = randomText(random);
            if (!canSpell(tokenizer, text)) continue;
            const auto ids = tokenizer.encode(text, SpecialTokens::AsText);
            ASSERT_EQ(tokenizer.decode(ids), text) << name;
        }
    }
}

TEST(Tokenizer, ContentNeverBecomesAControlToken) {
    const std::vector<std::string> texts = {"<|im_start|>user",
                                            "<|im_end|>",
                                            "</think>",
                                            "<think>",
                                            "<s>",
                                            "</s>",
                                            "[INST] x [/INST]",
                                            "<<SYS>>",
                                            "<start_of_turn>",
                                            "<end_of_turn>",
                                            "<tool_call>",
                                            "<0x0A>",
                                            "<unk>",
                                            "<|turn>",
                                            "<turn|>",
                                            "<｜User｜>",
                                            "<｜Assistant｜>",
                                            "<｜begin▁of▁sentence｜>",
                                            "<｜end▁of▁sentence｜>",
                                            "<|EOT|>",
                                            "<|end|>",
                                            "<|im_\u200bstart|>",
                                            "＜｜User｜＞"};
    for (const char* name : kGolden) {
        const Tokenizer& tokenizer = goldenVocabulary(name).tokenizer();
        std::vector<std::string> all = texts;
        for (TokenId id = 0; id < tokenizer.size(); ++id) {
            if (tokenizer.kind(id) == TokenKind::Control) all.emplace_back(tokenizer.bytes(id));
        }
        ASSERT_GT(all.size(), texts.size());
        for (const std::string& text : all) {
            for (const std::string& placed : {text, "x" + text + "y", text + text}) {
                const auto ids = tokenizer.encodePrompt({{PromptSegment{Kind::Content, placed}}});
                const auto content = std::span(ids).subspan(tokenizer.addsBos() ? 1 : 0);
                for (const TokenId id : content) EXPECT_NE(tokenizer.kind(id), TokenKind::Control) << placed;
                if (!canSpell(tokenizer, placed)) continue;
                EXPECT_EQ(tokenizer.decode(content), placed);
            }
        }
    }
}

WrittenVocabulary chatVocabulary() {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.add("he");
    vocabulary.add("llo");
    vocabulary.add("lo");
    vocabulary.add("hello");
    vocabulary.add("<|im_start|>", 3);
    vocabulary.add("<|im_end|>", 3);
    vocabulary.add("<think>", 4);
    vocabulary.add("<b>", 4);
    vocabulary.add("<|im_end|>x", 3);
    vocabulary.merges = {"h e", "l o", "l lo", "he llo"};
    return vocabulary;
}

TEST(Tokenizer, AWordMayCrossTheBorderOfSegments) {
    const Tokenizer tokenizer = tokenizerOf(chatVocabulary());
    EXPECT_EQ(tokenizer.encodePrompt({{{Kind::Markup, "hel"}, {Kind::Content, "lo"}}}),
              std::vector{tokenizer.find("hello")});
}

TEST(Tokenizer, PlacedTokensAreThoseOfThePromptAndBeginWhereTheyStand) {
    const std::vector<PromptSegment> segments = {{Kind::Markup, "<|im_start|>user\n"},
                                                 {Kind::Content, "  hello <|im_end|>"},
                                                 {Kind::Content, ""},
                                                 {Kind::Content, " hello, 123 \xF0\x9F\xA6\x8A"},
                                                 {Kind::Markup, "<|im_end|>\nassistant"}};
    const auto check = [&](const Tokenizer& tokenizer) {
        std::vector<TokenId> ids;
        int lastSegment = -1;
        std::size_t contentTokens = 0;
        for (const PlacedToken& token : tokenizer.placePrompt(segments)) {
            ids.push_back(token.id);
            EXPECT_GE(token.segment, lastSegment);
            lastSegment = token.segment;
            if (token.segment < 0) continue;
            const PromptSegment& segment = segments[static_cast<std::size_t>(token.segment)];
            ASSERT_LT(token.offset, segment.text.size());
            if (segment.kind == Kind::Markup) continue;
            const std::string_view bytes = tokenizer.bytes(token.id);
            const std::string_view rest = std::string_view(segment.text).substr(token.offset);
            // A word may go on in the next segment.
            EXPECT_TRUE(rest.starts_with(bytes) || bytes.starts_with(rest)) << bytes << " at " << rest;
            ++contentTokens;
        }
        EXPECT_EQ(ids, tokenizer.encodePrompt(segments));
        EXPECT_GT(contentTokens, 10u);
    };
    check(tokenizerOf(chatVocabulary()));
    for (const char* name : kGolden) check(goldenVocabulary(name).tokenizer());
}

TEST(Tokenizer, AControlTokenMayNotCrossTheBorderOfSegments) {
    const Tokenizer tokenizer = tokenizerOf(chatVocabulary());
    const std::vector<std::vector<PromptSegment>> prompts = {
        {{Kind::Content, "<|im_"}, {Kind::Content, "start|>"}},
        {{Kind::Content, "<|im_"}, {Kind::Markup, "start|>"}},
        {{Kind::Markup, "<|im_"}, {Kind::Content, "start|>"}},
        {{Kind::Markup, "<|im_"}, {Kind::Content, ""}, {Kind::Content, "start|>"}}};
    for (const auto& prompt : prompts) {
        for (const TokenId id : tokenizer.encodePrompt(prompt)) {
            EXPECT_NE(tokenizer.kind(id), TokenKind::Control);
        }
    }
    EXPECT_EQ(tokenizer.encodePrompt({{{Kind::Markup, "<|im_"}, {Kind::Markup, "start|>"}}}),
              std::vector{tokenizer.find("<|im_start|>")});
}

TEST(Tokenizer, TheLongestSpecialTokenIsCutFirst) {
    const Tokenizer tokenizer = tokenizerOf(chatVocabulary());
    EXPECT_EQ(tokenizer.encode("<|im_end|>x", SpecialTokens::Allowed),
              std::vector{tokenizer.find("<|im_end|>x")});
    EXPECT_EQ(tokenizer.encode("<|im_end|>h", SpecialTokens::Allowed),
              (std::vector{tokenizer.find("<|im_end|>"), tokenizer.find("h")}));
}

TEST(Tokenizer, UserDefinedTokensAreCutInAnyTextButMarkersInNobodysContent) {
    const Tokenizer tokenizer = tokenizerOf(chatVocabulary());
    const auto think = std::vector{tokenizer.find("<think>")};
    const auto bold = std::vector{tokenizer.find("<b>")};
    EXPECT_EQ(tokenizer.encode("<think>", SpecialTokens::AsText), think);
    EXPECT_EQ(tokenizer.encode("<b>", SpecialTokens::AsText), bold);
    EXPECT_EQ(tokenizer.encodePrompt({{{Kind::Markup, "<think>"}}}), think);
    EXPECT_EQ(tokenizer.encodePrompt({{{Kind::Content, "<b>"}}}), bold);
    EXPECT_EQ(tokenizer.encodePrompt({{{Kind::Content, "<think>"}}}).size(), 7u);
}

TEST(Tokenizer, AddsBosOnceWhereTheFileAsksForIt) {
    WrittenVocabulary vocabulary = chatVocabulary();
    const auto bos = static_cast<std::uint32_t>(vocabulary.tokens.size() - 5); // <|im_start|>
    vocabulary.numbers = {{"tokenizer.ggml.bos_token_id", bos}};
    vocabulary.switches = {{"tokenizer.ggml.add_bos_token", true}};
    const Tokenizer tokenizer = tokenizerOf(vocabulary);
    EXPECT_TRUE(tokenizer.addsBos());
    const std::vector<TokenId> expected = {tokenizer.find("<|im_start|>"), tokenizer.find("h")};
    EXPECT_EQ(tokenizer.encodePrompt({{{Kind::Markup, "h"}}}), expected);
    EXPECT_EQ(tokenizer.encodePrompt({{{Kind::Markup, "<|im_start|>h"}}}), expected);
    EXPECT_EQ(tokenizer.encode("h", SpecialTokens::AsText), std::vector{tokenizer.find("h")});
}

TEST(Tokenizer, QwenComposesBeforeItSplits) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.pre = "qwen2";
    vocabulary.add("\u00C3\u00A9"); // é in the byte alphabet
    vocabulary.merges = {"\u00C3 \u00A9"};
    const Tokenizer composing = tokenizerOf(vocabulary);
    EXPECT_EQ(composing.encode("e\u0301", SpecialTokens::AsText), std::vector{composing.find("é")});
    // Bytes that are no text stay beside what is composed.
    EXPECT_EQ(composing.decode(composing.encode("\xFF"
                                                "e\u0301\xCC",
                                                SpecialTokens::AsText)),
              "\xFFé\xCC");
    vocabulary.pre = "gpt-2";
    EXPECT_EQ(tokenizerOf(vocabulary).encode("e\u0301", SpecialTokens::AsText).size(), 3u);
}

TEST(Tokenizer, AWholeTokenIsTakenWhereTheRuleIgnoresMerges) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.add("whole");
    vocabulary.pre = "llama-bpe";
    const Tokenizer tokenizer = tokenizerOf(vocabulary);
    EXPECT_EQ(tokenizer.encode("whole", SpecialTokens::AsText), std::vector{tokenizer.find("whole")});
    vocabulary.pre = "gpt-2";
    EXPECT_EQ(tokenizerOf(vocabulary).encode("whole", SpecialTokens::AsText).size(), 5u);
}

TEST(Tokenizer, AnUnknownSplittingRuleIsRefusedByName) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.pre = "never-heard-of";
    try {
        tokenizerOf(vocabulary);
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("never-heard-of"), std::string::npos);
    }
}

TEST(Tokenizer, AMissingSplittingRuleIsANotice) {
    WrittenVocabulary vocabulary = byteVocabulary();
    vocabulary.pre.reset();
    const Tokenizer tokenizer = tokenizerOf(vocabulary);
    ASSERT_EQ(tokenizer.notices().size(), 1u);
    EXPECT_NE(tokenizer.notices()[0].find("tokenizer.ggml.pre"), std::string::npos);
}

TEST(Tokenizer, EverySplittingRuleKeepsEveryByte) {
    std::mt19937 random(5);
    WrittenVocabulary vocabulary = byteVocabulary();
    for (const char* pre :
         {"default",        "deepseek-llm", "deepseek-v3",      "hunyuan-dense", "joyai-llm",
          "deepseek-coder", "qwen2",        "deepseek-r1-qwen", "megrez",        "openpangu",
          "hunyuan",        "solar-open",   "qwen35",           "llama-bpe",     "llama3",
          "lfm2",           "falcon3",      "pixtral",          "glm4",          "chatglm-bpe",
          "dbrx",           "smaug-bpe",    "gpt-4o",           "llama4",        "minimax-m2",
          "gpt-2",          "olmo",         "exaone4",          "mpt",           "smollm",
          "starcoder",      "refact",       "command-r",        "tekken",        "kimi-k2",
          "falcon"}) {
        vocabulary.pre = pre;
        const Tokenizer tokenizer = tokenizerOf(vocabulary);
        for (int i = 0; i < 100; ++i) {
            std::string text = randomText(random);
            if (text.find("e\u0301") != std::string::npos) continue;
            EXPECT_EQ(tokenizer.decode(tokenizer.encode(text, SpecialTokens::AsText)), text) << pre;
        }
    }
}

TEST(Tokenizer, SentencePieceFallsBackToBytesAndPrefixesOneSpace) {
    WrittenVocabulary vocabulary = sentencePieceVocabulary();
    vocabulary.add("▁", 1, -3);
    vocabulary.add("a", 1, -4);
    vocabulary.add("▁a", 1, -1);
    vocabulary.add("aa", 1, -2);
    const Tokenizer tokenizer = tokenizerOf(vocabulary);
    EXPECT_EQ(tokenizer.encode("a", SpecialTokens::AsText), std::vector{tokenizer.find(" a")});
    // The better score goes first, though the other pair stands before it.
    EXPECT_EQ(tokenizer.encode("aaa", SpecialTokens::AsText),
              (std::vector{tokenizer.find(" a"), tokenizer.find("aa")}));
    const auto bytes = tokenizer.encode("é", SpecialTokens::AsText);
    ASSERT_EQ(bytes.size(), 3u);
    EXPECT_EQ(tokenizer.kind(bytes[1]), TokenKind::Byte);
    EXPECT_EQ(tokenizer.decode(bytes), "é");
    vocabulary.switches = {{"tokenizer.ggml.add_space_prefix", false}};
    EXPECT_EQ(tokenizerOf(vocabulary).encode("a", SpecialTokens::AsText), std::vector{tokenizer.find("a")});
}

std::vector<std::pair<const char*, std::string>> longTexts() {
    const auto repeated = [](std::string_view part) {
        std::string text;
        while (text.size() < (1u << 20)) text += part;
        return text;
    };
    std::mt19937 random(3);
    std::string noise, letters;
    for (std::size_t i = 0; i < (1u << 20); ++i) {
        noise += static_cast<char>(random());
        letters += static_cast<char>('a' + random() % 26);
    }
    return {{"words", repeated("The quick brown fox, 42 times; don't panic!\n")},
            {"one letter", repeated("a")},
            {"letters", letters},
            {"capitals", repeated("ABC")},
            {"spaces", repeated(" ")},
            {"spaces and a word", repeated(" ") + "x"},
            {"line breaks", repeated("\n")},
            {"mixed space", repeated(" \n\t")},
            {"digits", repeated("1234567890")},
            {"punctuation", repeated("!?.,;")},
            {"Han", repeated("中文字")},
            {"Han and Latin", repeated("中a")},
            {"marks", repeated("\u0301")},
            {"emoji", repeated("👨\u200d👩")},
            {"apostrophes", repeated("'")},
            {"angle brackets", repeated("<")},
            {"beginnings of special tokens", repeated("<|im_end|")},
            {"invalid bytes", repeated("\xFF\xC3")},
            {"noise", noise}};
}

TEST(Tokenizer, AMegabyteOfAnythingTakesAMoment) {
    const auto check = [](const char* name, const Tokenizer& tokenizer) {
        for (const auto& [what, text] : longTexts()) {
            const std::clock_t start = std::clock();
            const auto ids = tokenizer.encode(text, SpecialTokens::Allowed);
            const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
            EXPECT_LT(took, 10) << name << ", " << what;
            EXPECT_FALSE(ids.empty());
            if (std::getenv("PONDER_TIMES")) std::printf("%-16s %-30s %.3f s\n", name, what, took);
        }
    };
    for (const char* name : kGolden) check(name, goldenVocabulary(name).tokenizer());
    WrittenVocabulary vocabulary = chatVocabulary();
    for (const char* pre : {"default", "deepseek-llm", "deepseek-v3", "qwen2", "llama-bpe", "gpt-4o", "gpt-2",
                            "tekken", "kimi-k2"}) {
        vocabulary.pre = pre;
        check(pre, tokenizerOf(vocabulary));
    }
}

} // namespace
} // namespace ponder::engine
