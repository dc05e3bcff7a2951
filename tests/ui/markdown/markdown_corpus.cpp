#include "tests/ui/markdown/markdown_corpus.h"

namespace ponder::ui {

std::vector<QByteArray> markdownCorpus() {
    return {
        "# Title\n\nA paragraph with **bold**, *italic*, ~~struck~~, `code` and a "
        "[link](https://example.org/a).\n\n"
        "## Second\nText right below a heading.\n\n---\n\nAfter a rule.\n",
        "1. one\n2. two\n   - nested\n   - more\n\n     a second paragraph\n3. three\n\n- [ ] open\n- [x] "
        "done\n",
        "> quote\n> goes on\n>\n> - a list in it\n>   > deeper\n\nand out again\n",
        "```python\ndef f(x):\n    return x  # **not bold**\n\n```\n\n~~~\nplain\n~~~\n\n```\nnever "
        "closed\nmore",
        "| a | b | c |\n|---|:-:|--:|\n| 1 | two | 3 |\n| `x|y` | **b** | |\n\nafter the table\n",
        "Inline \\(a^2 + b^2\\) and $x_i$ costs $5 and $10.\n\n\\[ \\int_0^1 x \\]\n\n$$\nE = mc^2\n$$\n",
        "中文段落，包含**粗体**和`代码`。\n\n- 第一\n- 第二\n\nمرحبا بالعالم، هذا **نص**.\n\nEmoji "
        "👩‍👩‍👧‍👦 and 🇩🇪.\n",
        "![picture](file:///etc/passwd) <b>html</b> &amp; &lt;script&gt; &#x2014;\n\n[ref][1]\n\n[1]: "
        "https://example.org\n",
        "Line one  \nhard break\\\nanother\nsoft break\n\n\\* not a list\n\nhttps://example.org/path?q=1 and "
        "a@b.example\n",
        "A claim[^1] with a source[^src], and `[^1]` in code.\n\n[^1]: The *first* note,\nwhich goes on.\n\n "
        "   In two "
        "paragraphs.\n\n[^src]: https://example.org/source\n\nAnd a last word[^1].\n",
        "- a\n- b\n\n\n- c\n\n1) x\n2) y\n\n* star\n\n    indented stays "
        "text\n\nSetext\n======\n\nsecond\n---\n",
    };
}

QByteArray mixedMarkdown(int bytes) {
    const std::vector<QByteArray> corpus = markdownCorpus();
    QByteArray text;
    for (size_t i = 0; text.size() < bytes; ++i) {
        // The unclosed fence would swallow everything behind it.
        QByteArray piece = corpus[i % corpus.size()];
        piece.replace("```\nnever closed\nmore", "");
        text += "Part " + QByteArray::number(int(i)) +
                " begins with some words that fill a line or two, so that the "
                "text looks like an answer and not like a test.\n\n" +
                piece + "\n\n";
    }
    return text.left(bytes);
}

} // namespace ponder::ui
