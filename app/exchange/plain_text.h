#pragma once

#include <string>
#include <string_view>

namespace ponder::app {

/// Markdown as a person would type it without Markdown: lists keep "- " and "1. " nested by two spaces,
/// tables become aligned columns, links "text (address)", code stays as it is, formulas stay TeX. Ends with a
/// line break.
std::string plainText(std::string_view markdown);

} // namespace ponder::app
