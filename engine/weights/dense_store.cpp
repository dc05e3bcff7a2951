#include "engine/weights/dense_store.h"

namespace ponder::engine {

namespace {

// What a pass makes: on two threads some hundredths of a second of work.
constexpr std::int64_t kBytesOfPass = std::int64_t{128} << 20;
// So many tokens are worth another: a pass of a prompt takes long anyway, and gains by panels at once.
constexpr std::int64_t kTokens = 32;

} // namespace

void DenseStore::add(std::size_t part, const Matrix& matrix) {
    while (parts_.size() <= part) parts_.emplace_back();
    parts_[part].matrices.emplace_back(MatrixPieces{.inFile = matrix, .rows = matrix.rows});
    unmade_ += matrix.fileBytes();
}

std::uint64_t DenseStore::fileBytes() const {
    std::uint64_t bytes = 0;
    for (const Part& part : parts_) bytes += static_cast<std::uint64_t>(fileBytesOf(part));
    return bytes;
}

std::int64_t DenseStore::fileBytesOf(const Part& part) {
    std::size_t bytes = 0;
    for (const PanelMatrix& matrix : part.matrices) bytes += matrix.pieceInFile(0).fileBytes();
    return static_cast<std::int64_t>(bytes);
}

std::vector<WantedPiece> DenseStore::piecesOf(const Part& part) {
    std::vector<WantedPiece> pieces;
    for (PanelMatrix& matrix : part.matrices) pieces.push_back({.matrix = &matrix});
    return pieces;
}

std::vector<WantedPiece> DenseStore::allPieces() const {
    std::vector<WantedPiece> pieces;
    for (const Part& part : parts_)
        for (const WantedPiece& piece : piecesOf(part)) pieces.push_back(piece);
    return pieces;
}

bool DenseStore::claim(const Part& part) {
    State seen = State::InFile;
    return part.state.compare_exchange_strong(seen, State::Making, std::memory_order_acquire);
}

void DenseStore::finish(const Part& part) const {
    unmade_ -= static_cast<std::uint64_t>(fileBytesOf(part));
    part.state.store(State::Made, std::memory_order_release);
    part.state.notify_all();
}

void DenseStore::readRows(Backend& backend, const std::function<void(double)>& progress,
                          const std::stop_token& stop) {
    engine::readRows(allPieces(), backend, progress, stop);
}

void DenseStore::makeAll(const GgufFile& file, Backend& backend, const std::function<void(double)>& progress,
                         const std::stop_token& stop) {
    loadPieces(allPieces(), file, backend, progress, stop);
    for (const Part& part : parts_) finish(part);
}

void DenseStore::beginPass(std::int64_t tokens) {
    // The first words of all are the ones that somebody waits for.
    mayMake_ = (tokens / kTokens + (hadPass_ ? 1 : 0)) * kBytesOfPass;
    hadPass_ = true;
}

bool DenseStore::hasPanels(std::size_t index, const GgufFile& file, Backend& backend) {
    if (index >= parts_.size()) return false;
    const Part& part = parts_[index];
    if (part.state.load(std::memory_order_acquire) == State::Made) return true;
    if (mayMake_ <= 0) return false;
    mayMake_ -= fileBytesOf(part);
    if (claim(part)) {
        loadPieces(piecesOf(part), file, backend, {}, {});
        finish(part);
    } else {
        // Another thread is at it, which may get no time beside this one's team.
        part.state.wait(State::Making, std::memory_order_acquire);
    }
    return true;
}

std::uint64_t DenseStore::warm(std::size_t index, const GgufFile& file) const {
    const Part& part = parts_[index];
    if (!claim(part)) return 0;
    loadPieces(piecesOf(part), file);
    finish(part);
    return static_cast<std::uint64_t>(fileBytesOf(part));
}

} // namespace ponder::engine
