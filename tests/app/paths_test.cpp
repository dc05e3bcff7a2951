#include "app/paths.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <optional>

#include "engine/engine.h"
#include "tests/app/environment.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

mode_t modeOf(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

/// No variable of the machine's own gets in the way.
class PathsTest : public testing::Test {
protected:
    Variable data_{"PONDER_DATA_DIR", std::nullopt};
    Variable xdgData_{"XDG_DATA_HOME", std::nullopt};
    Variable xdgConfig_{"XDG_CONFIG_HOME", std::nullopt};
    Variable xdgCache_{"XDG_CACHE_HOME", std::nullopt};
    Variable xdgState_{"XDG_STATE_HOME", std::nullopt};
    Variable home_{"HOME", "/home/someone"};
};

TEST_F(PathsTest, FollowTheXdgDefaultsBelowHome) {
    const Paths paths = Paths::find("");
    EXPECT_EQ(paths.data, "/home/someone/.local/share/ponder");
    EXPECT_EQ(paths.config, "/home/someone/.config/ponder");
    EXPECT_EQ(paths.cache, "/home/someone/.cache/ponder");
    EXPECT_EQ(paths.state, "/home/someone/.local/state/ponder");
}

TEST_F(PathsTest, FollowTheXdgVariables) {
    const Variable data("XDG_DATA_HOME", "/data");
    const Variable config("XDG_CONFIG_HOME", "/config");
    const Variable cache("XDG_CACHE_HOME", "/cache");
    const Variable state("XDG_STATE_HOME", "/state");
    const Paths paths = Paths::find("");
    EXPECT_EQ(paths.chatFile(), "/data/ponder/chats.db");
    EXPECT_EQ(paths.settingsFile(), "/config/ponder/settings.json");
    EXPECT_EQ(paths.modelCards(), "/cache/ponder/model_cards");
    EXPECT_EQ(paths.state, "/state/ponder");
}

TEST_F(PathsTest, IgnoreRelativeXdgFolders) {
    const Variable data("XDG_DATA_HOME", "not/absolute");
    EXPECT_EQ(Paths::find("").data, "/home/someone/.local/share/ponder");
}

TEST_F(PathsTest, AnEmptyXdgVariableIsNone) {
    const Variable config("XDG_CONFIG_HOME", "");
    EXPECT_EQ(Paths::find("").config, "/home/someone/.config/ponder");
}

TEST_F(PathsTest, OneFolderHoldsEverythingWhereItIsNamed) {
    const Paths paths = Paths::find("/one");
    EXPECT_EQ(paths.chatFile(), "/one/chats.db");
    EXPECT_EQ(paths.settingsFile(), "/one/settings.json");
    EXPECT_EQ(paths.cache, "/one/cache");
    EXPECT_EQ(paths.state, "/one/state");
    EXPECT_EQ(paths.modelsFolder(), "/one/models");
}

TEST_F(PathsTest, TheVariableNamesTheFolderToo) {
    const Variable data("PONDER_DATA_DIR", "/from/environment");
    EXPECT_EQ(Paths::find("").data, "/from/environment");
}

TEST_F(PathsTest, TheOptionComesBeforeTheVariable) {
    const Variable data("PONDER_DATA_DIR", "/from/environment");
    EXPECT_EQ(Paths::find("/from/option").data, "/from/option");
}

TEST_F(PathsTest, ARelativeFolderIsBelowTheCurrentOne) {
    EXPECT_EQ(Paths::find("here").data, std::filesystem::current_path() / "here");
}

TEST_F(PathsTest, WithoutAUsableHomeTheUsersRecordIsAsked) {
    const Variable home("HOME", "relative");
    EXPECT_TRUE(Paths::find("").data.is_absolute());
}

TEST_F(PathsTest, NothingBelowAHiddenCacheHoldsChats) {
    const Paths paths = Paths::find("");
    EXPECT_EQ(paths.chatFile().string().find("cache"), std::string::npos);
}

TEST(PrivateFolder, IsForItsOwnerOnlyWithThoseMadeOnTheWay) {
    ::umask(0);
    const tests::TempDir folder;
    makePrivateFolder(folder / "a/b/c");
    for (const char* part : {"a", "a/b", "a/b/c"}) EXPECT_EQ(modeOf(folder / part), 0700U) << part;
}

TEST(PrivateFolder, LeavesFoldersThatWereThereAlone) {
    const tests::TempDir folder;
    std::filesystem::create_directory(folder / "shared");
    ::chmod((folder / "shared").c_str(), 0755);
    makePrivateFolder(folder / "shared/mine");
    EXPECT_EQ(modeOf(folder / "shared"), 0755U);
    EXPECT_EQ(modeOf(folder / "shared/mine"), 0700U);
}

TEST(PrivateFolder, SaysWhatIsInTheWay) {
    const tests::TempDir folder;
    folder.write("file", "x");
    EXPECT_THROW(makePrivateFolder(folder / "file/below"), engine::Error);
}

TEST(StarterModel, IsTheOneTheEnvironmentNames) {
    const Variable starter("PONDER_STARTER", "/some/starter.gguf");
    EXPECT_EQ(starterModel(), "/some/starter.gguf");
}

TEST(StarterModel, OfTheSourceTreeIsFoundWithoutInstalling) {
    const Variable starter("PONDER_STARTER", std::nullopt);
    EXPECT_EQ(starterModel().filename(), "ponder-starter.gguf");
    EXPECT_TRUE(std::filesystem::exists(starterModel()));
}

} // namespace

} // namespace ponder::app
