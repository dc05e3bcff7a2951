#include "ui/script/code_languages.h"

#include <gtest/gtest.h>

#include <QFile>

namespace ponder::ui {
namespace {

TEST(CodeLanguages, AreKnownByTheNamesModelsWrite) {
    const std::pair<const char*, const char*> cases[] = {
        {"py", "Python"},
        {"Python", "Python"},
        {"js", "JavaScript"},
        {"ts", "TypeScript"},
        {"sh", "Shell"},
        {"bash", "Bash"},
        {"c++", "C++"},
        {"html", "HTML"},
        {"yml", "YAML"},
        {"rs", "Rust"},
        {"golang", "Go"},
        {"kt", "Kotlin"},
        {"cs", "C#"},
        {"c#", "C#"},
        {"rb", "Ruby"},
        {"php", "PHP"},
        {"sql", "SQL"},
        {"json", "JSON"},
        {"toml", "TOML"},
        {"patch", "Diff"},
        {"Dockerfile", "Dockerfile"},
        {"make", "Makefile"},
        {"cmake", "CMake"},
        {"pwsh", "PowerShell"},
        {"lua", "Lua"},
        {"swift", "Swift"},
        {"scala", "Scala"},
        {"hs", "Haskell"},
        {"r", "R"},
        {"jl", "Julia"},
        {"pl", "Perl"},
        {"tex", "LaTeX"},
        {"md", "Markdown"},
        {"css", "CSS"},
        {"scss", "SCSS"},
        {"xml", "XML"},
        {"ini", "INI"},
        {"graphql", "GraphQL"},
        {"proto", "Protocol Buffers"},
        {"objc", "Objective-C"},
        {"console", "Terminal"},
        {"tf", "Terraform"},
        {"{.python}", "Python"},
        {"language-js", "JavaScript"},
        {"rust,no_run", "Rust"},
        {"python:main.py", "Python"},
    };
    for (const auto& [name, title] : cases) EXPECT_EQ(codeLanguageTitle(name), title) << name;
}

TEST(CodeLanguages, OthersKeepTheNameThatWasWritten) {
    EXPECT_EQ(findCodeLanguage("Klingon"), nullptr);
    EXPECT_EQ(codeLanguageTitle("Klingon"), "Klingon");
    EXPECT_EQ(findCodeLanguage(""), nullptr);
    EXPECT_EQ(findCodeLanguage("{."), nullptr);
}

TEST(CodeLanguages, EveryGrammarIsBuiltIn) {
    int languages = 0;
    for (const CodeLanguage& language : codeLanguages()) {
        ++languages;
        for (const QString& script : grammarScripts(language))
            EXPECT_TRUE(QFile::exists(script)) << language.title << ": " << script.toStdString();
    }
    EXPECT_GE(languages, 90);
}

} // namespace
} // namespace ponder::ui
