#include "app/exchange/export_formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/app/environment.h"
#include "tests/app/sample_chats.h"

namespace ponder::app {

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t kNow = 1'774'958'400'123;

/// A prompt with two answers, the first one chosen, and a follow-up below it.
Conversation branched() {
    Conversation chat = chatOf("Sums", {"2+2?"});
    chat.header.id = "abc";
    Turn& answer =
        chat.add(1, engine::Role::Assistant, {reasoningPart("two and two"), textPart("It is **4**.")});
    answer.createdMs = 1'700'000'001'000;
    answer.finishedMs = 1'700'000'002'500;
    answer.parts[0].tokens = 3;
    answer.parts[0].startedMs = 1'700'000'001'000;
    answer.parts[0].endedMs = 1'700'000'001'500;
    answer.answer.modelName = "Small";
    answer.answer.modelIdentity = "f00d";
    answer.answer.stop = "endOfAnswer";
    answer.answer.settings = R"({"seed":7})";
    answer.answer.answerTokens = 9;
    chat.add(1, engine::Role::Assistant, {textPart("Four.")});
    chat.select(2);
    chat.add(2, engine::Role::User, {textPart("Thanks")});
    chat.turn(1).createdMs = 1'700'000'000'000;
    return chat;
}

json exported(const std::vector<Conversation>& chats) {
    return json::parse(exportJson(chats, kNow));
}

TEST(ExportJson, SaysWhatItIs) {
    const json document = exported({});
    EXPECT_EQ(document["format"], "ponder-chats");
    EXPECT_EQ(document["version"], 1);
    EXPECT_EQ(document["exported_at"], "2026-03-31T12:00:00.123Z");
    EXPECT_EQ(document["chats"], json::array());
}

TEST(ExportJson, HoldsEveryBranch) {
    const json chat = exported({branched()})["chats"][0];
    EXPECT_EQ(chat["id"], "abc");
    EXPECT_EQ(chat["root"], "0");
    EXPECT_EQ(chat["active_leaf"], "4");
    EXPECT_EQ(chat["nodes"].size(), 5U);
    EXPECT_EQ(chat["nodes"]["0"]["children"], json({"1"}));
    EXPECT_EQ(chat["nodes"]["1"]["children"], json({"2", "3"}));
    EXPECT_EQ(chat["nodes"]["1"]["active_child"], "2");
    EXPECT_EQ(chat["nodes"]["3"]["parts"][0]["text"], "Four.");
    EXPECT_EQ(chat["nodes"]["3"]["active_child"], nullptr);
}

TEST(ExportJson, HoldsThoughtsDatesModelsAndTimings) {
    const json node = exported({branched()})["chats"][0]["nodes"]["2"];
    EXPECT_EQ(node["role"], "assistant");
    EXPECT_EQ(node["parts"][0]["type"], "reasoning");
    EXPECT_EQ(node["parts"][0]["text"], "two and two");
    EXPECT_EQ(node["parts"][0]["tokens"], 3);
    EXPECT_EQ(node["parts"][0]["t_start"], "2023-11-14T22:13:21.000Z");
    EXPECT_EQ(node["parts"][0]["t_end"], "2023-11-14T22:13:21.500Z");
    EXPECT_EQ(node["parts"][1]["type"], "text");
    EXPECT_EQ(node["created"], "2023-11-14T22:13:21.000Z");
    EXPECT_EQ(node["finished"], "2023-11-14T22:13:22.500Z");
    EXPECT_EQ(node["model"]["name"], "Small");
    EXPECT_EQ(node["model"]["sha256"], "f00d");
    EXPECT_EQ(node["stop_reason"], "endOfAnswer");
    EXPECT_EQ(node["params"]["seed"], 7);
    EXPECT_EQ(node["timings"]["answer_tokens"], 9);
}

TEST(ExportJson, ToolsAndAttachmentsHaveTheirOwnFields) {
    Conversation chat = chatOf("A", {});
    Part tool = textPart("42");
    tool.kind = PartKind::Tool;
    tool.name = "python";
    tool.input = "6 * 7";
    Part file = textPart("bytes");
    file.kind = PartKind::Attachment;
    file.name = "a.txt";
    chat.add(0, engine::Role::User, {file, tool});
    const json parts = exported({chat})["chats"][0]["nodes"]["1"]["parts"];
    EXPECT_EQ(parts[0], (json{{"type", "attachment"}, {"name", "a.txt"}, {"text", "bytes"}}));
    EXPECT_EQ(parts[1], (json{{"type", "tool"}, {"name", "python"}, {"input", "6 * 7"}, {"output", "42"}}));
}

TEST(ExportJson, DiffersBetweenTwoExportsInItsDateOnly) {
    const std::vector<Conversation> chats{branched()};
    EXPECT_EQ(exportJson(chats, kNow), exportJson(chats, kNow));
    json later = json::parse(exportJson(chats, kNow + 5000));
    later["exported_at"] = exported(chats)["exported_at"];
    EXPECT_EQ(later, exported(chats));
}

TEST(ExportJson, ReplacesBrokenUtf8) {
    EXPECT_THAT(exportJson({chatOf("bad \xff", {"\xfe"})}, kNow), HasSubstr("bad \xef\xbf\xbd"));
}

TEST(ExportMarkdown, IsTheBranchLastLookedAtWithFoldedThoughts) {
    const Variable zone("TZ", "UTC");
    EXPECT_EQ(
        exportMarkdown({branched()}, kNow),
        "# Sums\n\nExported from Ponder on 2026-03-31\n\n### User\n\n2+2?\n\n### Assistant\n\n<details>\n"
        "<summary>Thoughts</summary>\n\ntwo and two\n\n</details>\n\nIt is **4**.\n\n### User\n\nThanks\n");
}

TEST(ExportMarkdown, NamesTheSystemPromptAndFailures) {
    Conversation chat = chatOf("A", {"x", "half"});
    chat.header.system = "Be kind.";
    chat.turn(2).state = TurnState::Failed;
    chat.turn(2).answer.failure = "No memory.";
    const std::string text = exportMarkdown({chat}, kNow);
    EXPECT_THAT(text, HasSubstr("### System\n\nBe kind.\n"));
    EXPECT_THAT(text, HasSubstr("half\n\n*No memory.*\n"));
}

TEST(ExportMarkdown, SeparatesChatsByARule) {
    EXPECT_THAT(exportMarkdown({chatOf("A", {"x"}), chatOf("B", {"y"})}, kNow), HasSubstr("x\n\n---\n\n# B"));
}

TEST(ExportText, SpeaksOfYouAndTheModel) {
    EXPECT_EQ(exportText({branched()}), "Sums\n\nYou:\n2+2?\n\nSmall:\nIt is 4.\n\nYou:\nThanks\n");
}

TEST(ExportText, LeavesThePersonsOwnSignsAlone) {
    EXPECT_THAT(exportText({chatOf("A", {"2 * 3 * 4", "*24*"})}),
                HasSubstr("You:\n2 * 3 * 4\n\nAssistant:\n24\n"));
}

TEST(ExportText, LeavesThoughtsOut) {
    EXPECT_THAT(exportText({branched()}), Not(HasSubstr("two and two")));
}

TEST(Dates, AreIsoWithMilliseconds) {
    EXPECT_EQ(dateText(0), "");
    EXPECT_EQ(dateText(1), "1970-01-01T00:00:00.001Z");
    EXPECT_EQ(dateText(kNow), "2026-03-31T12:00:00.123Z");
}

TEST(ExportHtml, ShowsTheActiveBranchWithThoughtsFolded) {
    const std::string html = exportHtml({branched()}, kNow);
    EXPECT_THAT(html, HasSubstr("<title>Sums</title>"));
    EXPECT_THAT(html, HasSubstr("<details><summary>Thoughts</summary>\n<p>two and two</p>"));
    EXPECT_THAT(html, HasSubstr("It is <strong>4</strong>."));
    EXPECT_THAT(html, HasSubstr("<p class=\"model\">Small</p>"));
    EXPECT_THAT(html, Not(HasSubstr("Four."))) << "the branch not looked at";
}

TEST(ExportHtml, NothingRunsAndNothingIsFetched) {
    const std::vector<std::string> hostile = {"<script>alert(1)</script>",
                                              "<img src=x onerror=alert(1)>",
                                              "![p](http://evil/p.png)",
                                              "![p](file:///etc/passwd)",
                                              "[a](javascript:alert(1))",
                                              "[b](JaVaScRiPt:alert(1))",
                                              "[c](data:text/html,x)",
                                              "[d](http://x/\"onclick=\"y)",
                                              "`</code><script>`",
                                              "```\"><script>\n</pre><script>\n```",
                                              "|<script>|\n|-|\n|<iframe src=x>|",
                                              "<style>@import url(http://evil)</style>",
                                              "&lt;script&gt;",
                                              "$</code><script>$"};
    for (const std::string& text : hostile) {
        Conversation chat = chatOf(text, {text, text});
        chat.header.system = text;
        chat.turn(2).parts = {reasoningPart(text), textPart(text)};
        chat.turn(2).answer.modelName = text;
        std::string body = exportHtml({chat}, kNow);
        body.erase(0, body.find("</style>"));
        for (const char* forbidden :
             {"<script", "<img", "<iframe", "<style", "<link", "onerror=\"", "\"onclick", "href=\"javascript",
              "href=\"JaVa", "href=\"data", "href=\"file", " src=\""})
            EXPECT_THAT(body, Not(HasSubstr(forbidden))) << text;
    }
    EXPECT_THAT(exportHtml({}, kNow), HasSubstr("default-src 'none'"));
}

TEST(ExportHtml, KnowsListsTablesTasksAndCode) {
    const std::string html =
        exportHtml({chatOf("t", {"x", "3. a\n4. b\n\n- [x] done\n\n| n | m |\n|--:|---|\n| 1 | 2 "
                                      "|\n\n```cpp\na<b\n```\n\n# H\n\n[l](https://e.org/?a=1&b=2)"})},
                   kNow);
    EXPECT_THAT(html, HasSubstr("<ol start=\"3\">"));
    EXPECT_THAT(html, HasSubstr("☑ done"));
    EXPECT_THAT(html, HasSubstr("<td style=\"text-align:right\">1</td>"));
    EXPECT_THAT(html, HasSubstr("<figcaption>cpp</figcaption><pre><code>a&lt;b\n</code>"));
    EXPECT_THAT(html, HasSubstr("<h3>H</h3>"));
    EXPECT_THAT(html, HasSubstr("href=\"https://e.org/?a=1&amp;b=2\""));
}

TEST(ExportHtml, ShowsWhatThePersonTypedLetterForLetter) {
    const std::string html = exportHtml({chatOf("t", {"2 * 3 * 4\nand *5*\n```c\na<b\n```", "ok"})}, kNow);
    EXPECT_THAT(html, HasSubstr("<p class=\"typed\">2 * 3 * 4\nand *5*</p>"));
    EXPECT_THAT(html, HasSubstr("<figcaption>c</figcaption><pre><code>a&lt;b</code></pre>"));
}

TEST(ExportHtml, FoldsAttachmentsAwayAboveThePrompt) {
    Conversation chat = chatOf("t", {"x", "ok"});
    Part file = textPart("one < two");
    file.kind = PartKind::Attachment;
    file.name = "a<b.txt";
    Part picture = file;
    picture.name = "p.png";
    picture.text.clear();
    chat.turn(1).parts.push_back(file);
    chat.turn(1).parts.push_back(picture);
    const std::string html = exportHtml({chat}, kNow);
    EXPECT_THAT(
        html,
        HasSubstr("<details class=\"file\"><summary>a&lt;b.txt</summary><pre>one &lt; two</pre></details>\n"
                  "<p class=\"file\">p.png</p>\n</div>\n<section class=\"user\""));
}

TEST(ExportFileName, IsOneThatEveryDiskTakes) {
    EXPECT_EQ(exportFileName("What is 2+2?", kNow, "md"), "What-is-2+2_" + dayText(kNow) + ".md");
    EXPECT_EQ(exportFileName("../../etc/passwd", kNow, "txt"), "etcpasswd_" + dayText(kNow) + ".txt");
    EXPECT_EQ(exportFileName("-rf <>:\"|*\x01.", kNow, "json"), "rf_" + dayText(kNow) + ".json");
    EXPECT_EQ(exportFileName("???", kNow, "html"), "chat_" + dayText(kNow) + ".html");
    EXPECT_EQ(exportFileName("数学 ü", kNow, "md"), "数学-ü_" + dayText(kNow) + ".md");
    std::string characters;
    for (int i = 0; i < 300; ++i) characters += "字";
    EXPECT_EQ(exportFileName(characters, kNow, "md").size(),
              100 * std::string("字").size() + ("_" + dayText(kNow) + ".md").size());
}

} // namespace

} // namespace ponder::app
