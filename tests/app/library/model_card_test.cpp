#include "app/library/model_card.h"

#include <gtest/gtest.h>

namespace ponder::app {

namespace {

FoundModel foundAt(const std::string& path) {
    FoundModel found;
    found.path = path;
    found.files = {{path, {}}};
    return found;
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

TEST(PlacesLine, NamesCopiesAndLinks) {
    ModelCard card;
    card.found = foundAt("/a/x.gguf");
    EXPECT_EQ(placesLine(card), "");
    card.found.otherPaths = {"/l/x.gguf"};
    EXPECT_EQ(placesLine(card), "One file, 2 names: /a/x.gguf, /l/x.gguf");
    card.copies = {foundAt("/b/x.gguf")};
    EXPECT_EQ(placesLine(card), "Two copies: /a/x.gguf, /b/x.gguf");
}

TEST(ModelCard, WithAProblemIsUnusableUnlessItsPlaceSaysMore) {
    ModelCard card;
    EXPECT_EQ(card.state(), ModelState::Ready);
    card.problem = "Unknown family.";
    EXPECT_EQ(card.state(), ModelState::Unusable);
    card.found.state = ModelState::Incomplete;
    EXPECT_EQ(card.state(), ModelState::Incomplete);
}

TEST(ModelCard, LiesWhereverItsContentDoes) {
    ModelCard card;
    card.found = foundAt("/models/a.gguf");
    card.found.otherPaths = {"/hub/a.gguf"};
    card.copies = {foundAt("/backup/a.gguf")};
    EXPECT_TRUE(card.liesAt("/models/a.gguf"));
    EXPECT_TRUE(card.liesAt("/hub/a.gguf"));
    EXPECT_TRUE(card.liesAt("/backup/a.gguf"));
    EXPECT_FALSE(card.liesAt("/models/b.gguf"));
}

} // namespace

} // namespace ponder::app
