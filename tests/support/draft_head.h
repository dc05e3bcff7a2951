#pragma once

#include "tests/support/gguf_image.h"

#include <cstdint>
#include <string>

namespace ponder::tests {

/// What an added draft head guesses.
enum class Guesses {
    AtRandom,     ///< by random weights: never mind what
    AsIfByTokens, ///< what the trunk would say if it saw the last token alone
};

struct DraftHeadOptions {
    std::uint32_t seed = 77;
    Guesses guesses = Guesses::AtRandom;
    bool ownHead = false;
    bool ownEmbedding = false;
};

/// Appends a block for multi-token prediction, shaped like the last block, to a model of float32 weights.
/// Requires: an output norm of ones for AsIfByTokens.
void addDraftHead(GgufImage& image, const DraftHeadOptions& options = {});

/// Where the head's block lies in the file: "blk.N.".
std::string draftPrefix(const GgufImage& image);

/// What the trunk's blocks add to the residual becomes this much of it: with little, the next token depends
/// mostly on the last one.
void dampBlocks(GgufImage& image, float share);

} // namespace ponder::tests
