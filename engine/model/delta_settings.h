#pragma once

#include <cstdint>

namespace ponder::engine {

class ConfigReader;

/// Shapes of a Gated DeltaNet (arXiv 2412.06464): a short convolution over queries, keys and values, then a
/// delta rule whose state is a matrix for each value head.
struct DeltaSettings {
    int keyHeads = 0;    ///< 0: the model has no such layers
    int valueHeads = 0;  ///< a multiple of keyHeads
    int keyLength = 0;   ///< of one head's query and key
    int valueLength = 0; ///< of one head
    int convolutionLength = 0;

    int keyNumbers() const { return keyHeads * keyLength; }
    int valueNumbers() const { return valueHeads * valueLength; }
    /// Through the convolution: queries, keys, values.
    int channels() const { return 2 * keyNumbers() + valueNumbers(); }
    /// The convolution's inputs at the positions before.
    std::int64_t inputNumbers() const {
        return static_cast<std::int64_t>(convolutionLength - 1) * channels();
    }
    std::int64_t stateNumbers() const { return static_cast<std::int64_t>(valueNumbers()) * keyLength; }
};

/// Reads the "ssm." keys. Throws Error that names key, value and limit.
DeltaSettings readDeltaSettings(const ConfigReader& reader);

} // namespace ponder::engine
