#include "engine/text/reasoning_format.h"

#include "engine/support/error.h"

#include <algorithm>
#include <iterator>

namespace ponder::engine {

namespace {

using Kind = ReasoningFormat::Kind;

constexpr std::string_view kTextSuffix = "-text";
constexpr std::string_view kHarmonyThought = "<|channel|>analysis<|message|>";
constexpr std::string_view kHarmonyAnswer = "<|end|><|start|>assistant<|channel|>final<|message|>";

struct Marks {
    std::string_view name;
    std::string_view opener;
    std::string_view closer;
    std::string_view header = {};
    std::string_view afterOpener = {};
    std::string_view afterCloser = {};
};

// Where a vocabulary has several pairs and the template mentions none, the first one here is taken.
constexpr Marks kMarks[] = {
    {"think", "<think>", "</think>", {}, "\n", "\n\n"},
    {"gemma4", "<|channel>", "<channel|>", "thought\n"},
    {"magistral", "[THINK]", "[/THINK]"},
    {"thinking", "<thinking>", "</thinking>", {}, "\n", "\n\n"},
    {"thought", "<thought>", "</thought>", {}, "\n", "\n\n"},
    {"reasoning", "<reasoning>", "</reasoning>", {}, "\n", "\n\n"},
    {"reason", "<reason>", "</reason>", {}, "\n", "\n\n"},
    {"seed-think", "<seed:think>", "</seed:think>", {}, "\n", "\n\n"},
    {"begin-of-thought", "<|begin_of_thought|>", "<|end_of_thought|>", {}, "\n", "\n\n"},
};

ReasoningFormat formatOf(const Marks& marks, Kind kind) {
    ReasoningFormat format;
    format.name = std::string(marks.name) + std::string(kind == Kind::Text ? kTextSuffix : "");
    format.kind = kind;
    format.opener = marks.opener;
    format.closer = marks.closer;
    format.header = marks.header;
    format.afterOpener = marks.afterOpener;
    format.afterCloser = marks.afterCloser;
    return format;
}

ReasoningFormat harmony() {
    ReasoningFormat format;
    format.name = "harmony";
    format.kind = Kind::Harmony;
    return format;
}

bool hasSpecial(const Tokenizer& tokenizer, std::string_view text) {
    const TokenId id = tokenizer.find(text);
    if (id < 0) return false;
    return tokenizer.kind(id) == TokenKind::Control || tokenizer.kind(id) == TokenKind::UserDefined;
}

bool mentions(std::string_view source, const Marks& marks) {
    return source.find(marks.opener) != std::string_view::npos ||
           source.find(marks.closer) != std::string_view::npos;
}

std::string_view withoutSpaceAtEnd(std::string_view text) {
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

} // namespace

ReasoningFormat ReasoningFormat::named(std::string_view name) {
    if (name == "none") return {};
    if (name == "harmony") return harmony();
    const bool isText = name.ends_with(kTextSuffix);
    if (isText) name.remove_suffix(kTextSuffix.size());
    for (const Marks& marks : kMarks) {
        if (marks.name == name) return formatOf(marks, isText ? Kind::Text : Kind::Tokens);
    }
    std::string known = "none, harmony";
    for (const Marks& marks : kMarks) known.append(", ").append(marks.name);
    throw Error("There is no reasoning format \"" + std::string(name) + "\". Use one of: " + known +
                "; with \"-text\" behind it where the marks are ordinary text.");
}

bool ReasoningFormat::marks(std::string_view token) const {
    if (kind == Kind::Harmony) return token.starts_with("<|") && token.ends_with("|>");
    return kind == Kind::Tokens && (token == opener || token == closer);
}

ReasoningFormat detectReasoningFormat(const Tokenizer& tokenizer, std::string_view templateSource,
                                      std::string_view architecture) {
    const bool hasChannels = hasSpecial(tokenizer, "<|channel|>") && hasSpecial(tokenizer, "<|message|>");
    // Other families use OpenAI's vocabulary as well, with turns of their own.
    if (hasChannels &&
        (architecture == "gpt-oss" || templateSource.find("<|channel|>") != std::string_view::npos)) {
        return harmony();
    }
    const Marks* unmentioned = nullptr;
    for (const Marks& marks : kMarks) {
        if (!hasSpecial(tokenizer, marks.opener) || !hasSpecial(tokenizer, marks.closer)) continue;
        if (mentions(templateSource, marks)) return formatOf(marks, Kind::Tokens);
        if (!unmentioned) unmentioned = &marks;
    }
    const auto spelled = std::find_if(std::begin(kMarks), std::end(kMarks),
                                      [&](const Marks& marks) { return mentions(templateSource, marks); });
    if (spelled != std::end(kMarks)) return formatOf(*spelled, Kind::Text);
    return unmentioned ? formatOf(*unmentioned, Kind::Tokens) : ReasoningFormat();
}

bool promptOpensReasoning(const ReasoningFormat& format, std::string_view markupTail) {
    if (!format.hasThoughts()) return false;
    const std::string_view tail = withoutSpaceAtEnd(markupTail);
    if (format.kind == Kind::Harmony) return tail.ends_with(kHarmonyThought);
    return tail.ends_with(format.opener) ||
           tail.ends_with(withoutSpaceAtEnd(std::string(format.opener).append(format.header)));
}

std::string openingText(const ReasoningFormat& format) {
    if (format.kind == Kind::Harmony) return std::string(kHarmonyThought);
    return format.opener + format.header + format.afterOpener;
}

std::string answerOpeningText(const ReasoningFormat& format) {
    if (format.kind == Kind::Harmony) return std::string(kHarmonyAnswer.substr(kHarmonyAnswer.find("<|channel|>")));
    return {};
}

std::string closingText(const ReasoningFormat& format) {
    if (format.kind == Kind::Harmony) return std::string(kHarmonyAnswer);
    return format.afterOpener + format.closer + format.afterCloser;
}

} // namespace ponder::engine
