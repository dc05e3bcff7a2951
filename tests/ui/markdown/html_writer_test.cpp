#include "ui/markdown/html_writer.h"

#include "tests/ui/markdown/markdown_corpus.h"
#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

#include <QXmlStreamReader>

namespace ponder::ui {
namespace {

std::string htmlOf(const char* markdown) {
    return htmlText(parseMarkdown(markdown)).toStdString();
}

TEST(HtmlWriter, WritesWhatWasMeant) {
    EXPECT_EQ(htmlOf("# T\n\nA **b** *i* ~~s~~ `c` [l](https://x.example/?a=1&b=2)."),
              "<h1>T</h1><p>A <b>b</b> <i>i</i> <s>s</s> <code>c</code> "
              "<a href=\"https://x.example/?a=1&amp;b=2\">l</a>.</p>");
    EXPECT_EQ(htmlOf("```\na < b\n```\n\n---"), "<pre><code>a &lt; b</code></pre><hr>");
    EXPECT_EQ(
        htmlOf("| a | b |\n|---|--:|\n| 1 | **2** |"),
        "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\"><tr><th>a</th><th align=\"right\">b</th>"
        "</tr><tr><td>1</td><td align=\"right\"><b>2</b></td></tr></table>");
}

TEST(HtmlWriter, NestsListsAndQuotes) {
    EXPECT_EQ(htmlOf("- a\n- b\n  1. c\n  2. d\n- e"),
              "<ul><li>a</li><li>b<ol start=\"1\"><li>c</li><li>d</li></ol></li><li>e</li></ul>");
    EXPECT_EQ(htmlOf("3. c\n4. d\n\nOut."), "<ol start=\"3\"><li>c</li><li>d</li></ol><p>Out.</p>");
    EXPECT_EQ(htmlOf("> q\n>\n> - x\n\nOut."),
              "<blockquote><p>q</p><ul><li>x</li></ul></blockquote><p>Out.</p>");
    EXPECT_EQ(htmlOf("- [ ] a\n- [x] b"), "<ul><li>\u2610 a</li><li>\u2611 b</li></ul>");
}

TEST(HtmlWriter, NothingOfTheTextBecomesMarkup) {
    const std::string html =
        htmlOf("<script>x</script> [a](javascript:alert(1)) ![b](http://x.example/\"><img) "
               "`<b>` [c](data:text/html,x)");
    EXPECT_EQ(html.find("<script"), std::string::npos) << html;
    EXPECT_EQ(html.find("<img"), std::string::npos) << html;
    EXPECT_EQ(html.find("javascript:\""), std::string::npos);
    EXPECT_EQ(html.find("href=\"javascript"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"data"), std::string::npos) << html;
}

TEST(HtmlWriter, EveryTagIsClosed) {
    std::vector<QByteArray> texts = markdownCorpus();
    texts.push_back(mixedMarkdown(20'000));
    for (const QByteArray& text : texts) {
        QString html = htmlText(parseMarkdown(text));
        html.replace("<br>", "<br/>").replace("<hr>", "<hr/>");
        QXmlStreamReader reader("<all>" + html + "</all>");
        while (!reader.atEnd()) reader.readNext();
        EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString() << html.toStdString();
    }
}

} // namespace
} // namespace ponder::ui
