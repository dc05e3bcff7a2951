// ponder models and the commands below it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/file_lock.h"
#include "tests/app/cli/terminal.h"
#include "tests/support/tiny_model.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Models : public testing::Test {
protected:
    fs::path add(const fs::path& folder, const std::string& name, std::uint32_t seed = 1) const {
        fs::create_directories(folder);
        tests::tinyModel({.seed = seed})
            .set("general.name", tests::text("The " + name))
            .write(folder / (name + ".gguf"));
        return folder / (name + ".gguf");
    }
    fs::path addOwn(const std::string& name, std::uint32_t seed = 1) const {
        return add(terminal_.paths().modelsFolder(), name, seed);
    }
    json listed(const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{"--json"};
        words.insert(words.end(), more.begin(), more.end());
        return json::parse(terminal_.run(modelsCommand(), words).output)["models"];
    }
    static json modelNamed(const json& models, const std::string& name) {
        for (const json& model : models)
            if (model["name"] == name) return model;
        return {};
    }

    tests::TempDir folder_;
    Variable data_{"XDG_DATA_HOME", (folder_ / "home").string()};
    Terminal terminal_;
};

TEST_F(Models, AreListedWithTheirStateAndAllTheirPaths) {
    const fs::path file = addOwn("a");
    fs::create_hard_link(file, terminal_.paths().modelsFolder() / "b.gguf");
    const json model = modelNamed(listed(), "a");
    EXPECT_EQ(model["state"], "ready");
    EXPECT_EQ(model["title"], "The a");
    EXPECT_EQ(model["architecture"], "llama");
    EXPECT_EQ(model["paths"], json({file.string(), (terminal_.paths().modelsFolder() / "b.gguf").string()}));
    EXPECT_FALSE(model.contains("problem"));
    EXPECT_FALSE(model["identity"].get<std::string>().empty());
    EXPECT_TRUE(model.contains("reasoningFormat"));
}

TEST_F(Models, ThatCannotRunAreListedWithTheReason) {
    tests::tinyModel().set("general.architecture", tests::text("mamba9")).write(addOwn("a"));
    const json model = modelNamed(listed(), "a");
    EXPECT_EQ(model["state"], "unusable");
    EXPECT_THAT(model["problem"].get<std::string>(), HasSubstr("mamba9"));
}

TEST_F(Models, OfMoreFoldersAreListedThisTime) {
    add(folder_ / "one", "a", 1);
    add(folder_ / "two", "b", 2);
    const json models =
        listed({"--folder", (folder_ / "one").string(), "--folder", (folder_ / "two").string()});
    EXPECT_FALSE(modelNamed(models, "a").is_null());
    EXPECT_FALSE(modelNamed(models, "b").is_null());
    EXPECT_TRUE(modelNamed(listed(), "a").is_null());
}

TEST_F(Models, ThatAreCopiesAreOneWithBothPlaces) {
    addOwn("a");
    add(terminal_.paths().modelsFolder() / "deeper", "a");
    EXPECT_THAT(modelNamed(listed(), "a")["paths"], SizeIs(2));
    EXPECT_THAT(terminal_.run(modelsCommand(), {}).output, HasSubstr("Two copies: "));
}

TEST_F(Models, ShowTellsEverything) {
    addOwn("a");
    const Outcome text = terminal_.run(modelsShowCommand(), {"a"});
    EXPECT_EQ(text.code, 0);
    for (const char* part : {"The a", "llama", "Weights", "F32", "100.0 %", "Special tokens", "<|im_end|>",
                             "Template (in the file)", "not computed yet"})
        EXPECT_THAT(text.output, HasSubstr(part));
    const json object = json::parse(terminal_.run(modelsShowCommand(), {"a", "--json"}).output);
    EXPECT_EQ(object["name"], "a");
    EXPECT_EQ(object["types"][0]["type"], "F32");
    EXPECT_EQ(object["vocabulary"]["kind"], "byte pairs");
    EXPECT_EQ(object["template"]["source"], "file");
    EXPECT_THAT(object["files"], SizeIs(1));
}

TEST_F(Models, ShowTellsWhyAModelCannotRun) {
    tests::tinyModel().set("general.architecture", tests::text("mamba9")).write(addOwn("a"));
    const Outcome outcome = terminal_.run(modelsShowCommand(), {"a"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.output, HasSubstr("mamba9"));
    EXPECT_EQ(json::parse(terminal_.run(modelsShowCommand(), {"a", "--json"}).output)["state"], "unusable");
    EXPECT_EQ(terminal_.run(modelsShowCommand(), {"nothing"}).code, 1);
    EXPECT_EQ(terminal_.run(modelsShowCommand(), {}).code, 2);
}

TEST_F(Models, AnAmbiguousNameListsTheCandidates) {
    addOwn("qwen-a", 1);
    addOwn("qwen-b", 2);
    const Outcome outcome = terminal_.run(modelsShowCommand(), {"qwen"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.complaints, HasSubstr("qwen-a, qwen-b"));
    EXPECT_THAT(terminal_.run(modelsShowCommand(), {"qwen-a"}).output, HasSubstr("The qwen-a"));
}

TEST_F(Models, VerifyComputesAndRemembersTheHash) {
    const fs::path file = addOwn("a");
    const Outcome outcome = terminal_.run(modelsVerifyCommand(), {"a"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.output, HasSubstr("nothing to compare it with"));
    const json object = json::parse(terminal_.run(modelsVerifyCommand(), {"a", "--json"}).output);
    const std::string sha256 = object["files"][0]["sha256"];
    EXPECT_THAT(outcome.output, HasSubstr(sha256 + "  " + file.string()));
    EXPECT_THAT(terminal_.run(modelsShowCommand(), {"a"}).output, HasSubstr(sha256));
    EXPECT_EQ(terminal_.run(modelsVerifyCommand(), {"a", "--sha256", sha256}).code, 0);
    EXPECT_EQ(terminal_.run(modelsVerifyCommand(), {"a", "--sha256", std::string(64, 'a')}).code, 1);
    EXPECT_EQ(terminal_.run(modelsVerifyCommand(), {"a", "--sha256", "short"}).code, 2);
}

TEST_F(Models, VerifyExitsOneWhereABlobIsNotWhatItsNameSays) {
    const std::string name(64, 'a');
    const fs::path repository = folder_ / "hub/models--o--r";
    fs::create_directories(repository / "snapshots/c");
    fs::rename(add(repository / "blobs", "x"), repository / "blobs" / name);
    fs::create_symlink("../../blobs/" + name, repository / "snapshots/c/a.gguf");
    const Variable hub("HF_HUB_CACHE", (folder_ / "hub").string());
    const Outcome outcome = terminal_.run(modelsVerifyCommand(), {"a"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.output, HasSubstr("It should be " + name));
}

TEST_F(Models, RemoveAsksAndSaysWhatItFrees) {
    const fs::path file = addOwn("a");
    const Outcome silent = terminal_.run(modelsRemoveCommand(), {"a"});
    EXPECT_EQ(silent.code, 1);
    EXPECT_THAT(silent.complaints, HasSubstr("Say --yes"));
    EXPECT_TRUE(fs::exists(file));
    const Outcome outcome = terminal_.run(modelsRemoveCommand(), {"a", "--yes"});
    EXPECT_EQ(outcome.code, 0) << outcome.complaints;
    EXPECT_THAT(outcome.complaints, HasSubstr("To the trash:"));
    EXPECT_THAT(outcome.complaints, HasSubstr("when the trash is emptied"));
    EXPECT_FALSE(fs::exists(file));
}

TEST_F(Models, RemoveOutsideOfPondersFolderNeedsASecondYes) {
    const fs::path file = add(folder_ / "mine", "a");
    terminal_.settings().modelFolders = {(folder_ / "mine").string()};
    const Outcome once = terminal_.run(modelsRemoveCommand(), {"a", "--yes"});
    EXPECT_EQ(once.code, 1);
    EXPECT_THAT(once.complaints, HasSubstr("outside of Ponder's own folder"));
    EXPECT_TRUE(fs::exists(file));
    EXPECT_EQ(terminal_.run(modelsRemoveCommand(), {"a", "--yes", "--outside"}).code, 0);
    EXPECT_FALSE(fs::exists(file));
}

TEST_F(Models, FoldersAreAddedListedAndRemoved) {
    const fs::path folder = folder_ / "mine";
    add(folder, "a");
    const auto run = [&](const std::vector<std::string>& words) {
        terminal_.settings() = loadSettings(terminal_.paths().settingsFile()).settings;
        return terminal_.run(modelsFoldersCommand(), words);
    };
    EXPECT_EQ(run({"add", folder.string() + "/"}).code, 0);
    EXPECT_EQ(run({"add", folder.string()}).code, 1) << "it is there already";
    EXPECT_THAT(run({"list"}).output, HasSubstr(folder.string() + "  (folder)"));
    EXPECT_EQ(json::parse(run({"list", "--json"}).output)["folders"][1]["added"], true);
    EXPECT_FALSE(modelNamed(listed(), "a").is_null());
    EXPECT_EQ(run({"remove", folder.string()}).code, 0);
    EXPECT_EQ(run({"remove", folder.string()}).code, 1);
    EXPECT_TRUE(fs::exists(folder / "a.gguf")) << "no file is touched";
    EXPECT_EQ(run({"add", (folder_ / "gone").string()}).code, 1);
    EXPECT_EQ(run({"dance"}).code, 2);
    EXPECT_EQ(run({"add"}).code, 2);
}

TEST_F(Models, AFolderThatHasVanishedCanStillBeTakenOffTheList) {
    terminal_.settings().modelFolders = {(folder_ / "gone").string()};
    EXPECT_THAT(terminal_.run(modelsFoldersCommand(), {}).output, HasSubstr("not there"));
    EXPECT_EQ(terminal_.run(modelsFoldersCommand(), {"remove", (folder_ / "gone").string()}).code, 0);
}

TEST_F(Models, FoldersAreLeftToTheOpenWindow) {
    makePrivateFolder(terminal_.paths().data);
    FileLock window(terminal_.paths().windowLock().string());
    ASSERT_TRUE(window.tryExclusive());
    const Outcome outcome = terminal_.run(modelsFoldersCommand(), {"add", folder_.path().string()});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.complaints, HasSubstr("window is open"));
}

} // namespace

} // namespace ponder::app
