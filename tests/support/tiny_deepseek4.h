#pragma once

#include "tests/support/tiny_model.h"

namespace ponder::tests {

/// `tinyModel` of the family Deepseek4: made of the one of DeepSeek-V2 with other attention, two residual
/// streams, blocks of 4 positions in the first layer and of 128 in the second, and experts that the token
/// tells in the first.
GgufImage tinyDeepseek4(const TinyModelOptions& options);

} // namespace ponder::tests
