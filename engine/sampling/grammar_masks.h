#pragma once

#include "engine/sampling/grammar.h"
#include "engine/sampling/grammar_states.h"
#include "engine/sampling/token_mask.h"
#include "engine/sampling/token_trie.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ponder::engine {

/// Follows a text through a grammar and says which tokens of a vocabulary may come next. Most tokens are
/// decided by the innermost rules alone: that part is worked out once for all places where these stand alike,
/// by a walk through the tree of tokens. Only the tokens that leave those rules (`",` behind a string) are
/// tried one by one. What was worked out is kept from answer to answer, within bounds. Single thread.
class GrammarMasks {
public:
    GrammarMasks(Grammar grammar, std::shared_ptr<const TokenTrie> trie);
    GrammarMasks(const GrammarMasks&) = delete;
    GrammarMasks& operator=(const GrammarMasks&) = delete;

    /// Back to the beginning of the text.
    void restart();
    /// False: these bytes may not follow, and nothing is taken. Throws Error where the grammar can be read in
    /// too many ways.
    bool take(std::string_view bytes);
    /// Tokens whose bytes may follow. Valid until the next call. Throws Error as `take` does.
    const TokenMask& allowed();
    /// May the text end here?
    bool complete() const { return states_.complete(state_); }
    /// May it go on?
    bool goesOn() const { return states_.goesOn(state_); }

private:
    /// What the innermost rules say.
    struct Verdict {
        TokenMask allowed;
        std::vector<std::uint32_t> undecided; ///< places of tokens in the trie, in order
    };

    const Verdict& verdictOf(StateId innermost);
    Verdict walked(StateId innermost);
    const TokenMask& treeMaskOf(StateId equivalent);
    void keepWithinBounds();

    Grammar grammar_;
    std::shared_ptr<const TokenTrie> trie_;
    GrammarStates states_;
    StateId state_ = GrammarStates::kDead;
    std::unordered_map<StateId, Verdict> verdicts_;    ///< by innermost state
    std::unordered_map<StateId, TokenMask> treeMasks_; ///< by equivalent state, without the long tokens
    std::unordered_map<StateId, TokenMask> masks_;     ///< by state
};

} // namespace ponder::engine
