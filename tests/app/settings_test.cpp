#include "app/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "engine/engine.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SettingsFile : public testing::Test {
protected:
    std::filesystem::path path() const { return folder_ / "settings.json"; }
    LoadedSettings loaded(const std::string& content) const {
        folder_.write("settings.json", content);
        return loadSettings(path());
    }
    json onDisk() const { return json::parse(tests::contentOf(path())); }
    tests::TempDir folder_;
};

Settings unusual() {
    Settings settings;
    settings.theme = ThemeChoice::HighContrast;
    settings.fontPixels = 20;
    settings.sendKey = SendKey::ControlEnter;
    settings.systemPrompt = "Sei kurz – bitte.";
    settings.defaultModel = "/models/a.gguf";
    settings.modelFolders = {"/a", "/b"};
    settings.contextTokens = 8192;
    settings.threads = 3;
    settings.maximumTokens = 100;
    settings.temperature = 0.5f;
    settings.topP = 0.25f;
    settings.pastThoughts = PastThoughts::Keep;
    settings.unloadMinutes = 15;
    settings.windowLayout = "AAEC";
    return settings;
}

TEST_F(SettingsFile, ThatIsMissingGivesTheDefaults) {
    const LoadedSettings loaded = loadSettings(path());
    EXPECT_EQ(loaded.settings, Settings{});
    EXPECT_THAT(loaded.notices, IsEmpty());
}

TEST_F(SettingsFile, KeepsEverySetting) {
    saveSettings(path(), unusual());
    const LoadedSettings loaded = loadSettings(path());
    EXPECT_EQ(loaded.settings, unusual());
    EXPECT_THAT(loaded.notices, IsEmpty());
}

TEST_F(SettingsFile, HoldsOnlyWhatDiffersFromTheDefaults) {
    Settings settings;
    settings.fontPixels = 18;
    saveSettings(path(), settings);
    EXPECT_EQ(onDisk(), (json{{"fontPixels", 18}}));
    saveSettings(path(), Settings{});
    EXPECT_EQ(onDisk(), json::object());
}

TEST_F(SettingsFile, KeepsNamesThisVersionDoesNotKnow) {
    folder_.write("settings.json", R"({"hologram": {"on": true}, "fontPixels": 18})");
    Settings settings;
    settings.threads = 2;
    saveSettings(path(), settings);
    EXPECT_EQ(onDisk(), (json{{"hologram", {{"on", true}}}, {"threads", 2}}));
}

TEST_F(SettingsFile, ASenselessValueGivesItsDefaultAndANoticeNamingIt) {
    const LoadedSettings read = loaded(R"({"fontPixels": 900, "threads": 4})");
    EXPECT_EQ(read.settings.fontPixels, Settings{}.fontPixels);
    EXPECT_EQ(read.settings.threads, 4);
    ASSERT_THAT(read.notices, SizeIs(1));
    EXPECT_THAT(read.notices[0], HasSubstr("fontPixels"));
}

TEST_F(SettingsFile, EveryKindOfSenselessValueIsNoticed) {
    for (const char* content :
         {R"({"theme": "pink"})", R"({"theme": 3})", R"({"threads": "four"})", R"({"threads": -1})",
          R"({"threads": 1.5})", R"({"temperature": "hot"})", R"({"temperature": 99})", R"({"topP": -0.1})",
          R"({"modelFolders": "/a"})", R"({"modelFolders": [1]})", R"({"systemPrompt": []})",
          R"({"fontPixels": 99999999999999999999})", R"({"sendKey": null})"}) {
        const LoadedSettings read = loaded(content);
        EXPECT_THAT(read.notices, SizeIs(1)) << content;
        EXPECT_EQ(read.settings, Settings{}) << content;
    }
}

TEST_F(SettingsFile, NullMeansTheModelsOwnTemperature) {
    const LoadedSettings read = loaded(R"({"temperature": null})");
    EXPECT_THAT(read.notices, IsEmpty());
    EXPECT_EQ(read.settings.temperature, std::nullopt);
}

TEST_F(SettingsFile, ThatIsNoJsonGivesTheDefaultsAndIsLeftAsItIs) {
    for (const char* content : {"{\"fontPixels\": 18", "[]", "12", "", "\xff\xfe"}) {
        const LoadedSettings read = loaded(content);
        EXPECT_EQ(read.settings, Settings{});
        EXPECT_THAT(read.notices, SizeIs(1));
        EXPECT_THROW(saveSettings(path(), unusual()), engine::Error);
        EXPECT_EQ(tests::contentOf(path()), content);
    }
}

TEST_F(SettingsFile, ThatIsAFolderGivesTheDefaultsAndANotice) {
    std::filesystem::create_directory(path());
    EXPECT_THAT(loadSettings(path()).notices, SizeIs(1));
}

TEST_F(SettingsFile, IsForItsOwnerOnly) {
    ::umask(022);
    saveSettings(folder_ / "new/settings.json", unusual());
    struct stat status {};
    ASSERT_EQ(::stat((folder_ / "new/settings.json").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    ASSERT_EQ(::stat((folder_ / "new").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700U);
}

TEST_F(SettingsFile, BrokenUtf8InATextDoesNotStopTheSaving) {
    Settings settings;
    settings.systemPrompt = "caf\xe9";
    saveSettings(path(), settings);
    EXPECT_THAT(loadSettings(path()).settings.systemPrompt, HasSubstr("caf"));
}

} // namespace

} // namespace ponder::app
