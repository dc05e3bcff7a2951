#include "app/exchange/marked_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "app/exchange/chat_builder.h"

namespace ponder::app {

namespace {

constexpr std::string_view kThink = "<think>";
constexpr std::string_view kThinkEnd = "</think>";
constexpr std::string_view kDetails = "<details ";
constexpr std::string_view kDetailsEnd = "</details>";
constexpr std::string_view kSummaryEnd = "</summary>";

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string replaced(const std::string& text, std::string_view from, std::string_view to) {
    std::string result;
    std::size_t at = 0;
    for (std::size_t found = text.find(from); found != std::string::npos; found = text.find(from, at)) {
        result.append(text, at, found - at).append(to);
        at = found + from.size();
    }
    return result.append(text, at);
}

// The ampersand last: "&amp;lt;" is "&lt;".
std::string withoutEntities(std::string text) {
    for (const auto& [entity, sign] :
         {std::pair("&gt;", ">"), std::pair("&lt;", "<"), std::pair("&quot;", "\""), std::pair("&#x27;", "'"),
          std::pair("&#39;", "'"), std::pair("&amp;", "&")})
        text = replaced(text, entity, sign);
    return text;
}

/// `name="…"` of a tag; what is JSON's way to write a text is that text.
std::string attributeOf(std::string_view tag, const char* name) {
    const std::string start = " " + std::string(name) + "=\"";
    const std::size_t found = tag.find(start);
    if (found == std::string_view::npos) return {};
    tag.remove_prefix(found + start.size());
    const std::string value = withoutEntities(std::string(tag.substr(0, tag.find('"'))));
    const nlohmann::json text = nlohmann::json::parse(value, nullptr, false);
    return text.is_string() ? text.get<std::string>() : value;
}

/// What is within `<details>` without its summary.
std::string withoutSummary(std::string_view inside) {
    const std::size_t end = inside.find(kSummaryEnd);
    if (end != std::string_view::npos) inside.remove_prefix(end + kSummaryEnd.size());
    return trimmed(inside);
}

std::string withoutQuoteSigns(const std::string& text) {
    std::string lines(1, '\n');
    lines += replaced(text, "&gt;", ">");
    lines = replaced(lines, "\n> ", "\n");
    return trimmed(withoutEntities(replaced(lines, "\n>", "\n")));
}

Part partOfDetails(const std::string& type, std::string_view tag, std::string_view inside) {
    if (type == "reasoning") return reasoningPart(withoutQuoteSigns(withoutSummary(inside)));
    if (type == "tool_calls")
        return toolPart(attributeOf(tag, "name"), attributeOf(tag, "arguments"), attributeOf(tag, "result"));
    return toolPart("code", withoutSummary(inside), attributeOf(tag, "output"));
}

bool isKnownType(const std::string& type) {
    return type == "reasoning" || type == "tool_calls" || type == "code_interpreter";
}

/// A marked stretch of the text.
struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
    Part part;
};

std::optional<Stretch> thoughtFrom(std::string_view text, std::size_t begin) {
    const std::size_t inside = begin + kThink.size();
    const std::size_t end = text.find(kThinkEnd, inside);
    if (end == std::string_view::npos) return std::nullopt; // never closed: text like any other
    return Stretch{begin, end + kThinkEnd.size(), reasoningPart(trimmed(text.substr(inside, end - inside)))};
}

/// Nothing for details that the person or the model wrote.
std::optional<Stretch> detailsFrom(std::string_view text, std::size_t begin) {
    const std::size_t tagEnd = text.find_first_of("<>", begin + 1);
    if (tagEnd == std::string_view::npos || text[tagEnd] == '<') return std::nullopt;
    const std::string_view tag = text.substr(begin, tagEnd - begin);
    const std::string type = attributeOf(tag, "type");
    if (!isKnownType(type)) return std::nullopt;
    const std::size_t end = text.find(kDetailsEnd, tagEnd);
    if (end == std::string_view::npos) return std::nullopt;
    return Stretch{begin, end + kDetailsEnd.size(),
                   partOfDetails(type, tag, text.substr(tagEnd + 1, end - tagEnd - 1))};
}

/// Where the last closing mark stands: behind it nothing need be looked for, however often it is opened.
struct LastMarks {
    std::size_t think;
    std::size_t details;
};

std::size_t before(std::size_t found, std::size_t last) {
    return last == std::string_view::npos || found > last ? std::string_view::npos : found;
}

std::optional<Stretch> nextStretch(std::string_view text, std::size_t from, const LastMarks& last) {
    for (;;) {
        const std::size_t think = before(text.find(kThink, from), last.think);
        const std::size_t details = before(text.find(kDetails, from), last.details);
        const std::size_t begin = std::min(think, details);
        if (begin == std::string_view::npos) return std::nullopt;
        auto stretch = begin == think ? thoughtFrom(text, begin) : detailsFrom(text, begin);
        if (stretch) return stretch;
        from = begin + 1;
    }
}

} // namespace

std::vector<Part> partsOfText(const std::string& text) {
    std::vector<Part> parts;
    const auto addText = [&](std::size_t from, std::size_t to) {
        std::string plain = trimmed(std::string_view(text).substr(from, to - from));
        if (!plain.empty()) parts.push_back(textPart(std::move(plain)));
    };
    const LastMarks last{text.rfind(kThinkEnd), text.rfind(kDetailsEnd)};
    std::size_t at = 0;
    while (const auto stretch = nextStretch(text, at, last)) {
        addText(at, stretch->begin);
        if (stretch->part.kind == PartKind::Tool || !stretch->part.text.empty())
            parts.push_back(stretch->part);
        at = stretch->end;
    }
    addText(at, text.size());
    return parts;
}

} // namespace ponder::app
