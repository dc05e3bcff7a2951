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
/// once it was used some times from the map: panels cost more to make than a few uses of rows cost to wait
/// for, and a first answer meets most experts once. Callers cannot tell except by time: sums are the same bit
/// for bit.
class ExpertStore {
public:
    /// `layers[l]` is empty (no gate) where layer l has no experts.
    explicit ExpertStore(std::vector<ExpertStack> layers) : layers_(std::move(layers)) {}

    /// From now on experts are kept in memory of their own. `file` is where they come from and outlives the
    /// store. Before anything is acquired. Returns where the stacks that are kept begin in the file; those of
    /// types without panels go on being used there.
    std::vector<const std::byte*> keepInMemory(const GgufFile& file);

    /// Has all these experts of a layer read from the disk, or in panels where they are used so often, with
    /// all threads of `backend`. Engine thread.
    void prepare(int layer, std::span<const int> experts, Backend& backend) const;
    /// Engine thread; at once where the expert was prepared.
    ExpertWeights acquire(int layer, int expert) const;
    /// Has an expert in panels, once nobody uses its rows; returns its bytes if it had to make them. Any
    /// thread: used to get ahead of what anybody asked for.
    std::uint64_t warm(int layer, int expert) const;

    /// The layer that `prepare` was last called for. Any thread.
    int layerInUse() const { return layerInUse_.load(std::memory_order_relaxed); }
    /// Returns when nobody waits for experts in `prepare`: the disk is theirs. Any thread.
    void letOthersLoad() const { isPreparing_.wait(true, std::memory_order_relaxed); }

    /// Of what is kept in memory, the bytes that are not yet. Any thread.
    std::uint64_t unreadBytes() const { return unread_.load(std::memory_order_relaxed); }

    int layers() const { return static_cast<int>(layers_.size()); }
    /// All of a layer, as the file has them.
    const ExpertStack& stack(int layer) const { return layers_[static_cast<std::size_t>(layer)]; }

private:
    enum class State : std::uint8_t { InFile, InUse, Loading, Here };

    /// Where an expert is. Its rows in the file are given back as panels are made, so never while in use.
    struct Place {
        std::atomic<State> state{State::InFile};
        std::uint8_t uses = 0; ///< of its rows in the file; engine thread
        std::uint8_t pins = 0; ///< that use them now; engine thread
    };

    /// Memory for the experts of a layer; matrices of types without panels stay in the file.
    struct Shelf {
        mutable PanelMatrix gate, up, down;
        std::unique_ptr<Place[]> places; ///< [expert]; null: nothing is kept here
    };

    const Shelf* shelf(int layer) const;
    /// True where the caller has to make the panels and then say so; waits for whoever is at the expert.
    static bool claim(Place& place);
    static void moveTo(Place& place, State state);
    /// Whether the rows in the file are the caller's until `unpin`. False: it is in panels.
    static bool pin(Place& place);
    static void unpin(Place& place);
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
