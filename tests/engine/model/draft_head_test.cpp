// The draft head's numbers, and the files that claim to have one.

#include "engine/backend/cpu_backend.h"
#include "engine/model/decoder.h"
#include "engine/support/error.h"
#include "tests/support/draft_head.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <string>

namespace ponder::engine {
namespace {

using tests::GgufImage;
using tests::TinyFamily;

const std::vector<TokenId> kTokens{5, 17, 99, 4, 250, 61, 33, 7, 8, 120, 121, 5, 17, 200};

std::vector<float> numbersOf(GgufImage& image, const std::string& name) {
    const std::string& data = image.tensor(name).data;
    std::vector<float> numbers(data.size() / sizeof(float));
    std::memcpy(numbers.data(), data.data(), data.size());
    return numbers;
}

/// RMS norm (arXiv 1910.07467) in double.
std::vector<double> normed(const float* row, const std::vector<float>& weight, double epsilon) {
    double sum = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) sum += static_cast<double>(row[i]) * row[i];
    const double scale = 1 / std::sqrt(sum / static_cast<double>(weight.size()) + epsilon);
    std::vector<double> result;
    for (std::size_t i = 0; i < weight.size(); ++i) result.push_back(row[i] * scale * weight[i]);
    return result;
}

class ModelOfImage {
public:
    explicit ModelOfImage(const GgufImage& image)
        : model_((image.write(folder_ / "model.gguf"),
                  GgufFile::open((folder_ / "model.gguf").string(), GgufFile::Access::Weights))) {}
    Model& operator*() { return model_; }
    Model* operator->() { return &model_; }

private:
    tests::TempDir folder_;
    Model model_;
};

struct Evaluated {
    std::vector<float> hidden, logits;
};

Evaluated evaluate(const Model& model, const std::vector<TokenId>& tokens) {
    CpuBackend backend(2);
    Decoder decoder(model, backend, 64);
    KvCache cache(model.config(), kernels::CacheType::F32, 64);
    decoder.forward(tokens, cache, LogitsOf::EveryToken, {});
    const auto hidden = decoder.hidden();
    const auto logits = decoder.logits();
    return {{hidden.begin(), hidden.end()}, {logits.begin(), logits.end()}};
}

/// The draft head's logits for all pairs of kTokens by another way: what it joins is computed here in double
/// and becomes the embedding of a model whose only block, norm and head are the draft head's.
std::vector<float> expectedLogits(GgufImage image, const std::vector<float>& hidden) {
    const std::string prefix = tests::draftPrefix(image);
    const auto has = [&](const std::string& name) {
        return std::any_of(image.tensors.begin(), image.tensors.end(),
                           [&](const auto& tensor) { return tensor.name == prefix + name; });
    };
    const std::string table =
        has("nextn.embed_tokens.weight") ? prefix + "nextn.embed_tokens.weight" : "token_embd.weight";
    const auto embedding = numbersOf(image, table);
    const auto embeddingNorm = numbersOf(image, prefix + "nextn.enorm.weight");
    const auto hiddenNorm = numbersOf(image, prefix + "nextn.hnorm.weight");
    const auto join = numbersOf(image, prefix + "nextn.eh_proj.weight");
    const std::size_t width = embeddingNorm.size();

    std::string& rows = image.tensor("token_embd.weight").data;
    for (std::size_t i = 0; i + 1 < kTokens.size(); ++i) {
        std::vector<double> both =
            normed(embedding.data() + static_cast<std::size_t>(kTokens[i + 1]) * width, embeddingNorm, 1e-5);
        const auto second = normed(hidden.data() + i * width, hiddenNorm, 1e-5);
        both.insert(both.end(), second.begin(), second.end());
        for (std::size_t r = 0; r < width; ++r) {
            double sum = 0;
            for (std::size_t c = 0; c < 2 * width; ++c) sum += both[c] * join[r * 2 * width + c];
            const auto number = static_cast<float>(sum);
            std::memcpy(rows.data() + (i * width + r) * sizeof number, &number, sizeof number);
        }
    }
    image.tensor("output_norm.weight").data = image.tensor(prefix + "nextn.shared_head_norm.weight").data;
    if (has("nextn.shared_head_head.weight"))
        image.tensor("output.weight").data = image.tensor(prefix + "nextn.shared_head_head.weight").data;
    std::erase_if(image.tensors, [&](const auto& tensor) {
        return tensor.name.starts_with("blk.") &&
               (!tensor.name.starts_with(prefix) || tensor.name.find("nextn") != std::string::npos);
    });
    for (auto& tensor : image.tensors)
        if (tensor.name.starts_with(prefix)) tensor.name.replace(0, prefix.size(), "blk.0.");
    for (auto& entry : image.entries) {
        if (entry.key.ends_with(".block_count")) entry.value = tests::scalar(std::uint32_t{1});
        if (entry.key.ends_with("nextn_predict_layers") || entry.key.ends_with("leading_dense_block_count"))
            entry.value = tests::scalar(std::uint32_t{0});
    }
    std::vector<TokenId> pairs;
    for (std::size_t i = 0; i + 1 < kTokens.size(); ++i) pairs.push_back(static_cast<TokenId>(i));
    return evaluate(*ModelOfImage(image), pairs).logits;
}

void expectClose(std::span<const float> got, std::span<const float> expected) {
    ASSERT_EQ(got.size(), expected.size());
    double difference = 0;
    double largest = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        ASSERT_TRUE(std::isfinite(got[i]));
        difference = std::max(difference, std::abs(static_cast<double>(got[i]) - expected[i]));
        largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
    }
    EXPECT_LE(difference, 2e-5 * largest);
}

class DraftHead : public testing::TestWithParam<std::pair<TinyFamily, bool>> {
protected:
    GgufImage image() const {
        GgufImage image = tests::tinyModel({.family = GetParam().first});
        tests::addDraftHead(image, {.ownHead = GetParam().second, .ownEmbedding = GetParam().second});
        return image;
    }
};

TEST_P(DraftHead, ItsLogitsAreThoseOfItsFormula) {
    ModelOfImage model(image());
    ASSERT_TRUE(model->config().draftHead);
    ASSERT_EQ(model->config().layers, 2);
    const Evaluated trunk = evaluate(*model, kTokens);
    const auto expected = expectedLogits(image(), trunk.hidden);
    const auto vocabulary = static_cast<std::size_t>(model->config().vocabulary);
    const auto width = static_cast<std::size_t>(model->config().width);

    CpuBackend backend(2);
    Decoder decoder(*model, backend, 64);
    for (std::size_t last = 0; last + 1 < kTokens.size(); ++last) {
        KvCache cache(model->config(), kernels::CacheType::F32, 64, CacheOf::DraftHead);
        const auto following = std::span(kTokens).subspan(1, last);
        const auto hidden = std::span(trunk.hidden);
        if (last > 0) decoder.remember(following, hidden.first(last * width), cache);
        const auto logits = decoder.guess(kTokens[last + 1], hidden.subspan(last * width, width), cache);
        EXPECT_EQ(cache.length(), static_cast<int>(last) + 1);
        expectClose(logits, std::span(expected).subspan(last * vocabulary, vocabulary));
    }
}

TEST_P(DraftHead, ItsNumbersAreTheSameFromPanels) {
    ModelOfImage model(image());
    const Evaluated trunk = evaluate(*model, kTokens);
    const auto guessed = [&] {
        CpuBackend backend(2);
        Decoder decoder(*model, backend, 64);
        KvCache cache(model->config(), kernels::CacheType::F16, 64, CacheOf::DraftHead);
        const auto logits = decoder.guess(
            kTokens[1], std::span(trunk.hidden).first(static_cast<std::size_t>(model->config().width)),
            cache);
        return std::vector<float>(logits.begin(), logits.end());
    };
    const auto fromFile = guessed();
    model->keepInMemory(true);
    CpuBackend backend(2);
    model->loadPanels(backend, {}, {});
    EXPECT_EQ(guessed(), fromFile);
    EXPECT_EQ(evaluate(*model, kTokens).logits, trunk.logits);
}

TEST_P(DraftHead, TheTrunkIsTheOneOfAFileWithoutIt) {
    GgufImage without = image();
    const std::string prefix = tests::draftPrefix(without);
    ModelOfImage with(without);
    // Many files keep the key but not the block.
    std::erase_if(without.tensors, [&](const auto& tensor) { return tensor.name.starts_with(prefix); });
    ModelOfImage keyOnly(without);
    EXPECT_FALSE(keyOnly->config().draftHead);
    EXPECT_EQ(keyOnly->config().layers, with->config().layers);
    EXPECT_EQ(evaluate(*keyOnly, kTokens).logits, evaluate(*with, kTokens).logits);
    ModelOfImage never(tests::tinyModel({.family = GetParam().first}));
    EXPECT_EQ(evaluate(*never, kTokens).logits, evaluate(*with, kTokens).logits);
}

INSTANTIATE_TEST_SUITE_P(
    Families, DraftHead,
    testing::Values(std::pair(TinyFamily::Deepseek2, false), std::pair(TinyFamily::Deepseek2, true),
                    std::pair(TinyFamily::Glm4Moe, false), std::pair(TinyFamily::Glm4Moe, true)),
    [](const auto& info) {
        return std::string(info.param.first == TinyFamily::Glm4Moe ? "Glm4Moe" : "Deepseek2") +
               (info.param.second ? "OwnTables" : "TrunksTables");
    });

TEST(DraftHeadOfAFile, OtherFamiliesIgnoreIt) {
    GgufImage image = tests::tinyModel({.family = TinyFamily::Deepseek32});
    tests::addDraftHead(image);
    ModelOfImage model(image);
    EXPECT_FALSE(model->config().draftHead);
    EXPECT_EQ(model->config().layers, 2);
}

TEST(DraftHeadOfAFile, EveryTensorHasItsUse) {
    GgufImage image = tests::tinyModel({.family = TinyFamily::Deepseek2});
    tests::addDraftHead(image);
    ModelOfImage model(image);
    for (const Tensor& tensor : model->file().tensors())
        EXPECT_EQ(model->useOf(tensor),
                  tensor.name.starts_with("blk.2.") ? TensorUse::DraftHead : TensorUse::Trunk)
            << tensor.name;
}

struct WrongHead {
    std::string name;
    std::string mentions;
    std::function<void(GgufImage&)> breakIt;
};

class WrongDraftHead : public testing::TestWithParam<WrongHead> {};

TEST_P(WrongDraftHead, IsRefusedByName) {
    GgufImage image = tests::tinyModel({.family = TinyFamily::Deepseek2});
    tests::addDraftHead(image, {.ownHead = true, .ownEmbedding = true});
    GetParam().breakIt(image);
    try {
        ModelOfImage model(image);
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find(GetParam().mentions), std::string::npos) << error.what();
    }
}

std::vector<WrongHead> wrongHeads() {
    const auto shaped = [](const std::string& name, std::vector<std::uint64_t> shape) {
        return [name, shape](GgufImage& image) {
            tests::GgufTensor& tensor = image.tensor("blk.2." + name + ".weight");
            tensor = tests::randomTensor(tensor.name, shape, 1);
        };
    };
    const auto without = [](const std::string& name) {
        return [name](GgufImage& image) { image.removeTensor("blk.2." + name + ".weight"); };
    };
    return {
        {"JoinTransposed", "\"blk.2.nextn.eh_proj.weight\" has the shape 64 × 128, expected is 128 × 64",
         shaped("nextn.eh_proj", {64, 128})},
        {"NormOfTwoTokens", "\"blk.2.nextn.enorm.weight\" has the shape 32 × 2",
         shaped("nextn.enorm", {32, 2})},
        {"OtherVocabulary", "blk.2.nextn.shared_head_head.weight",
         shaped("nextn.shared_head_head", {64, 16})},
        {"OtherEmbedding", "blk.2.nextn.embed_tokens.weight", shaped("nextn.embed_tokens", {16, 64})},
        {"NoHiddenNorm", "\"blk.2.nextn.hnorm.weight\" is missing", without("nextn.hnorm")},
        {"NoBlock", "\"blk.2.attn_q_a.weight\" is missing", without("attn_q_a")},
        {"OtherExperts", "blk.2.ffn_gate_exps.weight", shaped("ffn_gate_exps", {64, 32, 4})},
    };
}

INSTANTIATE_TEST_SUITE_P(Cases, WrongDraftHead, testing::ValuesIn(wrongHeads()),
                         [](const auto& info) { return info.param.name; });

} // namespace
} // namespace ponder::engine
