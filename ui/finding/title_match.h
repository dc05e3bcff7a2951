#pragma once

#include "ui/markdown/markdown_writer.h"

#include <optional>
#include <vector>

namespace ponder::ui {

/// How well a title answers what was typed.
struct TitleMatch {
    int score = 0; ///< more is better
    std::vector<TextRange> marks;
};

/// A match at the start beats one at the start of a word, that beats one inside a word, that beats letters
/// that only come in this order. Every word typed must match; case and accents do not matter. Nothing typed
/// matches everything.
std::optional<TitleMatch> matchTitle(const QString& typed, const QString& title);

/// Whether every word typed begins one of these words: for what is found by words that are not shown, where
/// letters that only come in this order would be a coincidence.
bool beginsWords(const QString& typed, const QString& words);

} // namespace ponder::ui
