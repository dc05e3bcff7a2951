#pragma once

#include <string>
#include <vector>

#include "app/conversation.h"

namespace ponder::app {

/// A chat of alternating prompts and answers, in one line.
Conversation chatOf(const std::string& title, const std::vector<std::string>& texts);

} // namespace ponder::app
