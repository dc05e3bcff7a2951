#include "app/library/model_shelf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/mount.h>
#include <unistd.h>

#include <atomic>

#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A folder of files that only a stand-in for the engine takes for models.
class Shelf : public testing::Test {
protected:
    ModelReaders readers() {
        const auto read = [this](const std::string& path, bool whole) {
            (whole ? inspections_ : summaries_)++;
            if (!refusal_.empty()) throw engine::Error(refusal_);
            engine::ModelInfo info;
            info.path = path;
            info.name = "Name";
            info.architecture = "qwen3moe";
            info.parameters = 30'500'000'000;
            info.notices = {"Odd."};
            if (whole) info.identity = identity_;
            if (whole) info.reasoningFormat = "think";
            return info;
        };
        return {.summarise = [=](const std::string& path) { return read(path, false); },
                .inspect = [=](const std::string& path) { return read(path, true); },
                .describedBytes = [this](const std::string&) { return described_; }};
    }
    ModelShelf shelf() { return ModelShelf({}, cache(), readers()); }
    fs::path cache() const { return folder_ / "cache/cards"; }
    std::vector<ModelRoot> roots() const { return {{ModelSource::Folder, folder_ / "models"}}; }
    void add(const std::string& name, const std::string& content = "GGUF") const {
        folder_.write("models/" + name + ".gguf", content);
    }
    /// What a second start makes of it.
    std::vector<ModelCard> scanned() {
        ModelShelf again = shelf();
        again.recall();
        again.scan(roots());
        again.keep();
        return again.cards();
    }

    tests::TempDir folder_;
    std::atomic<int> summaries_ = 0;
    std::atomic<int> inspections_ = 0;
    std::string refusal_;
    std::string identity_;
    std::optional<std::uint64_t> described_ = 1;
};

TEST_F(Shelf, HeadersAreReadOnceAndRemembered) {
    add("a");
    add("b");
    EXPECT_THAT(scanned(), SizeIs(2));
    const auto again = scanned();
    EXPECT_EQ(summaries_, 2);
    EXPECT_EQ(again[0].info.name, "Name");
    EXPECT_EQ(again[0].info.path, (folder_ / "models/a.gguf").string());
    EXPECT_EQ(again[0].info.parameters, 30'500'000'000U);
    EXPECT_EQ(again[0].info.notices[0], "Odd.");
    EXPECT_EQ(again[0].depth, CardDepth::Header);
}

TEST_F(Shelf, RecallsTheListWithoutLookingAtAnyFolder) {
    add("a");
    scanned();
    fs::remove_all(folder_ / "models");
    ModelShelf again = shelf();
    again.recall();
    ASSERT_THAT(again.cards(), SizeIs(1));
    EXPECT_EQ(again.cards()[0].info.name, "Name");
    EXPECT_TRUE(again.scan(roots())) << "and then corrects it";
    EXPECT_THAT(again.cards(), IsEmpty());
}

TEST_F(Shelf, SaysWhetherTheListIsAnotherOneNow) {
    add("a");
    ModelShelf one = shelf();
    EXPECT_TRUE(one.scan(roots()));
    EXPECT_FALSE(one.scan(roots()));
    add("b");
    EXPECT_TRUE(one.scan(roots()));
    EXPECT_FALSE(one.scan(roots()));
}

TEST_F(Shelf, AFileWithAnotherSizeDateOrInodeIsReadAgain) {
    add("a");
    scanned();
    add("a", "GGUF, longer");
    scanned();
    EXPECT_EQ(summaries_, 2);
    fs::last_write_time(folder_ / "models/a.gguf", fs::file_time_type::clock::now() + 1h);
    scanned();
    EXPECT_EQ(summaries_, 3);
    const auto written = fs::last_write_time(folder_ / "models/a.gguf");
    fs::rename(folder_ / "models/a.gguf", folder_ / "models/old");
    add("a", "FUGG, longer");
    fs::last_write_time(folder_ / "models/a.gguf", written);
    scanned();
    EXPECT_EQ(summaries_, 4);
}

TEST_F(Shelf, ReadsOnUntilVocabularyAndTemplateAreKnown) {
    add("a");
    add("b");
    ModelShelf one = shelf();
    one.scan(roots());
    EXPECT_EQ(one.unread(), 2U);
    EXPECT_TRUE(one.readOn(0ms, ReadingPace::Modest)) << "one at least, however short the time";
    EXPECT_EQ(one.unread(), 1U);
    one.readOn(1h, ReadingPace::Quick);
    EXPECT_EQ(one.unread(), 0U);
    EXPECT_EQ(one.cards()[1].info.reasoningFormat, "think");
    EXPECT_FALSE(one.readOn(1h, ReadingPace::Quick));
    one.keep();
    EXPECT_EQ(scanned()[0].depth, CardDepth::Whole);
    EXPECT_EQ(inspections_, 2);
}

TEST_F(Shelf, RemembersWhyAModelIsRefused) {
    add("a");
    refusal_ = "It is no model. Download it again.";
    EXPECT_EQ(scanned()[0].problem, refusal_);
    EXPECT_EQ(scanned()[0].problem, "It is no model. Download it again.");
    EXPECT_EQ(scanned()[0].state(), ModelState::Unusable);
    EXPECT_EQ(summaries_, 1);
}

TEST_F(Shelf, AModelWithoutAPartIsNotOpened) {
    add("a-00001-of-00002");
    EXPECT_THAT(scanned()[0].problem, HasSubstr("missing"));
    EXPECT_EQ(summaries_, 0);
}

TEST_F(Shelf, SaysHowMuchOfAModelIsThere) {
    add("a", std::string(1'200'000, 'x'));
    refusal_ = "It ends too early.";
    described_ = 4'100'000;
    const ModelCard card = scanned()[0];
    EXPECT_THAT(card.problem, HasSubstr("Not complete: 1.2 MB of 4.1 MB are there."));
    EXPECT_EQ(card.state(), ModelState::Incomplete);
    EXPECT_EQ(scanned()[0].state(), ModelState::Incomplete) << "also from the cache";
}

TEST_F(Shelf, AnUnreadableCacheIsMadeAnew) {
    add("a");
    scanned();
    const std::string good = tests::contentOf(cache());
    ASSERT_GT(good.size(), 100U);
    for (const std::string& content : {std::string(), std::string("[]"), std::string("\xff"), good.substr(1),
                                       good.substr(0, good.size() - 1), good + "x"}) {
        folder_.write("cache/cards", content);
        summaries_ = 0;
        EXPECT_EQ(scanned()[0].info.name, "Name");
        EXPECT_EQ(summaries_, 1);
    }
}

TEST_F(Shelf, ACacheThatCannotBeWrittenCostsTimeOnly) {
    add("a");
    folder_.write("cache", "a file where the folder should be");
    EXPECT_EQ(scanned()[0].info.name, "Name");
    EXPECT_EQ(scanned()[0].info.name, "Name");
    EXPECT_EQ(summaries_, 2);
}

TEST_F(Shelf, ForgetsModelsThatAreGone) {
    add("first-model");
    add("b");
    scanned();
    fs::remove(folder_ / "models/first-model.gguf");
    scanned();
    EXPECT_THAT(tests::contentOf(cache()), testing::Not(HasSubstr("first-model")));
}

TEST_F(Shelf, CopiesAreOneModelWithTwoPlaces) {
    add("x/a");
    add("y/a");
    identity_ = "same";
    ModelShelf one = shelf();
    one.scan(roots());
    EXPECT_THAT(one.cards(), SizeIs(2)) << "not known yet";
    one.readOn(1h, ReadingPace::Quick);
    ASSERT_THAT(one.cards(), SizeIs(1));
    EXPECT_THAT(placesLine(one.cards()[0]), HasSubstr("Two copies: "));
    one.keep();
    ASSERT_THAT(scanned(), SizeIs(1)) << "also from the cache";
    EXPECT_THAT(scanned()[0].copies, SizeIs(1));
    EXPECT_EQ(inspections_, 2);
}

TEST_F(Shelf, FilesThatAreOnlyAlikeAreToldApartByTheirHashes) {
    add("x/a");
    add("y/a");
    identity_ = "same";
    ModelShelf one = shelf();
    one.scan(roots());
    one.readOn(1h, ReadingPace::Quick);
    one.setDigest((folder_ / "models/x/a.gguf").string(), "1");
    EXPECT_THAT(one.cards(), SizeIs(1));
    one.setDigest((folder_ / "models/y/a.gguf").string(), "2");
    EXPECT_THAT(one.cards(), SizeIs(2));
    one.setDigest((folder_ / "models/y/a.gguf").string(), "1");
    EXPECT_THAT(one.cards(), SizeIs(1));
}

TEST_F(Shelf, AfterAStopRequestTheListIsAsItWas) {
    add("a");
    ModelShelf one = shelf();
    one.scan(roots());
    add("b");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(one.scan(roots(), {.stop = stop.get_token(), .folderEntered = {}, .entriesSeen = {}}));
    EXPECT_THAT(one.cards(), SizeIs(1));
}

/// Real model files, read by the engine.
class ShelfOfRealFiles : public testing::Test {
protected:
    ModelCard card() {
        shelf_.scan({{ModelSource::Folder, folder_.path()}});
        shelf_.readOn(1h, ReadingPace::Quick);
        return shelf_.cards().at(0);
    }
    const std::string whole_ = tests::tinyModel().bytes();
    tests::TempDir folder_;
    ModelShelf shelf_{{}, {}, {}};
};

TEST_F(ShelfOfRealFiles, AHalfCopiedModelBecomesOneWhenItIsWhole) {
    folder_.write("a.gguf", "");
    EXPECT_THAT(card().problem, HasSubstr("The file is empty"));
    EXPECT_EQ(card().state(), ModelState::Incomplete);
    for (const std::size_t there : {std::size_t{3}, std::size_t{100}, std::size_t{2000}}) {
        folder_.write("a.gguf", whole_.substr(0, there));
        EXPECT_THAT(card().problem, HasSubstr("not even the whole header")) << there;
        EXPECT_EQ(card().state(), ModelState::Incomplete);
    }
    folder_.write("a.gguf", whole_.substr(0, whole_.size() / 2));
    EXPECT_THAT(card().problem,
                HasSubstr("Not complete: " + sizeText(whole_.size() / 2) + " of " + sizeText(whole_.size())));
    folder_.write("a.gguf", whole_.substr(0, whole_.size() - 1));
    EXPECT_THAT(card().problem, HasSubstr("Not complete: the last 1 bytes of " + sizeText(whole_.size())));
    folder_.write("a.gguf", whole_);
    EXPECT_EQ(card().problem, "");
    EXPECT_EQ(card().state(), ModelState::Ready);
    EXPECT_EQ(card().depth, CardDepth::Whole);
}

TEST_F(ShelfOfRealFiles, WhatIsBrokenIsNotCalledIncomplete) {
    for (const std::string& content : {std::string("<html>"), whole_ + whole_, "FUGG" + whole_.substr(4)}) {
        folder_.write("a.gguf", content);
        EXPECT_EQ(card().state(), ModelState::Unusable);
        EXPECT_THAT(card().problem, HasSubstr("not usable"));
    }
}

TEST_F(ShelfOfRealFiles, AnUnknownFamilyIsNamed) {
    tests::GgufImage image = tests::tinyModel();
    image.set("general.architecture", tests::text("mamba9"));
    image.write(folder_ / "a.gguf");
    EXPECT_THAT(card().problem, HasSubstr("\"mamba9\" are not supported"));
}

TEST_F(ShelfOfRealFiles, ACopyIsFoundByItsContent) {
    folder_.write("a/model.gguf", whole_);
    folder_.write("b/other-name.gguf", whole_);
    tests::tinyModel({.seed = 2}).set("general.name", tests::text("Another")).write(folder_ / "c.gguf");
    shelf_.scan({{ModelSource::Folder, folder_.path()}});
    shelf_.readOn(1h, ReadingPace::Quick);
    ASSERT_THAT(shelf_.cards(), SizeIs(2));
    ASSERT_THAT(shelf_.cards()[1].copies, SizeIs(1));
    EXPECT_EQ(shelf_.cards()[1].copies[0].path, folder_ / "b/other-name.gguf");
}

TEST_F(ShelfOfRealFiles, OnAReadOnlyDiskAreFoundAndNothingIsWritten) {
    const fs::path disk = folder_ / "disk";
    fs::create_directory(disk);
    if (::mount("none", disk.c_str(), "tmpfs", 0, "size=4m") != 0)
        GTEST_SKIP() << "nothing can be mounted here: read-only disks were NOT checked";
    folder_.write("disk/a.gguf", whole_);
    EXPECT_EQ(::mount("none", disk.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
    EXPECT_EQ(card().problem, "");
    EXPECT_EQ(card().state(), ModelState::Ready);
    EXPECT_EQ(::umount(disk.c_str()), 0);
    shelf_.scan({{ModelSource::Folder, disk}});
    EXPECT_THAT(shelf_.cards(), IsEmpty());
}

TEST_F(ShelfOfRealFiles, AFileThatMayNotBeReadIsAskedAboutAgain) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read everything: this was NOT checked";
    const fs::path file = folder_.write("a.gguf", whole_);
    fs::permissions(file, fs::perms::none);
    EXPECT_THAT(card().problem, HasSubstr("Permission denied"));
    fs::permissions(file, fs::perms::owner_read);
    EXPECT_EQ(card().problem, "");
}

} // namespace

} // namespace ponder::app
