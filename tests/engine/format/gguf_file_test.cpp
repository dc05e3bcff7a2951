#include "tests/engine/format/broken_file.h"

#include <cmath>
#include <limits>
#include <thread>

#include "tests/places.h"

namespace ponder::tests {
namespace {

using engine::GgufError;
using engine::GgufFile;
using engine::MetadataType;

class SoundFile : public testing::Test {
protected:
    GgufFile open(GgufFile::Access access = GgufFile::Access::Header) const {
        image_.write(folder_ / "model.gguf");
        return GgufFile::open((folder_ / "model.gguf").string(), access);
    }

    const TempDir folder_;
    GgufImage image_ = soundImage();
};

TEST_F(SoundFile, TellsWhatItHolds) {
    const GgufFile file = open();
    EXPECT_EQ(file.path(), (folder_ / "model.gguf").string());
    EXPECT_EQ(file.sizeBytes(), image_.bytes().size());
    EXPECT_EQ(file.version(), 3u);
    EXPECT_TRUE(file.notices().empty());
    EXPECT_EQ(file.metadata().size(), image_.entries.size());
    EXPECT_TRUE(file.has("test.number"));
    EXPECT_FALSE(file.has("test.absent"));
    EXPECT_EQ(file.find("test.absent"), nullptr);
    const engine::MetadataEntry* numbers = file.find("test.numbers");
    ASSERT_TRUE(numbers);
    EXPECT_EQ(numbers->type, MetadataType::Array);
    EXPECT_EQ(numbers->elementType, MetadataType::I16);
    EXPECT_EQ(numbers->count, 3u);
}

TEST_F(SoundFile, ReadsVersion2AsWell) {
    image_.version = 2;
    EXPECT_EQ(open().version(), 2u);
}

TEST_F(SoundFile, ReadsEveryIntegerType) {
    image_.set("u8", scalar(std::uint8_t{200})).set("i8", scalar(std::int8_t{-100}));
    image_.set("u16", scalar(std::uint16_t{60'000})).set("i16", scalar(std::int16_t{-30'000}));
    image_.set("u32", scalar(std::uint32_t{4'000'000'000})).set("i32", scalar(std::int32_t{-2'000'000'000}));
    image_.set("u64", scalar(std::uint64_t{1} << 62)).set("i64", scalar(-(std::int64_t{1} << 62)));
    const GgufFile file = open();
    const auto read = [&](const char* key) { return file.integer(key, INT64_MIN, INT64_MAX); };
    EXPECT_EQ(read("u8"), 200);
    EXPECT_EQ(read("i8"), -100);
    EXPECT_EQ(read("u16"), 60'000);
    EXPECT_EQ(read("i16"), -30'000);
    EXPECT_EQ(read("u32"), 4'000'000'000);
    EXPECT_EQ(read("i32"), -2'000'000'000);
    EXPECT_EQ(read("u64"), std::int64_t{1} << 62);
    EXPECT_EQ(read("i64"), -(std::int64_t{1} << 62));
    EXPECT_EQ(file.number("u8"), 200.0);
    EXPECT_EQ(read("absent"), std::nullopt);
}

TEST_F(SoundFile, RefusesIntegersThatDoNotFit) {
    image_.set("huge", scalar(~std::uint64_t{0}));
    const GgufFile file = open();
    EXPECT_EQ(file.integer("test.number", 7, 7), 7);
    EXPECT_THROW(file.integer("test.number", 8, 9), GgufError);
    EXPECT_THROW(file.integer("test.number", 0, 6), GgufError);
    EXPECT_THROW(file.integer("huge", INT64_MIN, INT64_MAX), GgufError);
    EXPECT_EQ(file.number("huge"), 0x1p64);
}

TEST_F(SoundFile, RefusesNumbersThatAreNone) {
    image_.set("half", scalar(0.5f)).set("double", scalar(0.25));
    image_.set("nan", scalar(std::numeric_limits<float>::quiet_NaN()));
    image_.set("infinite", scalar(std::numeric_limits<double>::infinity()));
    const GgufFile file = open();
    EXPECT_EQ(file.number("half"), 0.5);
    EXPECT_EQ(file.number("double"), 0.25);
    EXPECT_THROW(file.number("nan"), GgufError);
    EXPECT_THROW(file.number("infinite"), GgufError);
    EXPECT_THROW(file.integer("half", 0, 1), GgufError);
}

TEST_F(SoundFile, RefusesValuesOfAnotherKindByKeyAndKind) {
    const GgufFile file = open();
    EXPECT_THROW(file.integer("test.flag", 0, 1), GgufError);
    EXPECT_THROW(file.number("test.texts"), GgufError);
    EXPECT_THROW(file.boolean("test.number"), GgufError);
    EXPECT_THROW(file.string("test.number"), GgufError);
    EXPECT_THROW(file.integers("test.texts"), GgufError);
    EXPECT_THROW(file.booleans("test.numbers"), GgufError);
    EXPECT_THROW(file.booleans("test.flag"), GgufError);
    EXPECT_THROW(file.numbers("test.number"), GgufError);
    try {
        file.strings("test.numbers");
        FAIL() << "numbers were read as texts";
    } catch (const GgufError& error) {
        EXPECT_EQ(error.problem(), engine::GgufProblem::Type);
        EXPECT_NE(std::string(error.what()).find("test.numbers"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("a list of texts"), std::string::npos);
    }
}

TEST_F(SoundFile, ReadsTextsAndLists) {
    image_.set("floats", list<float>({0.5f, -2}));
    image_.set("flags", list<bool>({true, false, true}));
    const GgufFile file = open();
    EXPECT_EQ(file.string("general.architecture"), "llama");
    EXPECT_EQ(file.string("general.architecture", 3), "lla");
    EXPECT_EQ(file.boolean("test.flag"), true);
    EXPECT_EQ(file.integers("test.numbers"), (std::vector<std::int64_t>{-1, 2, 3}));
    EXPECT_EQ(file.booleans("flags"), (std::vector<bool>{true, false, true}));
    EXPECT_EQ(file.booleans("no flags"), std::nullopt);
    EXPECT_EQ(file.numbers("floats"), (std::vector<float>{0.5f, -2}));
    EXPECT_EQ(file.strings("test.texts"), (std::vector<std::string_view>{"one", "", "three"}));
}

TEST_F(SoundFile, KeepsTextsWhereTheyAreWhenItMoves) {
    GgufFile file = open();
    const auto before = *file.strings("test.texts");
    const engine::Tensor* tensor = file.findTensor("a.weight");
    const GgufFile moved = std::move(file);
    EXPECT_EQ(moved.strings("test.texts")->at(2).data(), before[2].data());
    EXPECT_EQ(moved.findTensor("a.weight"), tensor);
}

TEST_F(SoundFile, MayBeReadByManyThreads) {
    const GgufFile file = open();
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 100; ++j) {
                EXPECT_EQ(file.strings("test.texts")->at(0), "one");
                EXPECT_EQ(file.identity().size(), 64u);
            }
        });
    }
}

TEST_F(SoundFile, DescribesItsTensors) {
    const GgufFile file = open();
    const engine::Tensor* tensor = file.findTensor("a.weight");
    ASSERT_TRUE(tensor);
    EXPECT_EQ(tensor->dimensions, 2);
    EXPECT_EQ(tensor->columns(), 8);
    EXPECT_EQ(tensor->rows(), 2);
    EXPECT_EQ(tensor->elements(), 16);
    EXPECT_EQ(tensor->sizeBytes, 64u);
    EXPECT_EQ(tensor->bytes, nullptr);
    EXPECT_EQ(file.findTensor("c.weight"), nullptr);
}

TEST_F(SoundFile, MapsItsWeightsOnRequest) {
    image_.tensor("b.weight").data[5] = 'x';
    const GgufFile file = open(GgufFile::Access::Weights);
    EXPECT_EQ(file.findTensor("b.weight")->bytes[5], std::byte{'x'});
    EXPECT_EQ(file.findTensor("b.weight")->bytes - file.findTensor("a.weight")->bytes, 64);
}

TEST_F(SoundFile, HasTheIdentityOfItsHeaderAndSize) {
    const std::string identity = open().identity();
    image_.tensor("b.weight").data[5] = 'x';
    EXPECT_EQ(open().identity(), identity) << "weights are not looked at";
    image_.set("test.number", scalar(std::uint32_t{8}));
    EXPECT_NE(open().identity(), identity);
}

TEST_F(SoundFile, NeedsNoTensorsForItsVocabulary) {
    image_.tensors.clear();
    EXPECT_EQ(open(GgufFile::Access::Vocabulary).string("general.architecture"), "llama");
    EXPECT_THROW(open(GgufFile::Access::Weights), GgufError);
}

TEST_F(SoundFile, MayBeAlignedToAnyPowerOfTwoFrom8To64KiB) {
    for (std::uint32_t alignment = 8; alignment <= 64 * 1024; alignment *= 2) {
        image_.set("general.alignment", scalar(alignment)).alignment = alignment;
        EXPECT_EQ(open(GgufFile::Access::Weights).findTensor("b.weight")->bytes[0], std::byte{1})
            << alignment;
    }
}

TEST_F(SoundFile, MayEndWithOrWithoutPadding) {
    GgufTensor& last = image_.tensor("b.weight");
    last.shape = {7};
    last.data.resize(28);
    EXPECT_NO_THROW(open());
    for (std::size_t padding : {1, 4}) {
        const std::size_t end = image_.bytes().size();
        image_.tail = std::string(std::min(padding, 32 - end % 32), '\0');
        EXPECT_NO_THROW(open()) << padding;
        image_.tail.clear();
    }
}

TEST_F(SoundFile, MayHaveAGapOfZeros) {
    image_.tensor("a.weight").data += std::string(256, '\0');
    image_.tensor("b.weight").offset = 320;
    EXPECT_EQ(open().notices().size(), 1u);
}

TEST_F(SoundFile, MayHaveAnythingInItsPadding) {
    image_.tensor("a.weight").data += std::string(16, 'p');
    image_.tensor("b.weight").offset = 96;
    EXPECT_NO_THROW(open());
}

TEST_F(SoundFile, MayHaveALongTemplateAndLongTexts) {
    image_.set("general.description", text(std::string(10 << 20, 'd')));
    image_.set("tokenizer.chat_template", text(std::string(17 << 20, 't')));
    const GgufFile file = open();
    EXPECT_EQ(file.find("tokenizer.chat_template")->sizeBytes, std::uint64_t{17} << 20);
    EXPECT_EQ(file.string("general.description", 4), "dddd");
}

TEST_F(SoundFile, IsInspectedWithLittleMemoryHoweverLongItsLists) {
    image_.set("test.long", rawList(10, 12 << 20, std::string(96 << 20, '\0')));
    image_.set("test.empty", rawList(kTextType, 4 << 20, std::string(32 << 20, '\0')));
    image_.write(folder_ / "model.gguf");
    image_ = GgufImage();
    const std::uint64_t extra = extraMemory([&] {
        const GgufFile file = GgufFile::open((folder_ / "model.gguf").string(), GgufFile::Access::Header);
        EXPECT_EQ(file.find("test.empty")->count, std::uint64_t{4} << 20);
    });
    if (measuresCost) {
        EXPECT_LT(extra, std::uint64_t{4} << 20);
    }
}

TEST_F(SoundFile, DoesNotKeepMoreThan64MiBOfTexts) {
    GgufValue value = rawList(kTextType, 5);
    for (int i = 0; i < 5; ++i) value.bytes += text(std::string(15 << 20, 't')).bytes;
    image_.set("test.long", value);
    EXPECT_THROW(open().strings("test.long"), GgufError);
}

class RealHeader : public testing::TestWithParam<const char*> {};

// Every length a broken-off download can have within the header.
TEST_P(RealHeader, Row02IsRefusedWhereverItIsCut) {
    const std::filesystem::path model =
        std::filesystem::path(PONDER_SOURCE_DIR) / "tests/golden/models" / GetParam() / "model.gguf";
    std::uint64_t dataStart = ~std::uint64_t{0};
    {
        const GgufFile file = GgufFile::open(model.string(), GgufFile::Access::Header);
        for (const engine::Tensor& tensor : file.tensors())
            dataStart = std::min(dataStart, tensor.fileOffset);
    }
    const TempDir folder;
    std::filesystem::copy_file(model, folder / "model.gguf");
    for (std::uint64_t size = dataStart + 1; size-- > 0;) {
        std::filesystem::resize_file(folder / "model.gguf", size);
        ASSERT_THROW(GgufFile::open((folder / "model.gguf").string(), GgufFile::Access::Header), GgufError)
            << size;
    }
}

INSTANTIATE_TEST_SUITE_P(Models, RealHeader, testing::Values("llama", "deepseek2-v3", "gpt-oss"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

} // namespace
} // namespace ponder::tests
