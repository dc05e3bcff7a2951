// Large, broken and hostile exports.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <cstdlib>

#include "app/exchange/import.h"
#include "app/exchange/json_elements.h"
#include "app/exchange/zip_writer.h"
#include "tests/app/exchange/read_turns.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string chatNumber(int number) {
    return R"({"uuid":"u)" + std::to_string(number) +
           R"(","name":"n","chat_messages":[{"uuid":"m","sender":"human","text":"hello"}]})";
}

std::string manyChats(int count) {
    std::string text = "[";
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : ",\n") + chatNumber(i);
    return text + "]";
}

std::string zipOf(const std::string& name, const std::string& content) {
    ZipWriter zip;
    zip.add(name, content, 0);
    return zip.finish();
}

TEST(ImportWatch, IsToldHowFarItIs) {
    const tests::TempDir folder;
    const auto file = folder.write("export.zip", zipOf("conversations.json", manyChats(2000)));
    std::vector<double> seen;
    EXPECT_EQ(readChats(file, {.progress = [&](double fraction) { seen.push_back(fraction); }}).chats.size(),
              2000U);
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    EXPECT_GT(seen.size(), 1000U);
    EXPECT_LE(seen.back(), 1.0);
    EXPECT_GT(seen.back(), 0.95);
}

TEST(ImportWatch, EndsTheReadingWhenAsked) {
    const tests::TempDir folder;
    const auto file = folder.write("conversations.json", manyChats(2000));
    std::stop_source stop;
    int calls = 0;
    const ImportWatch watch{[&](double) {
                                if (++calls == 100) stop.request_stop();
                            },
                            stop.get_token()};
    EXPECT_THROW(readChats(file, watch), ImportCancelled);
    EXPECT_EQ(calls, 100);
}

TEST(ImportZip, ThatGrowsBeyondMeasureIsRefused) {
    const tests::TempDir folder;
    const std::string bomb = zipOf("conversations.json", "[" + std::string(200 << 20, ' ') + "]");
    ASSERT_LT(bomb.size(), 1u << 20);
    const auto file = folder.write("bomb.zip", bomb);
    EXPECT_THAT(errorOf([&] { readChats(file); }), HasSubstr("unpacks to far more than chats do"));
}

TEST(ImportZip, NamesThatClimbOutOfItAreOnlyNames) {
    const tests::TempDir folder;
    const auto file = folder.write("inside/evil.zip", zipOf("../../escaped.json", manyChats(1)));
    EXPECT_EQ(readChats(file).chats.size(), 1U);
    EXPECT_FALSE(std::filesystem::exists(folder / "escaped.json"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(ImportZip, CutShortIsDamaged) {
    const tests::TempDir folder;
    const std::string zip = zipOf("conversations.json", manyChats(500));
    for (const std::size_t size : {zip.size() / 4, zip.size() / 2}) {
        const auto file = folder.write("cut.zip", zip.substr(0, size));
        EXPECT_NE(errorOf([&] { readChats(file); }), "") << size;
    }
}

std::vector<std::string> elements(const std::string& document) {
    std::vector<std::string> found;
    forEachElement(
        document, [&](const json& value) { found.push_back(value.dump()); }, [](std::size_t) {});
    return found;
}

std::size_t brokenByte(const std::string& document) {
    try {
        elements(document);
    } catch (const BrokenJson& error) {
        return error.byte;
    }
    return 0;
}

TEST(JsonElements, AreThoseOfTheArrayOrOfTheMemberWithChats) {
    EXPECT_THAT(elements("[1, {\"a\":[2,{}]} ,\"x]\",[ ] ]"),
                ElementsAre("1", "{\"a\":[2,{}]}", "\"x]\"", "[]"));
    EXPECT_THAT(elements("{\"v\":1,\"chats\":[{},{\"a\":1}],\"z\":null}"), ElementsAre("{}", "{\"a\":1}"));
    EXPECT_THAT(elements("\xef\xbb\xbf [true]"), ElementsAre("true"));
    EXPECT_THAT(elements("{\"a\":{\"chats\":[1]}}"), ElementsAre("{\"a\":{\"chats\":[1]}}"));
    EXPECT_THAT(elements("{}"), ElementsAre("{}"));
    EXPECT_THAT(elements("[]"), IsEmpty());
    EXPECT_THAT(elements("\"\\\"\\\\\""), ElementsAre("\"\\\"\\\\\""));
}

TEST(JsonElements, SayWhereTheTextIsBroken) {
    const std::string sound =
        "{\"format\":\"x\",\"chats\":[{\"a\":[1,\"b\\\"\",{\"c\":null}]},{\"d\":-1.5e3}]}";
    EXPECT_EQ(brokenByte(sound), 0U);
    for (std::size_t size = 0; size < sound.size(); ++size)
        EXPECT_NE(brokenByte(sound.substr(0, size)), 0U) << sound.substr(0, size);
    EXPECT_EQ(brokenByte("[1 2]"), 4U);
    EXPECT_EQ(brokenByte("[1,2] x"), 7U);
    EXPECT_EQ(brokenByte("[{\"a\":tru}]"), 10U);
    EXPECT_NE(brokenByte("[1,]"), 0U);
    EXPECT_NE(brokenByte("{\"chats\":[],}"), 0U);
    EXPECT_NE(brokenByte("{a:1}"), 0U);
}

TEST(JsonElements, AgreeWithTheParserOnWhatIsJson) {
    for (const char* document : {"[]",
                                 "[1]",
                                 "[1,]",
                                 "[,1]",
                                 "[1 2]",
                                 "{}",
                                 "{\"a\":1}",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "[\"x]",
                                 "[[[]]",
                                 "[]]",
                                 "{\"chats\":[1}",
                                 "{\"chats\":[1]}",
                                 "nul",
                                 "null",
                                 "1",
                                 "\"",
                                 "[\"\\\"]",
                                 " ",
                                 "[1]//",
                                 "{\"chats\":[1],\"chats\":[2]}",
                                 "[{]}",
                                 "[\"a\"\"b\"]",
                                 "{\"a\":1 \"b\":2}"})
        EXPECT_EQ(brokenByte(document) == 0, json::accept(document)) << document;
}

} // namespace

} // namespace ponder::app
