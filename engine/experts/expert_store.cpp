#include "engine/experts/expert_store.h"

#include "engine/support/check.h"

namespace ponder::engine {

namespace {

// To make panels takes as long as to wait for rows, instead of panels, some sixteen times on two threads that
// read 30 GB/s (Zen 4); an answer's first words should not wait for all of them.
constexpr std::uint8_t kUsesOfRows = 4;

/// Says that somebody loads, as long as this object is there.
class Turn {
public:
    explicit Turn(std::atomic<bool>& taken) : taken_(taken) { taken_.store(true, std::memory_order_relaxed); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        taken_.store(false, std::memory_order_relaxed);
        taken_.notify_all();
    }

private:
    std::atomic<bool>& taken_;
};

} // namespace

std::vector<const std::byte*> ExpertStore::keepInMemory(const GgufFile& file) {
    std::vector<const std::byte*> kept;
    CHECK(shelves_.empty());
    file_ = &file;
    shelves_.resize(layers_.size());
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const ExpertStack& stack = layers_[i];
        if (!stack.gate) continue;
        const auto memoryFor = [&](const Matrix& matrix, std::int64_t rows, std::int64_t step) {
            const MatrixPieces pieces{.inFile = matrix, .count = stack.experts(), .rows = rows, .step = step};
            if (!PanelMatrix::suits(pieces)) return PanelMatrix();
            kept.push_back(matrix.bytes);
            unread_ += static_cast<std::uint64_t>(stack.experts()) * matrix.rowsFrom(0, rows).fileBytes();
            return PanelMatrix(pieces);
        };
        Shelf& shelf = shelves_[i];
        shelf.gate = memoryFor(stack.gate, stack.hidden, stack.gateStep);
        shelf.up = memoryFor(stack.up, stack.hidden, stack.gateStep);
        shelf.down = memoryFor(stack.down, stack.width, stack.width);
        if (!shelf.gate && !shelf.up && !shelf.down) continue;
        shelf.places = std::make_unique<Place[]>(static_cast<std::size_t>(stack.experts()));
    }
    return kept;
}

const ExpertStore::Shelf* ExpertStore::shelf(int layer) const {
    if (shelves_.empty()) return nullptr;
    const Shelf& shelf = shelves_[static_cast<std::size_t>(layer)];
    return shelf.places ? &shelf : nullptr;
}

bool ExpertStore::claim(Place& place) {
    for (;;) {
        State seen = State::InFile;
        if (place.state.compare_exchange_strong(seen, State::Loading, std::memory_order_acquire)) return true;
        if (seen == State::Here) return false;
        place.state.wait(seen, std::memory_order_acquire);
    }
}

void ExpertStore::moveTo(Place& place, State state) {
    place.state.store(state, std::memory_order_release);
    place.state.notify_all();
}

bool ExpertStore::pin(Place& place) {
    for (;;) {
        State seen = State::InFile;
        if (place.pins > 0 ||
            place.state.compare_exchange_strong(seen, State::InUse, std::memory_order_acquire)) {
            ++place.pins;
            return true;
        }
        if (seen == State::Here) return false;
        place.state.wait(seen, std::memory_order_acquire);
    }
}

void ExpertStore::unpin(Place& place) {
    if (--place.pins == 0) moveTo(place, State::InFile);
}

void ExpertStore::addPieces(const Shelf& shelf, int expert, std::vector<WantedPiece>& pieces) const {
    for (PanelMatrix* matrix : {&shelf.gate, &shelf.up, &shelf.down})
        if (*matrix) pieces.push_back({matrix, expert});
}

void ExpertStore::prepare(int layer, std::span<const int> experts, Backend& backend) const {
    const Shelf* shelf = this->shelf(layer);
    if (!shelf) return;
    layerInUse_.store(layer, std::memory_order_relaxed);
    if (unreadBytes() == 0) return;
    const Turn turn(isPreparing_);
    std::vector<int> often;
    std::vector<WantedPiece> rows;
    for (const int expert : experts) {
        Place& place = shelf->places[static_cast<std::size_t>(expert)];
        if (place.state.load(std::memory_order_relaxed) == State::Here) continue;
        if (place.uses == kUsesOfRows) {
            often.push_back(expert);
            continue;
        }
        ++place.uses;
        addPieces(*shelf, expert, rows);
    }
    load(*shelf, often, backend);
    readRows(rows, backend, {}, {});
}

void ExpertStore::load(const Shelf& shelf, std::span<const int> experts, Backend& backend) const {
    std::vector<WantedPiece> pieces;
    std::vector<int> claimed;
    // Nobody else holds more than one expert at a time, so waiting for it while holding others is safe.
    for (const int expert : experts) {
        if (!claim(shelf.places[static_cast<std::size_t>(expert)])) continue;
        claimed.push_back(expert);
        addPieces(shelf, expert, pieces);
    }
    if (claimed.empty()) return;
    loadPieces(pieces, *file_, backend, {}, {});
    for (const WantedPiece& piece : pieces) unread_ -= piece.fileBytes();
    for (const int expert : claimed) moveTo(shelf.places[static_cast<std::size_t>(expert)], State::Here);
}

std::uint64_t ExpertStore::warm(int layer, int expert) const {
    const Shelf* shelf = this->shelf(layer);
    if (!shelf) return 0;
    Place& place = shelf->places[static_cast<std::size_t>(expert)];
    if (!claim(place)) return 0;
    std::vector<WantedPiece> pieces;
    addPieces(*shelf, expert, pieces);
    std::uint64_t bytes = 0;
    loadPieces(pieces, *file_);
    for (const WantedPiece& piece : pieces) bytes += piece.fileBytes();
    unread_ -= bytes;
    moveTo(place, State::Here);
    return bytes;
}

ExpertWeights ExpertStore::acquire(int layer, int expert) const {
    const ExpertStack& stack = layers_[static_cast<std::size_t>(layer)];
    CHECK(stack.gate && expert * stack.width < stack.down.rows);
    ExpertWeights weights;
    weights.gate = stack.gate.rowsFrom(expert * stack.gateStep, stack.hidden);
    weights.up = stack.up.rowsFrom(expert * stack.gateStep, stack.hidden);
    weights.down = stack.down.rowsFrom(expert * stack.width, stack.width);
    const Shelf* shelf = this->shelf(layer);
    if (!shelf) return weights;
    Place& place = shelf->places[static_cast<std::size_t>(expert)];
    if (pin(place)) {
        weights.release_ = [&place] { unpin(place); };
        return weights;
    }
    if (shelf->gate) weights.gate = shelf->gate.piece(expert);
    if (shelf->up) weights.up = shelf->up.piece(expert);
    if (shelf->down) weights.down = shelf->down.piece(expert);
    return weights;
}

} // namespace ponder::engine
