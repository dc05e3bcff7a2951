#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/app/cli/terminal.h"
#include "tests/engine/convert/golden_folder.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

class Convert : public testing::Test {
protected:
    Convert() { tests::writeFolder(tests::goldenFolder("llama"), folder_ / "model"); }
    std::string model() const { return (folder_ / "model").string(); }
    std::string out() const { return (folder_ / "out.gguf").string(); }

    tests::TempDir folder_;
    Terminal terminal_;
};

TEST_F(Convert, WritesTheFileAndSaysItsName) {
    const Outcome outcome =
        terminal_.run(convertCommand(), {model(), "--type", "q8_0", "--out", out(), "--threads", "1"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.output, out() + "\n");
    EXPECT_THAT(outcome.complaints, HasSubstr("bits a weight"));
    EXPECT_EQ(engine::inspectModel(out()).architecture, "llama");
}

TEST_F(Convert, WritesOneJsonObject) {
    const json object =
        json::parse(terminal_.run(convertCommand(), {model(), "--out", out(), "--json"}).output);
    EXPECT_EQ(object["path"], out());
    EXPECT_EQ(object["sizeBytes"], fs::file_size(out()));
    EXPECT_THAT(object["notices"], IsEmpty());
}

TEST_F(Convert, ShowsProgressOnATerminal) {
    terminal_.pretendTerminal();
    const Outcome outcome = terminal_.run(convertCommand(), {model(), "--out", out()});
    EXPECT_THAT(outcome.complaints, HasSubstr("tensor 1 of "));
    EXPECT_THAT(outcome.complaints, HasSubstr("100 %"));
}

TEST_F(Convert, RefusesAndSaysWhatToDo) {
    EXPECT_EQ(terminal_.run(convertCommand(), {model()}).code, 2);
    EXPECT_EQ(terminal_.run(convertCommand(), {model(), "--out", "model.bin"}).code, 2);
    EXPECT_EQ(terminal_.run(convertCommand(), {"--out", out()}).code, 2);
    const Outcome unknown = terminal_.run(convertCommand(), {model(), "--type", "Q7", "--out", out()});
    EXPECT_EQ(unknown.code, 1);
    EXPECT_THAT(unknown.complaints, HasSubstr("Q4_K_M"));
    EXPECT_EQ(terminal_.run(convertCommand(), {model() + "x", "--out", out()}).code, 1);
    EXPECT_FALSE(fs::exists(out()));
    ASSERT_EQ(terminal_.run(convertCommand(), {model(), "--out", out()}).code, 0);
    const Outcome again = terminal_.run(convertCommand(), {model(), "--out", out()});
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.complaints, HasSubstr("nothing is overwritten"));
}

} // namespace

} // namespace ponder::app
