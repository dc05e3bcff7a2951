#include "app/library/model_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;
using testing::SizeIs;

class ModelCards : public testing::Test {
protected:
    std::vector<ModelCard> cards() {
        return makeCards(models_, folder_ / "cache/cards.json", [this](const std::string& path) {
            ++inspections_;
            if (!refusal_.empty()) throw engine::Error(refusal_);
            engine::ModelInfo info;
            info.path = path;
            info.name = "Name";
            info.architecture = "qwen3moe";
            info.parameters = 30'500'000'000;
            info.experts = 128;
            info.memory = {{"Weights", 5}};
            info.notices = {"Odd."};
            return info;
        });
    }
    void add(const std::string& name) {
        const auto path = folder_.write(name + ".gguf", "GGUF");
        models_.push_back(
            {.name = name, .path = path, .source = ModelSource::Folder, .sizeBytes = 4, .problem = {}});
    }

    tests::TempDir folder_;
    std::vector<FoundModel> models_;
    int inspections_ = 0;
    std::string refusal_;
};

TEST_F(ModelCards, AreReadOnceAndRemembered) {
    add("a");
    add("b");
    EXPECT_THAT(cards(), SizeIs(2));
    const auto again = cards();
    EXPECT_EQ(inspections_, 2);
    EXPECT_EQ(again[0].info.name, "Name");
    EXPECT_EQ(again[0].info.path, models_[0].path.string());
    EXPECT_EQ(again[0].info.parameters, 30'500'000'000U);
    ASSERT_THAT(again[0].info.memory, SizeIs(1));
    EXPECT_EQ(again[0].info.memory[0].name, "Weights");
    EXPECT_EQ(again[0].info.notices[0], "Odd.");
}

TEST_F(ModelCards, AChangedFileIsReadAgain) {
    add("a");
    cards();
    folder_.write("a.gguf", "GGUF, longer");
    models_[0].sizeBytes = 12;
    cards();
    EXPECT_EQ(inspections_, 2);
}

TEST_F(ModelCards, AFileOfTheSameSizeAndANewDateIsReadAgain) {
    add("a");
    cards();
    std::filesystem::last_write_time(models_[0].path,
                                     std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
    cards();
    EXPECT_EQ(inspections_, 2);
}

TEST_F(ModelCards, RememberWhyAModelIsRefused) {
    add("a");
    refusal_ = "It is no model. Download it again.";
    EXPECT_EQ(cards()[0].problem, refusal_);
    EXPECT_EQ(cards()[0].problem, "It is no model. Download it again.");
    EXPECT_EQ(inspections_, 1);
}

TEST_F(ModelCards, AnIncompleteModelIsNotOpened) {
    add("a");
    models_[0].problem = "A part is missing.";
    EXPECT_EQ(cards()[0].problem, "A part is missing.");
    EXPECT_EQ(inspections_, 0);
}

TEST_F(ModelCards, ABrokenCacheIsMadeAnew) {
    add("a");
    for (const char* content : {"", "[]", "{\"version\":1}", "{\"version\":99,\"cards\":{}}",
                                "{\"version\":1,\"cards\":[]}", "\xff"}) {
        folder_.write("cache/cards.json", content);
        inspections_ = 0;
        EXPECT_EQ(cards()[0].info.name, "Name") << content;
        EXPECT_EQ(inspections_, 1) << content;
    }
}

TEST_F(ModelCards, ACardOfAnOddShapeIsReadFromTheModel) {
    add("a");
    cards();
    std::string cache = tests::contentOf(folder_ / "cache/cards.json");
    cache.replace(cache.find("\"architecture\""), 14, "\"architect\"");
    folder_.write("cache/cards.json", cache);
    EXPECT_EQ(cards()[0].info.architecture, "qwen3moe");
    EXPECT_EQ(inspections_, 2);
}

TEST_F(ModelCards, ACacheThatCannotBeWrittenCostsTimeOnly) {
    add("a");
    folder_.write("cache", "a file where the folder should be");
    EXPECT_EQ(cards()[0].info.name, "Name");
    EXPECT_EQ(cards()[0].info.name, "Name");
    EXPECT_EQ(inspections_, 2);
}

TEST_F(ModelCards, ForgetModelsThatAreGone) {
    add("first-model");
    add("b");
    cards();
    models_.erase(models_.begin());
    cards();
    EXPECT_THAT(tests::contentOf(folder_ / "cache/cards.json"), testing::Not(HasSubstr("first-model")));
}

TEST(SizeText, SpeaksInPowersOfTen) {
    EXPECT_EQ(sizeText(1'500'000'000), "1.5 GB");
    EXPECT_EQ(sizeText(45'000'000'000), "45 GB");
    EXPECT_EQ(sizeText(4'083'968), "4.1 MB");
    EXPECT_EQ(sizeText(512), "0.5 KB");
}

TEST(CountText, SpeaksInMillionsAndBillions) {
    EXPECT_EQ(countText(30'600'000'000), "31 billion");
    EXPECT_EQ(countText(4'100'000), "4.1 million");
    EXPECT_EQ(countText(999), "999");
}

TEST(CardLine, LeavesOutWhatIsNotKnown) {
    engine::ModelInfo info;
    info.architecture = "llama";
    EXPECT_EQ(cardLine(info), "llama");
    info.parameters = 135'000'000;
    info.quantisation = "Q8_0";
    info.sizeBytes = 145'000'000;
    EXPECT_EQ(cardLine(info), "llama · 135 million parameters · Q8_0 · 145 MB");
}

} // namespace

} // namespace ponder::app
