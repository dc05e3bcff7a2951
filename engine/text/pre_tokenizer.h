#pragma once

#include "engine/text/pre_tokenizer_rules.h"

#include <memory>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// Cuts text into the pieces that merges stay inside. Each pattern runs in every piece of the one before;
/// what it matches is a piece, and so is what lies between. Bytes that are no UTF-8 are pieces of their own.
/// Immutable.
class PreTokenizer {
public:
    explicit PreTokenizer(const PreTokenizerRules& rules);
    ~PreTokenizer();

    /// The pieces in order, none empty; together they are `text`.
    std::vector<std::string_view> split(std::string_view text) const;

private:
    struct Pattern;
    std::vector<Pattern> patterns_;
};

} // namespace ponder::engine
