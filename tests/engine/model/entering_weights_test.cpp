// Weights enter memory while the model is used: at no time may that change a bit.

#include "engine/backend/cpu_backend.h"
#include "engine/model/decoder.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

#include <vector>

namespace ponder::engine {
namespace {

using tests::TinyFamily;

constexpr int kTokens = 40;

class EnteringWeights : public testing::TestWithParam<TinyFamily> {
protected:
    EnteringWeights() {
        if (!kernels::hasPanels(kernels::TensorType::Q8_0)) return;
        tests::GgufImage image = tests::tinyModel({.family = GetParam()});
        for (tests::GgufTensor& tensor : image.tensors)
            if (tensor.shape.size() > 1 && tensor.shape[0] % 32 == 0) roundToBlocks(tensor);
        image.write(folder_ / "model.gguf");
    }

    void SetUp() override {
        if (!kernels::hasPanels(kernels::TensorType::Q8_0)) GTEST_SKIP() << "No products from panels here.";
    }

    GgufFile open() const {
        return GgufFile::open((folder_ / "model.gguf").string(), GgufFile::Access::Weights);
    }

    /// Of all tokens, evaluated `chunk` at a time.
    static std::vector<float> logitsOf(const Model& model, int chunk) {
        std::vector<TokenId> tokens;
        for (int i = 0; i < kTokens; ++i) tokens.push_back(static_cast<TokenId>(i * 37 % 251));
        CpuBackend backend(2);
        Decoder decoder(model, backend, kTokens);
        KvCache cache(model.config(), kernels::CacheType::F32, kTokens);
        std::vector<float> logits;
        for (int at = 0; at < kTokens; at += chunk) {
            const auto count = static_cast<std::size_t>(std::min(chunk, kTokens - at));
            decoder.forward(std::span(tokens).subspan(static_cast<std::size_t>(at), count), cache,
                            LogitsOf::EveryToken, {});
            logits.insert(logits.end(), decoder.logits().begin(), decoder.logits().end());
        }
        return logits;
    }

    tests::TempDir folder_;
};

TEST_P(EnteringWeights, ChangeNoBitTokenByToken) {
    Model model(open());
    const std::vector<float> expected = logitsOf(model, kTokens);
    model.keepInMemory(true);
    const std::uint64_t all = model.unreadBytes();
    ASSERT_GT(all, 0u);
    EXPECT_EQ(logitsOf(model, 1), expected);
    EXPECT_EQ(model.dense().unmadeBytes(), 0u) << "so small a model is there after a few tokens";
    EXPECT_LT(model.unreadBytes(), all);
    for (int layer = 0; layer < model.experts().layers(); ++layer)
        for (int expert = 0; expert < model.experts().stack(layer).experts(); ++expert)
            model.experts().warm(layer, expert);
    EXPECT_EQ(model.unreadBytes(), 0u);
    EXPECT_EQ(logitsOf(model, 7), expected);
}

TEST_P(EnteringWeights, ChangeNoBitWhoeverBringsThemIn) {
    Model model(open());
    const std::vector<float> expected = logitsOf(model, kTokens);
    model.keepInMemory(true);
    // Every part comes in between two tokens of its own.
    const auto parts = static_cast<int>(model.dense().parts());
    for (int part = parts; part-- > 0;) {
        EXPECT_EQ(logitsOf(model, kTokens), expected) << part;
        model.dense().warm(static_cast<std::size_t>(part), model.file());
    }
    EXPECT_EQ(model.dense().unmadeBytes(), 0u);
    EXPECT_EQ(logitsOf(model, 3), expected);
}

INSTANTIATE_TEST_SUITE_P(Families, EnteringWeights,
                         testing::Values(TinyFamily::Llama, TinyFamily::Deepseek2, TinyFamily::Deepseek32,
                                         TinyFamily::Deepseek4, TinyFamily::Glm4Moe, TinyFamily::Qwen3Next));

} // namespace
} // namespace ponder::engine
