// Models whose vocabulary, texts or template are wrong: rows 60 to 68 of the checklist for hostile files.

#include "engine/engine.h"
#include "engine/support/error.h"
#include "tests/engine/format/broken_file.h"
#include "tests/engine/format/refused_model.h"
#include "tests/support/tiny_model.h"

#include <algorithm>

namespace ponder::tests {
namespace {

std::string key(const std::string& name) {
    return "tokenizer.ggml." + name;
}

std::function<void(GgufImage&)> setting(const std::string& name, GgufValue value) {
    return [name, value](GgufImage& i) { i.set(key(name), value); };
}

std::string hexByte(unsigned byte) {
    char text[8];
    std::snprintf(text, sizeof text, "<0x%02X>", byte);
    return text;
}

/// The tokens of a SentencePiece vocabulary as large as the tiny model's.
std::vector<std::string> pieces() {
    std::vector<std::string> tokens{"<unk>", "<s>", "</s>"};
    for (unsigned byte = 0; byte < 256; ++byte) tokens.push_back(hexByte(byte));
    tokens.push_back("\xE2\x96\x81");
    for (char letter = 'a'; tokens.size() < tinyVocabularySize(); ++letter)
        tokens.push_back(std::string(1, letter));
    return tokens;
}

/// The tiny model with a vocabulary of the other kind.
GgufImage sentencePieceModel() {
    GgufImage image = tinyModel();
    const std::vector<std::string> tokens = pieces();
    std::vector<std::int32_t> types(tokens.size(), 6);
    std::fill(types.begin(), types.begin() + 3, 3);
    types[0] = 2;
    std::fill(types.begin() + 3 + 256, types.end(), 1);
    std::vector<float> scores;
    for (std::size_t i = 0; i < tokens.size(); ++i) scores.push_back(-static_cast<float>(i));
    image.set(key("model"), text("llama")).set(key("tokens"), texts(tokens));
    image.set(key("token_type"), list(types)).set(key("scores"), list(scores));
    image.set(key("bos_token_id"), scalar(std::uint32_t{1}))
        .set(key("eos_token_id"), scalar(std::uint32_t{2}));
    return image.remove(key("merges")).remove(key("pre"));
}

std::function<void(GgufImage&)> withPiece(std::size_t index, const std::string& piece) {
    return [index, piece](GgufImage& i) {
        std::vector<std::string> tokens = pieces();
        tokens[index] = piece;
        i.set(key("tokens"), texts(tokens));
    };
}

std::vector<RefusedModel> wrongBytePairs() {
    std::vector<std::string> longToken(tinyVocabularySize(), "a");
    longToken[0] = std::string(1 << 20, 'x');
    std::vector<RefusedModel> cases{
        {"Row60NoTokens", "token", setting("tokens", texts({}))},
        {"Row60TokensMissing", "tokenizer.ggml.tokens", [](GgufImage& i) { i.remove(key("tokens")); }},
        {"Row60TokensAreNumbers", "tokenizer.ggml.tokens",
         setting("tokens", list(std::vector<std::uint32_t>(tinyVocabularySize(), 1)))},
        {"Row60TokensAreAText", "tokenizer.ggml.tokens", setting("tokens", text("abc"))},
        {"Row60TokenOf1MiB", "1048576", setting("tokens", texts(longToken))},
        {"Row61TypesAreBytes", "token_type",
         setting("token_type", list(std::vector<std::uint8_t>(tinyVocabularySize(), 1)))},
        {"Row61TypesAreTooFew", "token_type",
         setting("token_type", list(std::vector<std::int32_t>(tinyVocabularySize() - 1, 1)))},
        {"Row61TypesAreTexts", "token_type", setting("token_type", texts({"1"}))},
        {"Row61TypeUnknown", "token_type",
         setting("token_type", list(std::vector<std::int32_t>(tinyVocabularySize(), 7)))},
        {"Row62MergeWithoutSpace", "merges", setting("merges", texts({"th"}))},
        {"Row62MergeOfUnknownPieces", "merges", setting("merges", texts({"zz qq"}))},
        {"Row62MergeIntoNoToken", "merges", setting("merges", texts({"q q"}))},
        {"Row62MergesAreNumbers", "merges", setting("merges", list<std::uint32_t>({1, 2}))},
        {"Row62MergesMissing", "merges", [](GgufImage& i) { i.remove(key("merges")); }},
        {"Row65ModelUnknown", "tokenizer.ggml.model", setting("model", text("wordpiece9"))},
        {"Row65ModelIsANumber", "tokenizer.ggml.model", setting("model", scalar(std::uint32_t{1}))},
        {"Row65ModelMissing", "tokenizer.ggml.model", [](GgufImage& i) { i.remove(key("model")); }},
        {"Row65RuleUnknown", "surprise", setting("pre", text("surprise"))},
        {"Row65RuleIsANumber", "tokenizer.ggml.pre", setting("pre", scalar(std::uint32_t{1}))},
    };
    for (const std::string id : {"bos", "eos", "eot", "padding"}) {
        const std::string name = id + "_token_id";
        cases.push_back({"Row63BehindTheLast_" + id, name, setting(name, scalar(tinyVocabularySize()))});
        cases.push_back({"Row63Negative_" + id, name, setting(name, scalar(std::int32_t{-1}))});
        cases.push_back({"Row63Of2To31_" + id, name, setting(name, scalar(std::uint32_t{1} << 31))});
        cases.push_back({"Row63IsAText_" + id, name, setting(name, text("1"))});
    }
    return cases;
}

std::vector<RefusedModel> wrongPieces() {
    return {
        {"Row61ScoresAreBytes", "scores",
         setting("scores", list(std::vector<std::uint8_t>(tinyVocabularySize(), 1)))},
        {"Row61ScoresAreTooFew", "scores",
         setting("scores", list(std::vector<float>(tinyVocabularySize() - 1, 1)))},
        {"Row61ScoresMissing", "scores", [](GgufImage& i) { i.remove(key("scores")); }},
        {"Row61ScoreIsNoNumber", "scores",
         setting("scores",
                 list(std::vector<float>(tinyVocabularySize(), std::numeric_limits<float>::quiet_NaN())))},
        {"Row64NegativeByte", "<0x-1>", withPiece(3, "<0x-1>")},
        {"Row64NoHexadecimalByte", "<0xZZ>", withPiece(3, "<0xZZ>")},
        {"Row64ByteAbove255", "<0x1FF>", withPiece(3, "<0x1FF>")},
        {"Row64ByteMissing", "byte", withPiece(3, "<0x01>")},
    };
}

class WrongBytePairs : public testing::TestWithParam<RefusedModel> {};
class WrongPieces : public testing::TestWithParam<RefusedModel> {};

TEST_P(WrongBytePairs, AreRefused) {
    GgufImage image = tinyModel();
    GetParam().breakIt(image);
    expectModelRefused(image, GetParam().mentions);
}

TEST_P(WrongPieces, AreRefused) {
    GgufImage image = sentencePieceModel();
    GetParam().breakIt(image);
    expectModelRefused(image, GetParam().mentions);
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(Vocabularies, WrongBytePairs, testing::ValuesIn(wrongBytePairs()), kName);
INSTANTIATE_TEST_SUITE_P(Vocabularies, WrongPieces, testing::ValuesIn(wrongPieces()), kName);

/// Row 60 and 62: ten million entries are refused before any is looked at.
class HugeList : public testing::TestWithParam<const char*> {};

TEST_P(HugeList, IsRefused) {
    GgufImage image = tinyModel();
    image.set(key(GetParam()), rawList(kTextType, 10'000'000, std::string(80'000'000, '\0')));
    expectModelRefused(image, "10000000");
}

INSTANTIATE_TEST_SUITE_P(Rows60And62, HugeList, testing::Values("tokens", "merges"),
                         [](const auto& info) { return std::string(info.param); });

class OddText : public testing::Test {
protected:
    engine::ModelInfo inspect() const {
        image_.write(folder_ / "model.gguf");
        return engine::inspectModel((folder_ / "model.gguf").string());
    }

    bool templateNotice() const {
        const engine::ModelInfo info = inspect();
        return std::any_of(info.notices.begin(), info.notices.end(), [](const std::string& notice) {
            return notice.find("template") != std::string::npos;
        });
    }

    const TempDir folder_;
    GgufImage image_ = tinyModel();
};

TEST_F(OddText, ASentencePieceVocabularyIsAccepted) {
    image_ = sentencePieceModel();
    EXPECT_NO_THROW(inspect());
}

TEST_F(OddText, Row66NamesAreCleanedForDisplay) {
    image_.set("general.name", text("good\xFF\x1B[2J\xE2\x80\xAE"
                                    "evil\n"));
    const std::string name = inspect().name;
    EXPECT_EQ(name.find('\x1B'), std::string::npos);
    EXPECT_EQ(name.find('\n'), std::string::npos);
    EXPECT_EQ(name.find("\xE2\x80\xAE"), std::string::npos);
    EXPECT_EQ(name.find('\xFF'), std::string::npos);
    EXPECT_EQ(name.find("good"), 0u);
}

TEST_F(OddText, Row66LongTextsAreClippedForDisplay) {
    image_.set("general.description", text(std::string(10 << 20, 'd')));
    image_.set("general.name", text(std::string(10 << 20, 'n')));
    EXPECT_LT(inspect().description.size(), 4096u);
    EXPECT_LT(inspect().name.size(), 4096u);
}

TEST_F(OddText, Row67AMissingTemplateIsReplacedWithANotice) {
    EXPECT_FALSE(templateNotice());
    image_.remove("tokenizer.chat_template");
    EXPECT_TRUE(templateNotice());
}

struct OddTemplate {
    std::string name;
    GgufValue value;
};

class UnusableTemplate : public OddText, public testing::WithParamInterface<OddTemplate> {};

TEST_P(UnusableTemplate, IsReplacedWithANoticeWithinASecond) {
    image_.set("tokenizer.chat_template", GetParam().value);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(templateNotice());
    if (measuresCost) {
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
    }
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

INSTANTIATE_TEST_SUITE_P(
    Templates, UnusableTemplate,
    testing::Values(
        OddTemplate{"Row67LongerThan1MiB", text(std::string((1 << 20) + 1, 't'))},
        OddTemplate{"Row67Number", scalar(std::uint32_t{1})},
        OddTemplate{"Row67NestedParentheses",
                    text("{{ " + repeated("(", 10'000) + "1" + repeated(")", 10'000) + " }}")},
        OddTemplate{"Row67NestedConditions",
                    text(repeated("{% if true %}", 10'000) + repeated("{% endif %}", 10'000))},
        OddTemplate{"Row67NeverClosed", text("{% for message in messages %}")},
        OddTemplate{"Row68MacroThatCallsItself", text("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")},
        OddTemplate{"Row68HugeRange", text("{% for i in range(1000000000) %}x{% endfor %}")},
        OddTemplate{
            "Row68NestedLoops",
            text("{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}")},
        OddTemplate{"Row68HugeText", text("{{ 'a' * 1000000000 }}")},
        OddTemplate{"Row68DivisionByZero", text("{{ 1 / 0 }}")},
        OddTemplate{"Row68Internals", text("{{ ''.__class__.__mro__ }}")}),
    [](const auto& info) { return info.param.name; });

} // namespace
} // namespace ponder::tests
