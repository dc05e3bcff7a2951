#pragma once

#include "engine/loaded_model.h"
#include "engine/sampling/grammar_masks.h"

#include <memory>
#include <string>

namespace ponder::engine {

/// Keeps what JSON schemas cost once: the tree of a model's tokens from the first schema on, and the masks of
/// the last schema, which the next question often has as well. One thread.
class SchemaKeeper {
public:
    /// The model must outlive it.
    explicit SchemaKeeper(const LoadedModel& loaded) : loaded_(loaded) {}

    /// The masks of a schema for the model's vocabulary, valid until the next call. Throws Error: a schema
    /// that cannot be enforced.
    GrammarMasks& masksFor(const std::string& schema);

private:
    const LoadedModel& loaded_;
    std::shared_ptr<const TokenTrie> trie_;
    std::string schema_;
    std::unique_ptr<GrammarMasks> masks_;
};

/// The tokens of which a model's text is made: no control tokens, no marks around thoughts, and nothing that
/// ends an answer.
std::shared_ptr<const TokenTrie> textTokensOf(const LoadedModel& loaded);

} // namespace ponder::engine
