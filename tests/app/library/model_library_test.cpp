#include "app/library/model_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

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
    home_.write("own/1/2/3/4/5/6/deeper.gguf", "1");
    EXPECT_THAT(names(foundAtHome()), ElementsAre("deep"));
}

TEST_F(Library, LeavesOutWhatIsNotAModelYet) {
    home_.write("own/incomplete-a.gguf", "1");
    home_.write("own/mmproj-a.gguf", "1");
    home_.write("own/.a.gguf", "1");
    fs::create_directory(home_ / "own/folder.gguf");
    EXPECT_THAT(foundAtHome(), IsEmpty());
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

TEST_F(Library, LaterPartsWithoutTheFirstAreNoModel) {
    home_.write("own/big-00002-of-00002.gguf", "1");
    EXPECT_THAT(foundAtHome(), IsEmpty());
}

TEST_F(Library, FindsTheHuggingFaceCacheThroughItsLinks) {
    addToHub("models--org--tiny", "c0ffee", "tiny-Q4_K_M.gguf", kHash);
    const auto models = foundAtHome();
    ASSERT_THAT(names(models), ElementsAre("tiny-Q4_K_M"));
    EXPECT_EQ(models[0].source, ModelSource::HuggingFace);
    EXPECT_EQ(models[0].sizeBytes, 68U);
}

TEST_F(Library, TakesTheCurrentSnapshotOfTheHuggingFaceCacheFirst) {
    addToHub("models--org--tiny", "aaaa", "tiny.gguf", std::string(64, '1'));
    addToHub("models--org--tiny", "bbbb", "tiny.gguf", std::string(64, '2'));
    home_.write(".cache/huggingface/hub/models--org--tiny/refs/main", "bbbb\n");
    const auto models = foundAtHome();
    ASSERT_THAT(models, SizeIs(1));
    EXPECT_THAT(models[0].path.string(), HasSubstr("/bbbb/"));
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
    ASSERT_THAT(names(models), ElementsAre("model"));
    EXPECT_EQ(models[0].source, ModelSource::LmStudio);
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
    EXPECT_THAT(names(foundAtHome()), ElementsAre("model"));
}

TEST_F(Library, AFileReachedByTwoWaysIsListedOnce) {
    home_.write("own/a.gguf", "1");
    home_.write("linked/readme", "1");
    fs::create_symlink(home_ / "own/a.gguf", home_ / "linked/b.gguf");
    EXPECT_THAT(names(found({{ModelSource::Ponder, home_ / "own"}, {ModelSource::Folder, home_ / "linked"}})),
                ElementsAre("a"));
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
