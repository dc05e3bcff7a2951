#include "engine/model_pages.h"

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

} // namespace
} // namespace ponder::engine
