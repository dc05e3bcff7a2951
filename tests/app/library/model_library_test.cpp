#include "app/library/model_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <mutex>
#include <optional>
#include <set>

#include "engine/engine.h"
#include "tests/app/environment.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kHash(64, 'a');

/// A home folder to be filled with what other programs leave in it.
class Library : public testing::Test {
protected:
    std::vector<FoundModel> found(std::vector<ModelRoot> roots) const { return findModels({}, roots); }
    std::vector<FoundModel> foundAtHome() const {
        return findModels({}, modelRoots(home_ / "own", {}, home_.path()));
    }
    static std::vector<std::string> names(const std::vector<FoundModel>& models) {
        std::vector<std::string> names;
        for (const FoundModel& model : models) names.push_back(model.name);
        return names;
    }
    /// A file of the Hugging Face cache: a link in a snapshot to a blob.
    void addToHub(const std::string& repository, const std::string& commit, const std::string& file,
                  const std::string& hash) const {
        const fs::path base = home_ / ".cache/huggingface/hub" / repository;
        home_.write((fs::path(".cache/huggingface/hub") / repository / "blobs" / hash).string(),
                    "GGUF" + hash);
        fs::create_directories(base / "snapshots" / commit);
        fs::create_symlink(fs::path("../../blobs") / hash, base / "snapshots" / commit / file);
    }
    void addToOllama(const std::string& manifest, const std::string& json, const std::string& blob) const {
        home_.write(".ollama/models/manifests/" + manifest, json);
        if (!blob.empty()) home_.write(".ollama/models/blobs/" + blob, "GGUF");
    }
    static std::string ollamaManifest(const std::string& digest) {
        return R"({"schemaVersion":2,"layers":[{"mediaType":"application/vnd.ollama.image.license","digest":"sha256:)" +
               std::string(64, 'b') + R"("},{"mediaType":"application/vnd.ollama.image.model","digest":")" +
               digest + R"("}]})";
    }

    tests::TempDir home_;
    Variable hubCache_{"HF_HUB_CACHE", std::nullopt};
    Variable hubHome_{"HF_HOME", std::nullopt};
    Variable ollama_{"OLLAMA_MODELS", std::nullopt};
};

TEST_F(Library, OfAnEmptyHomeIsEmpty) {
    EXPECT_THAT(foundAtHome(), IsEmpty());
}

TEST_F(Library, FindsModelsInAFolderByNameInAnyCase) {
    home_.write("own/beta.gguf", "1");
    home_.write("own/Alpha.GGUF", "22");
    home_.write("own/readme.txt", "3");
    const auto models = foundAtHome();
    EXPECT_THAT(names(models), ElementsAre("Alpha", "beta"));
    EXPECT_EQ(models[0].sizeBytes, 2U);
    EXPECT_EQ(models[0].source, ModelSource::Ponder);
}

TEST_F(Library, LooksAFewFoldersDeepButNotIntoHiddenOnes) {
    home_.write("own/a/b/c/deep.gguf", "1");
    home_.write("own/.hidden/secret.gguf", "1");
    home_.write("own/1/2/3/4/5/6/7/8/9/deeper.gguf", "1");
    EXPECT_THAT(names(foundAtHome()), ElementsAre("deep"));
}

TEST_F(Library, LeavesOutWhatIsNoModel) {
    home_.write("own/mmproj-a.gguf", "1");
    home_.write("own/.a.gguf", "1");
    home_.write("own/notes.part", "1");
    fs::create_directory(home_ / "own/folder.gguf");
    ASSERT_EQ(::mkfifo((home_ / "own/pipe.gguf").c_str(), 0600), 0);
    fs::create_symlink("/dev/zero", home_ / "own/device.gguf");
    fs::create_symlink("round.gguf", home_ / "own/round.gguf");
    EXPECT_THAT(foundAtHome(), IsEmpty());
}

TEST_F(Library, ShowsWhatIsStillBeingWrittenUnderItsNameToBe) {
    for (const char* name :
         {"incomplete-a.gguf", "b.gguf.part", "downloading_c.gguf.part", "d.gguf.crdownload"})
        home_.write(std::string("own/") + name, "1");
    home_.write("own/e.gguf", "1");
    home_.write("own/e.gguf.aria2", "1");
    const auto models = foundAtHome();
    EXPECT_THAT(names(models), ElementsAre("a", "b", "c", "d", "e"));
    for (const FoundModel& model : models) {
        EXPECT_EQ(model.state, ModelState::BeingWritten) << model.name;
        EXPECT_THAT(model.problem, HasSubstr("still being")) << model.name;
        EXPECT_THROW(chooseModel(model.name, models), engine::Error);
    }
}

TEST_F(Library, DoesNotFollowLinksRoundInCircles) {
    home_.write("own/a.gguf", "1");
    fs::create_directory_symlink(home_ / "own", home_ / "own/again");
    EXPECT_THAT(names(foundAtHome()), ElementsAre("a"));
}

TEST_F(Library, ASplitModelIsOneWithAllItsBytes) {
    home_.write("own/big-00001-of-00003.gguf", "1");
    home_.write("own/big-00002-of-00003.gguf", "22");
    home_.write("own/big-00003-of-00003.gguf", "333");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("big"));
    EXPECT_EQ(models[0].sizeBytes, 6U);
    EXPECT_EQ(models[0].path.filename(), "big-00001-of-00003.gguf");
    EXPECT_EQ(models[0].problem, "");
}

TEST_F(Library, ASplitModelNamesThePartThatIsMissing) {
    home_.write("own/big-00001-of-00003.gguf", "1");
    home_.write("own/big-00003-of-00003.gguf", "333");
    const auto models = foundAtHome();
    ASSERT_THAT(models, SizeIs(1));
    EXPECT_THAT(models[0].problem, HasSubstr("big-00002-of-00003.gguf is missing"));
    EXPECT_THROW(chooseModel("big", models), engine::Error);
}

TEST_F(Library, LaterPartsWithoutTheFirstAreListedOnceWithWhatIsMissing) {
    home_.write("own/big-00002-of-00003.gguf", "1");
    home_.write("own/big-00003-of-00003.gguf", "1");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("big"));
    EXPECT_THAT(models[0].problem, HasSubstr("big-00001-of-00003.gguf is missing"));
    EXPECT_EQ(models[0].state, ModelState::Incomplete);
}

TEST_F(Library, APartThatIsBeingDownloadedIsNotMissing) {
    home_.write("own/big-00001-of-00002.gguf", "1");
    home_.write("own/big-00002-of-00002.gguf.part", "1");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("big"));
    EXPECT_EQ(models[0].state, ModelState::BeingWritten);
    EXPECT_THAT(models[0].problem, HasSubstr("big-00002-of-00002.gguf is still being written"));
}

TEST_F(Library, AFolderOfSafetensorsIsOneModel) {
    home_.write("own/Some-Model/config.json", "{}");
    home_.write("own/Some-Model/model-00001-of-00002.safetensors", "1");
    home_.write("own/Some-Model/model-00002-of-00002.safetensors", "22");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("Some-Model"));
    EXPECT_EQ(models[0].sizeBytes, 3U);
    EXPECT_EQ(models[0].state, ModelState::Ready);
    EXPECT_EQ(models[0].path, home_ / "own/Some-Model");
    EXPECT_EQ(models[0].files.size(), 2U);
    // By its path it is found wherever it lies.
    const std::string path = (home_ / "own/Some-Model").string();
    EXPECT_EQ(chooseModel(path + "/", {}).path, path);
    EXPECT_EQ(chooseModel(path, {}).name, "Some-Model");
}

TEST_F(Library, LinksToFoldersAreFollowedOnce) {
    home_.write("disk/big/a.gguf", "1");
    fs::create_directories(home_ / "own");
    fs::create_directory_symlink(home_ / "disk/big", home_ / "own/linked");
    fs::create_directory_symlink("..", home_ / "disk/big/back");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("a"));
    EXPECT_EQ(models[0].path, home_ / "own/linked/a.gguf");
}

TEST_F(Library, EveryLayoutIsKnownBelowAFolderOfThePerson) {
    home_.write("disk/hub/models--o--r/blobs/" + kHash, "1");
    fs::create_directories(home_ / "disk/hub/models--o--r/snapshots/abc");
    fs::create_symlink("../../blobs/" + kHash, home_ / "disk/hub/models--o--r/snapshots/abc/hugged.gguf");
    home_.write("disk/ollama/manifests/registry.ollama.ai/library/q/4b", ollamaManifest("sha256:" + kHash));
    home_.write("disk/ollama/blobs/sha256-" + kHash, "GGUF");
    home_.write("disk/studio/publisher/repo/studied.gguf", "1");
    EXPECT_THAT(names(found({{ModelSource::Folder, home_ / "disk"}})),
                ElementsAre("hugged", "q:4b", "studied"));
}

TEST_F(Library, AFolderThatIsNotThereStaysInTheList) {
    home_.write("there/a.gguf", "1");
    const std::vector<ModelRoot> roots{{ModelSource::Folder, home_ / "gone"},
                                       {ModelSource::Folder, home_ / "there"}};
    const LibraryContents contents = lookForModels({}, roots, {});
    ASSERT_THAT(contents.folders, SizeIs(2));
    EXPECT_EQ(contents.folders[0].root, roots[0]);
    EXPECT_EQ(contents.folders[0].outcome, FolderOutcome::NotThere);
    EXPECT_EQ(contents.folders[1].outcome, FolderOutcome::Found);
    EXPECT_THAT(names(contents.models), ElementsAre("a"));
}

TEST_F(Library, AStopRequestEndsTheSearch) {
    home_.write("own/a.gguf", "1");
    std::stop_source stop;
    stop.request_stop();
    const SearchWatch watch{.stop = stop.get_token(), .folderEntered = {}, .entriesSeen = {}};
    EXPECT_THAT(lookForModels({}, {{ModelSource::Ponder, home_ / "own"}}, watch).models, IsEmpty());
}

TEST_F(Library, TellsWhichFoldersItEnters) {
    home_.write("own/below/a.gguf", "1");
    std::mutex mutex;
    std::set<std::string> entered;
    const SearchWatch watch{.stop = {},
                            .folderEntered =
                                [&](const std::string& folder) {
                                    const std::lock_guard lock(mutex);
                                    entered.insert(folder);
                                },
                            .entriesSeen = {}};
    lookForModels({}, {{ModelSource::Ponder, home_ / "own"}}, watch);
    EXPECT_THAT(entered, ElementsAre((home_ / "own").string(), (home_ / "own/below").string()));
}

TEST_F(Library, FindsTheHuggingFaceCacheThroughItsLinks) {
    addToHub("models--org--tiny", "c0ffee", "tiny-Q4_K_M.gguf", kHash);
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("tiny-Q4_K_M"));
    EXPECT_EQ(models[0].source, ModelSource::HuggingFace);
    EXPECT_EQ(models[0].sizeBytes, 68U);
}

TEST_F(Library, TheSameBlobInSeveralRevisionsIsOneModel) {
    addToHub("models--org--tiny", "aaaa", "tiny.gguf", kHash);
    fs::create_directories(home_ / ".cache/huggingface/hub/models--org--tiny/snapshots/bbbb");
    fs::create_symlink("../../blobs/" + kHash,
                       home_ / ".cache/huggingface/hub/models--org--tiny/snapshots/bbbb/tiny.gguf");
    home_.write(".cache/huggingface/hub/models--org--tiny/refs/main", "bbbb\n");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("tiny"));
    EXPECT_THAT(models[0].path.string(), HasSubstr("/bbbb/"));
    ASSERT_THAT(models[0].otherPaths, SizeIs(1));
    EXPECT_THAT(models[0].otherPaths[0], HasSubstr("/aaaa/"));
}

TEST_F(Library, AnOlderRevisionOfAnotherContentIsNamedByIt) {
    addToHub("models--org--tiny", "aaaaaaaaaaaaaaaa", "tiny.gguf", std::string(64, '1'));
    addToHub("models--org--tiny", "bbbb", "tiny.gguf", std::string(64, '2'));
    home_.write(".cache/huggingface/hub/models--org--tiny/refs/main", "bbbb\n");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("tiny", "tiny@aaaaaaaa"));
    EXPECT_THAT(models[0].path.string(), HasSubstr("/bbbb/"));
}

TEST_F(Library, WhatTheHuggingFaceCacheIsDownloadingBearsTheRepositorysName) {
    addToHub("models--org--tiny", "aaaa", "tiny.gguf", kHash);
    home_.write(".cache/huggingface/hub/models--org--tiny/blobs/" + std::string(64, 'b') + ".incomplete",
                std::string(2 << 20, 'x'));
    home_.write(".cache/huggingface/hub/models--org--tiny/blobs/" + std::string(64, 'c') + ".incomplete",
                "{");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("org/tiny", "tiny"));
    EXPECT_EQ(models[0].state, ModelState::BeingWritten);
}

TEST_F(Library, IgnoresDataSetsAndBrokenLinksOfTheHuggingFaceCache) {
    addToHub("datasets--org--words", "aaaa", "words.gguf", kHash);
    addToHub("models--org--tiny", "aaaa", "gone.gguf", std::string(64, '3'));
    fs::remove(home_ / ".cache/huggingface/hub/models--org--tiny/blobs" / std::string(64, '3'));
    EXPECT_THAT(foundAtHome(), IsEmpty());
}

TEST_F(Library, TheHuggingFaceVariablesMoveTheCache) {
    const Variable hubHome("HF_HOME", (home_ / "hf").string());
    home_.write("hf/hub/models--o--r/snapshots/1/a.gguf", "1");
    EXPECT_THAT(names(foundAtHome()), ElementsAre("a"));
    const Variable hubCache("HF_HUB_CACHE", (home_ / "cache").string());
    home_.write("cache/models--o--r/snapshots/1/b.gguf", "1");
    EXPECT_THAT(names(foundAtHome()), ElementsAre("b"));
}

TEST_F(Library, FindsLmStudiosModelsExactlyTwoLevelsDown) {
    home_.write(".lmstudio/models/publisher/repo/model.gguf", "1");
    home_.write(".lmstudio/models/publisher/repo/downloading_other.gguf.part", "1");
    home_.write(".lmstudio/models/loose.gguf", "1");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("model", "other"));
    EXPECT_EQ(models[0].source, ModelSource::LmStudio);
    EXPECT_EQ(models[1].state, ModelState::BeingWritten);
}

TEST_F(Library, FindsOllamasBlobsByTheirManifests) {
    addToOllama("registry.ollama.ai/library/qwen3/4b", ollamaManifest("sha256:" + kHash), "sha256-" + kHash);
    addToOllama("registry.ollama.ai/someone/mine/latest", ollamaManifest("sha256:" + std::string(64, 'c')),
                "sha256-" + std::string(64, 'c'));
    const auto models = foundAtHome();
    EXPECT_THAT(names(models), ElementsAre("qwen3:4b", "someone/mine:latest"));
    EXPECT_EQ(models[0].path.filename(), "sha256-" + kHash);
    EXPECT_EQ(models[0].source, ModelSource::Ollama);
}

TEST_F(Library, DoesNotTrustOllamasManifests) {
    home_.write("victim", "x");
    addToOllama("registry.ollama.ai/library/a/1", ollamaManifest("sha256:../../../../victim"), "");
    addToOllama("registry.ollama.ai/library/b/1", "{\"layers\": 5}", "");
    addToOllama("registry.ollama.ai/library/c/1", "not json", "");
    addToOllama("registry.ollama.ai/library/d/1", R"({"layers":[1,{"mediaType":7},{"digest":null}]})", "");
    addToOllama("registry.ollama.ai/library/e/1", ollamaManifest("sha256:" + std::string(64, 'd')),
                ""); // no blob
    EXPECT_THAT(foundAtHome(), IsEmpty());
}

TEST_F(Library, TheOllamaVariableMovesItsFolder) {
    const Variable ollama("OLLAMA_MODELS", (home_ / "elsewhere").string());
    home_.write("elsewhere/manifests/r/library/a/1", ollamaManifest("sha256:" + kHash));
    home_.write("elsewhere/blobs/sha256-" + kHash, "GGUF");
    EXPECT_THAT(names(foundAtHome()), ElementsAre("a:1"));
}

TEST_F(Library, FindsGpt4AllsFlatFolder) {
    home_.write(".local/share/nomic.ai/GPT4All/model.gguf", "1");
    home_.write(".local/share/nomic.ai/GPT4All/incomplete-other.gguf", "1");
    home_.write(".local/share/nomic.ai/GPT4All/deeper/third.gguf", "1");
    EXPECT_THAT(names(foundAtHome()), ElementsAre("model", "other")) << "the other is still being written";
}

TEST_F(Library, AFileReachedByLinksIsListedOnceWithAllItsPaths) {
    home_.write("own/a.gguf", "1");
    home_.write("linked/readme", "1");
    fs::create_symlink(home_ / "own/a.gguf", home_ / "linked/b.gguf");
    fs::create_hard_link(home_ / "own/a.gguf", home_ / "linked/c.gguf");
    const auto models =
        found({{ModelSource::Ponder, home_ / "own"}, {ModelSource::Folder, home_ / "linked"}});
    ASSERT_THAT(names(models), ElementsAre("a"));
    EXPECT_THAT(models[0].otherPaths,
                ElementsAre((home_ / "linked/b.gguf").string(), (home_ / "linked/c.gguf").string()));
    EXPECT_EQ(chooseModel("c", models).name, "a") << "every name of the file means it";
}

TEST_F(Library, TwoTagsOfOneBlobAreOneModelWithBothNames) {
    addToOllama("registry.ollama.ai/library/qwen3/4b", ollamaManifest("sha256:" + kHash), "sha256-" + kHash);
    addToOllama("registry.ollama.ai/library/qwen3/latest", ollamaManifest("sha256:" + kHash), "");
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("qwen3:4b"));
    EXPECT_THAT(models[0].otherNames, ElementsAre("qwen3:latest"));
    EXPECT_EQ(chooseModel("qwen3:latest", models).path, models[0].path);
}

TEST_F(Library, TwoModelsOfOneNameAreToldApart) {
    home_.write("own/first/a.gguf", "1");
    home_.write("own/second/a.gguf", "2");
    EXPECT_THAT(names(foundAtHome()), ElementsAre("a", "second/a"));
}

TEST_F(Library, TheStarterModelComesFirst) {
    home_.write("own/a.gguf", "1");
    const fs::path starter = home_.write("starter/z.gguf", "1");
    const auto models = findModels(starter, {{ModelSource::Ponder, home_ / "own"}});
    EXPECT_THAT(names(models), ElementsAre("z", "a"));
    EXPECT_EQ(models[0].source, ModelSource::Bundled);
}

TEST_F(Library, FoldersOfTheSettingsAreSearchedInPlace) {
    home_.write("extra/a.gguf", "1");
    const auto roots = modelRoots(home_ / "own", {(home_ / "extra").string()}, home_.path());
    EXPECT_THAT(names(findModels({}, roots)), ElementsAre("a"));
    EXPECT_FALSE(fs::exists(home_ / "own")) << "looking is no reason to make a folder";
}

TEST_F(Library, AModelIsChosenByPathOrByNameInAnyCase) {
    const fs::path file = home_.write("own/Tiny-Q4.gguf", "1");
    const auto models = foundAtHome();
    EXPECT_EQ(chooseModel(file.string(), {}).path, file);
    EXPECT_EQ(chooseModel("tiny-q4", models).path, file);
    EXPECT_EQ(chooseModel("TINY-Q4.gguf", models).path, file);
}

TEST_F(Library, ASplitModelChosenByItsPathHasAllItsParts) {
    const fs::path file = home_.write("own/big-00001-of-00002.gguf", "1");
    EXPECT_THROW(chooseModel(file.string(), {}), engine::Error);
    home_.write("own/big-00002-of-00002.gguf", "22");
    const FoundModel model = chooseModel(file.string(), {});
    EXPECT_EQ(model.path, file);
    EXPECT_EQ(model.sizeBytes, 3U);
    EXPECT_THAT(model.files, SizeIs(2));
}

TEST_F(Library, ABeginningIsEnoughWhereItIsTheOnlyOne) {
    home_.write("own/qwen3-4b.gguf", "1");
    home_.write("own/qwen3-8b.gguf", "22");
    home_.write("own/qwen3.gguf", "333");
    home_.write("own/olmo.gguf", "4444");
    const auto models = foundAtHome();
    EXPECT_EQ(chooseModel("OL", models).name, "olmo");
    EXPECT_EQ(chooseModel("qwen3", models).name, "qwen3") << "a whole name goes first";
    try {
        chooseModel("qwen3-", models);
        FAIL() << "it was chosen among two";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("qwen3-4b, qwen3-8b"));
    }
    EXPECT_THROW(chooseModel("", models), engine::Error);
}

TEST_F(Library, AModelThatIsNotThereIsNamed) {
    try {
        chooseModel("huge", {});
        FAIL() << "it was found";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("no model named huge"));
    }
    try {
        chooseModel("/nowhere/huge.gguf", {});
        FAIL() << "it was found";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("no model file /nowhere/huge.gguf"));
    }
}

} // namespace

} // namespace ponder::app
