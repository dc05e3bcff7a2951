#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ponder::engine {

/// A template with its variables, and what Jinja2 renders (tests/golden/README.md).
struct TemplateCase {
    std::string name;
    std::string source;
    std::string contextJson;
    std::string now;      ///< ISO time, empty: the clock
    std::string expected; ///< meaningless where `fails`
    bool fails = false;
};

/// Cases of all templates in a folder; none if it is not there.
std::vector<TemplateCase> templateCases(const std::filesystem::path& folder);
/// The snippets in the folder's jinja_features.json; none if it is not there.
std::vector<TemplateCase> snippetCases(const std::filesystem::path& folder);
/// The same of a file whose snippets share their variables.
std::vector<TemplateCase> sharedSnippetCases(const std::filesystem::path& file);

} // namespace ponder::engine
