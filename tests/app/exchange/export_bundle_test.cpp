#include "app/exchange/export_bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/app/exchange/read_turns.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

constexpr std::int64_t kNow = 1'774'958'400'123;

TEST(ExportShape, FollowsTheNameAndTheFormat) {
    const ExportFormat& markdown = *exportFormat("md");
    EXPECT_EQ(exportShape("a.zip", markdown, 1), ExportShape::Zip);
    EXPECT_EQ(exportShape("a", markdown, 1), ExportShape::OneFile);
    EXPECT_EQ(exportShape("a.MD", markdown, 5), ExportShape::OneFile);
    EXPECT_EQ(exportShape("a.pdf", markdown, 5), ExportShape::Folder);
    EXPECT_EQ(exportShape("a", *exportFormat("json"), 5), ExportShape::OneFile);
}

TEST(ExportBundle, AFolderThatIsNotFinishedIsNotThere) {
    const tests::TempDir folder;
    {
        ExportBundle bundle(*exportFormat("md"), ExportShape::Folder, folder / "chats", kNow);
        bundle.add(chatOf("A", {"x"}));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ExportBundle, EqualTitlesGetNumbers) {
    const tests::TempDir folder;
    ExportBundle bundle(*exportFormat("txt"), ExportShape::Folder, folder / "chats/", kNow);
    for (const char* title : {"Sums", "sums", "Sums"}) bundle.add(chatOf(title, {"x"}));
    bundle.finish();
    EXPECT_TRUE(std::filesystem::exists(folder / ("chats/Sums_" + dayText(kNow) + ".txt")));
    EXPECT_TRUE(std::filesystem::exists(folder / ("chats/sums_" + dayText(kNow) + "-2.txt")));
    EXPECT_TRUE(std::filesystem::exists(folder / ("chats/Sums_" + dayText(kNow) + "-3.txt")));
}

TEST(ExportBundle, AZipHoldsTheFilesUnderTheirNames) {
    const tests::TempDir folder;
    const std::string zip = (folder / "chats.zip").string();
    ExportBundle bundle(*exportFormat("md"), ExportShape::Zip, zip, kNow);
    bundle.add(chatOf("数学", {"what is 2+2?"}));
    bundle.add(chatOf("B", {"y"}));
    bundle.finish();
    const std::string command = "cd '" + folder.path().string() + "' && python3 -m zipfile -e chats.zip out";
    ASSERT_EQ(std::system(command.c_str()), 0);
    EXPECT_THAT(tests::contentOf(folder / ("out/数学_" + dayText(kNow) + ".md")), testing::HasSubstr("2+2"));
    EXPECT_THAT(tests::contentOf(folder / "out/manifest.json"), testing::HasSubstr("ponder-export"));
}

TEST(ExportBundle, NothingThatIsThereIsWrittenOver) {
    const tests::TempDir folder;
    folder.write("full/mine.txt", "x");
    folder.write("file", "x");
    for (const char* name : {"full", "file"})
        EXPECT_THAT(
            errorOf([&] { ExportBundle(*exportFormat("md"), ExportShape::Folder, folder / name, kNow); }),
            testing::HasSubstr("exists already"));
    EXPECT_THAT(
        errorOf([&] { ExportBundle(*exportFormat("md"), ExportShape::OneFile, folder / "full", kNow); }),
        testing::HasSubstr("is a folder"));
    std::filesystem::create_directory(folder / "empty");
    ExportBundle bundle(*exportFormat("md"), ExportShape::Folder, folder / "empty", kNow);
    bundle.finish();
    EXPECT_TRUE(std::filesystem::exists(folder / "empty/manifest.json"));
}

} // namespace

} // namespace ponder::app
