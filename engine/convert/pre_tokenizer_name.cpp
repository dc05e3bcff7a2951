#include "engine/convert/pre_tokenizer_name.h"

#include "engine/format/gguf_problem.h"
#include "engine/support/error.h"
#include "engine/text/pre_tokenizer_rules.h"

#include <algorithm>
#include <vector>

namespace ponder::engine {

namespace {

using nlohmann::json;

// What a ByteLevel step cuts by when it is told to: GPT-2's pattern, whose last arm our rules leave to the
// gaps between matches.
constexpr std::string_view kByteLevelPattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S))";
constexpr std::string_view kGapArm = R"(|\s+)";
constexpr std::string_view kDigit = R"(\p{N})";
constexpr std::string_view kDigitRuns = R"(\p{N}+)";

// Of several names for the same rules the usual one.
constexpr std::string_view kNames[] = {
    "deepseek-v3", "deepseek-llm", "deepseek-coder", "qwen2", "qwen35",           "llama-bpe", "glm4",
    "gpt-4o",      "tekken",       "kimi-k2",        "gpt-2", "smollm",           "falcon",    "seed-coder",
    "bailingmoe",  "minicpm5",     "youtu",          "bloom", "deepseek-r1-qwen",
};

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flagOf(const json& object, const char* key, bool fallback) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() ? found->get<bool>() : fallback;
}

/// The same pattern in one spelling: line breaks as escapes, no escapes that change nothing.
std::string spelled(std::string_view pattern) {
    std::string result;
    for (const char c : pattern) {
        if (c == '\r')
            result += "\\r";
        else if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    // Two ways to say "spaces up to the end of the text"; ours is the faster one.
    if (result == R"((?<!\s)\s+$)") result = R"(\s+$)";
    if (result.ends_with(std::string(R"(\s+(?!\S))") + std::string(kGapArm)))
        result.resize(result.size() - kGapArm.size());
    return result;
}

void collect(const json& step, std::vector<std::string>& patterns) {
    if (!step.is_object()) return;
    const std::string type = textOf(step, "type");
    if (type == "Sequence") {
        const auto steps = step.find("pretokenizers");
        if (steps != step.end() && steps->is_array())
            for (const json& each : *steps) collect(each, patterns);
    } else if (type == "Split") {
        const auto pattern = step.find("pattern");
        const std::string behavior = textOf(step, "behavior");
        // Both keep what matches as pieces of its own; others would drop or join text.
        const bool keepsMatches =
            behavior == "Isolated" || (behavior == "Removed" && flagOf(step, "invert", false));
        patterns.push_back(!keepsMatches ? "a split of the behavior " + engine::quoted(behavior)
                           : pattern != step.end() && pattern->is_object()
                               ? spelled(textOf(*pattern, "Regex"))
                               : std::string());
    } else if (type == "Digits") {
        patterns.emplace_back(flagOf(step, "individual_digits", false) ? R"(\p{N})" : R"(\p{N}+)");
    } else if (type == "ByteLevel") {
        if (flagOf(step, "use_regex", true)) patterns.push_back(spelled(kByteLevelPattern));
    } else {
        patterns.push_back("a step of the type " + engine::quoted(type));
    }
}

bool composes(const json& normalizer) {
    if (!normalizer.is_object()) return false;
    if (textOf(normalizer, "type") == "NFC") return true;
    const auto steps = normalizer.find("normalizers");
    return steps != normalizer.end() && steps->is_array() &&
           std::any_of(steps->begin(), steps->end(), [](const json& step) { return composes(step); });
}

bool samePatterns(const PreTokenizerRules& rules, std::vector<std::string> patterns) {
    // No token of such a vocabulary has two digits, so it does not matter whether runs are cut.
    if (!rules.patterns.empty() && rules.patterns.back() == kDigitRuns && !patterns.empty() &&
        patterns.back() == kDigit)
        patterns.back() = kDigitRuns;
    return std::equal(
        rules.patterns.begin(), rules.patterns.end(), patterns.begin(), patterns.end(),
        [](std::string_view ours, const std::string& theirs) { return spelled(ours) == theirs; });
}

} // namespace

std::string preTokenizerName(const json& tokenizer) {
    std::vector<std::string> patterns;
    if (const auto step = tokenizer.find("pre_tokenizer"); step != tokenizer.end()) collect(*step, patterns);
    const bool isComposing = tokenizer.contains("normalizer") && composes(tokenizer["normalizer"]);
    const auto model = tokenizer.find("model");
    const bool ignoresMerges =
        model != tokenizer.end() && model->is_object() && flagOf(*model, "ignore_merges", false);
    std::string_view nearest;
    for (const std::string_view name : kNames) {
        const PreTokenizerRules* rules = findPreTokenizerRules(name);
        if (!rules || !samePatterns(*rules, patterns)) continue;
        if (rules->composes == isComposing && rules->ignoresMerges == ignoresMerges) return std::string(name);
        // Not all repositories of a family say that text is composed first; the family's pieces are the same.
        if (nearest.empty() && rules->ignoresMerges == ignoresMerges) nearest = name;
    }
    if (!nearest.empty()) return std::string(nearest);
    std::string shown;
    for (const std::string& pattern : patterns)
        shown += (shown.empty() ? "" : ", ") + engine::quoted(pattern);
    throw Error("The tokenizer cuts text by rules that Ponder has not got (" +
                (shown.empty() ? "none at all" : shown) +
                "), so the model could not be asked anything. Choose a GGUF file of this model.");
}

} // namespace ponder::engine
