// search, export, models, inspect, bench and the start of the program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "app/cli.h"
#include "app/exchange/export.h"
#include "app/store/chat_store.h"
#include "tests/app/cli/terminal.h"
#include "tests/app/sample_chats.h"

namespace ponder::app {

namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Commands : public testing::Test {
protected:
    void save(const Conversation& chat) {
        makePrivateFolder(terminal_.paths().data);
        ChatStore(terminal_.paths().chatFile().string()).save(wholeChat(chat));
    }
    Terminal terminal_;
};

TEST_F(Commands, SearchWritesTheHitsForAPerson) {
    const Conversation chat = chatOf("Fruit", {"Are apples red?", "Some."});
    save(chat);
    const Outcome outcome = terminal_.run(searchCommand(), {"apples"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.output, HasSubstr("Fruit  (" + chat.header.id + ", user, "));
    EXPECT_THAT(outcome.output, HasSubstr("Are apples red?"));
}

TEST_F(Commands, SearchWritesOneJsonObject) {
    const Conversation chat = chatOf("Fruit", {"Are apples red?", "Some apples."});
    save(chat);
    const json object = json::parse(terminal_.run(searchCommand(), {"--json", "apples"}).output);
    EXPECT_EQ(object["total"], 2);
    ASSERT_EQ(object["hits"].size(), 2U);
    std::vector<std::string> keys;
    for (const auto& [key, value] : object["hits"][0].items()) keys.push_back(key);
    EXPECT_THAT(keys, testing::UnorderedElementsAre("chat", "message", "title", "snippet", "role", "date"));
    EXPECT_EQ(object["hits"][0]["chat"], chat.header.id);
}

TEST_F(Commands, SearchTakesALimit) {
    for (int i = 0; i < 60; ++i) save(chatOf("Fruit", {"apples"}));
    const auto hits = [&](const std::vector<std::string>& words) {
        return json::parse(terminal_.run(searchCommand(), words).output)["hits"].size();
    };
    EXPECT_EQ(hits({"--json", "apples"}), 50U);
    EXPECT_EQ(hits({"--json", "--limit", "3", "apples"}), 3U);
    EXPECT_EQ(hits({"--json", "--limit", "0", "apples"}), 60U);
    EXPECT_THAT(terminal_.run(searchCommand(), {"--limit", "3", "apples"}).output, HasSubstr("3 of 60"));
}

TEST_F(Commands, SearchWithoutChatsFindsNothingAndMakesNoFile) {
    const Outcome outcome = terminal_.run(searchCommand(), {"apples"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.output, "Nothing was found.\n");
    EXPECT_FALSE(std::filesystem::exists(terminal_.paths().data));
}

TEST_F(Commands, SearchRefusesASenselessFilter) {
    const Outcome outcome = terminal_.run(searchCommand(), {"role:robot"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.complaints, HasSubstr("role:robot"));
}

TEST_F(Commands, ExportWritesAPrivateFileAndSaysHowMuch) {
    save(chatOf("A", {"x", "y"}));
    save(chatOf("B", {"x", "y"}));
    const std::string out = (terminal_.paths().data / "all.json").string();
    const Outcome outcome = terminal_.run(exportCommand(), {"--format", "json", "--out", out});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.output, IsEmpty());
    EXPECT_THAT(outcome.complaints, HasSubstr("2 chats written"));
    EXPECT_EQ(json::parse(tests::contentOf(out))["chats"].size(), 2U);
    struct stat status {};
    ASSERT_EQ(::stat(out.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(Commands, ExportTakesOneChat) {
    const Conversation chat = chatOf("A", {"only this"});
    save(chat);
    save(chatOf("B", {"not this"}));
    const Outcome outcome =
        terminal_.run(exportCommand(), {"--format", "md", "--chat", chat.header.id, "--out", "-"});
    EXPECT_THAT(outcome.output, HasSubstr("only this"));
    EXPECT_THAT(outcome.output, Not(HasSubstr("not this")));
}

TEST_F(Commands, ExportWritesText) {
    save(chatOf("A", {"x", "**y**"}));
    EXPECT_EQ(terminal_.run(exportCommand(), {"--format", "txt", "--out", "-"}).output,
              "A\n\nYou:\nx\n\nAssistant:\ny\n");
}

TEST_F(Commands, ExportOfNothingIsAnEmptyDocument) {
    const Outcome outcome = terminal_.run(exportCommand(), {"--format", "json", "--out", "-"});
    EXPECT_EQ(json::parse(outcome.output)["chats"], json::array());
}

TEST_F(Commands, ExportOfAChatThatIsNotThereExitsOne) {
    save(chatOf("A", {"x"}));
    EXPECT_EQ(terminal_.run(exportCommand(), {"--format", "json", "--chat", "nope", "--out", "-"}).code, 1);
}

TEST_F(Commands, ExportNeedsAFormatAndAPlace) {
    EXPECT_EQ(terminal_.run(exportCommand(), {"--out", "-"}).code, 2);
    EXPECT_EQ(terminal_.run(exportCommand(), {"--format", "docx", "--out", "-"}).code, 2);
    EXPECT_EQ(
        terminal_.run(exportCommand(), {"--format", "md", "--chat", "a", "--folder", "b", "--out", "-"}).code,
        2);
    EXPECT_EQ(terminal_.run(exportCommand(), {"--format", "json"}).code, 2);
}

TEST_F(Commands, SeveralChatsBecomeAFolderWithAManifest) {
    save(chatOf("A", {"x"}));
    save(chatOf("a", {"y"}));
    const tests::TempDir folder;
    const std::filesystem::path out = folder / "chats";
    ASSERT_EQ(terminal_.run(exportCommand(), {"--format", "md", "--out", out.string()}).code, 0);
    const json manifest = json::parse(tests::contentOf(out / "manifest.json"));
    ASSERT_EQ(manifest["files"].size(), 2U);
    for (const json& file : manifest["files"])
        EXPECT_THAT(tests::contentOf(out / file["file"].get<std::string>()),
                    HasSubstr("# " + file["title"].get<std::string>()));
    const Outcome again = terminal_.run(exportCommand(), {"--format", "md", "--out", out.string()});
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.complaints, HasSubstr("exists already"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1) << "no half folder";
}

TEST_F(Commands, SeveralChatsBecomeOneFileWhereItsNameEndsAsTheFormat) {
    save(chatOf("A", {"x"}));
    save(chatOf("B", {"y"}));
    const tests::TempDir folder;
    const std::string out = (folder / "all.md").string();
    ASSERT_EQ(terminal_.run(exportCommand(), {"--format", "md", "--out", out}).code, 0);
    EXPECT_THAT(tests::contentOf(out), HasSubstr("# A"));
    EXPECT_THAT(tests::contentOf(out), HasSubstr("# B"));
    EXPECT_EQ(terminal_.run(exportCommand(), {"--format", "json", "--out", folder.path().string()}).code, 1);
}

TEST_F(Commands, ExportTakesOneFolder) {
    Conversation inside = chatOf("A", {"inside"});
    inside.header.folder = "Work";
    save(inside);
    save(chatOf("B", {"outside"}));
    const Outcome outcome =
        terminal_.run(exportCommand(), {"--format", "txt", "--folder", "Work", "--out", "-"});
    EXPECT_THAT(outcome.output, HasSubstr("inside"));
    EXPECT_THAT(outcome.output, Not(HasSubstr("outside")));
    EXPECT_EQ(terminal_.run(exportCommand(), {"--format", "txt", "--folder", "Play", "--out", "-"}).code, 1);
}

TEST_F(Commands, ExportAsPdfNeedsNoDisplay) {
    save(chatOf("A", {"x", "y"}));
    EXPECT_THAT(terminal_.run(exportCommand(), {"--format", "pdf", "--out", "-"}).output,
                testing::StartsWith("%PDF-1"));
}

TEST_F(Commands, ExportLeavesTheTrashOut) {
    const Conversation chat = chatOf("A", {"x"});
    save(chat);
    ChatStore(terminal_.paths().chatFile().string()).trash({chat.header.id});
    const Outcome outcome = terminal_.run(exportCommand(), {"--format", "json", "--out", "-"});
    EXPECT_EQ(json::parse(outcome.output)["chats"], json::array());
}

TEST_F(Commands, ImportBringsInWhatExportWrote) {
    const Conversation chat = chatOf("A", {"x", "y"});
    save(chat);
    const std::string out = (terminal_.paths().data / "all.json").string();
    terminal_.run(exportCommand(), {"--format", "json", "--out", out});
    ChatStore(terminal_.paths().chatFile().string()).erase({chat.header.id});

    const Outcome dry = terminal_.run(importCommand(), {"--dry-run", out});
    EXPECT_THAT(dry.complaints, HasSubstr("1 chat to add"));
    EXPECT_TRUE(ChatStore(terminal_.paths().chatFile().string()).chats().empty());

    EXPECT_THAT(terminal_.run(importCommand(), {out}).complaints, HasSubstr("1 chat added"));
    EXPECT_EQ(ChatStore(terminal_.paths().chatFile().string()).load(chat.header.id), chat);
    const json again = json::parse(terminal_.run(importCommand(), {out, "--json"}).output);
    EXPECT_EQ(again["source"], "Ponder");
    EXPECT_EQ(again["unchanged"], 1);
}

TEST_F(Commands, ADryImportLeavesNoChatFileBehind) {
    const tests::TempDir folder;
    const std::string file = folder.write("in.json", exportJson({chatOf("A", {"x"})}, 1)).string();
    EXPECT_EQ(terminal_.run(importCommand(), {"--dry-run", file}).code, 0);
    EXPECT_FALSE(std::filesystem::exists(terminal_.paths().chatFile()));
}

TEST_F(Commands, ImportOfNoChatsExitsOne) {
    EXPECT_EQ(terminal_.run(importCommand(), {"/nowhere.json"}).code, 1);
    EXPECT_EQ(terminal_.run(importCommand(), {}).code, 2);
}

TEST_F(Commands, ModelsListsWhatWasFoundAndWhere) {
    const Outcome outcome = terminal_.run(modelsCommand(), {});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.output, HasSubstr(terminal_.starter()));
    EXPECT_THAT(outcome.output, HasSubstr("Looked in:"));
    EXPECT_THAT(outcome.output, HasSubstr("(not there)"));
}

TEST_F(Commands, ModelsWritesOneJsonObjectWithWhyAModelCannotBeUsed) {
    const json object = json::parse(terminal_.run(modelsCommand(), {"--json"}).output);
    ASSERT_EQ(object["models"].size(), 1U);
    EXPECT_EQ(object["models"][0]["name"], "starter");
    EXPECT_EQ(object["models"][0]["path"], terminal_.starter());
    EXPECT_FALSE(object["models"][0]["problem"].get<std::string>().empty()) << "four bytes are no model";
    EXPECT_GT(object["folders"].size(), 3U);
}

TEST_F(Commands, InspectAndBenchRefuseWhatIsNoModel) {
    const Outcome inspected = terminal_.run(inspectCommand(), {terminal_.starter()});
    EXPECT_EQ(inspected.code, 1);
    EXPECT_THAT(inspected.output, IsEmpty());
    EXPECT_THAT(inspected.complaints, Not(IsEmpty()));
    EXPECT_EQ(terminal_.run(inspectCommand(), {"--json", terminal_.starter()}).code, 1);
    EXPECT_EQ(terminal_.run(benchCommand(), {"-m", terminal_.starter()}).code, 1);
}

TEST_F(Commands, BenchTimesMemoryWithoutAModel) {
    const Outcome text = terminal_.run(benchCommand(), {"--memory", "-t", "1"});
    EXPECT_EQ(text.code, 0);
    EXPECT_THAT(text.output, testing::MatchesRegex("Memory reads [0-9]+\\.[0-9] GB/s\n"));
    const Outcome json = terminal_.run(benchCommand(), {"--memory", "-t", "1", "--json"});
    EXPECT_GT(nlohmann::json::parse(json.output)["memoryBytesPerSecond"].get<double>(), 1e8);
}

TEST_F(Commands, InspectAndBenchExitTwoOnWrongUsage) {
    EXPECT_EQ(terminal_.run(inspectCommand(), {}).code, 2);
    EXPECT_EQ(terminal_.run(benchCommand(), {"extra"}).code, 2);
    EXPECT_EQ(terminal_.run(benchCommand(), {"-n", "0"}).code, 2);
}

TEST(Start, IsTheWindowWhereThereIsADisplayAndNoCommand) {
    const Variable platform("QT_QPA_PLATFORM", std::nullopt);
    const Variable wayland("WAYLAND_DISPLAY", std::nullopt);
    const Variable display("DISPLAY", ":0");
    EXPECT_EQ(startFor({}), Start::Window);
    EXPECT_EQ(startFor({"--data-dir", "/x"}), Start::Window);
    EXPECT_EQ(startFor({"model.gguf"}), Start::Window);
    EXPECT_EQ(startFor({"ask", "x"}), Start::Terminal);
    EXPECT_EQ(startFor({"--version"}), Start::Terminal);
    EXPECT_EQ(startFor({"--data-dir"}), Start::Terminal) << "wrong usage is for the terminal to say";
}

TEST(Start, IsTheTerminalWithoutADisplay) {
    const Variable platform("QT_QPA_PLATFORM", std::nullopt);
    const Variable wayland("WAYLAND_DISPLAY", std::nullopt);
    const Variable display("DISPLAY", std::nullopt);
    EXPECT_EQ(startFor({}), Start::Terminal);
    EXPECT_EQ(startFor({"model.gguf"}), Start::Terminal);
}

TEST(Start, APlatformNamedOutrightNeedsNoDisplay) {
    const Variable platform("QT_QPA_PLATFORM", "offscreen");
    EXPECT_EQ(startFor({}), Start::Window);
}

TEST(StartLine, TakesTheDataFolderFromAnywhere) {
    EXPECT_EQ(readStartLine({"--data-dir", "/x", "ask", "y"}).dataFolder, "/x");
    EXPECT_EQ(readStartLine({"ask", "--data-dir=/x", "y"}).dataFolder, "/x");
    EXPECT_THAT(readStartLine({"ask", "--data-dir=/x", "y"}).words, ElementsAre("ask", "y"));
    EXPECT_THAT(readStartLine({"ask", "--", "--data-dir"}).words, ElementsAre("ask", "--", "--data-dir"));
    EXPECT_THROW(readStartLine({"--data-dir"}), UsageError);
}

TEST(PlainForTerminal, LeavesTextLinesAndTabs) {
    EXPECT_EQ(plainForTerminal("ä\tb\nc 🌊"), "ä\tb\nc 🌊");
    EXPECT_EQ(plainForTerminal("a\033]0;title\007b\x7f"), "a]0;titleb");
    EXPECT_EQ(plainForTerminal("a\xc2\x9b"
                               "31mb"),
              "a31mb")
        << "C1 controls are escapes too";
}

} // namespace

} // namespace ponder::app
