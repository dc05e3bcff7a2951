#include "engine/model_pages.h"

#include "tests/support/draft_head.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

std::uint64_t bytesOf(const Model& model, bool (*counts)(const Tensor&)) {
    std::uint64_t bytes = 0;
    for (const Tensor& tensor : model.file().tensors()) bytes += counts(tensor) ? tensor.sizeBytes : 0;
    return bytes;
}

// A page of the map that is touched for one vector may bring 2 MB with it, where the system's cache holds the
// file in such pieces.
TEST(ModelPages, WhatWasConvertedToNumbersIsNotReadAgain) {
    const tests::TempDir folder;
    for (const auto family : {tests::TinyFamily::Llama, tests::TinyFamily::Qwen3Next,
                              tests::TinyFamily::Deepseek2, tests::TinyFamily::Deepseek4}) {
        tests::tinyModel({.family = family}).write(folder / "model.gguf");
        const Model model(GgufFile::open((folder / "model.gguf").string(), GgufFile::Access::Weights));
        const auto isVector = [](const Tensor& tensor) { return tensor.shape[1] == 1; };
        for (const Tensor& tensor : model.file().tensors())
            EXPECT_TRUE(!isVector(tensor) || model.isInMemory(tensor)) << tensor.name;
        const std::uint64_t all = bytesOf(model, [](const Tensor&) { return true; });
        const std::uint64_t vectors = bytesOf(model, isVector);
        EXPECT_GT(vectors, 0u);
        EXPECT_LE(bytesOfModelPages(model, 1), all - vectors);
        EXPECT_GT(bytesOfModelPages(model, 1), all / 2);
    }
}

TEST(ModelPages, ADraftHeadIsReadWhereAllExpertsAreAndOtherHeadsNever) {
    const tests::TempDir folder;
    const auto pages = [&](tests::TinyFamily family, bool hasHead, double expertShare) {
        tests::GgufImage image = tests::tinyModel({.family = family});
        if (hasHead) tests::addDraftHead(image);
        image.write(folder / "model.gguf");
        const Model model(GgufFile::open((folder / "model.gguf").string(), GgufFile::Access::Weights));
        return bytesOfModelPages(model, expertShare);
    };
    for (const double share : {0.0, 0.5, 1.0}) {
        const auto used = tests::TinyFamily::Deepseek2;
        EXPECT_EQ(pages(used, true, share) > pages(used, false, share), share == 1);
        const auto unused = tests::TinyFamily::Deepseek32;
        EXPECT_EQ(pages(unused, true, share), pages(unused, false, share));
    }
}

} // namespace
} // namespace ponder::engine
