#include "engine/sampling_defaults.h"

#include "engine/format/gguf_file.h"
#include "engine/support/error.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

/// A header with an architecture, a name, and some numbers.
class Header {
public:
    Header(const std::string& architecture, const std::string& name) {
        text("general.architecture", architecture);
        text("general.name", name);
    }
    Header& with(const std::string& key, float value) { return add(key, MetadataType::F32, value); }
    Header& with(const std::string& key, std::int32_t value) { return add(key, MetadataType::I32, value); }

    SamplingSettings defaults() const {
        const tests::TempDir folder;
        const auto path = folder.write("model.gguf", "GGUF" + raw(std::uint32_t{3}) + raw(std::uint64_t{0}) +
                                                         raw(entries_) + bytes_);
        return defaultsFor(GgufFile::open(path.string(), GgufFile::Access::Vocabulary));
    }

private:
    template <typename Number>
    static std::string raw(Number value) {
        return {reinterpret_cast<const char*>(&value), sizeof value};
    }
    static std::string counted(const std::string& value) { return raw(std::uint64_t{value.size()}) + value; }
    void text(const std::string& key, const std::string& value) {
        ++entries_;
        bytes_ += counted(key) + raw(std::uint32_t{8}) + counted(value);
    }
    template <typename Number>
    Header& add(const std::string& key, MetadataType type, Number value) {
        ++entries_;
        bytes_ += counted("general.sampling." + key) + raw(static_cast<std::uint32_t>(type)) + raw(value);
        return *this;
    }

    std::string bytes_;
    std::uint64_t entries_ = 0;
};

TEST(SamplingDefaults, TheFamilysPublishedNumbersCount) {
    const SamplingSettings qwen = Header("qwen3moe", "Qwen3 30B A3B").defaults();
    EXPECT_EQ(qwen.temperature, 0.6f);
    EXPECT_EQ(qwen.topK, 20);
    EXPECT_EQ(qwen.topP, 0.95f);
    EXPECT_EQ(qwen.minP, 0.0f);
    EXPECT_EQ(Header("qwen3moe", "Qwen3 30B A3B Instruct 2507").defaults().temperature, 0.7f);
    EXPECT_EQ(Header("qwen3next", "Qwen3 Next 80B A3B Instruct").defaults().temperature, 0.7f);
    EXPECT_EQ(Header("qwen3next", "Qwen3 Next 80B A3B Thinking").defaults().temperature, 0.6f);
    EXPECT_EQ(Header("qwen35moe", "Qwen3.5 35B A3B").defaults().temperature, 1.0f);
    EXPECT_EQ(Header("gemma3", "").defaults().topK, 64);
}

TEST(SamplingDefaults, TheFileHasTheLastWord) {
    const SamplingSettings settings = Header("gemma3", "Gemma")
                                          .with("temp", 0.25f)
                                          .with("top_k", std::int32_t{7})
                                          .with("penalty_repeat", 1.5f)
                                          .defaults();
    EXPECT_EQ(settings.temperature, 0.25f);
    EXPECT_EQ(settings.topK, 7);
    EXPECT_EQ(settings.repetitionPenalty, 1.5f);
    EXPECT_EQ(settings.topP, 0.95f);
}

TEST(SamplingDefaults, WhereNobodySaidAnythingNothingIsSet) {
    const SamplingSettings settings = Header("olmoe", "OLMoE").defaults();
    EXPECT_FALSE(settings.temperature || settings.topK || settings.topP || settings.minP);
}

TEST(SamplingDefaults, NumbersThatMakeNoSenseAreRefused) {
    EXPECT_THROW(Header("llama", "").with("temp", -1.0f).defaults(), Error);
    EXPECT_THROW(Header("llama", "").with("top_p", 7.0f).defaults(), Error);
    EXPECT_THROW(Header("llama", "").with("top_k", std::int32_t{-2}).defaults(), Error);
    EXPECT_EQ(Header("llama", "").with("top_k", std::int32_t{-1}).defaults().topK, 0);
}

} // namespace
} // namespace ponder::engine
