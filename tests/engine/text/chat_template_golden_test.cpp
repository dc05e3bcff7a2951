#include "engine/text/chat_template.h"
#include "engine/text/jinja/clock.h"
#include "tests/engine/text/template_cases.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <optional>

#include "tests/places.h"

namespace ponder::engine {
namespace {

/// What we make of a case; empty where the template is refused.
std::optional<std::string> rendered(const TemplateCase& one) {
    try {
        const std::int64_t now = one.now.empty() ? 0 : parseIsoTime(one.now);
        return ChatTemplate(one.source).renderJson(one.contextJson, now);
    } catch (const Error&) {
        return std::nullopt;
    }
}

void expectEqual(const std::vector<TemplateCase>& cases) {
    for (const TemplateCase& one : cases) {
        const auto text = rendered(one);
        EXPECT_EQ(!text.has_value(), one.fails) << one.name;
        if (text && !one.fails) {
            EXPECT_EQ(*text, one.expected) << one.name;
        }
    }
}

const std::filesystem::path kInTree = std::filesystem::path(PONDER_SOURCE_DIR) / "tests/golden/templates";

TEST(ChatTemplateGolden, TemplatesOfNineFamiliesRenderAsTransformersDoes) {
    const auto cases = templateCases(kInTree);
    EXPECT_EQ(cases.size(), 9U * 39U);
    expectEqual(cases);
}

TEST(ChatTemplateGolden, SnippetsRenderAsJinja2Does) {
    const auto cases = snippetCases(kInTree);
    EXPECT_EQ(cases.size(), 114U);
    expectEqual(cases);
}

TEST(ChatTemplateGolden, OddSnippetsRenderAsJinja2Does) {
    const auto cases = sharedSnippetCases(kInTree / "odd_snippets.json");
    EXPECT_GE(cases.size(), 300U);
    expectEqual(cases);
}

TEST(ChatTemplateGolden, TemplatesElsewhereRenderAsTransformersDoes) {
    const char* named = std::getenv("PONDER_GOLDEN");
    const std::filesystem::path folder =
        std::filesystem::path(named ? named : PONDER_GOLDEN_DEFAULT) / "templates";
    const auto cases = templateCases(folder);
    if (cases.empty()) std::cout << "PONDER_GOLDEN is not there: 1872 cases of 48 templates were not run\n";
    expectEqual(cases);
}

} // namespace
} // namespace ponder::engine
