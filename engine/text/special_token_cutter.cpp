#include "engine/text/special_token_cutter.h"

#include <algorithm>
#include <iterator>

namespace ponder::engine {

namespace {

// User-defined tokens that structure a conversation though their files do not call them control tokens.
constexpr std::string_view kMarkers[] = {
    "<think>",          "</think>",          "<thinking>",     "</thinking>",     "<thought>",
    "</thought>",       "<reason>",          "</reason>",      "<reasoning>",     "</reasoning>",
    "[THINK]",          "[/THINK]",          "<tool_call>",    "</tool_call>",    "<tool_response>",
    "</tool_response>", "<tools>",           "</tools>",       "[INST]",          "[/INST]",
    "[TOOL_CALLS]",     "[AVAILABLE_TOOLS]", "[TOOL_RESULTS]", "<start_of_turn>", "<end_of_turn>"};

bool isMarker(std::string_view text) {
    return text.starts_with("<|") || text.ends_with("|>") || text.starts_with("<\xEF\xBD\x9C") ||
           std::find(std::begin(kMarkers), std::end(kMarkers), text) != std::end(kMarkers);
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
