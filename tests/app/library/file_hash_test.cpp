#include "app/library/file_hash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>

#include "app/library/hash_cache.h"
#include "engine/engine.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

// FIPS 180-4's examples.
constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kOfAMillion = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(HashFile, IsSha256) {
    const tests::TempDir folder;
    EXPECT_EQ(hashFile(folder.write("a", "abc").string(), {}, {})->sha256, kOfAbc);
    EXPECT_EQ(hashFile(folder.write("b", "").string(), {}, {})->sha256, kOfNothing);
    EXPECT_EQ(hashFile(folder.write("c", std::string(1'000'000, 'a')).string(), {}, {})->sha256, kOfAMillion);
}

TEST(HashFile, TellsHowFarItIsAndStops) {
    const tests::TempDir folder;
    const fs::path file = folder.write("a", std::string(20 << 20, 'x'));
    std::uint64_t last = 0;
    ASSERT_TRUE(hashFile(file.string(), [&](std::uint64_t done) { last = done; }, {}));
    EXPECT_EQ(last, std::uint64_t{20} << 20);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(hashFile(file.string(), {}, stop.get_token()));
}

TEST(HashFile, RefusesWhatIsNoFile) {
    const tests::TempDir folder;
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    for (const fs::path& path : {folder / "pipe", folder / "gone", folder.path(), fs::path("/dev/zero")})
        EXPECT_THROW(hashFile(path.string(), {}, {}), engine::Error) << path;
}

TEST(ExpectedHash, ComesFromTheNameOfABlobAlone) {
    const tests::TempDir folder;
    const std::string hex(64, 'a');
    folder.write("repo/blobs/" + hex, "1");
    folder.write("ollama/blobs/sha256-" + hex, "1");
    folder.write("repo/blobs/" + std::string(40, 'b'), "1");
    folder.write("elsewhere/" + hex, "1");
    fs::create_directories(folder / "repo/snapshots/c");
    fs::create_symlink("../../blobs/" + hex, folder / "repo/snapshots/c/a.gguf");
    fs::create_symlink("../../blobs/" + std::string(40, 'b'), folder / "repo/snapshots/c/b.gguf");
    EXPECT_EQ(expectedHash((folder / "repo/snapshots/c/a.gguf").string()), hex);
    EXPECT_EQ(expectedHash((folder / "ollama/blobs/sha256-").string() + hex), hex);
    EXPECT_EQ(expectedHash((folder / "repo/snapshots/c/b.gguf").string()), "") << "that is a hash of git's";
    EXPECT_EQ(expectedHash((folder / "elsewhere").string() + "/" + hex), "");
}

TEST(CompareHash, GivesTheVerdict) {
    EXPECT_EQ(compareHash("", "a"), HashVerdict::Unknown);
    EXPECT_EQ(compareHash("a", ""), HashVerdict::Unchecked);
    EXPECT_EQ(compareHash("a", "a"), HashVerdict::Verified);
    EXPECT_EQ(compareHash("a", "b"), HashVerdict::Differs);
}

TEST(HashCache, RemembersWhatStillHolds) {
    const tests::TempDir folder;
    const FileHash hash{kOfAbc, {.device = 1, .inode = 2, .sizeBytes = 3, .modifiedNanoseconds = -4}};
    HashCache(folder / "cache/hashes").add("/a", hash);
    const HashCache again(folder / "cache/hashes");
    EXPECT_EQ(again.find("/a", hash.stamp), kOfAbc);
    for (const FileStamp& other : {FileStamp{.inode = 9, .sizeBytes = 3, .modifiedNanoseconds = -4},
                                   FileStamp{.inode = 2, .sizeBytes = 9, .modifiedNanoseconds = -4},
                                   FileStamp{.inode = 2, .sizeBytes = 3, .modifiedNanoseconds = 9}})
        EXPECT_EQ(again.find("/a", other), "");
    EXPECT_EQ(again.find("/b", hash.stamp), "");
}

TEST(HashCache, TakesNothingThatMakesNoSense) {
    for (const char* text :
         {"", "[]", "{}", R"({"version":1})", R"({"version":1,"files":[]})",
          R"({"version":2,"files":{"/a":{"sha256":"x"}}})",
          R"({"version":1,"files":{"/a":5,"/b":{},"/c":{"sha256":"short"},"/d":{"sha256":7}}})"})
        EXPECT_THAT(HashCache::parse(text), IsEmpty()) << text;
}

} // namespace

} // namespace ponder::app
