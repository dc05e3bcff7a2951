#pragma once

#include "tests/support/gguf_image.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ponder::tests {

enum class TinyFamily {
    Llama,      ///< dense, grouped attention
    Deepseek2,  ///< latent attention; the second layer is a mixture of 8 experts with one shared
    Deepseek32, ///< the same, each token attends to the 12 positions its indexer chooses
    Deepseek4,  ///< see tiny_deepseek4.h
    Glm4Moe,    ///< grouped attention with biases; the second layer is a mixture like DeepSeek's
    Qwen3Next,  ///< a Gated DeltaNet, then gated attention; both with a mixture of 8 experts and one shared
};

struct TinyModelOptions {
    TinyFamily family = TinyFamily::Llama;
    std::uint32_t seed = 1; ///< of the weights
    std::uint32_t contextTokens = 512;
    std::vector<std::string> controls = {}; ///< more control tokens, behind all others
};

/// A whole model of random float32 weights, a few hundred KB: two layers, a vocabulary of bytes and some
/// words that spells any text, ChatML as its template. Answers are nonsense, the same for the same seed.
GgufImage tinyModel(const TinyModelOptions& options = {});

/// Number of tokens of tinyModel's vocabulary. Token `byte` of the first 256 stands for that byte.
std::uint32_t tinyVocabularySize();

/// A tensor of seeded random float32 values.
GgufTensor randomTensor(std::string name, std::vector<std::uint64_t> shape, std::uint32_t seed);

} // namespace ponder::tests
