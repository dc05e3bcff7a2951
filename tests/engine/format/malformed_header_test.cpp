// Files that are broken in their first bytes or in their metadata: rows 1 to 27 of the checklist for hostile
// files.

#include "tests/engine/format/broken_file.h"

#include <fstream>
#include <sys/stat.h>
#include <sys/fsuid.h>
#include <unistd.h>

namespace ponder::tests {
namespace {

using Problem = engine::GgufProblem;

constexpr std::uint64_t kHuge = ~std::uint64_t{0};

GgufValue claimedText(std::uint64_t length, std::string_view bytes = {}) {
    return {kTextType, littleEndian(length) + std::string(bytes)};
}

/// A list in a list in a list …
GgufValue nested(int depth) {
    GgufValue value{kListType, {}};
    for (int i = 0; i < depth; ++i) value.bytes += littleEndian(kListType) + littleEndian(std::uint64_t{1});
    value.bytes +=
        littleEndian(std::uint32_t{4}) + littleEndian(std::uint64_t{1}) + littleEndian(std::uint32_t{1});
    return value;
}

std::vector<BrokenFile> brokenCounts() {
    return {
        {"Row05VersionZero", Problem::Version, "version is 0", [](GgufImage& i) { i.version = 0; }},
        {"Row05VersionOne", Problem::Version, "version is 1", [](GgufImage& i) { i.version = 1; }},
        {"Row05VersionFour", Problem::Version, "version is 4", [](GgufImage& i) { i.version = 4; }},
        {"Row05BigEndian", Problem::Version, "big-endian", [](GgufImage& i) { i.version = 0x03000000; }},
        {"Row06TensorCountAllOnes", Problem::Count, "18446744073709551615",
         [](GgufImage& i) { i.tensorCount = kHuge; }},
        {"Row06TensorCountNegative", Problem::Count, "9223372036854775808",
         [](GgufImage& i) { i.tensorCount = kHuge / 2 + 1; }},
        {"Row06TensorCountAboveWhatFits", Problem::Count, "tensors",
         [](GgufImage& i) { i.tensorCount = i.bytes().size() / 24 + 1; }},
        {"Row07EntryCountAllOnes", Problem::Count, "18446744073709551615",
         [](GgufImage& i) { i.entryCount = kHuge; }},
        {"Row07EntryCountOf61Gigabytes", Problem::Count, "500000000",
         [](GgufImage& i) {
             i = GgufImage();
             i.entryCount = 500'000'000;
         }},
        {"Row08OneEntryMore", Problem::Length, "metadata entry 2 of 2",
         [](GgufImage& i) {
             i = GgufImage();
             i.set("general.architecture", text("llama")).entryCount = 2;
             i.tail = std::string(32, '\xFF');
         }},
        {"Row08OneEntryMoreAtTheEnd", Problem::Truncated, "metadata entry 2 of 2",
         [](GgufImage& i) {
             i = GgufImage();
             i.set("general.architecture", text("llama with a longer name")).entryCount = 2;
         }},
        {"Row09OneEntryLess", Problem::Dimensions, "dimensions",
         [](GgufImage& i) {
             i.set("test.last", claimedText(1, "x"));
             i.entryCount = i.entries.size() - 1;
         }},
        {"Row10NoTensors", Problem::NoTensors, "vocabulary-only", [](GgufImage& i) { i.tensors.clear(); }},
    };
}

std::vector<BrokenFile> brokenKeys() {
    const auto withKey = [](std::string key) { return [key](GgufImage& i) { i.entries[1].key = key; }; };
    const auto withKeyLength = [](std::uint64_t length) {
        return [length](GgufImage& i) { i.entries[1].keyLength = length; };
    };
    return {
        {"Row11KeyLengthAllOnes", Problem::Length, "18446744073709551615", withKeyLength(kHuge)},
        {"Row11KeyLengthNegative", Problem::Length, "9223372036854775808", withKeyLength(kHuge / 2 + 1)},
        {"Row11KeyLengthOneTooMany", Problem::Length, "metadata entry 2",
         [](GgufImage& i) {
             const std::size_t place = i.bytes().find("test.number");
             i.entries[1].keyLength = i.bytes().size() - place + 1;
         }},
        {"Row12KeyEmpty", Problem::KeyEmpty, "empty", withKey("")},
        {"Row12KeyEmptyIn37Bytes", Problem::KeyEmpty, "empty",
         [](GgufImage& i) {
             i = GgufImage();
             i.entries.push_back({"", scalar(std::uint8_t{0}), {}});
         }},
        {"Row13KeyTooLong", Problem::KeyTooLong, "65536", withKey(std::string(65'536, 'k'))},
        {"Row14KeyWithNul", Problem::KeyCharacters, "\\x00", withKey(std::string("test\0key", 8))},
        {"Row14KeyNotAscii", Problem::KeyCharacters, "\\xC3\\xA9", withKey("test.caf\xC3\xA9")},
        {"Row14KeyWithEscapeSequence", Problem::KeyCharacters, "\\x1B[2J", withKey("test\x1B[2J")},
        {"Row15KeyTwice", Problem::KeyDuplicate, "general.alignment",
         [](GgufImage& i) {
             i.entries.push_back({"general.alignment", scalar(std::uint32_t{32}), {}});
             i.entries.push_back({"general.alignment", scalar(std::uint32_t{1}), {}});
         }},
    };
}

std::vector<BrokenFile> brokenValues() {
    const auto with = [](GgufValue value) { return [value](GgufImage& i) { i.set("test.odd", value); }; };
    return {
        {"Row16Type13", Problem::Type, "13", with({13, std::string(8, '\0')})},
        {"Row16TypeAllOnes", Problem::Type, "4294967295", with({0xFFFFFFFF, std::string(8, '\0')})},
        {"Row17TextLengthAllOnes", Problem::Length, "18446744073709551615", with(claimedText(kHuge))},
        {"Row17TextLengthOneTooMany", Problem::Length, "test.odd",
         [](GgufImage& i) {
             i.set("test.odd", claimedText(0));
             const std::uint64_t behind = i.bytes().size() - i.bytes().find("test.odd") - 8 - 4 - 8;
             i.set("test.odd", claimedText(behind + 1));
         }},
        {"Row17TextAbove16MiB", Problem::Limit, "16777217", with(text(std::string((16 << 20) + 1, 'x')))},
        {"Row18Bool2", Problem::Value, "is 2", with({7, "\2"})},
        {"Row18Bool255", Problem::Value, "is 255", with({7, "\xFF"})},
        {"Row18BoolInAList", Problem::Value, "is 2", with(rawList(7, 3, std::string("\0\1\2", 3)))},
        {"Row19ListLengthWraps", Problem::Length, "2305843009213693952", with(rawList(10, kHuge / 8 + 1))},
        {"Row19ListLengthOneTooMany", Problem::Length, "test.odd",
         [](GgufImage& i) {
             i.set("test.odd", rawList(0, 0));
             const std::uint64_t behind = i.bytes().size() - i.bytes().find("test.odd") - 8 - 4 - 4 - 8;
             i.set("test.odd", rawList(0, behind + 1));
         }},
        {"Row20ListOfLists", Problem::Nested, "list of lists", with(nested(1))},
        {"Row20ListOfLists10000Deep", Problem::Nested, "list of lists", with(nested(10'000))},
        {"Row21ListOfType13", Problem::Type, "13", with(rawList(13, 1, std::string(8, '\0')))},
        {"Row21ListOfTypeAllOnes", Problem::Type, "4294967295",
         with(rawList(0xFFFFFFFF, 1, std::string(8, '\0')))},
        {"Row22MoreTextsThanFit", Problem::Length, "test.odd",
         with(rawList(kTextType, 1000, std::string(16, '\0')))},
        {"Row22TextInAListTooLong", Problem::Length, "18446744073709551615",
         with(rawList(kTextType, 1, littleEndian(kHuge)))},
    };
}

std::vector<BrokenFile> brokenAlignments() {
    const auto aligned = [](GgufValue value) {
        return [value](GgufImage& i) { i.set("general.alignment", value); };
    };
    const auto alignedTo = [aligned](std::uint32_t alignment) { return aligned(scalar(alignment)); };
    return {
        {"Row24AlignmentZero", Problem::Alignment, "is 0", alignedTo(0)},
        {"Row25Alignment3", Problem::Alignment, "is 3", alignedTo(3)},
        {"Row25Alignment13", Problem::Alignment, "is 13", alignedTo(13)},
        {"Row25AlignmentBelow8", Problem::Alignment, "is 4", alignedTo(4)},
        {"Row26AlignmentAbove64KiB", Problem::Alignment, "is 131072", alignedTo(128 << 10)},
        {"Row26Alignment1GiB", Problem::Alignment, "is 1073741824", alignedTo(1u << 30)},
        {"Row26Alignment2GiB", Problem::Alignment, "is 2147483648", alignedTo(1u << 31)},
        {"Row27AlignmentSigned", Problem::Type, "general.alignment", aligned(scalar(std::int32_t{32}))},
        {"Row27AlignmentText", Problem::Type, "general.alignment", aligned(text("32"))},
        {"Row27AlignmentList", Problem::Type, "general.alignment", aligned(list<std::uint32_t>({32}))},
        {"Row27AlignmentFloat", Problem::Type, "general.alignment", aligned(scalar(32.0f))},
    };
}

class MalformedHeader : public testing::TestWithParam<BrokenFile> {};

TEST_P(MalformedHeader, IsRefused) {
    expectRefused(GetParam());
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(Counts, MalformedHeader, testing::ValuesIn(brokenCounts()), kName);
INSTANTIATE_TEST_SUITE_P(Keys, MalformedHeader, testing::ValuesIn(brokenKeys()), kName);
INSTANTIATE_TEST_SUITE_P(Values, MalformedHeader, testing::ValuesIn(brokenValues()), kName);
INSTANTIATE_TEST_SUITE_P(Alignments, MalformedHeader, testing::ValuesIn(brokenAlignments()), kName);

struct OtherFile {
    std::string name;
    Problem problem;
    std::string mentions;
    std::string bytes;
};

class NotAModel : public testing::TestWithParam<OtherFile> {};

TEST_P(NotAModel, IsRefusedWithWhatItLooksLike) {
    const TempDir folder;
    std::ofstream(folder / "model.gguf", std::ios::binary) << GetParam().bytes;
    expectRefused(folder / "model.gguf", GetParam().problem, GetParam().mentions);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, NotAModel,
    testing::Values(OtherFile{"Row01Empty", Problem::Truncated, "is empty", ""},
                    OtherFile{"Row02Magic", Problem::Truncated, "the magic", "GG"},
                    OtherFile{"Row04BytesReversed", Problem::Magic, "reverse order", "FUGG\3\0\0\0"},
                    OtherFile{"Row04WebPage", Problem::Magic, "web page",
                              "\n<!DOCTYPE html><html><body>Log in</body></html>"},
                    OtherFile{"Row04LfsPointer", Problem::Magic, "git-LFS pointer",
                              "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"},
                    OtherFile{"Row04Zip", Problem::Magic, "zip archive", std::string("PK\3\4\x14\0\0\0", 8)},
                    OtherFile{"Row04Safetensors", Problem::Magic, "safetensors",
                              std::string("\x40\0\0\0\0\0\0\0{\"a\":{\"dtype\":\"F32\"}}", 30)},
                    OtherFile{"Row04Text", Problem::Magic, "not a GGUF file", "hello"}),
    kName);

/// Writes pieces at places, with zeros that take no room between them.
void writeSparse(const std::filesystem::path& path, std::uint64_t sizeBytes,
                 const std::vector<std::pair<std::uint64_t, std::string>>& pieces) {
    std::ofstream file(path, std::ios::binary);
    for (const auto& [offset, bytes] : pieces) {
        file.seekp(static_cast<std::streamoff>(offset));
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    file.close();
    std::filesystem::resize_file(path, sizeBytes);
}

/// The start of a file whose only entry is `value`, cut before the value's contents.
std::string headerUpTo(const GgufValue& value) {
    GgufImage image;
    image.set("test.huge", value).tensorCount = 1;
    return image.header();
}

TEST(MalformedHeader, Row17ATextOf1GiBIn2GiBIsAboveTheLimit) {
    const TempDir folder;
    writeSparse(folder / "model.gguf", std::uint64_t{2} << 30, {{0, headerUpTo(claimedText(1 << 30))}});
    expectRefused(folder / "model.gguf", Problem::Limit, "1073741824");
}

TEST(MalformedHeader, Row22TenMillionEmptyTextsAreAboveTheLimit) {
    const TempDir folder;
    writeSparse(folder / "model.gguf", 81'000'000, {{0, headerUpTo(rawList(kTextType, 10'000'000))}});
    expectRefused(folder / "model.gguf", Problem::Limit, "10000000");
}

TEST(MalformedHeader, Row22TwentyMillionNumbersAreAboveTheLimit) {
    const TempDir folder;
    writeSparse(folder / "model.gguf", 81'000'000, {{0, headerUpTo(rawList(4, 20'000'000))}});
    expectRefused(folder / "model.gguf", Problem::Limit, "20000000");
}

TEST(MalformedHeader, Row23MetadataAbove256MiBAreAboveTheLimit) {
    constexpr std::uint64_t kPiece = std::uint64_t{16} << 20;
    const TempDir folder;
    GgufImage empty;
    empty.tensorCount = 1;
    empty.entryCount = 17;
    std::vector<std::pair<std::uint64_t, std::string>> pieces{{0, empty.header()}};
    std::uint64_t offset = empty.header().size();
    for (int i = 0; i < 17; ++i) {
        const std::string key = "test.list" + std::to_string(i);
        const GgufValue value = rawList(0, kPiece);
        pieces.emplace_back(offset, littleEndian(std::uint64_t{key.size()}) + key + littleEndian(value.type) +
                                        value.bytes);
        offset += pieces.back().second.size() + kPiece;
    }
    writeSparse(folder / "model.gguf", offset + kPiece, pieces);
    expectRefused(folder / "model.gguf", Problem::Limit, "268435456");
}

TEST(MalformedHeader, KeysOf18MBTogetherAreAboveTheLimit) {
    const TempDir folder;
    GgufImage image = soundImage();
    for (int i = 0; i < 300; ++i) {
        image.set(std::to_string(i) + std::string(60'000, 'k'), scalar(std::uint8_t{0}));
    }
    image.write(folder / "model.gguf");
    expectRefused(folder / "model.gguf", Problem::Limit, "keys");
}

TEST(MalformedHeader, MoreThan65536EntriesAreAboveTheLimit) {
    const TempDir folder;
    GgufImage image = soundImage();
    for (int i = 0; i < 65'537; ++i)
        image.entries.push_back({"k" + std::to_string(i), scalar(std::uint8_t{0}), {}});
    image.write(folder / "model.gguf");
    expectRefused(folder / "model.gguf", Problem::Limit, "metadata entries");
}

class OddFile : public testing::Test {
protected:
    const TempDir folder_;
};

TEST_F(OddFile, Row03AFolderIsRefused) {
    std::filesystem::create_directory(folder_ / "model.gguf");
    const auto refusal = refusalOf(folder_ / "model.gguf");
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->problem, Problem::NotRegular);
}

TEST_F(OddFile, Row03APipeIsRefusedWithoutWaiting) {
    ASSERT_EQ(::mkfifo((folder_ / "model.gguf").c_str(), 0600), 0);
    const auto refusal = refusalOf(folder_ / "model.gguf");
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->problem, Problem::NotRegular);
}

TEST_F(OddFile, Row03ADeviceIsRefused) {
    const auto refusal = refusalOf("/dev/zero");
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->problem, Problem::NotRegular);
}

TEST_F(OddFile, Row03AFileThatMustNotBeReadIsRefused) {
    soundImage().write(folder_ / "model.gguf");
    std::filesystem::permissions(folder_ / "model.gguf", std::filesystem::perms::none);
    // Root may read every file, so this thread looks at files as somebody else.
    constexpr uid_t kNobody = 65534;
    const uid_t before = static_cast<uid_t>(::setfsuid(kNobody));
    EXPECT_THROW(refusalOf(folder_ / "model.gguf"), engine::Error);
    ::setfsuid(before);
}

TEST_F(OddFile, Row03AMissingFileIsRefusedByName) {
    try {
        refusalOf(folder_ / "absent.gguf");
        FAIL() << "the file was opened";
    } catch (const engine::Error& error) {
        EXPECT_NE(std::string(error.what()).find("absent.gguf"), std::string::npos);
    }
}

} // namespace
} // namespace ponder::tests
