#pragma once

#include <string>
#include <vector>

#include "app/store/chat_store.h"

namespace ponder::app {

/// A chat of alternating prompts and answers, in one line.
Conversation chatOf(const std::string& title, const std::vector<std::string>& texts);

/// Everything of it, as a first save would have it.
ChatChange allOf(const Conversation& chat);

/// A part of thoughts.
Part thought(std::string text);

} // namespace ponder::app
