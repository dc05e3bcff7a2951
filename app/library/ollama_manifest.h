#pragma once

#include <string>
#include <string_view>

namespace ponder::app {

/// The SHA-256 of the file that a manifest of Ollama names as the model, 64 hex digits; empty where the text
/// names none. The text is a stranger's: only a digest comes out, never a path.
std::string modelDigestOf(std::string_view manifest);

} // namespace ponder::app
