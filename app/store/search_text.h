#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace ponder::app {

/// The text as the full-text index sees it: Chinese, Japanese and Korean characters are words of their own,
/// so that any part of a sentence can be found; a separator that is never shown keeps them apart. Case and
/// accents are the index's business.
std::string searchText(std::string_view text);
/// Takes the separators out again.
std::string shownText(std::string_view searchText);

enum class SearchPlace { Everywhere, Thoughts, Answers };

/// Whether the last word is still being typed and stands for all words that begin with it.
enum class LastWord { Whole, Prefix };

/// What a person typed into the search field, taken apart.
struct SearchQuery {
    std::string match;       ///< an FTS5 expression; empty: filters only
    bool impossible = false; ///< there were words, but none the index could know
    std::optional<engine::Role> role;
    bool archived = false; ///< in the archive only
    SearchPlace place = SearchPlace::Everywhere;
    std::string model;              ///< part of a model's name
    std::int64_t afterMs = 0;       ///< from this day on
    std::int64_t beforeMs = 0;      ///< before this day; 0: no limit
    std::vector<std::string> words; ///< the words and phrases themselves, for marking them
};

/// Words, "phrases", prefix*, and the filters role:user|assistant in:thoughts|answers|archive model:NAME
/// before:DATE after:DATE. Throws Error for a filter whose value makes no sense.
SearchQuery parseSearch(std::string_view typed, LastWord lastWord);

} // namespace ponder::app
