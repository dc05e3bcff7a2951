// What the other programs really write, as far as it is known: samples/ has an export of each.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/exchange/export.h"
#include "app/exchange/import_merge.h"
#include "tests/app/exchange/read_turns.h"
#include "tests/places.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ImportedChats sample(const std::string& name) {
    return readChats(std::string(PONDER_SOURCE_DIR "/tests/app/exchange/samples/") + name);
}

std::vector<std::string> allTurns(const Conversation& chat) {
    std::vector<std::string> lines;
    for (const Turn& turn : chat.turns()) lines.push_back(shown(turn));
    return lines;
}

TEST(ImportSamples, ChatGpt) {
    const ImportedChats read = sample("chatgpt.json");
    EXPECT_EQ(read.source, "ChatGPT");
    EXPECT_THAT(read.notes, IsEmpty());
    ASSERT_THAT(read.chats, SizeIs(1));
    const Conversation& chat = read.chats[0];
    EXPECT_THAT(
        activeTurns(chat),
        ElementsAre(
            "user[attachment:board.jpg/][text:Compute F(30) as on the board, and cite a source.]",
            "assistant[reasoning:Reading the board\n\nIt shows the recurrence.\n\nComputing\n\nPython is "
            "safest.][tool:python/a, b = 0, 1\nfor _ in range(30): a, b = b, a + b\nprint(a)/832040\n]"
            "[tool:browser/oeis.org\nF(30) = 832040\nA000045\nhttps://oeis.org/A000045]"
            "[reasoning:Thought for 5 seconds][text:**F(30) = 832040**, see OEIS.]",
            "user[attachment:file-voice1/][text:Write it down.]",
            "assistant[attachment:Fibonacci/# Fibonacci\n\nF(30) = 832040][text:I made a document.]"));
    EXPECT_THAT(allTurns(chat), Contains("assistant[text:It is 832040.]")) << "the other branch";
    EXPECT_EQ(chat.turn(2).answer.modelName, "o4-mini");
}

TEST(ImportSamples, Claude) {
    const ImportedChats read = sample("claude.json");
    EXPECT_EQ(read.source, "Claude");
    EXPECT_THAT(read.notes, ElementsAre(HasSubstr("without a message")));
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(activeTurns(read.chats[0]),
                ElementsAre("user[text:Sum the costs instead.]", "assistant[text:There are none.]"));
    EXPECT_THAT(allTurns(read.chats[0]),
                Contains("user[attachment:q1.csv/month,revenue\njan,10\nfeb,20\n][attachment:chart.png/]"
                         "[text:Sum the revenue, please.]"));
    EXPECT_THAT(allTurns(read.chats[0]),
                Contains("assistant[reasoning:10 plus 20.][tool:repl/{\"code\":\"10 + 20\"}/30]"
                         "[text:The revenue is **30**.]"));
}

TEST(ImportSamples, DeepSeek) {
    const ImportedChats read = sample("deepseek.json");
    EXPECT_EQ(read.source, "DeepSeek");
    EXPECT_THAT(read.notes, ElementsAre(HasSubstr("SEARCH")));
    ASSERT_THAT(read.chats, SizeIs(2));
    EXPECT_THAT(
        activeTurns(read.chats[0]),
        ElementsAre("user[attachment:list.txt/2 3 5 7 11][text:Is 91 in the list?]",
                    "assistant[reasoning:91 = 7 × 13.][text:No, and it is no prime: $91 = 7 \\cdot 13$.]",
                    "user[text:Thanks]"));
    EXPECT_EQ(read.chats[0].turns().size(), 4U);
    EXPECT_THAT(
        activeTurns(read.chats[1]),
        ElementsAre("user[text:Hello]", "assistant[reasoning:A greeting.][text:Hello! How can I help?]"));
}

TEST(ImportSamples, OpenWebUi) {
    const ImportedChats read = sample("open_webui.json");
    EXPECT_EQ(read.source, "Open WebUI");
    ASSERT_THAT(read.chats, SizeIs(1));
    const Conversation& chat = read.chats[0];
    EXPECT_THAT(
        activeTurns(chat),
        ElementsAre("user[attachment:places.md/Lisbon is in Portugal.][text:Rain in Lisbon?]",
                    "assistant[text:I cannot know.]", "user[text:Guess.]",
                    "assistant[text:Sunny.\n\n<details>\n<summary>Why</summary>\nIt often is.\n</details>]"));
    EXPECT_THAT(allTurns(chat),
                Contains("assistant[reasoning:I need the weather & a place.\n\nCall the tool.]"
                         "[tool:get_weather/{\"city\": \"Lisbon\"}/light rain][text:Light rain today.]"));
    EXPECT_TRUE(chat.header.pinned);
    EXPECT_EQ(chat.header.system, "Answer in one line.");
}

TEST(ImportSamples, LmStudio) {
    const ImportedChats read = sample("lm_studio.conversation.json");
    EXPECT_EQ(read.source, "LM Studio");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(activeTurns(read.chats[0]),
                ElementsAre("user[text:How many r in strawberry? Think first.]",
                            "assistant[reasoning:s-t-r-a-w-b-e-r-r-y: three.]"
                            "[tool:count_letters/{\"word\":\"strawberry\"}/{\"r\":3}][text:**Three.**]"));
    EXPECT_THAT(allTurns(read.chats[0]),
                Contains("user[attachment:1747000000001 - 512.txt/][text:How many r in strawberry?]"));
    EXPECT_EQ(read.chats[0].header.system, "Count carefully.");
}

TEST(ImportSamples, LlamaCpp) {
    const ImportedChats read = sample("llama_cpp.json");
    EXPECT_EQ(read.source, "llama.cpp");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(
        activeTurns(read.chats[0]),
        ElementsAre("user[attachment:style.txt/5-7-5][attachment:book.pdf/old pond][text:A haiku on rain]",
                    "assistant[reasoning:five syllables first][text:Soft rain on the roof]",
                    "user[text:More]"));
    EXPECT_EQ(read.chats[0].turns().size(), 4U);
}

TEST(ImportSamples, Jan) {
    const ImportedChats read = sample("jan");
    EXPECT_EQ(read.source, "Jan");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(activeTurns(read.chats[0]), ElementsAre("user[text:Green or black?][attachment:picture/]",
                                                        "assistant[reasoning:Taste differs.][text:Green.]"));
    EXPECT_EQ(read.chats[0].header.system, "You are Jan.");
    EXPECT_EQ(read.chats[0].turn(2).answer.modelName, "jan-nano-gguf");
}

TEST(ImportSamples, ASecondImportOfAnyAddsNothingAndOurExportKeepsAll) {
    const tests::TempDir folder;
    ChatStore store((folder / "chats.db").string());
    std::set<std::string> ids;
    for (const char* name : {"chatgpt.json", "claude.json", "deepseek.json", "open_webui.json",
                             "lm_studio.conversation.json", "llama_cpp.json", "jan"}) {
        const std::vector<Conversation> chats = sample(name).chats;
        const ImportPlan first = planImport(&store, chats);
        EXPECT_EQ(first.added, static_cast<int>(chats.size())) << name;
        store.saveAll(first.changes);
        const ImportPlan second = planImport(&store, sample(name).chats);
        EXPECT_EQ(second.unchanged, static_cast<int>(chats.size())) << name;
        EXPECT_THAT(second.changes, IsEmpty()) << name;
        const std::string exported = exportJson(chats, 1);
        EXPECT_EQ(readChats({{"own.json", exported}}, "own.json").chats, chats) << name;
        for (const Conversation& chat : chats) EXPECT_TRUE(ids.insert(chat.header.id).second) << name;
    }
}

} // namespace

} // namespace ponder::app
