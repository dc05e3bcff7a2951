#pragma once

#include "engine/sampling/grammar_masks.h"
#include "engine/sampling/token_trie.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace ponder::engine {

/// Tokens of a made-up vocabulary: every byte, and stretches of one to twelve bytes cut out of texts that
/// models write, with no regard to characters.
std::vector<std::string> randomVocabulary(std::uint32_t seed, std::size_t size);
std::shared_ptr<const TokenTrie> trieOf(const std::vector<std::string>& vocabulary);

/// What a model without any sense would write: every allowed token is as likely as another, but what closes
/// something comes more often, so that most answers end.
struct RandomAnswer {
    std::string text;
    bool isWhole = false; ///< it ended by itself
};
RandomAnswer randomAnswer(GrammarMasks& masks, const std::vector<std::string>& vocabulary,
                          std::mt19937& random, int mostTokens);

} // namespace ponder::engine
