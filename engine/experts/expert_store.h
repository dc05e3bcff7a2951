#pragma once

#include "engine/backend/backend.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace ponder::engine {

/// An expert's weights, pinned in memory until this object goes. Move only.
class ExpertWeights {
public:
    Matrix gate; ///< [hidden] rows of [width]
    Matrix up;   ///< like gate
    Matrix down; ///< [width] rows of [hidden]

    ExpertWeights() = default;
    ExpertWeights(const ExpertWeights&) = delete;
    ExpertWeights& operator=(const ExpertWeights&) = delete;
    ExpertWeights(ExpertWeights&& other) noexcept { *this = std::move(other); }
    ExpertWeights& operator=(ExpertWeights&& other) noexcept {
        std::swap(gate, other.gate);
        std::swap(up, other.up);
        std::swap(down, other.down);
        std::swap(release_, other.release_);
        return *this;
    }
    ~ExpertWeights() {
        if (release_) release_();
    }

private:
    friend class ExpertStore;
    std::function<void()> release_;
};

/// All experts of one layer, stacked as the file has them: expert e is the e-th block of rows.
struct ExpertStack {
    Matrix gate{}; ///< experts × gateStep rows
    Matrix up{};   ///< like gate
    Matrix down{}; ///< experts × width rows
    std::int64_t hidden = 0;
    std::int64_t width = 0;
    std::int64_t gateStep =
        0; ///< rows from one expert's gate to the next: hidden, or twice that where gate and up are fused
};

/// Hands out expert weights, wherever they are. One tier so far: the memory map, where the system's page
/// cache decides what stays; a hit costs nothing, a miss a disk read, and callers cannot tell except by time.
/// Sums are the same bit for bit. Engine thread only.
class ExpertStore {
public:
    /// `layers[l]` is empty (no gate) where layer l has no experts.
    explicit ExpertStore(std::vector<ExpertStack> layers) : layers_(std::move(layers)) {}

    ExpertWeights acquire(int layer, int expert) const;
    /// All of a layer, as the file has them.
    const ExpertStack& stack(int layer) const { return layers_[static_cast<std::size_t>(layer)]; }

private:
    std::vector<ExpertStack> layers_;
};

} // namespace ponder::engine
