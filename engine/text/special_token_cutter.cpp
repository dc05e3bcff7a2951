#include "engine/text/special_token_cutter.h"

#include <algorithm>
#include <iterator>

namespace ponder::engine {

namespace {

// Vocabularies have tags of HTML as user-defined tokens; in a person's text they are what they always were.
constexpr std::string_view kTags[] = {
    "table", "caption", "thead", "tbody", "tfoot", "tr",  "th", "td", "h1", "h2", "h3",  "h4",  "h5",
    "h6",    "p",       "div",   "span",  "pre",   "ul",  "ol", "li", "a",  "b",  "i",   "u",   "s",
    "em",    "strong",  "code",  "br",    "hr",    "img", "dl", "dt", "dd", "q",  "sub", "sup", "blockquote"};

bool isTag(std::string_view text) {
    if (text.size() < 3 || text.front() != '<' || text.back() != '>') return false;
    text = text.substr(1, text.size() - 2);
    if (text.front() == '/') text.remove_prefix(1);
    return std::find(std::begin(kTags), std::end(kTags), text) != std::end(kTags);
}

/// Files do not call every token a control token that structures a conversation: roles, thoughts and tools
/// have user-defined ones, which all stand in brackets.
bool isMarker(std::string_view text) {
    const bool inBrackets =
        (text.starts_with('<') && text.ends_with('>')) || (text.starts_with('[') && text.ends_with(']'));
    return (inBrackets && !isTag(text)) || text.find("<|") != std::string_view::npos ||
           text.find("|>") != std::string_view::npos;
}

} // namespace

SpecialTokenCutter::SpecialTokenCutter(const Vocabulary& vocabulary) : nodes_(1), starts_(256, false) {
    for (TokenId id = 0; id < vocabulary.size(); ++id) {
        const std::string_view text = vocabulary.bytes(id);
        if (text.empty()) continue;
        switch (vocabulary.kind(id)) {
        case TokenKind::Control:
        case TokenKind::Unknown:
            add(text, id, Trust::Markup);
            break;
        case TokenKind::UserDefined:
            add(text, id, isMarker(text) ? Trust::Text : Trust::Content);
            break;
        default:
            break;
        }
    }
}

void SpecialTokenCutter::add(std::string_view text, TokenId id, Trust trust) {
    std::uint32_t node = 0;
    for (const char byte : text) {
        const std::uint64_t edge = (std::uint64_t{node} << 8) | static_cast<unsigned char>(byte);
        const auto [child, isNew] = children_.try_emplace(edge, static_cast<std::uint32_t>(nodes_.size()));
        if (isNew) nodes_.emplace_back();
        node = child->second;
    }
    if (nodes_[node].id < 0) nodes_[node] = {id, trust};
    starts_[static_cast<unsigned char>(text[0])] = true;
}

SpecialTokenCutter::Hit SpecialTokenCutter::longestAt(std::string_view text, std::size_t position,
                                                      Trust trust) const {
    Hit best;
    std::uint32_t node = 0;
    for (std::size_t i = position; i < text.size(); ++i) {
        const auto child = children_.find((std::uint64_t{node} << 8) | static_cast<unsigned char>(text[i]));
        if (child == children_.end()) break;
        node = child->second;
        if (nodes_[node].id >= 0 && nodes_[node].trust <= trust)
            best = {nodes_[node].id, position, i + 1 - position};
    }
    return best;
}

SpecialTokenCutter::Hit SpecialTokenCutter::next(std::string_view text, std::size_t position,
                                                 Trust trust) const {
    for (; position < text.size(); ++position) {
        if (!starts_[static_cast<unsigned char>(text[position])]) continue;
        const Hit hit = longestAt(text, position, trust);
        if (hit.id >= 0) return hit;
    }
    return {};
}

} // namespace ponder::engine
