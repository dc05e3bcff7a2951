#include "app/library/model_removal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/mount.h>
#include <sys/stat.h>

#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "app/library/model_library.h"
#include "app/library/trash.h"
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
using testing::StartsWith;

const std::string kHash(64, 'a');

class Removal : public testing::Test {
protected:
    FoundModel model(const std::string& name, ModelSource source = ModelSource::Ponder,
                     const std::string& root = "own") const {
        return chooseListed(name, findModels({}, {{source, folder_ / root}}));
    }
    RemovalPlan plan(const FoundModel& model, RemovalScope scope = RemovalScope::OnePlace) const {
        return planRemoval(model, {.ownFolder = folder_ / "own", .loadedPath = {}, .scope = scope});
    }
    void addToHub(const std::string& commit, const std::string& file) const {
        const fs::path base = folder_ / "hub/models--o--r";
        folder_.write("hub/models--o--r/blobs/" + kHash, std::string(10'000, 'x'));
        fs::create_directories(base / "snapshots" / commit);
        fs::create_symlink("../../blobs/" + kHash, base / "snapshots" / commit / file);
    }
    static std::vector<std::string> paths(const RemovalPlan& plan) {
        std::vector<std::string> paths;
        for (const RemovalStep& step : plan.steps) paths.push_back(step.path);
        return paths;
    }
    fs::path trashed(const std::string& name) const { return folder_ / ("home/Trash/files/" + name); }

    tests::TempDir folder_;
    Variable data_{"XDG_DATA_HOME", (folder_ / "home").string()};
};

TEST_F(Removal, InPondersOwnFolderGoesToTheTrashAndCanBeHadBack) {
    const fs::path file = folder_.write("own/a b.gguf", std::string(10'000, 'x'));
    const RemovalPlan what = plan(model("a b"));
    EXPECT_EQ(what.refusal, "");
    EXPECT_TRUE(what.insideOwnFolders);
    EXPECT_TRUE(what.toTrash);
    EXPECT_GE(what.freedBytes, 10'000U);
    EXPECT_TRUE(fs::exists(file)) << "a plan changes nothing";
    removeModel(what);
    EXPECT_FALSE(fs::exists(file));
    EXPECT_EQ(fs::file_size(trashed("a b.gguf")), 10'000U);
    const std::string note = tests::contentOf(folder_ / "home/Trash/info/a b.gguf.trashinfo");
    EXPECT_THAT(note, StartsWith("[Trash Info]\nPath="));
    EXPECT_THAT(note, HasSubstr("/own/a%20b.gguf\nDeletionDate=2"));
}

TEST_F(Removal, TwoFilesOfOneNameKeepApartInTheTrash) {
    for (const char* content : {"first", "second"}) {
        folder_.write("own/a.gguf", content);
        removeModel(plan(model("a")));
    }
    EXPECT_EQ(tests::contentOf(trashed("a.gguf")), "first");
    EXPECT_EQ(tests::contentOf(trashed("a.gguf.2")), "second");
}

TEST_F(Removal, AllPartsOfASplitModelGo) {
    for (const char* part : {"1", "2", "3"})
        folder_.write(std::string("own/big-0000") + part + "-of-00003.gguf", "x");
    removeModel(plan(model("big")));
    EXPECT_THAT(findModels({}, {{ModelSource::Ponder, folder_ / "own"}}), IsEmpty());
    EXPECT_TRUE(fs::exists(trashed("big-00003-of-00003.gguf")));
}

TEST_F(Removal, OutsideOfPondersFolderNeedsASecondYes) {
    folder_.write("mine/a.gguf", "x");
    EXPECT_FALSE(plan(model("a", ModelSource::Folder, "mine")).insideOwnFolders);
    fs::create_directories(folder_ / "own");
    fs::create_directory_symlink(folder_ / "mine", folder_ / "own/linked");
    EXPECT_FALSE(plan(model("a")).insideOwnFolders) << "a link to a folder leads outside";
}

TEST_F(Removal, AHardLinkElsewhereKeepsTheSpace) {
    const fs::path file = folder_.write("own/a.gguf", std::string(10'000, 'x'));
    fs::create_hard_link(file, folder_ / "elsewhere.gguf");
    const RemovalPlan what = plan(model("a"));
    EXPECT_EQ(what.freedBytes, 0U);
    EXPECT_THAT(what.notes, ElementsAre(HasSubstr("1 other name (a hard link), so its space stays in use")));
    removeModel(what);
    EXPECT_TRUE(fs::exists(folder_ / "elsewhere.gguf"));
}

TEST_F(Removal, WithAllItsNamesTheSpaceIsFree) {
    const fs::path file = folder_.write("own/a.gguf", std::string(10'000, 'x'));
    fs::create_hard_link(file, folder_ / "own/b.gguf");
    EXPECT_EQ(plan(model("a")).freedBytes, 0U);
    const RemovalPlan what = plan(model("a"), RemovalScope::AllNames);
    EXPECT_GE(what.freedBytes, 10'000U);
    EXPECT_LT(what.freedBytes, 20'000U) << "one file, however many names";
    removeModel(what);
    EXPECT_FALSE(fs::exists(folder_ / "own/a.gguf") || fs::exists(folder_ / "own/b.gguf"));
}

TEST_F(Removal, CountsWhatAFileReallyTakesOnTheDisk) {
    folder_.write("own/a.gguf", "x");
    fs::resize_file(folder_ / "own/a.gguf", 1 << 30);
    EXPECT_LT(plan(model("a")).freedBytes, std::uint64_t{1} << 20);
}

TEST_F(Removal, OfALinkLeavesTheFile) {
    const fs::path file = folder_.write("elsewhere/a.gguf", std::string(10'000, 'x'));
    fs::create_directories(folder_ / "own");
    fs::create_symlink(file, folder_ / "own/a.gguf");
    const RemovalPlan what = plan(model("a"));
    EXPECT_EQ(what.freedBytes, 0U);
    EXPECT_THAT(what.notes, ElementsAre(HasSubstr("Only the link goes")));
    removeModel(what);
    EXPECT_TRUE(fs::exists(file));
    EXPECT_FALSE(fs::exists(fs::symlink_status(folder_ / "own/a.gguf")));
}

TEST_F(Removal, TheBlobOfASnapshotGoesWithItsOnlyLink) {
    addToHub("aaaa", "a.gguf");
    const fs::path blob = folder_ / "hub/models--o--r/blobs" / kHash;
    const RemovalPlan what = plan(model("a", ModelSource::HuggingFace, "hub"));
    EXPECT_THAT(paths(what), ElementsAre(HasSubstr("/snapshots/aaaa/a.gguf"), fs::canonical(blob).string()));
    EXPECT_FALSE(what.insideOwnFolders);
    EXPECT_GE(what.freedBytes, 10'000U);
    removeModel(what);
    EXPECT_FALSE(fs::exists(blob));
}

TEST_F(Removal, ACacheReachedThroughALinkIsTheSameCache) {
    addToHub("aaaa", "a.gguf");
    fs::create_directory_symlink(folder_ / "hub", folder_ / "linked");
    EXPECT_THAT(plan(model("a", ModelSource::HuggingFace, "linked")).steps, SizeIs(2));
}

TEST_F(Removal, ABlobThatAnotherRevisionNamesStays) {
    addToHub("aaaa", "a.gguf");
    addToHub("bbbb", "a.gguf");
    const FoundModel found = model("a", ModelSource::HuggingFace, "hub");
    const RemovalPlan what = plan(found);
    ASSERT_THAT(what.steps, SizeIs(1));
    EXPECT_EQ(what.freedBytes, 0U);
    EXPECT_THAT(what.notes, ElementsAre(HasSubstr("Another revision uses the file")));
    EXPECT_THAT(plan(found, RemovalScope::AllNames).steps, SizeIs(3)) << "both links and the blob";
}

TEST_F(Removal, OllamasModelsAreLeftToOllama) {
    folder_.write("ollama/manifests/registry.ollama.ai/library/q/4b",
                  R"({"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:)" +
                      kHash + R"("}]})");
    folder_.write("ollama/blobs/sha256-" + kHash, "x");
    const RemovalPlan what = plan(model("q:4b", ModelSource::Ollama, "ollama"));
    EXPECT_THAT(what.refusal, HasSubstr("ollama rm q:4b"));
    EXPECT_THAT(what.steps, IsEmpty());
}

TEST_F(Removal, TheStarterAndTheLoadedModelStay) {
    const fs::path file = folder_.write("own/a.gguf", "x");
    FoundModel found = model("a");
    EXPECT_THAT(planRemoval(found, {.ownFolder = folder_ / "own", .loadedPath = file.string()}).refusal,
                HasSubstr("in memory"));
    found.source = ModelSource::Bundled;
    EXPECT_THAT(plan(found).refusal, HasSubstr("part of Ponder"));
}

TEST_F(Removal, WhatIsBeingWrittenAtThisMomentStays) {
    const fs::path file = folder_.write("own/a.gguf.part", "x");
    EXPECT_THAT(plan(model("a")).refusal, HasSubstr("being written at this moment"));
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
    EXPECT_EQ(plan(model("a")).refusal, "") << "nobody has gone on with it for an hour";
}

TEST_F(Removal, AFileThatIsAnotherOneNowIsNotTouched) {
    folder_.write("own/a-00001-of-00002.gguf", "x");
    const fs::path second = folder_.write("own/a-00002-of-00002.gguf", "x");
    const RemovalPlan what = plan(model("a"));
    fs::remove(second);
    folder_.write("own/a-00002-of-00002.gguf", "a new one");
    EXPECT_THROW(removeModel(what), engine::Error);
    EXPECT_TRUE(fs::exists(folder_ / "own/a-00001-of-00002.gguf")) << "nothing at all was removed";
    EXPECT_TRUE(fs::exists(second));
}

TEST_F(Removal, SaysWhoIsUsingTheFile) {
    const fs::path file = folder_.write("own/a.gguf", "x");
    EXPECT_THAT(plan(model("a")).notes, IsEmpty());
    FILE* other = ::popen(("exec sleep 100 < '" + file.string() + "' & echo $!").c_str(), "r");
    int process = 0;
    ASSERT_EQ(::fscanf(other, "%d", &process), 1);
    EXPECT_THAT(plan(model("a")).notes, ElementsAre(HasSubstr("is using it")));
    ::kill(process, SIGKILL);
    ::pclose(other);
}

/// A disk of its own, mounted for the test.
class RemovalOnADisk : public Removal {
protected:
    RemovalOnADisk() { fs::create_directories(folder_ / "disk"); }
    ~RemovalOnADisk() override { ::umount2((folder_ / "disk").c_str(), MNT_DETACH); }
    bool mount(unsigned long flags = 0) const {
        return ::mount("none", (folder_ / "disk").c_str(), "tmpfs", flags, "size=4m") == 0;
    }
};

TEST_F(RemovalOnADisk, AnotherDiskHasATrashOfItsOwn) {
    if (!mount()) GTEST_SKIP() << "nothing can be mounted here: the trash of another disk was NOT checked";
    folder_.write("disk/models/a.gguf", "x");
    const RemovalPlan what = plan(model("a", ModelSource::Folder, "disk/models"));
    const std::string trash = (folder_ / "disk/.Trash-").string() + std::to_string(::getuid());
    ASSERT_THAT(what.steps, SizeIs(1));
    EXPECT_EQ(what.steps[0].trash,
              fs::canonical(folder_.path()).string() + "/disk/.Trash-" + std::to_string(::getuid()));
    removeModel(what);
    EXPECT_TRUE(fs::exists(trash + "/files/a.gguf"));
    EXPECT_THAT(tests::contentOf(trash + "/info/a.gguf.trashinfo"), HasSubstr("Path=models/a.gguf\n"));
    EXPECT_FALSE(fs::exists(trashed("a.gguf"))) << "nothing is copied from disk to disk";
}

TEST_F(RemovalOnADisk, AReadOnlyDiskRefuses) {
    if (!mount()) GTEST_SKIP() << "nothing can be mounted here: read-only disks were NOT checked";
    folder_.write("disk/a.gguf", "x");
    ASSERT_EQ(::mount("none", (folder_ / "disk").c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
    const FoundModel found = model("a", ModelSource::Folder, "disk");
    EXPECT_THAT(plan(found).refusal, HasSubstr("Read-only file system"));
    EXPECT_TRUE(fs::exists(found.path));
}

} // namespace

} // namespace ponder::app
