#include "engine/sampling/grammar_masks.h"

#include <array>
#include <utility>

namespace ponder::engine {

namespace {

constexpr std::size_t kMostMasks = 512; // 19 KB each for a vocabulary of 150,000
constexpr std::size_t kMostVerdicts = 128;
constexpr std::size_t kMostStatesKept = 20'000;

} // namespace

GrammarMasks::GrammarMasks(Grammar grammar, std::shared_ptr<const TokenTrie> trie)
    : grammar_(std::move(grammar)), trie_(std::move(trie)), states_(grammar_) {
    restart();
}

void GrammarMasks::restart() {
    state_ = states_.start();
}

bool GrammarMasks::take(std::string_view bytes) {
    StateId state = state_;
    for (const char byte : bytes) {
        if (state == GrammarStates::kDead) return false;
        state = states_.step(state, static_cast<unsigned char>(byte));
    }
    if (state == GrammarStates::kDead) return false;
    state_ = state;
    return true;
}

void GrammarMasks::keepWithinBounds() {
    if (masks_.size() >= kMostMasks) masks_.clear();
    if (states_.size() < kMostStatesKept && verdicts_.size() < kMostVerdicts) return;
    masks_.clear();
    verdicts_.clear();
    state_ = states_.forgetAllBut(state_);
}

const TokenMask& GrammarMasks::allowed() {
    if (const auto known = masks_.find(state_); known != masks_.end()) return known->second;
    keepWithinBounds();
    const Verdict& verdict =
        verdictOf(states_.shortened(state_, static_cast<std::uint32_t>(TokenTrie::kLongestInTree)));
    TokenMask mask = verdict.allowed;
    // Neighbours begin alike: what they share is not tried again.
    std::vector<StateId> path{state_};
    std::uint32_t before = 0;
    const auto decide = [&](std::uint32_t place) {
        const std::string_view bytes = trie_->bytes(place);
        std::size_t shared = 0;
        if (before + 1 == place) {
            shared = trie_->shared(place);
        } else {
            const std::string_view last = path.size() > 1 ? trie_->bytes(before) : std::string_view();
            while (shared < bytes.size() && shared < last.size() && bytes[shared] == last[shared]) ++shared;
        }
        before = place;
        if (path.size() > shared + 1) path.resize(shared + 1);
        while (path.size() <= bytes.size() && path.back() != GrammarStates::kDead)
            path.push_back(states_.step(path.back(), static_cast<unsigned char>(bytes[path.size() - 1])));
        if (path.back() != GrammarStates::kDead) mask.add(trie_->id(place));
    };
    for (const std::uint32_t place : verdict.undecided) decide(place);
    for (std::uint32_t place = trie_->treeTokens(); place < trie_->tokens(); ++place) decide(place);
    return masks_.emplace(state_, std::move(mask)).first->second;
}

const GrammarMasks::Verdict& GrammarMasks::verdictOf(StateId shortened) {
    if (const auto known = verdicts_.find(shortened); known != verdicts_.end()) return known->second;
    return verdicts_.emplace(shortened, walked(shortened)).first->second;
}

GrammarMasks::Verdict GrammarMasks::walked(StateId shortened) {
    Verdict verdict{TokenMask(trie_->vocabularySize()), {}};
    struct Step {
        StateId state = GrammarStates::kDead;
        bool left = false; ///< here or before, one of the ways led out of the innermost rules
    };
    std::array<Step, TokenTrie::kLongestInTree + 1> path{};
    path[0] = {shortened, states_.leaves(shortened)};
    const auto nodes = trie_->nodes();
    for (std::size_t i = 0; i < nodes.size();) {
        const TokenTrie::Node& node = nodes[i];
        const Step& above = path[node.depth];
        const StateId state = states_.step(above.state, node.byte);
        if (state == GrammarStates::kDead) {
            const auto [first, end] = trie_->tokensBelow(i);
            for (std::uint32_t place = first; above.left && place < end; ++place)
                verdict.undecided.push_back(place);
            i = node.end;
            continue;
        }
        // Where the ways only led out, something follows there, for the grammar has no dead ends.
        const auto [first, end] = trie_->tokensAt(i);
        for (std::uint32_t place = first; place < end; ++place) verdict.allowed.add(trie_->id(place));
        path[node.depth + 1u] = {state, above.left || states_.leaves(state)};
        ++i;
    }
    return verdict;
}

} // namespace ponder::engine
