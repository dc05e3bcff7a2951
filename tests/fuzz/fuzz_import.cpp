// An export may have been written by any version of another program, or by hand. Whatever it holds, its chats
// come in whole enough to be exported and read again, or it is refused with a sentence. The first byte of an
// input says what the rest is: a file as it is, or changes to the values of a sound export.

#include "app/exchange/export.h"
#include "app/exchange/import.h"
#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"

#include <nlohmann/json.hpp>

namespace ponder::fuzz {

namespace {

using nlohmann::json;

constexpr char kWholeFile = 'f';
constexpr std::size_t kMostChanges = 8;

const char* const kExports[] = {
    R"([{"title":"t","create_time":1.5,"conversation_id":"c","current_node":"b","mapping":{"r":{"message":null,"parent":null},
        "a":{"parent":"r","message":{"author":{"role":"user"},"create_time":2,"content":{"content_type":"text","parts":["hi",{"asset_pointer":"x/y"}]},"metadata":{"attachments":[{"name":"n"}]}}},
        "b":{"parent":"a","message":{"author":{"role":"assistant"},"recipient":"python","content":{"content_type":"code","text":"1"},"metadata":{"model_slug":"m"}}},
        "c":{"parent":"b","message":{"author":{"role":"tool","name":"p"},"content":{"content_type":"thoughts","thoughts":[{"summary":"s","content":"c"}]}}}}}])",
    R"([{"id":"d","title":"t","inserted_at":"2025-01-02T03:04:05Z","mapping":{"1":{"parent":"root","message":{"model":"m","inserted_at":"2025-01-02T03:04:06+01:00","files":[{"file_name":"f"}],"fragments":[{"type":"REQUEST","content":"q"}]}},"2":{"parent":"1","message":{"fragments":[{"type":"THINK","content":"h"},{"type":"RESPONSE","content":"a"}]}}}}])",
    R"([{"uuid":"u","name":"n","created_at":"2025-01-02T03:04:05Z","chat_messages":[{"uuid":"1","sender":"human","content":[{"type":"text","text":"q"}],"attachments":[{"file_name":"f","extracted_content":"x"}]},{"uuid":"2","sender":"assistant","parent_message_uuid":"1","content":[{"type":"thinking","thinking":"h"},{"type":"tool_use","name":"w","input":{}},{"type":"tool_result","content":[{"text":"r"}]}]}]}])",
    R"([{"id":"w","pinned":true,"chat":{"title":"t","params":{"system":"s"},"history":{"currentId":"b","messages":{"a":{"parentId":null,"role":"user","content":"q","files":[{"name":"f","file":{"data":{"content":"c"}}}]},"b":{"parentId":"a","role":"assistant","model":"m","timestamp":3,"content":"<details type=\"reasoning\"><summary>s</summary>\n> h\n</details>a"}}}}}])",
    R"({"name":"l","createdAt":1712345678901,"perChatPredictionConfig":{"fields":[{"key":"llm.prediction.systemPrompt","value":"s"}]},"messages":[{"versions":[{"role":"user","content":[{"type":"text","text":"q"}]}],"currentlySelected":0},{"versions":[{"role":"assistant","senderInfo":{"senderName":"m"},"steps":[{"style":{"type":"thinking"},"content":[{"text":"h","tokensCount":2}]},{"content":[{"text":"<think>x</think>a"}]}]}],"currentlySelected":0}]})",
    R"([{"conv":{"id":"k","name":"n","currNode":1,"lastModified":5},"messages":[{"id":0,"type":"root","role":"system","content":"s","parent":null},{"id":1,"role":"user","parent":0,"content":"q","extra":[{"name":"f","content":"x"}]},{"id":2,"role":"assistant","parent":1,"reasoningContent":"h","content":"a","toolCalls":"[]"}]}])",
    R"([{"object":"thread","id":"j","title":"t","created":1,"assistants":[{"instructions":"s","model":{"id":"m"}}]},{"object":"thread.message","thread_id":"j","role":"user","created_at":2,"content":[{"type":"text","text":{"value":"q"}}]}])",
    R"({"format":"ponder-chats","version":1,"chats":[{"id":"p","title":"t","root":"0","created":"2025-01-02T03:04:05.006Z","nodes":{"0":{"active_child":"1"},"1":{"parent":"0","role":"user","active_child":"2","parts":[{"type":"text","text":"q"}]},"2":{"parent":"1","role":"assistant","state":"complete","parts":[{"type":"tool","name":"n","input":"i","output":"o","tokens":3}],"params":{"seed":1},"timings":{"load_seconds":0.5}}}}]})",
};

void gather(json& value, std::vector<json*>& places) {
    places.push_back(&value);
    if (!value.is_structured()) return;
    for (json& member : value) gather(member, places);
}

/// Three bytes say which value becomes what.
std::string changedExport(std::string_view input) {
    json document = json::parse(kExports[static_cast<unsigned char>(input[0]) % std::size(kExports)]);
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(input[at]); };
    for (std::size_t at = 1; at + 2 < input.size() && at < 3 * kMostChanges; at += 3) {
        std::vector<json*> places;
        gather(document, places);
        const json other = *places[byte(at + 2) % places.size()];
        const json instead[] = {json(),        json(""),
                                json("b"),     json(-1),
                                json(1e300),   json(9007199254740993),
                                json::array(), json::object(),
                                json(true),    json(std::string("\0\x1b[2J", 5)),
                                other,         json::array({other, other})};
        *places[byte(at) % places.size()] = instead[byte(at + 1) % std::size(instead)];
    }
    return document.dump();
}

} // namespace

} // namespace ponder::fuzz

void ponder::fuzz::tryInput(std::string_view input) {
    using namespace ponder::app;
    if (input.size() < 2) return;
    const std::string text =
        input[0] == kWholeFile ? std::string(input.substr(1)) : changedExport(input.substr(1));
    std::string exported;
    try {
        const ImportedChats read = readChats({{"export.json", text}}, "export.json");
        for (const Conversation& chat : read.chats) {
            CHECK(!chat.header.id.empty() && !chat.header.title.empty());
            CHECK(chat.turns().empty() == chat.activePath().empty());
        }
        if (read.chats.empty()) return;
        exported = exportJson(read.chats, 1);
    } catch (const engine::Error&) {
        return; // a sentence is as good as chats
    }
    CHECK(exportJson(readChats({{"own.json", exported}}, "own.json").chats, 1) == exported);
}

std::vector<std::string> ponder::fuzz::seeds() {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < std::size(kExports); ++i) {
        all.push_back(kWholeFile + std::string(kExports[i]));
        all.push_back(std::string("c") + static_cast<char>(i) + "\x05\x02\x07\x0b\x0a\x03");
    }
    return all;
}
