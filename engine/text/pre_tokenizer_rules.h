#pragma once

#include <span>
#include <string_view>

namespace ponder::engine {

/// How one family splits text before merging (`tokenizer.ggml.pre`).
struct PreTokenizerRules {
    std::span<const std::string_view>
        patterns;               ///< applied in turn, each inside the pieces of those before it
    bool composes = false;      ///< text is brought to NFC first
    bool ignoresMerges = false; ///< a piece that is a whole token is taken as it is
    bool addsBos = false;       ///< unless the file says otherwise
};

/// The rules a file names; null for a name nobody knows.
const PreTokenizerRules* findPreTokenizerRules(std::string_view name);

/// The rules of files that name none: old ones, possibly split as their model was not trained.
const PreTokenizerRules& defaultPreTokenizerRules();

} // namespace ponder::engine
