// What poppler, another program, finds in our PDF files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "app/exchange/export.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t kNow = 1'774'958'400'123;

std::string outputOf(const std::string& command) {
    std::string output;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (!pipe) return {};
    char block[4096];
    while (const std::size_t size = std::fread(block, 1, sizeof block, pipe)) output.append(block, size);
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return output;
}

class ExportPdf : public testing::Test {
protected:
    void write(const std::vector<Conversation>& chats) {
        file_ = folder_.write("chat.pdf", exportPdf(chats, kNow)).string();
        // For a look at the pages: pdftoppm -png.
        if (const char* keep = std::getenv("PONDER_KEEP_PDF")) {
            const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
            std::filesystem::copy_file(file_, std::string(keep) + "/" + name + ".pdf",
                                       std::filesystem::copy_options::overwrite_existing);
        }
    }
    std::string text() const { return outputOf("pdftotext -enc UTF-8 '" + file_ + "' -"); }
    std::string info() const { return outputOf("pdfinfo '" + file_ + "'"); }

    /// The words stand in the text in this order.
    static void expectOrder(const std::string& text, const std::vector<std::string>& words) {
        std::size_t at = 0;
        for (const std::string& word : words) {
            const std::size_t found = text.find(word, at);
            ASSERT_NE(found, std::string::npos) << word << " after byte " << at << " of\n" << text;
            at = found + word.size();
        }
    }

    tests::TempDir folder_;
    std::string file_;
};

constexpr const char* kRich = R"md(# The plan

A paragraph with **bold**, *slanted* and `inline code`, and a [link](https://example.org/page). Then enough further words that the line has to be broken at least once or even twice on a sheet of paper.

## Steps

1. First step
2. Second step
   - nested point
   - [x] finished task
   - [ ] open task
3. Third step

> A quote that says something.
>
> And goes on in a second paragraph.

```cpp
int main() {
    return 42; // the answer
}
```

| Name | Count | Remark |
|:-----|------:|:------:|
| Ann | 5 | fine |
| Bartholomew | 61 | a longer remark that needs some room |

---

The end: $E = mc^2$.
)md";

Conversation richChat() {
    Conversation chat = chatOf("Plans for the week", {"Make a plan.\n\nWith steps, please.", kRich});
    chat.header.system = "Be brief.";
    chat.turn(2).parts.insert(chat.turn(2).parts.begin(),
                              reasoningPart("The person wants a **plan**.\n\nLet me think."));
    chat.turn(2).answer.modelName = "Small model";
    Part file = textPart("a,b\n1,2\n");
    file.kind = PartKind::Attachment;
    file.name = "numbers.csv";
    chat.turn(1).parts.insert(chat.turn(1).parts.begin(), file);
    return chat;
}

TEST_F(ExportPdf, HoldsTheTextInTheOrderOfReading) {
    write({richChat()});
    const std::string found = text();
    expectOrder(found, {"Plans for the week",
                        "Exported from Ponder",
                        "System prompt",
                        "Be brief.",
                        "You",
                        "numbers.csv",
                        "Make a plan.",
                        "With steps, please.",
                        "Small model",
                        "Thoughts",
                        "The person wants a plan.",
                        "Let me think.",
                        "The plan",
                        "A paragraph with bold",
                        "inline code",
                        "Steps",
                        "First step",
                        "Second step",
                        "nested point",
                        "finished task",
                        "open task",
                        "Third step",
                        "A quote",
                        "second paragraph",
                        "cpp",
                        "int main() {",
                        "return 42; // the answer",
                        "Name",
                        "Count",
                        "Ann",
                        "5",
                        "Bartholomew",
                        "61",
                        "The end"});
    EXPECT_THAT(found, Not(HasSubstr("**")));
    EXPECT_THAT(found, HasSubstr("E = mc^2"));
}

TEST_F(ExportPdf, FontsAreEmbeddedAndTheTitleIsTheChats) {
    write({richChat()});
    EXPECT_THAT(info(), HasSubstr("Plans for the week"));
    const std::string fonts = outputOf("pdffonts '" + file_ + "' | tail -n +3");
    std::size_t count = 0;
    for (std::size_t at = 0; at < fonts.size(); at = fonts.find('\n', at) + 1, ++count) {
        // name, type, encoding, emb, sub, uni
        const std::string line = fonts.substr(at, fonts.find('\n', at) - at);
        EXPECT_THAT(line, testing::ContainsRegex("yes (no |yes) yes")) << "embedded, with its characters";
    }
    EXPECT_GE(count, 3U);
}

TEST_F(ExportPdf, LinksLeadWhereTheySayAndNowhereElse) {
    write({chatOf(
        "Links",
        {"x", "[good](https://example.org/page) [bad](javascript:alert) [file](file:///etc/passwd)"})});
    const std::string bytes = tests::contentOf(file_);
    EXPECT_THAT(bytes, HasSubstr("https://example.org/page"));
    EXPECT_THAT(bytes, Not(HasSubstr("javascript")));
    EXPECT_THAT(bytes, Not(HasSubstr("/etc/passwd")));
    EXPECT_THAT(text(), HasSubstr("good bad file"));
}

TEST_F(ExportPdf, HanAndArabicAreThere) {
    write({chatOf(
        "数学",
        {"二加二等于几？",
         "答案是**四**。\n\n- 第一\n- 第二\n\nالجواب هو أربعة.\n\n1. أولا\n2. ثانيا\n\nСумма — четыре."})});
    const std::string found = text();
    for (const char* word : {"数学", "二加二等于几", "答案是四", "第一", "الجواب", "أربعة", "Сумма"})
        EXPECT_THAT(found, HasSubstr(word));
    EXPECT_THAT(found, HasSubstr("ثانيا"));
}

TEST_F(ExportPdf, SignsThatTheFontReplacesAreStillFound) {
    write({chatOf("Signs", {"x", "From 2026-03-31, 3x4 is 12, A-B (see [1]) -> done, x=-1."})});
    EXPECT_THAT(text(), HasSubstr("From 2026-03-31, 3x4 is 12, A-B (see [1]) -> done, x=-1."));
}

TEST_F(ExportPdf, LongChatsGoOverManySheetsAndLoseNothing) {
    std::string answer;
    for (int i = 1; i <= 400; ++i) answer += "Paragraph number " + std::to_string(i) + " of the answer.\n\n";
    answer += "```\n";
    for (int i = 1; i <= 200; ++i) answer += "code line " + std::to_string(i) + "\n";
    answer += "```\n\n| n | square |\n|---|---|\n";
    for (int i = 1; i <= 120; ++i)
        answer += "| row" + std::to_string(i) + " | " + std::to_string(i * i) + " |\n";
    write({chatOf("Long", {"go", answer})});
    const std::string found = text();
    for (int i = 1; i <= 400; ++i)
        ASSERT_THAT(found, HasSubstr("Paragraph number " + std::to_string(i) + " of"));
    for (int i = 1; i <= 200; ++i) ASSERT_THAT(found, HasSubstr("code line " + std::to_string(i) + "\n"));
    for (int i = 1; i <= 120; ++i) ASSERT_THAT(found, HasSubstr("row" + std::to_string(i)));
    std::size_t headers = 0;
    for (std::size_t at = found.find("square"); at != std::string::npos; at = found.find("square", at + 1))
        ++headers;
    EXPECT_GE(headers, 3U) << "the table's header on every sheet";
}

TEST_F(ExportPdf, EmojiAreDrawnAsPictures) {
    write({chatOf("Emoji", {"x", "Done ✅ and 🙂."})});
    // A picture and its mask each, however poppler counts them.
    EXPECT_THAT(outputOf("pdfimages -list '" + file_ + "' | grep -c ' image '"), testing::Not(testing::StartsWith("0")));
    write({chatOf("None", {"x", "Done."})});
    EXPECT_EQ(outputOf("pdfimages -list '" + file_ + "' | tail -n +3"), "");
}

TEST_F(ExportPdf, EveryChatBeginsASheet) {
    write({chatOf("One", {"x"}), chatOf("Two", {"y"}), chatOf("Three", {"z"})});
    EXPECT_THAT(info(), testing::ContainsRegex("Pages: +3"));
}

TEST_F(ExportPdf, OddContentIsSetSomehow) {
    std::string deep;
    for (int i = 0; i < 40; ++i)
        deep += std::string(std::size_t(i) * 2, ' ') + "- level " + std::to_string(i) + "\n";
    std::string wide = "|";
    for (int i = 0; i < 30; ++i) wide += " c" + std::to_string(i) + " |";
    wide += "\n|";
    for (int i = 0; i < 30; ++i) wide += "---|";
    wide += "\n";
    std::string cell;
    for (int i = 0; i < 3000; ++i) cell += "word ";
    const std::string tall = "| a | b |\n|---|---|\n| " + cell + " | y |\n";
    write({chatOf("", {"", std::string(5000, 'x'), "a\0b", deep, wide, tall, "```\n\n\n```", ">>>>>> q",
                       "🙂 \xff"})});
    EXPECT_THAT(text(), HasSubstr("level 15"));
}

} // namespace

} // namespace ponder::app
