#pragma once

#include "engine/backend/backend.h"
#include "engine/weights/weight_loader.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
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

    std::int64_t experts() const { return width > 0 ? down.rows / width : 0; }
};

/// Hands out expert weights, wherever they are. Two tiers: the memory map, where the system's page cache
/// decides what stays, and, after `keepInMemory`, memory of the store's own, which an expert enters in panels
/// when it is first asked for. Callers cannot tell except by time: sums are the same bit for bit.
class ExpertStore {
public:
    /// `layers[l]` is empty (no gate) where layer l has no experts.
    explicit ExpertStore(std::vector<ExpertStack> layers) : layers_(std::move(layers)) {}

    /// From now on experts are kept in memory of their own. `file` is where they come from and outlives the
    /// store. Before anything is acquired. Returns where the stacks that are kept begin in the file; those of
    /// types without panels go on being used there.
    std::vector<const std::byte*> keepInMemory(const GgufFile& file);

    /// Has all these experts of a layer in memory, with all threads of `backend`. Engine thread.
    void prepare(int layer, std::span<const int> experts, Backend& backend) const;
    /// Engine thread; at once where the expert was prepared.
    ExpertWeights acquire(int layer, int expert) const;
    /// Brings an expert into memory unless it is there; returns its bytes if it had to. Any thread: used to
    /// read ahead of what anybody asked for.
    std::uint64_t warm(int layer, int expert) const;

    /// The layer that `prepare` was last called for. Any thread.
    int layerInUse() const { return layerInUse_.load(std::memory_order_relaxed); }
    /// Returns when nobody waits for experts in `prepare`: the disk is theirs. Any thread.
    void letOthersLoad() const { isPreparing_.wait(true, std::memory_order_relaxed); }

    /// Of what is kept in memory, the bytes that were not read yet. Any thread.
    std::uint64_t unreadBytes() const { return unread_.load(std::memory_order_relaxed); }

    int layers() const { return static_cast<int>(layers_.size()); }
    /// All of a layer, as the file has them.
    const ExpertStack& stack(int layer) const { return layers_[static_cast<std::size_t>(layer)]; }

private:
    enum class State : std::uint8_t { InFile, Loading, Here };

    /// Memory for the experts of a layer; matrices of types without panels stay in the file.
    struct Shelf {
        mutable PanelMatrix gate, up, down;
        std::unique_ptr<std::atomic<State>[]> states; ///< [expert]; null: nothing is kept here
    };

    const Shelf* shelf(int layer) const;
    /// True where the caller has to load the expert and then say so; waits where another thread is at it.
    static bool claim(std::atomic<State>& state);
    static void finish(std::atomic<State>& state);
    void load(const Shelf& shelf, std::span<const int> experts, Backend& backend) const;
    void addPieces(const Shelf& shelf, int expert, std::vector<WantedPiece>& pieces) const;

    std::vector<ExpertStack> layers_;
    std::vector<Shelf> shelves_; ///< [layer], empty before keepInMemory
    const GgufFile* file_ = nullptr;
    mutable std::atomic<std::uint64_t> unread_{0};
    mutable std::atomic<int> layerInUse_{0};
    mutable std::atomic<bool> isPreparing_{false};
};

} // namespace ponder::engine
