// Models in several files: row 69 of the checklist, and what is accepted.

#include "tests/engine/format/broken_file.h"

namespace ponder::tests {
namespace {

using engine::GgufFile;
using Problem = engine::GgufProblem;

std::string partName(int part, int count) {
    char name[40];
    std::snprintf(name, sizeof name, "model-%05d-of-%05d.gguf", part, count);
    return name;
}

/// A model of three parts, two tensors in each.
class SplitModel : public testing::Test {
protected:
    SplitModel() {
        for (int i = 0; i < 3; ++i) {
            GgufImage part = soundImage();
            if (i > 0) part.entries.clear();
            part.tensors[0].name = "blk." + std::to_string(i) + ".a.weight";
            part.tensors[1].name = "blk." + std::to_string(i) + ".b.weight";
            part.set("split.no", scalar(static_cast<std::uint16_t>(i)));
            part.set("split.count", scalar(std::uint16_t{3}));
            part.set("split.tensors.count", scalar(std::int32_t{6}));
            parts_.push_back(std::move(part));
        }
    }

    std::filesystem::path write() const {
        for (int i = 0; i < 3; ++i) parts_[static_cast<std::size_t>(i)].write(folder_ / partName(i + 1, 3));
        return folder_ / partName(1, 3);
    }

    void expectSplitRefused(const std::string& mentions) { expectRefused(write(), Problem::Split, mentions); }

    const TempDir folder_;
    std::vector<GgufImage> parts_;
};

TEST_F(SplitModel, IsOneModel) {
    const auto file = GgufFile::open(write().string(), GgufFile::Access::Weights);
    ASSERT_EQ(file.tensors().size(), 6u);
    const engine::Tensor* last = file.findTensor("blk.2.b.weight");
    ASSERT_TRUE(last);
    EXPECT_EQ(last->part, 2);
    EXPECT_EQ(last->bytes[0], std::byte{1});
    EXPECT_EQ(file.string("general.architecture"), "llama");
    std::uint64_t size = 0;
    for (const GgufImage& part : parts_) size += part.bytes().size();
    EXPECT_EQ(file.sizeBytes(), size);
}

TEST_F(SplitModel, ItsFirstPartMayHoldNoTensors) {
    parts_[0].tensors.clear();
    for (GgufImage& part : parts_) part.set("split.tensors.count", scalar(std::int32_t{4}));
    EXPECT_EQ(GgufFile::open(write().string(), GgufFile::Access::Header).tensors().size(), 4u);
}

TEST_F(SplitModel, ItsVocabularyIsReadFromTheFirstPartAlone) {
    parts_[0].write(folder_ / partName(1, 3));
    const auto file = GgufFile::open((folder_ / partName(1, 3)).string(), GgufFile::Access::Vocabulary);
    EXPECT_EQ(file.strings("test.texts")->size(), 3u);
}

TEST_F(SplitModel, ItsPartsAreTellingTheModelsIdentity) {
    const std::string one = GgufFile::open(write().string(), GgufFile::Access::Header).identity();
    parts_[2].set("test.more", scalar(true));
    EXPECT_NE(GgufFile::open(write().string(), GgufFile::Access::Header).identity(), one);
}

TEST_F(SplitModel, AFileMergedFromPartsKeepsTheKeysWithoutParts) {
    GgufImage merged = soundImage();
    merged.set("split.no", scalar(std::uint16_t{0}));
    merged.set("split.count", scalar(std::uint16_t{0}));
    merged.write(folder_ / "model.gguf");
    EXPECT_EQ(GgufFile::open((folder_ / "model.gguf").string(), GgufFile::Access::Header).tensors().size(),
              2u);
}

TEST_F(SplitModel, Row69ANumberAboveTheCountIsRefused) {
    parts_[0].set("split.no", scalar(std::uint16_t{3}));
    expectSplitRefused("split.no");
}

TEST_F(SplitModel, Row69ANumberOfAnotherPartIsRefused) {
    parts_[1].set("split.no", scalar(std::uint16_t{2}));
    expectSplitRefused("split.no");
}

TEST_F(SplitModel, Row69AMissingNumberIsRefused) {
    parts_[2].remove("split.no");
    expectSplitRefused("split.no");
}

TEST_F(SplitModel, Row69ACountOf65535IsRefused) {
    parts_[0].set("split.count", scalar(std::uint16_t{65'535}));
    expectSplitRefused("65535");
}

TEST_F(SplitModel, Row69ACountThatTheNameDoesNotTellIsRefused) {
    parts_[0].set("split.count", scalar(std::uint16_t{4}));
    expectSplitRefused("-00001-of-00004.gguf");
}

TEST_F(SplitModel, Row69AMissingPartIsRefusedByName) {
    const auto first = write();
    std::filesystem::remove(folder_ / partName(2, 3));
    expectRefused(first, Problem::Split, "model-00002-of-00003.gguf");
}

TEST_F(SplitModel, Row69ALaterPartAloneIsRefused) {
    write();
    expectRefused(folder_ / partName(2, 3), Problem::Split, "open the first part");
}

TEST_F(SplitModel, Row69APartOfAModelWithOtherPartsIsRefused) {
    parts_[1].set("split.count", scalar(std::uint16_t{4}));
    expectSplitRefused("belongs to another model");
}

TEST_F(SplitModel, Row69APartOfAModelWithOtherTensorsIsRefused) {
    parts_[1].set("split.tensors.count", scalar(std::int32_t{7}));
    expectSplitRefused("belongs to another model");
}

TEST_F(SplitModel, Row69APartOfAnotherArchitectureIsRefused) {
    parts_[1].set("general.architecture", text("qwen3"));
    expectSplitRefused("belongs to another model");
}

TEST_F(SplitModel, Row69AWrongTotalOfTensorsIsRefused) {
    for (GgufImage& part : parts_) part.set("split.tensors.count", scalar(std::int32_t{7}));
    expectSplitRefused("split.tensors.count");
}

TEST_F(SplitModel, Row69ATensorInTwoPartsIsRefused) {
    parts_[2].tensors[0].name = "blk.0.a.weight";
    expectRefused(write(), Problem::Name, "earlier part");
}

TEST_F(SplitModel, Row69TextsInsteadOfNumbersAreRefused) {
    parts_[0].set("split.count", text("../../3"));
    expectRefused(write(), Problem::Type, "split.count");
}

TEST_F(SplitModel, Row69PartsAreLookedForBesideTheFirstOnly) {
    // Nothing in a file names another file: a part is the first one's own name with another number.
    const auto first = write();
    std::filesystem::create_directory(folder_ / "elsewhere");
    std::filesystem::rename(first, folder_ / "elsewhere" / partName(1, 3));
    expectRefused(folder_ / "elsewhere" / partName(1, 3), Problem::Split, "is missing");
}

} // namespace
} // namespace ponder::tests
