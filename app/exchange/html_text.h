#pragma once

#include <string>
#include <string_view>

namespace ponder::app {

/// Markdown as HTML in which nothing can run and nothing is fetched: HTML in the text is shown as it was
/// typed, pictures become links, and only links to web pages and mail addresses stay links.
std::string htmlText(std::string_view markdown);

/// Text between tags or in quotes.
std::string escapedForHtml(std::string_view text);

} // namespace ponder::app
