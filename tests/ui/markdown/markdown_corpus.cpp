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

std::vector<QByteArray> rareMarkdown() {
    return {
        "A claim[^1] and another[^long one].\n\n[^1]: The first note.\n\n[^long one]: A second\n    with "
        "more "
        "lines.\n\nAfter the notes[^1].\n",
        "Let \\(x\\) be $\\frac{a}{b}$.\n\n$$\n\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}\n$$\n\n- in "
        "a "
        "list: $y^2$\n- \\[ z \\]\n\n| f | $g$ |\n|---|---|\n| `$h$` | $i_{j|k}$ |\n\nIt costs $3, not $4.\n",
        "1. a\n   1. b\n      - c\n\n        > d\n        > ```c\n        > e;\n        > ```\n\n   2. f\n2. "
        "g\n\n- [ ] "
        "h\n  - [x] i\n    - j\n",
        "- item\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n\n  after\n\n> | c | d |\n> |:-:|--:|\n> | 3 | 4 "
        "|\n",
        "## \u0639\u0646\u0648\u0627\u0646\n\n- \u0623\u0648\u0644\n- \u062b\u0627\u0646\n\n| "
        "\u0627\u0633\u0645 | \u0631\u0642\u0645 |\n"
        "|---|--:|\n| \u0645\u062d\u0645\u062f | 5 |\n\n\u05e9\u05dc\u05d5\u05dd "
        "**\u05e2\u05d5\u05dc\u05dd** abc.\n",
        "# \u6807\u9898\n\n1. \u7b2c\u4e00\n2. **\u7c97\u4f53**\u6587\u5b57\n\n| \u540d | \u503c "
        "|\n|---|---|\n| \u7532 | `\u4e59` |\n\n"
        "\u65e5\u672c\u8a9e\u306e*\u6587*\u3002\ud55c\uad6d\uc5b4 ~~\ubb38\uc7a5~~.\n",
        "````md\n```py\nx\n```\n````\n\n~~~ js\ny\n~~~\n   ```\n   z\n  ```\n",
        "**a *b* c** ***d*** _e __f__ g_ ~~h `i` j~~ [**k** l](https://m.example \"n\") "
        "<https://o.example>\n",
        "Title\n=====\ntext\nSub\n---\n***\n- a\n***\n+ b\n\n  c\n\n\n+ d\n* e\n",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB e\xCC\x81 \xE2\x80\xAE turned\xE2\x80\xAC a\xE2\x80\x8B"
        "b\r\nc\r\n\r\n"
        "d\n",
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
