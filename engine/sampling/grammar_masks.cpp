#include "engine/sampling/grammar_masks.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ponder::engine {

namespace {

static_assert(TokenTrie::kLongestInTree <= Grammar::kForesight);

constexpr std::size_t kMostMasks = 512; // 19 KB each for a vocabulary of 150,000
constexpr std::size_t kMostVerdicts = 128;

/// Tries tokens for themselves, in the order of the tree: what a token begins with like the one before it is
/// not tried again.
class TokenTrial {
public:
    TokenTrial(const TokenTrie& trie, GrammarStates& states, StateId from)
        : trie_(trie), states_(states), path_{from} {}

    bool passes(std::uint32_t place) {
        const std::string_view bytes = trie_.bytes(place);
        const std::size_t shared = before_ + 1 == place ? trie_.shared(place) : sharedWithBefore(bytes);
        before_ = place;
        if (path_.size() > shared + 1) path_.resize(shared + 1);
        while (path_.size() <= bytes.size() && path_.back() != GrammarStates::kDead)
            path_.push_back(states_.step(path_.back(), static_cast<unsigned char>(bytes[path_.size() - 1])));
        return path_.back() != GrammarStates::kDead;
    }

private:
    std::size_t sharedWithBefore(std::string_view bytes) const {
        const std::string_view last = path_.size() > 1 ? trie_.bytes(before_) : std::string_view();
        return static_cast<std::size_t>(std::ranges::mismatch(bytes, last).in1 - bytes.begin());
    }

    const TokenTrie& trie_;
    GrammarStates& states_;
    std::vector<StateId> path_; ///< the states that the bytes of the token before lead through
    std::uint32_t before_ = 0;
};

} // namespace

GrammarMasks::GrammarMasks(Grammar grammar, std::shared_ptr<const TokenTrie> trie)
    : grammar_(std::move(grammar)), trie_(std::move(trie)), states_(grammar_) {
    restart();
}

void GrammarMasks::restart() {
    state_ = states_.start();
}

bool GrammarMasks::take(std::string_view bytes) {
    states_.rest();
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
    if (treeMasks_.size() >= kMostMasks) treeMasks_.clear();
    if (!states_.crowded() && verdicts_.size() < kMostVerdicts) return;
    masks_.clear();
    treeMasks_.clear();
    verdicts_.clear();
    state_ = states_.forgetAllBut(state_);
}

const TokenMask& GrammarMasks::allowed() {
    if (const auto known = masks_.find(state_); known != masks_.end()) return known->second;
    keepWithinBounds();
    states_.rest();
    TokenMask mask = treeMaskOf(states_.equivalent(state_));
    TokenTrial trial(*trie_, states_, state_);
    for (std::uint32_t place = trie_->treeTokens(); place < trie_->tokens(); ++place) {
        if (trial.passes(place)) mask.add(trie_->id(place));
    }
    return masks_.emplace(state_, std::move(mask)).first->second;
}

const TokenMask& GrammarMasks::treeMaskOf(StateId equivalent) {
    if (const auto known = treeMasks_.find(equivalent); known != treeMasks_.end()) return known->second;
    const Verdict& verdict = verdictOf(states_.innermost(equivalent));
    TokenMask mask = verdict.allowed;
    TokenTrial trial(*trie_, states_, equivalent);
    for (const std::uint32_t place : verdict.undecided) {
        if (trial.passes(place)) mask.add(trie_->id(place));
    }
    return treeMasks_.emplace(equivalent, std::move(mask)).first->second;
}

const GrammarMasks::Verdict& GrammarMasks::verdictOf(StateId innermost) {
    if (const auto known = verdicts_.find(innermost); known != verdicts_.end()) return known->second;
    return verdicts_.emplace(innermost, walked(innermost)).first->second;
}

GrammarMasks::Verdict GrammarMasks::walked(StateId innermost) {
    Verdict verdict{TokenMask(trie_->vocabularySize()), {}};
    struct Step {
        StateId state = GrammarStates::kDead;
        const GrammarStates::Steps* steps = nullptr;
        bool left = false; ///< here or before, one of the ways led out of the innermost rules
    };
    std::array<Step, TokenTrie::kLongestInTree + 1> path{};
    path[0] = {innermost, &states_.steps(innermost), states_.leaves(innermost)};
    const auto nodes = trie_->nodes();
    for (std::size_t i = 0; i < nodes.size();) {
        const TokenTrie::Node& node = nodes[i];
        const Step& above = path[node.depth];
        StateId state = (*above.steps)[node.byte];
        if (state == GrammarStates::kUnknownStep) state = states_.step(above.state, node.byte);
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
        path[node.depth + 1u] = state == above.state
                                    ? above
                                    : Step{state, &states_.steps(state), above.left || states_.leaves(state)};
        ++i;
    }
    return verdict;
}

} // namespace ponder::engine
