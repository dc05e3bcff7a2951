#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/library/found_model.h"
#include "engine/engine.h"

namespace ponder::app {

/// How much of a model has been looked at for its card.
enum class CardDepth {
    Place,  ///< where it lies
    Header, ///< what the list shows
    Whole,  ///< vocabulary and template, too: if there is no problem now, it can be loaded
};

/// What a list shows of a model: the file's own words, or why it cannot be used. More is read when it is
/// asked for, by engine::describeModel.
struct ModelCard {
    FoundModel found;
    engine::ModelInfo info; ///< of it: what a list needs; reasoning and identity from CardDepth::Whole on
    std::string problem;    ///< empty: usable as far as `depth` goes
    CardDepth depth = CardDepth::Place;
    std::vector<FoundModel> copies; ///< files of their own with the same content

    ModelState state() const; ///< found.state, or Unusable where there is a problem
    /// Whether `path` is one of its places: of its own, of a link to it, or of a copy.
    bool liesAt(const std::string& path) const;
};

/// One line under a name: "deepseek2 · 4 million parameters · Q8_0 · 8 MB".
std::string cardLine(const engine::ModelInfo& info);

/// "Two copies: /a/x.gguf, /b/x.gguf" or "One file, 2 names: …"; empty for a model in one place.
std::string placesLine(const ModelCard& card);

/// "1.5 GB", as a person writes it; powers of ten.
std::string sizeText(std::uint64_t bytes);
/// "4.1 million", "31 billion".
std::string countText(std::uint64_t count);

} // namespace ponder::app
