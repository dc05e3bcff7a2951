#include "app/library/library_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::SizeIs;

constexpr int kSoon = 10'000; // milliseconds; much longer than it takes

class Keeping : public testing::Test {
protected:
    Keeping() { fs::create_directories(folder_ / "models"); }

    std::unique_ptr<LibraryKeeper> start(ModelReaders readers = {}) {
        auto keeper = std::make_unique<LibraryKeeper>(
            LibraryKeeper::Places{.starter = {}, .cacheFile = folder_ / "cache/cards"}, std::move(readers));
        keeper->setRoots(
            {{ModelSource::Folder, folder_ / "models"}, {ModelSource::Folder, folder_ / "later"}});
        return keeper;
    }
    /// Runs the window's loop until the condition holds.
    template <typename Condition>
    static bool comesTrue(Condition condition) {
        return QTest::qWaitFor(condition, kSoon);
    }
    static bool isQuiet(const LibraryKeeper& keeper) {
        return !keeper.state().scanning && !keeper.state().readingOn && keeper.state().entriesSeen > 0;
    }
    fs::path addModel(const std::string& name, std::uint32_t seed) const {
        const fs::path file = folder_ / name;
        fs::create_directories(file.parent_path());
        tests::tinyModel({.seed = seed}).set("general.name", tests::text(name)).write(file);
        return file;
    }

    tests::TempDir folder_;
};

TEST_F(Keeping, TheListFollowsFilesThatComeAndGo) {
    const auto keeper = start();
    addModel("models/a.gguf", 1);
    EXPECT_TRUE(comesTrue([&] { return keeper->cards().size() == 1; }));
    addModel("models/deep/er/b.gguf", 2);
    EXPECT_TRUE(comesTrue([&] { return keeper->cards().size() == 2; }));
    fs::rename(folder_ / "models/a.gguf", folder_ / "models/deep/er/c.gguf");
    EXPECT_TRUE(
        comesTrue([&] { return keeper->cards().size() == 2 && keeper->cards()[1].found.name == "c"; }));
    fs::remove_all(folder_ / "models/deep");
    EXPECT_TRUE(comesTrue([&] { return keeper->cards().empty(); }));
}

TEST_F(Keeping, AModelThatIsBeingCopiedBecomesOneWhenItIsWhole) {
    const std::string whole = tests::tinyModel().bytes();
    const auto keeper = start();
    std::ofstream file(folder_ / "models/a.gguf", std::ios::binary);
    file << whole.substr(0, whole.size() / 2) << std::flush;
    ASSERT_TRUE(comesTrue([&] { return keeper->cards().size() == 1; }));
    EXPECT_EQ(keeper->cards()[0].state(), ModelState::Incomplete);
    file << whole.substr(whole.size() / 2) << std::flush;
    file.close();
    EXPECT_TRUE(comesTrue([&] { return keeper->cards().at(0).state() == ModelState::Ready; }));
}

TEST_F(Keeping, AFolderThatVanishesStaysInTheListAndReturns) {
    addModel("models/a.gguf", 1);
    const auto keeper = start();
    ASSERT_TRUE(comesTrue([&] { return keeper->cards().size() == 1; }));
    fs::rename(folder_ / "models", folder_ / "away");
    ASSERT_TRUE(comesTrue([&] { return keeper->cards().empty(); }));
    EXPECT_EQ(keeper->folders().at(0).outcome, FolderOutcome::NotThere);
    fs::rename(folder_ / "away", folder_ / "models");
    EXPECT_TRUE(comesTrue([&] { return keeper->cards().size() == 1; }));
    EXPECT_EQ(keeper->folders().at(0).outcome, FolderOutcome::Found);
}

TEST_F(Keeping, AFolderThatAppearsLaterIsSearched) {
    const auto keeper = start();
    ASSERT_TRUE(comesTrue([&] { return keeper->folders().size() == 2; }));
    EXPECT_EQ(keeper->folders()[1].outcome, FolderOutcome::NotThere);
    addModel("later/a.gguf", 1);
    EXPECT_TRUE(comesTrue([&] { return keeper->cards().size() == 1; }));
}

TEST_F(Keeping, ASecondStartShowsTheListAtOnceAndCorrectsIt) {
    addModel("models/a.gguf", 1);
    {
        const auto keeper = start();
        ASSERT_TRUE(comesTrue([&] { return keeper->cards().size() == 1 && isQuiet(*keeper); }));
    }
    fs::remove(folder_ / "models/a.gguf");
    addModel("models/b.gguf", 2);
    const auto keeper = start();
    std::vector<std::string> names;
    QObject::connect(keeper.get(), &LibraryKeeper::changed,
                     [&] { names.push_back(keeper->cards().empty() ? "" : keeper->cards()[0].found.name); });
    EXPECT_TRUE(comesTrue([&] { return !names.empty() && names.back() == "b"; }));
    EXPECT_EQ(names.front(), "a");
}

TEST_F(Keeping, ReadsOnInTheBackground) {
    addModel("models/a.gguf", 1);
    addModel("models/b.gguf", 2);
    const auto keeper = start();
    EXPECT_TRUE(comesTrue([&] {
        return keeper->cards().size() == 2 && keeper->cards()[0].depth == CardDepth::Whole &&
               keeper->cards()[1].depth == CardDepth::Whole;
    }));
    EXPECT_FALSE(keeper->cards()[0].info.identity.empty());
    EXPECT_TRUE(comesTrue([&] { return isQuiet(*keeper); }));
}

TEST_F(Keeping, OtherRootsAreOtherModels) {
    addModel("models/a.gguf", 1);
    addModel("elsewhere/b.gguf", 2);
    const auto keeper = start();
    ASSERT_TRUE(comesTrue([&] { return keeper->cards().size() == 1; }));
    keeper->setRoots({{ModelSource::Folder, folder_ / "elsewhere"}});
    EXPECT_TRUE(
        comesTrue([&] { return keeper->cards().size() == 1 && keeper->cards()[0].found.name == "b"; }));
    EXPECT_THAT(keeper->folders(), SizeIs(1));
}

TEST_F(Keeping, NothingHappensWithoutAChange) {
    addModel("models/a.gguf", 1);
    const auto keeper = start();
    ASSERT_TRUE(comesTrue([&] { return keeper->cards().size() == 1 && isQuiet(*keeper); }));
    QTest::qWait(300);
    QSignalSpy changes(keeper.get(), &LibraryKeeper::changed);
    QSignalSpy states(keeper.get(), &LibraryKeeper::stateChanged);
    keeper->rescan();
    ASSERT_TRUE(states.wait(kSoon));
    ASSERT_TRUE(comesTrue([&] { return isQuiet(*keeper); }));
    EXPECT_EQ(changes.count(), 0) << "the same list is no news";
}

TEST_F(Keeping, EndsWithinAMomentWhateverItIsDoing) {
    for (int i = 0; i < 40; ++i) addModel("models/" + std::to_string(i) + ".gguf", 1);
    ModelReaders slow;
    slow.inspect = [](const std::string& path) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return engine::summariseModel(path);
    };
    auto keeper = start(slow);
    ASSERT_TRUE(comesTrue([&] { return keeper->state().readingOn; }));
    const auto begun = std::chrono::steady_clock::now();
    keeper.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(1));
}

} // namespace

} // namespace ponder::app
