#pragma once

#include <string>
#include <vector>

#include "app/conversation.h"

namespace ponder::app {

/// Thoughts and tool calls that a program left within the text, as `<think>` or as Open WebUI's `<details>`,
/// and the text around them.
std::vector<Part> partsOfText(const std::string& text);

} // namespace ponder::app
