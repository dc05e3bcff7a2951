#include "ui/script/syntax_colourer.h"

#include "ui/script/code_languages.h"

#include <gtest/gtest.h>

#include <QTest>

namespace ponder::ui {
namespace {

class SyntaxColourerTest : public testing::Test {
protected:
    SyntaxRuns colour(const QString& language, const QString& code) {
        const CodeLanguage* known = findCodeLanguage(language);
        EXPECT_NE(known, nullptr) << language.toStdString();
        std::optional<SyntaxColourer::Found> answer;
        colourer.find(*known, code, &receiver, [&](const SyntaxColourer::Found& found) { answer = found; });
        EXPECT_TRUE(QTest::qWaitFor([&] { return answer.has_value(); }, 60'000));
        EXPECT_TRUE(answer && answer->found) << language.toStdString();
        return answer ? answer->runs : SyntaxRuns();
    }

    /// The kind of the first place where `part` stands in the code.
    static SyntaxKind kindOf(const SyntaxRuns& runs, const QString& code, const QString& part) {
        const int at = int(code.indexOf(part));
        EXPECT_GE(at, 0) << part.toStdString();
        for (const SyntaxRun& run : runs) {
            if (run.start <= at && at < run.end) return run.kind;
        }
        return SyntaxKind::Plain;
    }

    ScriptWorker worker;
    SyntaxColourer colourer{worker};
    QObject receiver;
};

TEST_F(SyntaxColourerTest, KnowsTheKindsOfManyLanguages) {
    struct Case {
        const char* language;
        const char* code;
        std::vector<std::pair<const char*, SyntaxKind>> kinds;
    };
    using enum SyntaxKind;
    const Case cases[] = {
        {"cpp",
         "#include <vector>\n// note\nclass A { int f() { return 42; } std::string s = \"x\"; };",
         {{"include", Keyword},
          {"<vector>", String},
          {"// note", Comment},
          {"A", Type},
          {"f()", Function},
          {"return", Keyword},
          {"42", Number},
          {"\"x\"", String}}},
        {"py",
         "@deco\nclass A:\n    def f(self, n: int) -> str:\n        return f\"a{n}b\"  # c",
         {{"@deco", Function},
          {"A:", Type},
          {"def", Keyword},
          {"f(", Function},
          {"int", Type},
          {"\"a", String},
          {"n}", Plain},
          {"# c", Comment}}},
        {"js",
         "const a = `v ${x + 1}`; // c\nfunction go() { return null; }",
         {{"const", Keyword},
          {"`v", String},
          {"x +", Plain},
          {"1}", Number},
          {"// c", Comment},
          {"go", Function}}},
        {"ts",
         "interface User { id: number; } type T = Promise<string>;",
         {{"interface", Keyword}, {"User", Type}, {"number", Type}, {"type", Keyword}}},
        {"html",
         "<div class=\"a\">x</div><script>let y = 1; // c\n</script><style>p { color: red; }</style>",
         {{"div", Tag},
          {"class", Number},
          {"a\"", String},
          {"x<", Plain},
          {"let", Keyword},
          {"// c", Comment}}},
        {"rust",
         "fn main() { let x: Vec<u8> = vec![1]; println!(\"{}\", x); }",
         {{"fn", Keyword}, {"main", Function}, {"Vec", Type}, {"println!", Function}, {"\"{}", String}}},
        {"go",
         "package main\nfunc f() error { return nil } // c",
         {{"package", Keyword}, {"f()", Function}, {"nil", Number}, {"// c", Comment}}},
        {"java",
         "@Override public class A { int x = 1; }",
         {{"@Override", Function}, {"public", Keyword}, {"A ", Type}}},
        {"kotlin", "fun f(a: Int) = \"x\"", {{"fun", Keyword}, {"f(", Function}, {"\"x", String}}},
        {"c#", "public async Task F() => await G();", {{"public", Keyword}, {"Task", Type}, {"G", Function}}},
        {"ruby", "def f\n  puts \"a\" # c\nend", {{"def", Keyword}, {"\"a", String}, {"# c", Comment}}},
        {"php",
         "<?php echo strlen('a'); // c",
         {{"echo", Keyword}, {"strlen", Function}, {"'a'", String}, {"// c", Comment}}},
        {"php", "$x = array_map('f', []); // no tag", {{"array_map", Function}, {"// no", Comment}}},
        {"sql",
         "SELECT count(*) FROM t WHERE a = 'b' -- c",
         {{"SELECT", Keyword}, {"count", Function}, {"'b'", String}, {"-- c", Comment}}},
        {"json",
         "{\"a\": [1, true, \"b\"]}",
         {{"\"a\"", Tag}, {"1", Number}, {"true", Number}, {"\"b\"", String}}},
        {"yaml", "a: \"b\" # c\nd: 1", {{"a", Tag}, {"\"b", String}, {"# c", Comment}, {"1", Number}}},
        {"toml", "[t]\nk = 1.5 # c", {{"t", Type}, {"k", Tag}, {"1.5", Number}, {"# c", Comment}}},
        {"diff", "-old\n+new\n", {{"-old", Tag}, {"+new", String}}},
        {"dockerfile",
         "FROM debian:12\nRUN echo \"a\"",
         {{"FROM", Keyword}, {"debian", Plain}, {"\"a", String}}},
        {"makefile", "all: a.o\n\t$(CC) -o $@ # c", {{"all", Function}, {"# c", Comment}}},
        {"cmake", "set(X \"a\") # c", {{"set", Keyword}, {"\"a", String}, {"# c", Comment}}},
        {"sh",
         "for f in *; do echo \"$f\"; done # c",
         {{"for", Keyword}, {"echo", Function}, {"$f", Type}, {"# c", Comment}}},
        {"powershell",
         "Get-Item -Path \"a\" # c",
         {{"Get-Item", Function}, {"\"a", String}, {"# c", Comment}}},
        {"lua",
         "local function f() return nil end -- c",
         {{"local", Keyword}, {"f()", Function}, {"-- c", Comment}}},
        {"swift",
         "struct A { var x: Int = 1 } // c",
         {{"struct", Keyword}, {"A", Type}, {"Int", Type}, {"// c", Comment}}},
        {"scala", "case class A(x: Int) // c", {{"case", Keyword}, {"Int", Type}, {"// c", Comment}}},
        {"haskell", "f :: Int -> Maybe String -- c", {{"Int", Type}, {"Maybe", Type}, {"-- c", Comment}}},
        {"r", "f <- function(x) TRUE # c", {{"function", Keyword}, {"TRUE", Number}, {"# c", Comment}}},
        {"julia", "function f(x) 1 end # c", {{"function", Keyword}, {"1", Number}, {"# c", Comment}}},
        {"perl", "my $x = \"a\"; # c", {{"my", Keyword}, {"\"a", String}, {"# c", Comment}}},
        {"latex", "\\begin{document} % c", {{"\\begin", Function}, {"% c", Comment}}},
        {"markdown", "# Title\n\n`c`", {{"Title", Keyword}, {"c`", String}}},
        {"css",
         ".a { color: #fff; margin: 1px; } /* c */",
         {{".a", Tag}, {"color", Function}, {"#fff", Number}, {"/* c", Comment}}},
        {"scss", "$x: 1px; .a { color: $x; } // c", {{"$x", Type}, {"// c", Comment}}},
        {"xml", "<a b=\"c\"><!-- d --></a>", {{"a ", Tag}, {"b", Number}, {"<!-- d", Comment}}},
        {"ini", "[s]\nk=v\n; c", {{"s", Type}, {"k", Tag}, {"; c", Comment}}},
        {"graphql",
         "query Q { a(id: 1) } # c",
         {{"query", Keyword}, {"Q", Type}, {"1", Number}, {"# c", Comment}}},
        {"proto",
         "message A { string x = 1; } // c",
         {{"message", Keyword}, {"A", Type}, {"1", Number}, {"// c", Comment}}},
        {"jsx",
         "const A = () => <div className=\"a\">{x}</div>; // c",
         {{"const", Keyword}, {"div", Tag}, {"// c", Comment}}},
        {"tsx", "const A: FC = () => <b>x</b>;", {{"const", Keyword}, {"b>", Tag}}},
        {"objc", "@interface A : NSObject\n@end // c", {{"@interface", Keyword}, {"// c", Comment}}},
    };
    for (const Case& each : cases) {
        const QString code = QString::fromUtf8(each.code);
        const SyntaxRuns runs = colour(each.language, code);
        for (const auto& [part, kind] : each.kinds)
            EXPECT_EQ(int(kindOf(runs, code, part)), int(kind)) << each.language << ": " << part;
    }
}

TEST_F(SyntaxColourerTest, EveryGrammarTakesAnyText) {
    const QString code =
        QString::fromUtf8(
            "<?x \"a' `b` ${c} {{d}} 1.5e3 /* e */ // f\n# g -- h ; i\n中文 \U0001F98A \u202E\n\t") +
        QChar(0xD83E) + QChar(0);
    for (const CodeLanguage& language : codeLanguages()) {
        int at = 0;
        for (const SyntaxRun& run : colour(QString::fromLatin1(language.names).section(u' ', 0, 0), code)) {
            EXPECT_LE(at, run.start) << language.title;
            EXPECT_LT(run.start, run.end) << language.title;
            at = run.end;
        }
        EXPECT_LE(at, code.size()) << language.title;
    }
}

TEST_F(SyntaxColourerTest, TokensOfSeveralLinesAreOneRun) {
    const QString code = "int a; /* one\ntwo\nthree */ int b;";
    const SyntaxRuns runs = colour("c", code);
    const auto comment = std::find_if(runs.begin(), runs.end(),
                                      [](const SyntaxRun& run) { return run.kind == SyntaxKind::Comment; });
    ASSERT_NE(comment, runs.end());
    EXPECT_EQ(code.mid(comment->start, comment->end - comment->start), "/* one\ntwo\nthree */");
}

TEST_F(SyntaxColourerTest, RemembersWhatItHasFound) {
    const QString code = "x = 1";
    const CodeLanguage& python = *findCodeLanguage("py");
    EXPECT_EQ(colourer.known(python, code), nullptr);
    const SyntaxRuns runs = colour("py", code);
    ASSERT_NE(colourer.known(python, code), nullptr);
    EXPECT_EQ(*colourer.known(python, code), runs);
    EXPECT_EQ(colourer.known(*findCodeLanguage("js"), code), nullptr);
    EXPECT_EQ(colourer.known(python, code + "0"), nullptr);
}

TEST(SyntaxRuns, AreReadFromPairs) {
    QString pairs;
    for (int unit : {2, 1, 3, 0, 1, 4, 9, 200, 5, 2}) pairs += QChar(unit);
    const SyntaxRuns runs = readSyntaxRuns(pairs, 18);
    ASSERT_EQ(runs.size(), 2u) << "plain, unknown and beyond the end are left out";
    EXPECT_EQ(runs[0], (SyntaxRun{0, 2, SyntaxKind::Keyword}));
    EXPECT_EQ(runs[1], (SyntaxRun{5, 6, SyntaxKind::Number}));
}

TEST(SyntaxRuns, DifferFromTheFirstChangedOneOn) {
    const SyntaxRuns before{{0, 2, SyntaxKind::Keyword}, {5, 9, SyntaxKind::String}};
    SyntaxRuns after = before;
    EXPECT_EQ(firstDifference(before, after), -1);
    after[1].end = 8;
    EXPECT_EQ(firstDifference(before, after), 5);
    keepRunsBefore(8, after);
    EXPECT_EQ(after.size(), 2u);
    keepRunsBefore(7, after);
    EXPECT_EQ(after.size(), 1u);
    EXPECT_EQ(firstDifference(before, after), 5);
}

} // namespace
} // namespace ponder::ui
