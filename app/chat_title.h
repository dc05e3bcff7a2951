#pragma once

#include <string>
#include <string_view>

namespace ponder::app {

/// A chat's first title: the first words of its first prompt on one line, without Markdown signs, at most
/// about fifty characters, cut between words. "New chat" when nothing is left.
std::string titleFromPrompt(std::string_view prompt);

/// What a model answered to `request`, for a title, as one: its first line without thoughts, quotes, Markdown
/// signs and "Title:", at most sixty characters. A line that only says the request's own words again, as
/// small models do, is none. Empty when nothing is left that could be one.
std::string titleFromAnswer(std::string_view answer, std::string_view request = {});

} // namespace ponder::app
