#pragma once

#include "engine/engine.h"
#include "engine/model/model.h"
#include "engine/text/chat_template.h"
#include "engine/text/reasoning_format.h"
#include "engine/text/tokenizer.h"

#include <string>
#include <vector>

namespace ponder::engine {

/// Everything a model file holds, checked and ready: weights bound by name, vocabulary, chat template (the
/// family's own where the file's is missing or broken), reasoning format, sampling defaults. Immutable after
/// construction.
struct LoadedModel {
    /// Throws Error: unreadable, damaged, unsupported.
    LoadedModel(const std::string& path, GgufFile::Access access);

    /// What a person wants to know of it, without what depends on how it is run (context, memory).
    ModelInfo describe() const;

    std::vector<std::string> notices; ///< odd but not refused, for a person
    Model model;
    Tokenizer tokenizer;
    std::string templateSource;
    ChatTemplate chatTemplate;
    ReasoningFormat reasoning;
    SamplingSettings sampling;
};

/// `text` as valid UTF-8 without control and direction-changing characters, cut to `limit` bytes.
std::string cleanForDisplay(std::string_view text, std::size_t limit);

} // namespace ponder::engine
