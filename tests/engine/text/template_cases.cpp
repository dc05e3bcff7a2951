#include "tests/engine/text/template_cases.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace ponder::engine {

namespace {

using Json = nlohmann::ordered_json;

std::string readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TemplateCase caseOf(const Json& json, std::string name, std::string source, std::string now) {
    const Json& expected = json.at("expected");
    return {.name = std::move(name),
            .source = std::move(source),
            .contextJson = json.at("context").dump(),
            .now = std::move(now),
            .expected = expected.is_string() ? expected.get<std::string>() : std::string(),
            .fails = !expected.is_string()};
}

} // namespace

std::vector<TemplateCase> templateCases(const std::filesystem::path& folder) {
    std::vector<TemplateCase> cases;
    if (!std::filesystem::is_directory(folder)) return cases;
    std::vector<std::filesystem::path> templates;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".jinja") templates.push_back(entry.path());
    }
    std::sort(templates.begin(), templates.end());
    for (const auto& path : templates) {
        const std::string source = readFile(path);
        auto casesPath = path;
        const Json json = Json::parse(readFile(casesPath.replace_extension(".cases.json")));
        for (const Json& one : json.at("cases")) {
            const std::string name = path.stem().string() + " " + one.at("name").get<std::string>() + " " +
                                     std::to_string(cases.size());
            cases.push_back(caseOf(one, name, source, json.at("now").get<std::string>()));
        }
    }
    return cases;
}

std::vector<TemplateCase> snippetCases(const std::filesystem::path& folder) {
    std::vector<TemplateCase> cases;
    const auto path = folder / "jinja_features.json";
    if (!std::filesystem::exists(path)) return cases;
    for (const Json& one : Json::parse(readFile(path))) {
        const std::string source = one.at("template").get<std::string>();
        cases.push_back(caseOf(one, source, source, {}));
    }
    return cases;
}

std::vector<TemplateCase> sharedSnippetCases(const std::filesystem::path& file) {
    const Json json = Json::parse(readFile(file));
    std::vector<TemplateCase> cases;
    for (Json one : json.at("snippets")) {
        one["context"] = json.at("context");
        const std::string source = one.at("template").get<std::string>();
        cases.push_back(caseOf(one, source, source, json.at("now").get<std::string>()));
    }
    return cases;
}

} // namespace ponder::engine
