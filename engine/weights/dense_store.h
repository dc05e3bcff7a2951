#pragma once

#include "engine/backend/backend.h"
#include "engine/format/gguf_file.h"
#include "engine/weights/weight_loader.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <stop_token>
#include <vector>

namespace ponder::engine {

/// Panels of the matrices that every token meets, in parts that are used together: a layer, the head. A part
/// is used from the file at first and turns into panels between two uses, once they were made: by a thread
/// with nothing else to do (`warm`), or by the passes themselves, a few parts in each, so that no word of an
/// answer waits for all of them. Sums are the same bit for bit.
class DenseStore {
public:
    /// Puts a matrix of the file into part `part`, behind those that are there; panels suit it. Before the
    /// store is used. Throws Error: no memory.
    void add(std::size_t part, const Matrix& matrix);

    std::size_t parts() const { return parts_.size(); }
    bool isEmpty(std::size_t part) const { return parts_[part].matrices.empty(); }
    /// Of all rows in the file.
    std::uint64_t fileBytes() const;
    /// Of them, those that have no panels yet. Any thread.
    std::uint64_t unmadeBytes() const { return unmade_.load(std::memory_order_relaxed); }

    /// Has all rows read from the disk, with all threads of `backend`; `progress` hears the share of the
    /// bytes, 0…1. Throws Error: cancelled.
    void readRows(Backend& backend, const std::function<void(double)>& progress, const std::stop_token& stop);
    /// Makes the panels of all parts. As `readRows`.
    void makeAll(const GgufFile& file, Backend& backend, const std::function<void(double)>& progress,
                 const std::stop_token& stop);

    /// A pass of so many tokens begins: `hasPanels` may make some parts in it. Engine thread.
    void beginPass(std::int64_t tokens);
    /// Whether the matrices of a part that is about to be used are in panels, which may be made for it.
    /// Engine thread.
    bool hasPanels(std::size_t part, const GgufFile& file, Backend& backend);
    /// Matrix `index` of a part that has panels.
    Matrix panels(std::size_t part, std::size_t index) const { return parts_[part].matrices[index].piece(0); }

    /// Makes the panels of a part unless somebody has; returns the bytes if it had to. Whoever uses its rows
    /// meanwhile may have to read them from the disk again. Any thread.
    std::uint64_t warm(std::size_t part, const GgufFile& file) const;

private:
    enum class State : std::uint8_t { InFile, Making, Made };

    struct Part {
        mutable std::vector<PanelMatrix> matrices;
        mutable std::atomic<State> state{State::InFile};
    };

    static bool claim(const Part& part);
    static std::vector<WantedPiece> piecesOf(const Part& part);
    std::vector<WantedPiece> allPieces() const;
    static std::int64_t fileBytesOf(const Part& part);
    void finish(const Part& part) const;

    std::deque<Part> parts_; // a part stays where it is
    mutable std::atomic<std::uint64_t> unmade_{0};
    bool hadPass_ = false;
    std::int64_t mayMake_ = 0; // bytes, in the pass under way
};

} // namespace ponder::engine
