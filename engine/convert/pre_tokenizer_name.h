#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace ponder::engine {

/// The name that GGUF has (`tokenizer.ggml.pre`) for the rules by which a tokenizer.json with byte-level
/// pieces cuts text: the one whose patterns, order and switches are the same. Throws Error where Ponder has
/// no such rules: a model that is fed other pieces than it was trained on talks nonsense.
std::string preTokenizerName(const nlohmann::json& tokenizer);

} // namespace ponder::engine
