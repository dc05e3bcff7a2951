#pragma once

#include <algorithm>
#include <cstdint>

namespace ponder::engine {

/// How much of a sliding window's rows a cache keeps beside those that the next token sees. Plain arithmetic,
/// the same for the cache and for what is planned for it.
struct WindowLimits {
    int slack = 1024; ///< positions that a conversation can be cut back by without a checkpoint
    int stride = 512; ///< positions that are given back together; a step is not longer
    std::uint64_t checkpointBytes = std::uint64_t{256} << 20; ///< of windows behind checkpoints, about

    /// Rows of such a window that checkpoints may keep. `windowBytes`: of the windows of all layers, once.
    std::int64_t checkpointRows(int window, std::uint64_t windowBytes) const {
        const std::uint64_t windows =
            std::clamp<std::uint64_t>(checkpointBytes / std::max<std::uint64_t>(1, windowBytes), 2, 8);
        return static_cast<std::int64_t>(windows) * (window + kNear);
    }
    /// Rows of it that are in memory at most; a context that is not longer gives nothing back.
    std::int64_t mostRows(int window, std::uint64_t windowBytes) const {
        return window + std::int64_t{slack} + 2 * std::int64_t{stride} + checkpointRows(window, windowBytes);
    }

private:
    // A prompt's end and the place before its last words share a window but for so many rows.
    static constexpr int kNear = 64;
};

} // namespace ponder::engine
