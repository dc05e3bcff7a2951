#include "engine/text/pre_tokenizer_rules.h"

#include <algorithm>
#include <iterator>

namespace ponder::engine {

namespace {

// The patterns of each family's tokenizer.json, as their authors wrote them; `\s` is Unicode's White_Space.
#define PONDER_CONTRACTIONS "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
#define PONDER_UPPER "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define PONDER_LOWER "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"
#define PONDER_BEFORE_WORD "[^\\r\\n\\p{L}\\p{N}]?"
#define PONDER_SPACES "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"

constexpr std::string_view kGpt2Pattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S))";
constexpr std::string_view kGpt2[] = {kGpt2Pattern};
constexpr std::string_view kDigitsGpt2[] = {R"(\p{N})", kGpt2Pattern};
constexpr std::string_view kFalcon[] = {R"([\p{P}\$\+<=>\^~\|`]+)", kGpt2Pattern, "[0-9][0-9][0-9]"};
constexpr std::string_view kDefault[] = {R"([\p{P}\$\+<=>\^~\|]+)", kGpt2Pattern, R"(\p{N}+)",
                                         "[0-9][0-9][0-9]"};

constexpr std::string_view kQwen2[] = {PONDER_CONTRACTIONS "|" PONDER_BEFORE_WORD "\\p{L}+|\\p{N}"
                                                           "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" PONDER_SPACES};
constexpr std::string_view kQwen35[] = {PONDER_CONTRACTIONS
                                        "|" PONDER_BEFORE_WORD "[\\p{L}\\p{M}]+|\\p{N}"
                                        "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|" PONDER_SPACES};
constexpr std::string_view kLlama3[] = {PONDER_CONTRACTIONS "|" PONDER_BEFORE_WORD "\\p{L}+|\\p{N}{1,3}"
                                                            "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" PONDER_SPACES};
constexpr std::string_view kSeedCoder[] = {PONDER_CONTRACTIONS "|" PONDER_BEFORE_WORD "\\p{L}+|\\p{N}"
                                                               "| ?[^\\s\\p{L}\\p{N}\\r\\n]+|" PONDER_SPACES};
constexpr std::string_view kBailing[] = {
    R"('(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+)"};
constexpr std::string_view kMiniCpm5[] = {R"(\p{N}{1,3})", PONDER_CONTRACTIONS
                                          "|" PONDER_BEFORE_WORD "\\p{L}+|\\p{N}+"
                                          "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" PONDER_SPACES};

#define PONDER_GPT4O_WORDS(after)                                                                            \
    PONDER_BEFORE_WORD PONDER_UPPER "*" PONDER_LOWER "+" after "|" PONDER_BEFORE_WORD PONDER_UPPER           \
                                    "+" PONDER_LOWER "*" after
#define PONDER_GPT4O_REST "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|" PONDER_SPACES
constexpr std::string_view kGpt4o[] = {
    PONDER_GPT4O_WORDS(PONDER_CONTRACTIONS "?") "|\\p{N}{1,3}" PONDER_GPT4O_REST};
constexpr std::string_view kTekken[] = {PONDER_GPT4O_WORDS("") "|\\p{N}" PONDER_GPT4O_REST};
constexpr std::string_view kYoutu[] = {
    "[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥぀-ゟ゠-ヿ]+",
    PONDER_GPT4O_WORDS(PONDER_CONTRACTIONS "?") "|\\p{N}" PONDER_GPT4O_REST};
// Kimi's own pattern intersects its letter classes with [^\p{Han}], which PCRE2 spells as a lookahead.
constexpr std::string_view kKimi[] = {
    R"(\p{Han}+)", PONDER_BEFORE_WORD
    "(?:(?!\\p{Han})" PONDER_UPPER ")*(?:(?!\\p{Han})" PONDER_LOWER ")+" PONDER_CONTRACTIONS
    "?|" PONDER_BEFORE_WORD "(?:(?!\\p{Han})" PONDER_UPPER ")+(?:(?!\\p{Han})" PONDER_LOWER
    ")*" PONDER_CONTRACTIONS "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" PONDER_SPACES};

// Before \s+$ the lookbehind changes no match, but saves trying every start inside a long run of spaces.
constexpr std::string_view kDeepSeekLlm[] = {
    "[\\r\\n]",
    "\\s?["
    "A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-"
    "ᵷᵹ-"
    "ᶚḀ-"
    "ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-ώᾀ-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤΩℨK-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-"
    "ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-"
    "𑣟𞤀-"
    "𞥃"
    "]+",
    R"re(\s?[!-/:-~！-／：-～‘-‟　-。]+)re",
    R"((?<!\s)\s+$)",
    "[一-龥ࠀ-一가-퟿]+",
    R"(\p{N}+)"};
constexpr std::string_view kDeepSeekCoder[] = {R"([\r\n])", R"(\s?\p{L}+)", R"(\s?\p{P}+)",
                                               "[一-龥ࠀ-一가-퟿]+", R"(\p{N})"};
constexpr std::string_view kDeepSeekV3[] = {
    R"(\p{N}{1,3})", "[一-龥぀-ゟ゠-ヿ]+",
    R"re([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)re"};
constexpr std::string_view kBloom[] = {R"( ?[^(\s|.,!?…。，、।۔،)]+)"};
constexpr std::string_view kViking[] = {R"( ?[^(\s|.,!?…。，、।۔،)]+)", R"(\p{N})"};

struct NamedRules {
    std::string_view name;
    PreTokenizerRules rules;
};

constexpr PreTokenizerRules kQwen2Rules{.patterns = kQwen2, .composes = true};
constexpr PreTokenizerRules kLlama3Rules{.patterns = kLlama3, .ignoresMerges = true, .addsBos = true};
constexpr PreTokenizerRules kGpt2Rules{.patterns = kGpt2};
constexpr PreTokenizerRules kDigitsGpt2Rules{.patterns = kDigitsGpt2};
constexpr PreTokenizerRules kDefaultRules{.patterns = kDefault};

constexpr NamedRules kRules[] = {
    {"default", kDefaultRules},
    {"deepseek-llm", {.patterns = kDeepSeekLlm}},
    {"deepseek-coder", {.patterns = kDeepSeekCoder}},
    {"deepseek-v3", {.patterns = kDeepSeekV3}},
    {"hunyuan-dense", {.patterns = kDeepSeekV3}},
    {"joyai-llm", {.patterns = kDeepSeekV3}},
    {"qwen2", kQwen2Rules},
    {"deepseek-r1-qwen", kQwen2Rules},
    {"qwen35", {.patterns = kQwen35, .composes = true}},
    {"megrez", {.patterns = kQwen2}},
    {"openpangu", {.patterns = kQwen2}},
    {"pangu-embedded", {.patterns = kQwen2}},
    {"hunyuan", {.patterns = kQwen2}},
    {"solar-open", {.patterns = kQwen2}},
    {"stablelm2", {.patterns = kQwen2}},
    {"grok-2", {.patterns = kQwen2}},
    {"kormo", {.patterns = kQwen2}},
    {"seed-coder", {.patterns = kSeedCoder}},
    {"bailingmoe", {.patterns = kBailing}},
    {"bailingmoe2", {.patterns = kBailing}},
    {"llada-moe", {.patterns = kBailing}},
    {"minicpm5", {.patterns = kMiniCpm5, .ignoresMerges = true}},
    {"llama-bpe", kLlama3Rules},
    {"llama3", kLlama3Rules},
    {"llama-v3", kLlama3Rules},
    {"lfm2", kLlama3Rules},
    {"falcon3", kLlama3Rules},
    {"falcon-h1", kLlama3Rules},
    {"pixtral", kLlama3Rules},
    {"midm-2.0", kLlama3Rules},
    {"glm4", {.patterns = kLlama3}},
    {"chatglm-bpe", {.patterns = kLlama3}},
    {"dbrx", {.patterns = kLlama3}},
    {"smaug-bpe", {.patterns = kLlama3}},
    {"gpt-4o", {.patterns = kGpt4o}},
    {"llama4", {.patterns = kGpt4o}},
    {"kanana2", {.patterns = kGpt4o}},
    {"minimax-m2", {.patterns = kGpt4o}},
    {"tekken", {.patterns = kTekken, .ignoresMerges = true, .addsBos = true}},
    {"youtu", {.patterns = kYoutu, .ignoresMerges = true}},
    {"kimi-k2", {.patterns = kKimi}},
    {"gpt-2", kGpt2Rules},
    {"phi-2", kGpt2Rules},
    {"olmo", kGpt2Rules},
    {"mpt", kGpt2Rules},
    {"exaone4", kGpt2Rules},
    {"jais", kGpt2Rules},
    {"trillion", kGpt2Rules},
    {"gigachat", kGpt2Rules},
    {"a.x-4.0", kGpt2Rules},
    {"mellum", kGpt2Rules},
    {"granite-docling", kGpt2Rules},
    {"smollm", kDigitsGpt2Rules},
    {"starcoder", kDigitsGpt2Rules},
    {"refact", kDigitsGpt2Rules},
    {"command-r", kDigitsGpt2Rules},
    {"codeshell", kDigitsGpt2Rules},
    {"exaone", kDigitsGpt2Rules},
    {"minerva-7b", kDigitsGpt2Rules},
    {"mellum2", kDigitsGpt2Rules},
    {"falcon", {.patterns = kFalcon}},
    {"bloom", {.patterns = kBloom}},
    {"gpt3-finnish", {.patterns = kBloom}},
    {"poro-chat", {.patterns = kBloom}},
    {"viking", {.patterns = kViking}},
};

} // namespace

const PreTokenizerRules* findPreTokenizerRules(std::string_view name) {
    const auto found = std::find_if(std::begin(kRules), std::end(kRules),
                                    [name](const NamedRules& entry) { return entry.name == name; });
    return found == std::end(kRules) ? nullptr : &found->rules;
}

const PreTokenizerRules& defaultPreTokenizerRules() {
    return kDefaultRules;
}

} // namespace ponder::engine
