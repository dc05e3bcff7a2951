#include "engine/model/delta_net.h"

#include "engine/backend/cpu_backend.h"
#include "engine/model/decoder.h"
#include "engine/support/error.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ponder::engine {
namespace {

using tests::GgufImage;

constexpr int kContext = 64;
// Of tinyModel's Gated DeltaNet.
constexpr std::size_t kKeyHeads = 2;
constexpr std::size_t kKeyLength = 16;
constexpr std::size_t kValues = 96; // of all heads
constexpr std::size_t kValueHeads = 4;

std::vector<TokenId> someTokens(int count) {
    std::vector<TokenId> tokens;
    for (int i = 0; i < count; ++i) tokens.push_back((i * 37 + 5) % 256);
    return tokens;
}

GgufImage tinyDelta() {
    return tests::tinyModel({.family = tests::TinyFamily::Qwen3Next});
}

/// A model in a file of its own, and what evaluates it.
struct Evaluated {
    explicit Evaluated(const GgufImage& image) : model(open(image)) {}

    std::vector<float> forward(std::span<const TokenId> tokens, std::stop_token stop = {}) {
        const StepResult result = decoder.forward(tokens, cache, LogitsOf::EveryToken, std::move(stop));
        if (result == StepResult::Stopped) return {};
        return {decoder.logits().begin(), decoder.logits().end()};
    }

    const tests::TempDir folder;
    Model model;
    CpuBackend backend{2};
    Decoder decoder{model, backend, kContext};
    KvCache cache{model.config(), kernels::CacheType::F32, kContext};

private:
    GgufFile open(const GgufImage& image) const {
        image.write(folder / "model.gguf");
        return GgufFile::open((folder / "model.gguf").string(), GgufFile::Access::Weights);
    }
};

/// The rows of a float32 tensor.
std::vector<std::string> rowsOf(const tests::GgufTensor& tensor) {
    const std::size_t bytes = tensor.shape[0] * sizeof(float);
    std::vector<std::string> rows;
    for (std::size_t at = 0; at < tensor.data.size(); at += bytes)
        rows.push_back(tensor.data.substr(at, bytes));
    return rows;
}

TEST(DeltaNet, IsTheSameWhereQueriesKeysValuesAndGatesAreOneMatrix) {
    const GgufImage parted = tinyDelta();
    GgufImage fused = parted;
    const std::vector<std::string> channels = rowsOf(fused.tensor("blk.0.attn_qkv.weight"));
    const std::vector<std::string> gates = rowsOf(fused.tensor("blk.0.attn_gate.weight"));
    std::string data;
    const auto add = [&data](const std::vector<std::string>& rows, std::size_t first, std::size_t count) {
        for (std::size_t row = first; row < first + count; ++row) data += rows[row];
    };
    const std::size_t values = kValues / kKeyHeads;
    for (std::size_t head = 0; head < kKeyHeads; ++head) {
        add(channels, head * kKeyLength, kKeyLength);
        add(channels, (kKeyHeads + head) * kKeyLength, kKeyLength);
        add(channels, 2 * kKeyHeads * kKeyLength + head * values, values);
        add(gates, head * values, values);
    }
    tests::GgufTensor& tensor = fused.tensor("blk.0.attn_qkv.weight");
    tensor.name = "blk.0.ssm_in.weight";
    tensor.shape[1] = channels.size() + gates.size();
    tensor.data = data;
    fused.removeTensor("blk.0.attn_gate.weight");
    const auto tokens = someTokens(20);
    EXPECT_EQ(Evaluated(fused).forward(tokens), Evaluated(parted).forward(tokens));
}

TEST(DeltaNet, IsTheSameWhereWritesAndDecaysAreTwoMatrices) {
    const GgufImage fused = tinyDelta();
    GgufImage parted = fused;
    const std::vector<std::string> rows = rowsOf(parted.tensor("blk.0.ssm_ba.weight"));
    const std::size_t each = kValueHeads / kKeyHeads;
    tests::GgufTensor write = parted.tensor("blk.0.ssm_ba.weight");
    write.shape[1] = kValueHeads;
    write.data.clear();
    tests::GgufTensor decay = write;
    write.name = "blk.0.ssm_beta.weight";
    decay.name = "blk.0.ssm_alpha.weight";
    for (std::size_t row = 0; row < rows.size(); ++row)
        (row % (2 * each) < each ? write : decay).data += rows[row];
    parted.removeTensor("blk.0.ssm_ba.weight");
    parted.tensors.push_back(write);
    parted.tensors.push_back(decay);
    const auto tokens = someTokens(20);
    EXPECT_EQ(Evaluated(parted).forward(tokens), Evaluated(fused).forward(tokens));
}

TEST(DeltaNet, ItsWeightsInPanelsChangeNoBit) {
    GgufImage image = tinyDelta();
    for (const char* name : {"blk.0.attn_qkv.weight", "blk.0.attn_gate.weight", "blk.0.ssm_out.weight",
                             "blk.1.attn_q.weight", "blk.1.attn_output.weight"})
        tests::roundToBlocks(image.tensor(name));
    Evaluated panels(image), rows(image);
    panels.model.keepInMemory(true);
    panels.model.loadPanels(panels.backend, [](double) {}, {});
    // Everywhere but where this processor has no products from panels.
    const bool hasPanels = kernels::hasPanels(kernels::TensorType::Q8_0);
    for (const char* name : {"blk.0.attn_qkv.weight", "blk.0.attn_gate.weight", "blk.0.ssm_out.weight"})
        EXPECT_EQ(panels.model.isInMemory(*panels.model.file().findTensor(name)), hasPanels) << name;
    const auto tokens = someTokens(20);
    EXPECT_EQ(panels.forward(tokens), rows.forward(tokens));
}

TEST(DeltaNet, AfterARewindItGoesOnAsIfNothingElseHadBeen) {
    const auto tokens = someTokens(48);
    const std::span all(tokens);
    Evaluated fresh(tinyDelta()), rewound(tinyDelta());
    const std::vector<float> expected = fresh.forward(all);
    const std::size_t row = expected.size() / tokens.size();

    rewound.forward(all.first(16));
    rewound.cache.checkpoint();
    rewound.forward(all.subspan(3, 20)); // other words
    ASSERT_EQ(rewound.cache.rewind(20), 16);
    const std::vector<float> got = rewound.forward(all.subspan(16));
    EXPECT_TRUE(std::equal(got.begin(), got.end(), expected.begin() + static_cast<std::ptrdiff_t>(16 * row)));

    ASSERT_EQ(rewound.cache.rewind(15), 0);
    EXPECT_EQ(rewound.forward(all), expected);
}

TEST(DeltaNet, AStoppedStepLeavesItsStateAsItWas) {
    const auto tokens = someTokens(30);
    Evaluated fresh(tinyDelta()), stopped(tinyDelta());
    fresh.forward(std::span(tokens).first(20));
    stopped.forward(std::span(tokens).first(20));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(stopped.forward(std::span(tokens).subspan(5, 9), stop.get_token()).empty());
    EXPECT_EQ(stopped.forward(std::span(tokens).subspan(20)), fresh.forward(std::span(tokens).subspan(20)));
}

TEST(DeltaNet, ItsStateIsCopiedWithTheCache) {
    const auto tokens = someTokens(30);
    const std::span all(tokens);
    Evaluated first(tinyDelta()), second(tinyDelta());
    first.forward(all.first(10));
    first.cache.checkpoint();
    first.forward(all.subspan(15, 10));
    ASSERT_EQ(second.cache.copy(first.cache, 15), 10);
    const std::vector<float> got = second.forward(all.subspan(10));
    const std::vector<float> expected = Evaluated(tinyDelta()).forward(all);
    EXPECT_TRUE(std::equal(got.rbegin(), got.rend(), expected.rbegin()));
    EXPECT_EQ(second.cache.rewind(12), 10);
}

TEST(DeltaNet, TheFileSaysWhichLayersAttend) {
    GgufImage image = tinyDelta();
    image.set("qwen3next.attention.recurrent_layers", tests::list<bool>({true, false}));
    image.set("qwen3next.full_attention_interval", tests::scalar(std::uint32_t{1}));
    const Evaluated evaluated(image);
    EXPECT_EQ(evaluated.model.config().layer[0].kind, LayerKind::Delta);
    EXPECT_EQ(evaluated.model.config().layer[1].kind, LayerKind::Attention);
    EXPECT_EQ(evaluated.model.config().layer[1].keyValueHeads, 2);
}

TEST(DeltaNet, ALayerThatOnlyPredictsFurtherTokensIsLeftOut) {
    for (const auto& flags : {std::vector<bool>{true, false}, std::vector<bool>{true, false, false}}) {
        GgufImage image = tinyDelta();
        image.set("qwen3next.block_count", tests::scalar(std::uint32_t{3}));
        image.set("qwen3next.nextn_predict_layers", tests::scalar(std::uint32_t{1}));
        image.set("qwen3next.attention.recurrent_layers", tests::list<bool>(flags));
        const auto tokens = someTokens(9);
        EXPECT_EQ(Evaluated(image).forward(tokens), Evaluated(tinyDelta()).forward(tokens));
    }
}

} // namespace
} // namespace ponder::engine
