#pragma once

#include <string>
#include <string_view>

namespace ponder::app {

/// A chat's first title: the first words of its first prompt on one line, without Markdown signs, at most
/// about fifty characters, cut between words. "New chat" when nothing is left.
std::string titleFromPrompt(std::string_view prompt);

} // namespace ponder::app
