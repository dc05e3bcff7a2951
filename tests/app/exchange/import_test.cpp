#include "app/exchange/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "app/exchange/export.h"
#include "tests/app/exchange/read_turns.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using engine::Role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ImportedChats imported(const std::string& json) {
    return readChats({{"export.json", json}}, "export.json");
}

constexpr const char* kChatGpt = R"json([{"title":"Sums","create_time":1700000000.5,"update_time":1700000100,
 "conversation_id":"c-1","current_node":"n7","mapping":{
 "root":{"id":"root","message":null,"parent":null,"children":["sys"]},
 "sys":{"id":"sys","parent":"root","children":["n1"],"message":{"author":{"role":"system"},"content":{"content_type":"text","parts":[""]},"metadata":{"is_visually_hidden_from_conversation":true}}},
 "n1":{"id":"n1","parent":"sys","children":["n2","n3"],"message":{"author":{"role":"user"},"create_time":1700000001,"content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer","asset_pointer":"file-service://file-abc"},"What is 2+2?"]},"metadata":{"attachments":[{"name":"sum.png"}]}}},
 "n2":{"id":"n2","parent":"n1","children":[],"message":{"author":{"role":"assistant"},"create_time":1700000002,"content":{"content_type":"text","parts":["Four."]},"metadata":{"model_slug":"gpt-4o"}}},
 "n3":{"id":"n3","parent":"n1","children":["n4"],"message":{"author":{"role":"assistant"},"create_time":1700000003,"content":{"content_type":"thoughts","thoughts":[{"summary":"Adding","content":"two and two"}]},"metadata":{"model_slug":"o3"}}},
 "n4":{"id":"n4","parent":"n3","children":["n5"],"message":{"author":{"role":"assistant"},"create_time":1700000004,"recipient":"python","content":{"content_type":"code","language":"python","text":"print(2+2)"}}},
 "n5":{"id":"n5","parent":"n4","children":["n6"],"message":{"author":{"role":"tool","name":"python"},"create_time":1700000005,"content":{"content_type":"execution_output","text":"4"}}},
 "n6":{"id":"n6","parent":"n5","children":["n7"],"message":{"author":{"role":"assistant"},"create_time":1700000006,"content":{"content_type":"reasoning_recap","content":"Thought for 3 seconds"}}},
 "n7":{"id":"n7","parent":"n6","children":[],"message":{"author":{"role":"assistant"},"create_time":1700000007,"recipient":"all","content":{"content_type":"text","parts":["It is **4**."]}}}}}])json";

TEST(ImportChatGpt, TakesBranchesThoughtsToolsAndDates) {
    const ImportedChats read = imported(kChatGpt);
    EXPECT_EQ(read.source, "ChatGPT");
    EXPECT_THAT(read.notes, IsEmpty());
    ASSERT_THAT(read.chats, SizeIs(1));
    const Conversation& chat = read.chats[0];
    EXPECT_EQ(chat.header.title, "Sums");
    EXPECT_EQ(chat.header.createdMs, 1'700'000'000'500);
    EXPECT_THAT(activeTurns(chat),
                ElementsAre("user[attachment:sum.png/][attachment:file-abc/][text:What is 2+2?]",
                            "assistant[reasoning:Adding\n\ntwo and two][tool:python/print(2+2)/4]"
                            "[reasoning:Thought for 3 seconds][text:It is **4**.]"));
    EXPECT_THAT(chat.siblings(chat.activePath().back()), SizeIs(2));
    EXPECT_EQ(chat.turn(2).answer.modelName, "gpt-4o");
    EXPECT_EQ(chat.turn(3).answer.modelName, "o3");
    EXPECT_EQ(chat.turn(3).finishedMs, 1'700'000'007'000);
}

TEST(ImportChatGpt, KeepsTheTextOfContentNobodyKnows) {
    const ImportedChats read =
        imported(R"([{"title":null,"mapping":{"a":{"parent":null,"message":{"author":{"role":"user"},
        "content":{"content_type":"hologram","layers":[{"say":"hello"}]}}}}}])");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(activeTurns(read.chats[0]), ElementsAre("user[text:hello]"));
    EXPECT_THAT(read.notes, ElementsAre(HasSubstr("hologram")));
}

TEST(ImportDeepSeek, TheNewestLeafIsActive) {
    const ImportedChats read = imported(
        R"([{"id":"d1","title":"Wine","inserted_at":"2025-03-04T05:06:07.123456+08:00","updated_at":"2025-03-04T06:00:00+08:00",
      "mapping":{"root":{"id":"root","parent":null,"children":["1"],"message":null},
      "1":{"id":"1","parent":"root","children":["2","3"],"message":{"model":"deepseek-chat","inserted_at":"2025-03-04T05:06:08+08:00","fragments":[{"type":"REQUEST","content":"Why red?"}]}},
      "2":{"id":"2","parent":"1","children":[],"message":{"model":"deepseek-reasoner","inserted_at":"2025-03-04T05:06:20+08:00","fragments":[{"type":"THINK","content":"skins"},{"type":"RESPONSE","content":"Skins."}]}},
      "3":{"id":"3","parent":"1","children":[],"message":{"model":"deepseek-chat","inserted_at":"2025-03-04T05:06:10+08:00","fragments":[{"type":"RESPONSE","content":"Older."}]}}}}])");
    EXPECT_EQ(read.source, "DeepSeek");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(activeTurns(read.chats[0]),
                ElementsAre("user[text:Why red?]", "assistant[reasoning:skins][text:Skins.]"));
    EXPECT_EQ(dateText(read.chats[0].header.createdMs), "2025-03-03T21:06:07.123Z");
    EXPECT_EQ(read.chats[0].turns().size(), 3U);
}

TEST(ImportClaude, TakesThinkingAttachmentsAndTools) {
    const ImportedChats read = imported(
        R"([{"uuid":"u1","name":"","created_at":"2025-01-02T03:04:05.000000Z","updated_at":"2025-01-02T03:05:00Z","chat_messages":[
      {"uuid":"m1","sender":"human","text":"Read this","content":[{"type":"text","text":"Read this"}],"created_at":"2025-01-02T03:04:05Z","attachments":[{"file_name":"a.txt","extracted_content":"inside"}],"files":[{"file_name":"b.png"}]},
      {"uuid":"m2","sender":"assistant","text":"","content":[{"type":"thinking","thinking":"hm"},{"type":"tool_use","name":"web","input":{"q":1}},{"type":"tool_result","name":"web","content":[{"type":"text","text":"found"}]},{"type":"text","text":"Done."}],"created_at":"2025-01-02T03:04:09Z"},
      {"uuid":"m3","sender":"human","text":"Old form","created_at":null}]}])");
    EXPECT_EQ(read.source, "Claude");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_EQ(read.chats[0].header.title, "Read this") << "no name: the first words";
    EXPECT_THAT(activeTurns(read.chats[0]).front(),
                "user[attachment:a.txt/inside][attachment:b.png/][text:Read this]");
    EXPECT_EQ(shown(read.chats[0].turn(2)), "assistant[reasoning:hm][tool:web/{\"q\":1}/found][text:Done.]");
    EXPECT_EQ(read.chats[0].turns().size(), 3U);
}

TEST(ImportOpenWebUi, TakesBranchesAndThoughtsOutOfTheText) {
    const ImportedChats read = imported(
        R"([{"id":"w1","title":"T","pinned":true,"created_at":1700000000,"updated_at":1700000009,"chat":{"title":"Web","models":["qwen3"],"params":{"system":"Be kind."},
      "history":{"currentId":"a2","messages":{
      "u1":{"id":"u1","parentId":null,"childrenIds":["a1","a2"],"role":"user","content":"Hi","timestamp":1700000001},
      "a1":{"id":"a1","parentId":"u1","childrenIds":[],"role":"assistant","content":"One","model":"qwen3","timestamp":1700000002},
      "a2":{"id":"a2","parentId":"u1","childrenIds":[],"role":"assistant","model":"qwen3","timestamp":1700000003,
       "content":"<details type=\"reasoning\" done=\"true\" duration=\"2\">\n<summary>Thought for 2 seconds</summary>\n&gt; is 1 &lt; 2?\n&gt; yes\n</details>\nTwo"}}}}}])");
    EXPECT_EQ(read.source, "Open WebUI");
    ASSERT_THAT(read.chats, SizeIs(1));
    const Conversation& chat = read.chats[0];
    EXPECT_EQ(chat.header.system, "Be kind.");
    EXPECT_TRUE(chat.header.pinned);
    EXPECT_THAT(activeTurns(chat),
                ElementsAre("user[text:Hi]", "assistant[reasoning:is 1 < 2?\nyes][text:Two]"));
    EXPECT_THAT(chat.siblings(2), ElementsAre(2, 3));
    const ImportedChats legacy =
        imported(R"({"title":"Old","history":{"messages":{"x":{"role":"user","content":"Q"}}}})");
    EXPECT_THAT(activeTurns(legacy.chats.at(0)), ElementsAre("user[text:Q]"));
}

TEST(ImportLmStudio, TakesVersionsThoughtsAndTheSystemPrompt) {
    const ImportedChats read = imported(R"({"name":"Local","pinned":false,"createdAt":1712345678901,
      "perChatPredictionConfig":{"fields":[{"key":"llm.prediction.systemPrompt","value":"Short."}]},
      "messages":[{"versions":[{"type":"singleStep","role":"user","content":[{"type":"text","text":"Q"}]}],"currentlySelected":0},
      {"versions":[{"type":"multiStep","role":"assistant","senderInfo":{"senderName":"qwen"},"steps":[{"type":"contentBlock","content":[{"type":"text","text":"A1","tokensCount":null}]}]},
       {"type":"multiStep","role":"assistant","senderInfo":{"senderName":"r1"},"steps":[{"type":"contentBlock","style":{"type":"thinking"},"content":[{"type":"text","text":"hm","tokensCount":3}]},{"type":"contentBlock","content":[{"type":"text","text":"A2"}]}]}],"currentlySelected":1}]})");
    EXPECT_EQ(read.source, "LM Studio");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(activeTurns(read.chats[0]), ElementsAre("user[text:Q]", "assistant[reasoning:hm][text:A2]"));
    EXPECT_EQ(read.chats[0].header.system, "Short.");
    EXPECT_EQ(read.chats[0].turn(3).answer.modelName, "r1");
    EXPECT_EQ(read.chats[0].header.createdMs, 1'712'345'678'901);
}

TEST(ImportLlamaCpp, TakesOneOrManyChats) {
    const std::string one =
        R"({"conv":{"id":"k1","name":"Small","currNode":"3","lastModified":1712345679000},"messages":[
      {"id":"0","convId":"k1","type":"root","role":"system","content":"","parent":null,"children":["1"],"timestamp":1712345678000},
      {"id":"1","convId":"k1","type":"text","role":"user","content":"Q","parent":"0","children":["2","3"],"timestamp":1712345678001,"extra":[{"type":"TEXT","name":"n.txt","content":"note"}]},
      {"id":"2","convId":"k1","type":"text","role":"assistant","content":"A","parent":"1","timestamp":1712345678002,"model":"m"},
      {"id":"3","convId":"k1","type":"text","role":"assistant","content":"B","reasoningContent":"hm","parent":"1","timestamp":1712345678003,"model":"m"}]})";
    for (const std::string& json : {one, "[" + one + "]"}) {
        const ImportedChats read = imported(json);
        EXPECT_EQ(read.source, "llama.cpp");
        ASSERT_THAT(read.chats, SizeIs(1));
        EXPECT_THAT(activeTurns(read.chats[0]),
                    ElementsAre("user[attachment:n.txt/note][text:Q]", "assistant[reasoning:hm][text:B]"));
        EXPECT_THAT(read.chats[0].siblings(2), SizeIs(2));
    }
}

TEST(ImportJan, PutsThreadsAndMessagesTogether) {
    const tests::TempDir folder;
    folder.write(
        "threads/t1/thread.json",
        R"({"id":"t1","object":"thread","title":"Jan chat","created":1700000000,"updated":1700000005,"assistants":[{"model":{"id":"llama3"},"instructions":"Sys"}]})");
    folder.write(
        "threads/t1/messages.jsonl",
        R"({"object":"thread.message","thread_id":"t1","role":"user","created_at":1700000001,"content":[{"type":"text","text":{"value":"Q"}}]}
{"object":"thread.message","thread_id":"t1","role":"assistant","created_at":1700000002,"content":[{"type":"text","text":{"value":"<think>hm</think>A"}}]}
)");
    const ImportedChats read = readChats(folder.path());
    EXPECT_EQ(read.source, "Jan");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(activeTurns(read.chats[0]), ElementsAre("user[text:Q]", "assistant[reasoning:hm][text:A]"));
    EXPECT_EQ(read.chats[0].turn(2).answer.modelName, "llama3");
    EXPECT_EQ(read.chats[0].header.system, "Sys");
}

/// A chat of random shape and content, control characters and foreign scripts included.
Conversation randomChat(std::mt19937& random) {
    static const std::vector<std::string> kWords = {"alpha", "β",  "字",      "\n\n", "**x**", "\"",
                                                    "\\",    "\t", "<think>", "😀",    "\x01"};
    const auto text = [&] {
        std::string words;
        for (unsigned i = random() % 12; i > 0; --i) words += kWords[random() % kWords.size()] + " ";
        return words;
    };
    Conversation chat;
    chat.header.id = newChatId();
    chat.header.title = text();
    if (chat.header.title.empty()) chat.header.title = "t";
    chat.header.titleOrigin = random() % 2 ? TitleOrigin::Person : TitleOrigin::Automatic;
    chat.header.system = text();
    chat.header.folder = random() % 3 ? "" : text();
    chat.header.modelPath = text();
    chat.header.pinned = random() % 4 == 0;
    chat.header.settings = random() % 2 ? R"({"zeta":[1,{"b":0.1,"a":null}],"alpha":"字"})" : "";
    chat.header.archivedMs = random() % 3 ? 0 : 1'600'000'000'000 + random() % 1'000'000'000;
    chat.header.readingTurn = static_cast<int>(random() % 5);
    chat.header.createdMs = 1'600'000'000'000 + random() % 1'000'000'000;
    chat.header.updatedMs = chat.header.createdMs + random() % 100'000;
    for (unsigned i = random() % 14; i > 0; --i) {
        const int parent = static_cast<int>(random() % (chat.turns().size() + 1));
        const Role role =
            parent == 0 || chat.turn(parent).role == Role::Assistant ? Role::User : Role::Assistant;
        Turn& turn = chat.add(parent, role, {});
        turn.createdMs = 1'600'000'000'000 + random() % 1'000'000'000;
        for (unsigned parts = random() % 4; parts > 0; --parts) {
            Part part = textPart(text());
            part.kind = static_cast<PartKind>(random() % 4);
            if (part.kind == PartKind::Tool) part.input = text();
            if (part.kind == PartKind::Tool || part.kind == PartKind::Attachment) part.name = text();
            part.tokens = static_cast<int>(random() % 50);
            if (random() % 2)
                part.startedMs = turn.createdMs, part.endedMs = turn.createdMs + random() % 9999;
            turn.parts.push_back(part);
        }
        if (role != Role::Assistant) continue;
        turn.finishedMs = turn.createdMs + random() % 9999;
        turn.state = std::array{TurnState::Complete, TurnState::Stopped, TurnState::Interrupted,
                                TurnState::Failed}[random() % 4];
        turn.answer = {.modelName = text(),
                       .modelIdentity = text(),
                       .modelPath = text(),
                       .engineVersion = "1",
                       .settings = random() % 2 ? R"({"seed":18446744073709551615,"temperature":0.6})" : "",
                       .stop = "endOfAnswer",
                       .failure = random() % 3 ? "" : text(),
                       .promptTokens = 3,
                       .reusedTokens = 1,
                       .reasoningTokens = 2,
                       .answerTokens = 7,
                       .loadSeconds = 0.1,
                       .promptSeconds = 1.0 / 3,
                       .answerSeconds = 2};
    }
    if (!chat.turns().empty()) chat.select(1 + static_cast<int>(random() % chat.turns().size()));
    return chat;
}

TEST(ImportPonder, ExportImportExportIsTheSameToTheByte) {
    std::mt19937 random(7);
    std::vector<Conversation> chats;
    for (int i = 0; i < 200; ++i) chats.push_back(randomChat(random));
    const std::string first = exportJson(chats, 1'700'000'000'000);
    const ImportedChats read = imported(first);
    EXPECT_EQ(read.source, "Ponder");
    EXPECT_THAT(read.notes, IsEmpty());
    EXPECT_EQ(exportJson(read.chats, 1'700'000'000'000), first);
}

TEST(ImportFiles, ReadAZipAndAFolderTheSame) {
    const tests::TempDir folder;
    folder.write("export/conversations.json", kChatGpt);
    folder.write("export/user.json", R"({"id":"me"})");
    const std::string zip = (folder / "export.zip").string();
    const std::string command = "cd '" + (folder / "export").string() + "' && python3 -m zipfile -c '" + zip +
                                "' conversations.json user.json";
    ASSERT_EQ(std::system(command.c_str()), 0);
    const ImportedChats fromZip = readChats(zip);
    const ImportedChats fromFolder = readChats(folder / "export");
    ASSERT_THAT(fromZip.chats, SizeIs(1));
    EXPECT_EQ(fromZip.chats, fromFolder.chats);
    EXPECT_EQ(fromZip.chats[0].header.id, imported(kChatGpt).chats[0].header.id)
        << "the same in every import";
}

TEST(ImportFiles, ABrokenFileSaysWhereAndImportsNothing) {
    const std::string error = errorOf([] { imported("[\n{\"mapping\": {},\n oops}]"); });
    EXPECT_THAT(error, HasSubstr("export.json is not valid JSON"));
    EXPECT_THAT(error, HasSubstr("line 3"));
    EXPECT_THAT(errorOf([] { imported("[1e999]"); }), HasSubstr("too large"));
    EXPECT_THAT(errorOf([] { imported(R"({"recipes":[1,2]})"); }),
                HasSubstr("holds no chats that Ponder knows"));
    EXPECT_THAT(errorOf([] { readChats("/nowhere/at/all.json"); }), HasSubstr("There is no file"));
    const tests::TempDir folder;
    EXPECT_THAT(errorOf([&] { readChats(folder.path()); }), HasSubstr("There is no JSON file"));
    const auto cut = folder.write("cut.zip", std::string("PK\x03\x04\x14\x00", 6));
    EXPECT_THAT(errorOf([&] { readChats(cut); }), HasSubstr("damaged"));
}

TEST(ImportFiles, AnOddChatDoesNotCostTheOthers) {
    const ImportedChats read = imported(R"({"format":"ponder-chats","version":1,"chats":[
        {"root":"0","nodes":{"0":{}},"title":"no id"},
        {"id":"x","root":"0","title":"cut off","nodes":{"3":{"parent":"2","role":"user","parts":[]}}},
        {"id":"good","root":"0","title":"fine","nodes":{"0":{"active_child":"1"},"1":{"parent":"0","role":"user","parts":[{"type":"text","text":"hi"}]}}}]})");
    EXPECT_EQ(read.unreadable, 2);
    EXPECT_THAT(read.notes, SizeIs(2));
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_THAT(activeTurns(read.chats[0]), ElementsAre("user[text:hi]"));
}

TEST(ImportFiles, MessagesThatGoRoundInACircleAreKept) {
    const ImportedChats read = imported(R"([{"id":"c","mapping":{
      "a":{"parent":"b","message":{"author":{"role":"user"},"content":{"content_type":"text","parts":["one"]}}},
      "b":{"parent":"a","message":{"author":{"role":"assistant"},"content":{"content_type":"text","parts":["two"]}}}}}])");
    ASSERT_THAT(read.chats, SizeIs(1));
    EXPECT_EQ(read.chats[0].turns().size(), 2U);
}

TEST(ImportFiles, AVeryLongChatIsReadWithoutARecursion) {
    std::string json = R"([{"id":"long","mapping":{"n0":{"parent":null,"message":null})";
    constexpr int kMessages = 20'000;
    for (int i = 1; i <= kMessages; ++i) {
        json += ",\"n" + std::to_string(i) + "\":{\"parent\":\"n" + std::to_string(i - 1) +
                "\",\"message\":{\"create_time\":" + std::to_string(1'700'000'000 + i) +
                ",\"author\":{\"role\":\"" + (i % 2 ? "user" : "assistant") +
                "\"},\"content\":{\"content_type\":\"text\",\"parts\":[\"m\"]}}}";
    }
    const ImportedChats read = imported(json + "}}]");
    EXPECT_EQ(read.chats.at(0).turns().size(), static_cast<std::size_t>(kMessages));
}

} // namespace

} // namespace ponder::app
