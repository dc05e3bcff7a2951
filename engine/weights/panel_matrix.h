#pragma once

#include "engine/backend/backend.h"
#include "engine/weights/lazy_memory.h"

#include <cstdint>

namespace ponder::engine {

/// Where the pieces of a matrix lie in the file: one for a dense matrix, one an expert for a stack.
struct MatrixPieces {
    Matrix inFile;          ///< mapped, all of it
    std::int64_t count = 1; ///< of pieces
    std::int64_t rows = 0;  ///< of a piece
    std::int64_t step = 0;  ///< rows from the beginning of a piece to that of the next
};

/// A matrix of the file that has memory of its own, in panels, made piece by piece. The bytes are those of
/// the file in another order, so results do not change by a bit.
class PanelMatrix {
public:
    /// Has memory for none: falsy.
    PanelMatrix() = default;
    /// Takes addresses, and memory only as panels are made. Throws Error where there are no addresses.
    explicit PanelMatrix(const MatrixPieces& pieces);

    /// Whether panels of this matrix make products faster here. False for a file opened for its header.
    static bool suits(const MatrixPieces& pieces);

    explicit operator bool() const { return memory_.data() != nullptr; }
    /// A piece in panels. Its bytes are there once all its panels were made.
    Matrix piece(std::int64_t piece) const;
    /// The same as it lies in the file.
    Matrix pieceInFile(std::int64_t piece) const;
    std::int64_t panelsOfPiece() const {
        return (pieces_.rows + kernels::kPanelRows - 1) / kernels::kPanelRows;
    }
    /// Makes a panel from the file's rows. Different panels on any threads.
    void make(std::int64_t piece, std::int64_t panel);

private:
    std::size_t pieceBytes() const {
        return kernels::panelsBytes(pieces_.inFile.type, pieces_.inFile.columns, pieces_.rows);
    }

    MatrixPieces pieces_;
    LazyMemory memory_;
};

} // namespace ponder::engine
