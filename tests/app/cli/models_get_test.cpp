// `ponder models get`, against a server on the loopback.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/app/cli/terminal.h"
#include "tests/app/downloads/misbehaving_server.h"
#include "tests/support/tiny_model.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace fs = std::filesystem;

class ModelsGet : public testing::Test {
protected:
    ModelsGet() : server_(tests::tinyModel({.seed = 1}).bytes(), tests::tinyModel({.seed = 2}).bytes()) {
        for (const auto& [name, value] : server_.environment())
            variables_.emplace_back(std::make_unique<Variable>(name, value));
    }
    Outcome get(const std::vector<std::string>& words) { return terminal_.run(modelsGetCommand(), words); }
    std::string models(const std::string& name) { return (terminal_.paths().modelsFolder() / name).string(); }

    MisbehavingServer server_;
    std::vector<std::unique_ptr<Variable>> variables_;
    Terminal terminal_;
};

TEST_F(ModelsGet, SaysWhomItContactsAndPrintsWhereTheModelIs) {
    const Outcome outcome = get({"org/one"});
    EXPECT_EQ(outcome.code, 0) << outcome.complaints;
    EXPECT_THAT(outcome.complaints, testing::StartsWith("Ponder will contact localhost:"));
    EXPECT_THAT(outcome.complaints, Not(HasSubstr("HF_TOKEN")));
    EXPECT_EQ(outcome.output, models("org/one/m-Q4_K_M.gguf") + "\n");
    EXPECT_TRUE(tests::contentOf(models("org/one/m-Q4_K_M.gguf")) == server_.content());
    const Outcome again = get({"org/one"});
    EXPECT_EQ(again.code, 0);
    EXPECT_THAT(again.complaints, HasSubstr("It is there already."));
}

TEST_F(ModelsGet, OffersSeveralModelsAndTakesTheNamedOne) {
    const Outcome outcome = get({"org/several"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.complaints, HasSubstr("m-Q4_K_M.gguf"));
    EXPECT_THAT(outcome.complaints, HasSubstr("m-Q8_0.gguf"));
    EXPECT_THAT(outcome.complaints, HasSubstr("does not say which model is meant"));
    EXPECT_THAT(outcome.output, IsEmpty());
    const auto listed = nlohmann::json::parse(get({"--json", "org/several"}).output);
    EXPECT_EQ(listed["models"].size(), 2u);
    EXPECT_EQ(listed["license"], "apache-2.0");
    for (const std::string& link :
         {std::string("org/several:Q8_0"), server_.endpoint() + "/org/several/blob/main/m-Q8_0.gguf"}) {
        const Outcome named = get({link});
        EXPECT_EQ(named.code, 0) << named.complaints;
        EXPECT_TRUE(tests::contentOf(models("org/several/m-Q8_0.gguf")) == server_.other());
    }
}

TEST_F(ModelsGet, ChecksAHashThatIsGiven) {
    const std::string url = server_.url("good");
    const std::string folder = models("here");
    const Outcome wrong = get({"--sha256", std::string(64, '0'), "--folder", folder, url});
    EXPECT_EQ(wrong.code, 1);
    EXPECT_THAT(wrong.complaints, HasSubstr("its SHA-256 differs"));
    EXPECT_TRUE(fs::is_empty(folder));
    const Outcome right = get({"--json", "--sha256", sha256Of(server_.content()), "--folder", folder, url});
    EXPECT_EQ(right.code, 0) << right.complaints;
    const auto done = nlohmann::json::parse(right.output);
    EXPECT_EQ(done["paths"][0], folder + "/m.gguf");
    EXPECT_EQ(done["verified"], true);
    const Outcome publisher = get({"--sha256", std::string(64, '0'), "org/one"});
    EXPECT_EQ(publisher.code, 1);
    EXPECT_THAT(publisher.complaints, HasSubstr("nothing was downloaded"));
}

TEST_F(ModelsGet, SaysWhenNobodyVouchesForAFile) {
    const Outcome outcome = get({server_.url("good")});
    EXPECT_EQ(outcome.code, 0) << outcome.complaints;
    EXPECT_THAT(outcome.complaints, HasSubstr("Nobody has said what its SHA-256 should be. It is " +
                                              sha256Of(server_.content())));
}

TEST_F(ModelsGet, SaysWhatTheTokenIsFor) {
    const Variable token("HF_TOKEN", "hf_secret");
    EXPECT_THAT(get({"org/one"}).complaints,
                HasSubstr("Your access token (HF_TOKEN) is shown to localhost:"));
}

TEST_F(ModelsGet, RefusesWhatIsNoLinkBeforeItContactsAnybody) {
    for (const char* link : {"http://example.org/m.gguf", "nonsense", "https://example.org/m.bin"}) {
        const Outcome outcome = get({link});
        EXPECT_EQ(outcome.code, 2) << link;
        EXPECT_THAT(outcome.complaints, Not(HasSubstr("will contact"))) << link;
    }
    EXPECT_EQ(get({"--sha256", "12", "org/one"}).code, 2);
    EXPECT_EQ(get({}).code, 2);
    EXPECT_THAT(server_.log(""), IsEmpty());
}

TEST_F(ModelsGet, FailsInWords) {
    const Outcome outcome = get({"org/gated"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.complaints, HasSubstr("Accept its licence on its web page"));
}

} // namespace

} // namespace ponder::app
