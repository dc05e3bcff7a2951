#pragma once

#include "app/conversation.h"

#include <functional>
#include <string>
#include <vector>

namespace ponder::app {

/// A turn as one line: "assistant[reasoning:hm][text:4]".
std::string shown(const Turn& turn);
/// The turns of the path that is being read.
std::vector<std::string> activeTurns(const Conversation& chat);
/// The words of the engine::Error that the step ends with; empty: it ends well.
std::string errorOf(const std::function<void()>& step);

} // namespace ponder::app
