// Files whose tensors are described wrongly or lie where they cannot: rows 28 to 46 of the checklist.

#include "tests/engine/format/broken_file.h"

#include "engine/format/input_file.h"

namespace ponder::tests {
namespace {

using Problem = engine::GgufProblem;

constexpr std::uint64_t kHuge = ~std::uint64_t{0};
constexpr std::uint64_t kMostSigned = kHuge / 2;
constexpr std::uint64_t kTwoTo31 = std::uint64_t{1} << 31;
constexpr std::uint64_t kTwoTo32 = std::uint64_t{1} << 32;
constexpr std::uint64_t kTwoTo42 = std::uint64_t{1} << 42;

constexpr std::uint32_t kF16 = 1, kQ4K = 12, kI8 = 24, kI64 = 27, kF64 = 28;

std::vector<BrokenFile> brokenNames() {
    const auto named = [](std::string name) { return [name](GgufImage& i) { i.tensors[1].name = name; }; };
    const auto claimed = [](std::uint64_t length) {
        return [length](GgufImage& i) { i.tensors[0].nameLength = length; };
    };
    return {
        {"Row28NameEmpty", Problem::Name, "is 0", named("")},
        {"Row28NameOf64", Problem::Name, "is 64", named(std::string(64, 'n'))},
        {"Row28NameLengthNegative", Problem::Name, "9223372036854775808", claimed(kMostSigned + 1)},
        {"Row29NameTwice", Problem::Name, "a.weight", named("a.weight")},
        {"Row29NameWithNul", Problem::Name, "\\x00", named(std::string("a\0b", 3))},
        {"Row29NameOfAFile", Problem::Name, "../x", named("../x")},
        {"Row29NameWithEscapeSequence", Problem::Name, "\\x1B", named("a\x1B[2J")},
    };
}

std::vector<BrokenFile> brokenShapes() {
    const auto dimensions = [](std::uint32_t count) {
        return [count](GgufImage& i) { i.tensors[0].dimensions = count; };
    };
    const auto shaped = [](std::vector<std::uint64_t> shape, std::uint32_t type = 0) {
        return [shape, type](GgufImage& i) {
            i.tensors[0].shape = shape;
            i.tensors[0].type = type;
        };
    };
    return {
        {"Row30NoDimensions", Problem::Dimensions, "0 dimensions", dimensions(0)},
        {"Row30FiveDimensions", Problem::Dimensions, "5 dimensions", dimensions(5)},
        {"Row30DimensionsAllOnes", Problem::Dimensions, "4294967295", dimensions(0xFFFFFFFF)},
        {"Row31FirstDimensionZero", Problem::Dimension, "is 0", shaped({0, 2})},
        {"Row31LastDimensionZero", Problem::Dimension, "is 0", shaped({8, 2, 1, 0})},
        {"Row32DimensionMinusOne", Problem::Dimension, "is -1", shaped({8, kHuge})},
        {"Row32DimensionNegative", Problem::Dimension, "-9223372036854775808", shaped({kMostSigned + 1})},
        {"Row33ElementsWrapToZero", Problem::Overflow, "4294967296", shaped({kTwoTo32, kTwoTo32})},
        {"Row33ElementsOf2To42", Problem::Overflow, "elements", shaped({kTwoTo42 + 1, kTwoTo42 + 1})},
        {"Row33ElementsOf2To42InARow", Problem::Bounds, "needs", shaped({kTwoTo42 + 1})},
        {"Row33ElementsOf2To64", Problem::Overflow, "elements", shaped({kTwoTo31, kTwoTo31, 4})},
        {"Row34BytesOverflowI64", Problem::Overflow, "I64", shaped({kMostSigned}, kI64)},
        {"Row34BytesOverflowF64", Problem::Overflow, "F64", shaped({kTwoTo31, kTwoTo31}, kF64)},
        {"Row35RowIsNoMultipleOfTheBlock", Problem::Block, "256", shaped({255, 2}, kQ4K)},
        {"Row37BytesNear2To64", Problem::Overflow, "F16", shaped({kMostSigned}, kF16)},
    };
}

std::vector<BrokenFile> brokenTypes() {
    std::vector<BrokenFile> cases;
    for (std::uint32_t type : {4u, 5u, 31u, 32u, 33u, 36u, 37u, 38u}) {
        cases.push_back({"Row36RemovedType" + std::to_string(type), Problem::TensorType, "removed",
                         [type](GgufImage& i) { i.tensors[0].type = type; }});
    }
    for (std::uint32_t type : {43u, 1000u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
        cases.push_back({"Row36UnknownType" + std::to_string(type), Problem::TensorType, "unknown",
                         [type](GgufImage& i) { i.tensors[0].type = type; }});
    }
    return cases;
}

std::vector<BrokenFile> brokenPlaces() {
    const auto second = [](std::uint64_t offset) {
        return [offset](GgufImage& i) { i.tensors[1].offset = offset; };
    };
    return {
        {"Row38OffsetNotAligned", Problem::Offset, "65", second(65)},
        {"Row39OffsetBehindTheFile", Problem::Bounds, "needs", second(1 << 20)},
        {"Row39EndOneByteBehindTheFile", Problem::Bounds, "needs",
         [](GgufImage& i) {
             i.tensors[1].type = kI8;
             i.tensors[1].shape = {i.tensors[1].data.size() + 1};
         }},
        {"Row40EndWraps", Problem::Bounds, "no file", second(kHuge - 31)},
        {"Row41SamePlace", Problem::Overlap, "overlaps", second(0)},
        {"Row41Overlap", Problem::Overlap, "overlaps", second(32)},
        {"Row42GapWithHiddenBytes", Problem::Layout, "gap",
         [](GgufImage& i) {
             i.tensors[0].data += std::string(128, 'h');
             i.tensors[1].offset = 192;
         }},
        {"Row42DescendingOrder", Problem::Layout, "before",
         [](GgufImage& i) {
             i.tensors[0].offset = 32;
             i.tensors[1].offset = 0;
         }},
        {"Row43SumOverflows", Problem::Overflow, "larger",
         [](GgufImage& i) {
             for (GgufTensor& each : i.tensors) {
                 each.type = kI8;
                 each.shape = {kMostSigned / 2 + 1};
             }
         }},
        {"Row43TwiceAlmost2To63", Problem::Overflow, "I8",
         [](GgufImage& i) {
             for (GgufTensor& each : i.tensors) {
                 each.type = kI8;
                 each.shape = {0x7FFFFFFFFFFFFFC0};
             }
         }},
        {"Row44LastByteMissing", Problem::Bounds, "behind the end",
         [](GgufImage& i) { i.tensors[1].data.pop_back(); }},
        {"Row45ZipBehindTheData", Problem::Trailing, "behind the data",
         [](GgufImage& i) { i.tail = "PK\3\4" + std::string(1 << 20, 'z'); }},
        {"Row45OneByteBehindTheData", Problem::Trailing, "behind the data",
         [](GgufImage& i) { i.tail = "x"; }},
        {"Row45ZerosBeyondThePadding", Problem::Trailing, "behind the data",
         [](GgufImage& i) { i.tail = std::string(33, '\0'); }},
    };
}

class MalformedTensor : public testing::TestWithParam<BrokenFile> {};

TEST_P(MalformedTensor, IsRefused) {
    expectRefused(GetParam());
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(Names, MalformedTensor, testing::ValuesIn(brokenNames()), kName);
INSTANTIATE_TEST_SUITE_P(Shapes, MalformedTensor, testing::ValuesIn(brokenShapes()), kName);
INSTANTIATE_TEST_SUITE_P(Types, MalformedTensor, testing::ValuesIn(brokenTypes()), kName);
INSTANTIATE_TEST_SUITE_P(Places, MalformedTensor, testing::ValuesIn(brokenPlaces()), kName);

TEST(InputFile, Row44AFileThatShrinksWhileItIsReadIsAnError) {
    const TempDir folder;
    soundImage().write(folder / "model.gguf");
    const engine::InputFile file((folder / "model.gguf").string());
    std::filesystem::resize_file(folder / "model.gguf", file.sizeBytes() - 1);
    std::vector<std::byte> all(file.sizeBytes());
    EXPECT_THROW(file.read(0, all), engine::GgufError);
    EXPECT_THROW(file.checkUnchanged(), engine::GgufError);
}

TEST(InputFile, Row44AFileThatIsWrittenWhileItIsReadIsAnError) {
    const TempDir folder;
    soundImage().write(folder / "model.gguf");
    const engine::InputFile file((folder / "model.gguf").string());
    EXPECT_NO_THROW(file.checkUnchanged());
    std::filesystem::last_write_time(folder / "model.gguf",
                                     std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
    EXPECT_THROW(file.checkUnchanged(), engine::GgufError);
}

TEST(GgufFile, Row44TextsOfAFileThatShrankAreAnErrorNotASignal) {
    const TempDir folder;
    soundImage().write(folder / "model.gguf");
    const auto file =
        engine::GgufFile::open((folder / "model.gguf").string(), engine::GgufFile::Access::Header);
    std::filesystem::resize_file(folder / "model.gguf", 20);
    EXPECT_THROW(file.strings("test.texts"), engine::GgufError);
    EXPECT_THROW(file.string("general.architecture"), engine::GgufError);
    EXPECT_THROW(file.integer("test.number", 0, 9), engine::GgufError);
}

GgufImage manyTensors(int count) {
    GgufImage image;
    image.set("general.architecture", text("llama"));
    for (int i = 0; i < count; ++i) {
        image.tensors.push_back({.name = "blk." + std::to_string(i) + ".weight",
                                 .shape = {1},
                                 .data = "\1",
                                 .type = kI8,
                                 .nameLength = {},
                                 .dimensions = {},
                                 .offset = {}});
    }
    return image;
}

TEST(GgufFile, Row46ManyTensorsAreReadWithinASecond) {
    const TempDir folder;
    manyTensors(65'536).write(folder / "model.gguf");
    const auto begin = std::chrono::steady_clock::now();
    const auto file =
        engine::GgufFile::open((folder / "model.gguf").string(), engine::GgufFile::Access::Header);
    if (measuresCost) {
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
    }
    EXPECT_EQ(file.tensors().size(), 65'536u);
    EXPECT_EQ(file.findTensor("blk.65535.weight"), &file.tensors().back());
}

TEST(GgufFile, Row46MoreThan65536TensorsAreAboveTheLimit) {
    const TempDir folder;
    manyTensors(65'537).write(folder / "model.gguf");
    expectRefused(folder / "model.gguf", Problem::Limit, "65537");
}

} // namespace
} // namespace ponder::tests
