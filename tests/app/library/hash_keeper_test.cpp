#include "app/library/hash_keeper.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <filesystem>

#include "app/library/model_library.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using Stage = HashState::Stage;

constexpr int kSoon = 10'000; // milliseconds; much longer than it takes
constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

class Hashing : public testing::Test {
protected:
    FoundModel model(const std::string& content = "abc") const {
        folder_.write("models/a.gguf", content);
        return findModels({}, {{ModelSource::Folder, folder_ / "models"}}).at(0);
    }
    static bool isKnown(const HashKeeper& keeper, const FoundModel& model) {
        return QTest::qWaitFor([&] { return keeper.state(model).stage == Stage::Known; }, kSoon);
    }
    tests::TempDir folder_;
    fs::path cache_ = folder_ / "cache/hashes";
};

TEST_F(Hashing, ComputesOnceAndRemembers) {
    const FoundModel wanted = model();
    {
        HashKeeper keeper(cache_);
        EXPECT_EQ(keeper.state(wanted).stage, Stage::NotAsked);
        keeper.want(wanted);
        ASSERT_TRUE(isKnown(keeper, wanted));
        EXPECT_EQ(keeper.state(wanted).sha256, kOfAbc);
        EXPECT_EQ(keeper.state(wanted).verdict, HashVerdict::Unchecked);
    }
    HashKeeper keeper(cache_);
    int stages = 0;
    QObject::connect(&keeper, &HashKeeper::changed, [&] { ++stages; });
    keeper.want(wanted);
    ASSERT_TRUE(isKnown(keeper, wanted));
    EXPECT_EQ(stages, 1) << "it was not computed again";
}

TEST_F(Hashing, AnotherContentIsComputedAgain) {
    HashKeeper keeper(cache_);
    const FoundModel before = model();
    keeper.want(before);
    ASSERT_TRUE(isKnown(keeper, before));
    const FoundModel after = model("something longer");
    keeper.want(after);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return keeper.state(after).stage == Stage::Known && keeper.state(after).sha256 != kOfAbc; },
        kSoon));
}

TEST_F(Hashing, ComparesWithTheNameOfTheBlob) {
    for (const auto& [name, verdict] : {std::pair(std::string(kOfAbc), HashVerdict::Verified),
                                        std::pair(std::string(64, 'a'), HashVerdict::Differs)}) {
        folder_.write("hub/models--o--r/blobs/" + name, "abc");
        const fs::path snapshot = folder_ / ("hub/models--o--r/snapshots/" + name.substr(0, 4));
        fs::create_directories(snapshot);
        fs::create_symlink("../../blobs/" + name, snapshot / (name.substr(0, 4) + ".gguf"));
    }
    HashKeeper keeper(cache_);
    for (const FoundModel& found : findModels({}, {{ModelSource::HuggingFace, folder_ / "hub"}})) {
        keeper.want(found);
        ASSERT_TRUE(isKnown(keeper, found));
        EXPECT_EQ(keeper.state(found).verdict, found.path.filename().string().starts_with("aaaa")
                                                   ? HashVerdict::Differs
                                                   : HashVerdict::Verified);
    }
}

TEST_F(Hashing, AModelInPartsIsKnownWhenAllPartsAre) {
    folder_.write("models/b-00001-of-00002.gguf", "abc");
    folder_.write("models/b-00002-of-00002.gguf", "abcd");
    const FoundModel found = findModels({}, {{ModelSource::Folder, folder_ / "models"}}).at(0);
    HashKeeper keeper(cache_);
    keeper.want(found);
    ASSERT_TRUE(isKnown(keeper, found));
    EXPECT_EQ(keeper.state(found).totalBytes, 7U);
    EXPECT_EQ(keeper.state(found).doneBytes, 7U);
}

TEST_F(Hashing, AFileThatIsGoneFailsWithWords) {
    const FoundModel found = model();
    fs::remove(found.path);
    HashKeeper keeper(cache_);
    keeper.want(found);
    ASSERT_TRUE(QTest::qWaitFor([&] { return keeper.state(found).stage == Stage::Failed; }, kSoon));
    EXPECT_NE(keeper.state(found).problem, "");
}

TEST_F(Hashing, CanBeCancelledAndEndsWithinAMoment) {
    const FoundModel found = model(std::string(200 << 20, 'x'));
    auto keeper = std::make_unique<HashKeeper>(cache_);
    keeper->want(found);
    ASSERT_TRUE(QTest::qWaitFor([&] { return keeper->state(found).stage != Stage::Waiting; }, kSoon));
    keeper->cancel(found);
    EXPECT_NE(keeper->state(found).stage, Stage::Running);
    keeper->want(found);
    const auto begun = std::chrono::steady_clock::now();
    keeper.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(1));
}

} // namespace

} // namespace ponder::app
