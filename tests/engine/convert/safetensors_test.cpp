#include "engine/format/safetensors_file.h"

#include "engine/convert/folder_tensors.h"
#include "engine/format/gguf_problem.h"
#include "tests/support/safetensors_image.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace ponder::engine {
namespace {

using tests::floatTensor;
using tests::SafetensorsImage;
using tests::SafetensorsTensor;
using tests::TempDir;

SafetensorsImage soundImage() {
    return {.tensors = {floatTensor("a", {2, 3}, {1, 2, 3, 4, 5, 6}), floatTensor("b", {2}, {7, 8})},
            .headerBytes = {},
            .header = {},
            .tail = {}};
}

/// Why a file is refused; empty: it is not.
std::optional<GgufProblem> problemOf(const SafetensorsImage& image) {
    const TempDir folder;
    image.write(folder / "x.safetensors");
    try {
        const SafetensorsFile file((folder / "x.safetensors").string());
        return std::nullopt;
    } catch (const GgufError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("x.safetensors"));
        return error.problem();
    }
}

std::optional<GgufProblem> problemOfHeader(const std::string& header, const std::string& data = "12345678") {
    SafetensorsImage image;
    image.header = header;
    image.tail = data;
    return problemOf(image);
}

TEST(SafetensorsFile, ReadsNamesShapesAndNumbers) {
    const TempDir folder;
    soundImage().write(folder / "x.safetensors");
    const SafetensorsFile file((folder / "x.safetensors").string());
    ASSERT_EQ(file.entries().size(), 2u);
    EXPECT_EQ(file.entries()[0].name, "a");
    EXPECT_EQ(file.entries()[0].shape, (std::vector<std::int64_t>{2, 3}));
    float values[2];
    file.read(file.entries()[0], 12, std::as_writable_bytes(std::span(values)));
    EXPECT_EQ(values[0], 4);
    file.read(file.entries()[1], 4, std::as_writable_bytes(std::span(values).first(1)));
    EXPECT_EQ(values[0], 8);
}

TEST(SafetensorsFile, RefusesEverythingThatIsNotWhole) {
    EXPECT_EQ(problemOf(soundImage()), std::nullopt);
    SafetensorsImage image = soundImage();
    image.headerBytes = 1ull << 63;
    EXPECT_EQ(problemOf(image), GgufProblem::Length);
    image.headerBytes = image.trueHeader().size() + 1000;
    EXPECT_EQ(problemOf(image), GgufProblem::Length);
    image.headerBytes = 3;
    EXPECT_EQ(problemOf(image), GgufProblem::Value);
    image = soundImage();
    image.tail = "x";
    EXPECT_EQ(problemOf(image), GgufProblem::Trailing);
    image = soundImage();
    image.tensors[1].data.pop_back(); // the header says the same, so it does not fit the shape
    EXPECT_EQ(problemOf(image), GgufProblem::Bounds);
    image = soundImage();
    image.header = image.trueHeader();
    image.tensors[1].data.pop_back(); // the file is shorter than the header says
    EXPECT_EQ(problemOf(image), GgufProblem::Bounds);
    image = soundImage();
    image.tensors[1].name = "a";
    EXPECT_EQ(problemOf(image), GgufProblem::KeyDuplicate);
}

TEST(SafetensorsFile, RefusesHeadersThatLie) {
    const auto entry = [](const std::string& fields) { return "{\"a\":{" + fields + "}}"; };
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[2],"data_offsets":[0,8])")), std::nullopt);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[2],"data_offsets":[4,12])")),
              GgufProblem::Layout);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[3],"data_offsets":[0,12])")),
              GgufProblem::Bounds);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[2],"data_offsets":[8,0])")),
              GgufProblem::Offset);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[2],"data_offsets":[0])")), GgufProblem::Offset);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[2])")), GgufProblem::Offset);
    EXPECT_EQ(problemOfHeader(entry(R"("shape":[2],"data_offsets":[0,8])")), GgufProblem::Type);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[-2],"data_offsets":[0,8])")),
              GgufProblem::Value);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[2.0],"data_offsets":[0,8])")),
              GgufProblem::Value);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":["2"],"data_offsets":[0,8])")),
              GgufProblem::Type);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[[2]],"data_offsets":[0,8])")),
              GgufProblem::Type);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":{"x":2},"data_offsets":[0,8])")),
              GgufProblem::Nested);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8])")),
              GgufProblem::Overflow);
    EXPECT_EQ(problemOfHeader(entry(R"("dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8])")),
              GgufProblem::Dimensions);
    EXPECT_EQ(problemOfHeader(R"({"a":7})"), GgufProblem::Type);
    EXPECT_EQ(problemOfHeader("[]"), GgufProblem::Type);
    EXPECT_EQ(problemOfHeader("7"), GgufProblem::Type);
    EXPECT_EQ(problemOfHeader(R"({"a":)"), GgufProblem::Value);
    EXPECT_EQ(problemOfHeader(R"({"":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})"), GgufProblem::Name);
    EXPECT_EQ(problemOfHeader(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                              R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})"),
              GgufProblem::Overlap);
    EXPECT_EQ(problemOfHeader(std::string(100000, '[')), GgufProblem::Type);
}

SafetensorsTensor bytesTensor(std::string name, std::string type, std::vector<std::int64_t> shape,
                              std::string data) {
    return {
        .name = std::move(name), .type = std::move(type), .shape = std::move(shape), .data = std::move(data)};
}

std::vector<float> rowsOf(const FolderTensors& folder, const std::string& name, std::int64_t first,
                          std::int64_t count) {
    const SafetensorsEntry& entry = folder.need(name);
    std::vector<float> values(static_cast<std::size_t>(count * entry.columns()));
    folder.readRows(entry, first, count, values.data());
    return values;
}

TEST(FolderTensors, ReadsEveryTypeOfNumber) {
    const TempDir folder;
    SafetensorsImage image;
    image.tensors = {bytesTensor("half", "F16", {2}, std::string("\x00\x3C\x00\xC1", 4)),
                     bytesTensor("brain", "BF16", {2}, std::string("\x80\x3F\x20\xC0", 4))};
    image.write(folder / "x.safetensors");
    const FolderTensors tensors(folder.path().string());
    EXPECT_EQ(rowsOf(tensors, "half", 0, 1), (std::vector<float>{1, -2.5f}));
    EXPECT_EQ(rowsOf(tensors, "brain", 0, 1), (std::vector<float>{1, -2.5f}));
}

// OCP 8-bit floating point specification, E4M3: bias 7, largest 448, smallest 2^-9.
TEST(FolderTensors, ReadsEightBitNumbers) {
    EXPECT_EQ(e4m3ToFloat(0x00), 0);
    EXPECT_EQ(e4m3ToFloat(0x01), 0x1p-9f);
    EXPECT_EQ(e4m3ToFloat(0x07), 0x1.Cp-7f);
    EXPECT_EQ(e4m3ToFloat(0x08), 0x1p-6f);
    EXPECT_EQ(e4m3ToFloat(0x38), 1);
    EXPECT_EQ(e4m3ToFloat(0x7E), 448);
    EXPECT_EQ(e4m3ToFloat(0xC4), -3);
    EXPECT_TRUE(std::isnan(e4m3ToFloat(0x7F)) && std::isnan(e4m3ToFloat(0xFF)));
}

TEST(FolderTensors, MultipliesEightBitNumbersByTheScaleOfTheirBlock) {
    const TempDir folder;
    SafetensorsImage image;
    image.tensors = {bytesTensor("w", "F8_E4M3", {3, 5}, std::string(15, '\x38')),
                     floatTensor("w_scale_inv", {2, 3}, {1, 2, 3, 4, 5, 6})};
    image.write(folder / "x.safetensors");
    FolderTensors tensors(folder.path().string());
    tensors.setScaleBlock(2, 2);
    EXPECT_EQ(rowsOf(tensors, "w", 0, 3), (std::vector<float>{1, 1, 2, 2, 3, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6}));
    EXPECT_EQ(rowsOf(tensors, "w", 2, 1), (std::vector<float>{4, 4, 5, 5, 6}));
    tensors.setScaleBlock(128, 128);
    EXPECT_THROW(rowsOf(tensors, "w", 0, 1), Error);
}

TEST(FolderTensors, RefusesFoldersThatAreNotWhole) {
    const TempDir folder;
    EXPECT_THROW(FolderTensors(folder.path().string()), Error);
    soundImage().write(folder / "x.safetensors");
    EXPECT_NO_THROW(FolderTensors(folder.path().string()));
    soundImage().write(folder / "y.safetensors");
    EXPECT_THROW(FolderTensors(folder.path().string()), Error); // the same tensors twice
    folder.write("model.safetensors.index.json",
                 R"({"weight_map":{"a":"x.safetensors","b":"x.safetensors"}})");
    EXPECT_NO_THROW(FolderTensors(folder.path().string()));
    folder.write("model.safetensors.index.json", R"({"weight_map":{"a":"../x.safetensors"}})");
    EXPECT_THROW(FolderTensors(folder.path().string()), Error);
    folder.write("model.safetensors.index.json", R"({"weight_map":{"a":"missing.safetensors"}})");
    EXPECT_THROW(FolderTensors(folder.path().string()), Error);
}

} // namespace
} // namespace ponder::engine
