#include "app/window_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"

namespace ponder::app {

namespace {

class WindowedProgram : public testing::Test {
protected:
    Settings onDisk() const { return loadSettings(harness_.paths().settingsFile()).settings; }
    WindowHarness harness_;
};

TEST_F(WindowedProgram, LoadsTheStarterModelAtOnce) {
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return harness_.script().openings() == 1; }));
    EXPECT_EQ(harness_.models().current(), harness_.starter());
    EXPECT_TRUE(harness_.models().isStarter());
}

TEST_F(WindowedProgram, KeepsAppearanceAndTextSize) {
    harness_.open();
    emit harness_.window().appearanceChosen(ui::Appearance::Dark);
    emit harness_.window().textSizeChosen(19);
    harness_.close();
    EXPECT_EQ(onDisk().theme, ThemeChoice::Dark);
    EXPECT_EQ(onDisk().fontPixels, 19);
}

TEST_F(WindowedProgram, KeepsSizeAndSidebar) {
    harness_.open();
    harness_.window().resize(900, 640);
    harness_.close();
    EXPECT_FALSE(onDisk().windowLayout.empty());
    harness_.open();
    EXPECT_EQ(harness_.window().size(), QSize(900, 640));
}

TEST_F(WindowedProgram, KeepsTheModelAPersonChose) {
    harness_.open();
    const std::string other = harness_.folder().write("other.gguf", "GGUF").string();
    emit harness_.window().modelChosen(QString::fromStdString(other));
    harness_.close();
    EXPECT_EQ(onDisk().defaultModel, other);
    harness_.open();
    EXPECT_EQ(harness_.models().current(), other);
}

TEST_F(WindowedProgram, TheStarterIsNoChoiceToKeep) {
    harness_.open();
    emit harness_.window().modelChosen(
        QString::fromStdString(harness_.folder().write("other.gguf", "GGUF").string()));
    emit harness_.window().modelChosen(QString::fromStdString(harness_.starter()));
    harness_.close();
    EXPECT_EQ(onDisk().defaultModel, "") << "it may lie elsewhere after the next installation";
}

TEST_F(WindowedProgram, SaysSoWhenTheChosenModelIsGone) {
    std::filesystem::create_directories(harness_.paths().config);
    Settings settings;
    settings.defaultModel = "/gone/model.gguf";
    saveSettings(harness_.paths().settingsFile(), settings);
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("/gone/model.gguf is not there any more."); }));
    EXPECT_TRUE(harness_.models().isStarter());
}

TEST_F(WindowedProgram, SaysSoWhenTheSettingsMakeNoSense) {
    harness_.folder().write("data/settings.json", R"({"fontPixels": "large"})");
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("fontPixels"); }));
}

TEST_F(WindowedProgram, ShowsTheModelsFound) {
    harness_.folder().write("data/models/mine.gguf", "GGUF");
    harness_.open();
    QTest::qWait(200);
    EXPECT_EQ(harness_.script().openedModels(), std::vector<std::string>{harness_.starter()})
        << "looking for models opens none";
}

TEST_F(WindowedProgram, ALoadCanBeCancelled) {
    harness_.script().setLoadTime(std::chrono::seconds(30));
    harness_.open();
    ASSERT_TRUE(comesTrue([&] { return harness_.shows("Loading"); }));
    const auto start = std::chrono::steady_clock::now();
    emit harness_.window().loadCancelRequested();
    EXPECT_TRUE(comesTrue([&] { return !harness_.shows("Loading"); }));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
    harness_.script().setLoadTime(std::chrono::milliseconds(0));
    harness_.askAndWait("hello");
    EXPECT_EQ(harness_.lastText(), "hello") << "the next question loads it again";
}

TEST_F(WindowedProgram, AnUnloadedModelIsLoadedAgainByTheNextQuestion) {
    harness_.open();
    harness_.askAndWait("one");
    emit harness_.window().unloadModelRequested();
    harness_.askAndWait("two");
    EXPECT_EQ(harness_.lastText(), "two");
    EXPECT_EQ(harness_.script().openings(), 2);
}

} // namespace

} // namespace ponder::app
