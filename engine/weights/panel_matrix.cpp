#include "engine/weights/panel_matrix.h"

#include <algorithm>

namespace ponder::engine {

PanelMatrix::PanelMatrix(const MatrixPieces& pieces)
    : pieces_(pieces), memory_(pieceBytes() * static_cast<std::size_t>(pieces.count), "the weights",
                               LazyMemory::Pages::Large) {}

bool PanelMatrix::suits(const MatrixPieces& pieces) {
    return pieces.inFile.bytes && !pieces.inFile.inPanels && kernels::hasPanels(pieces.inFile.type) &&
           pieces.inFile.rows >= kernels::kPanelRows;
}

Matrix PanelMatrix::piece(std::int64_t piece) const {
    return {.type = pieces_.inFile.type,
            .bytes = memory_.data() + static_cast<std::size_t>(piece) * pieceBytes(),
            .columns = pieces_.inFile.columns,
            .rows = pieces_.rows,
            .inPanels = true};
}

Matrix PanelMatrix::pieceInFile(std::int64_t piece) const {
    return pieces_.inFile.rowsFrom(piece * pieces_.step, pieces_.rows);
}

void PanelMatrix::make(std::int64_t piece, std::int64_t panel) {
    const std::int64_t row = panel * kernels::kPanelRows;
    const std::int64_t count = std::min(kernels::kPanelRows, pieces_.rows - row);
    const Matrix& matrix = pieces_.inFile;
    std::byte* target = memory_.data() + static_cast<std::size_t>(piece) * pieceBytes() +
                        static_cast<std::size_t>(panel) * kernels::panelBytes(matrix.type, matrix.columns);
    kernels::packPanel(matrix.type, pieceInFile(piece).rowsFrom(row, count).bytes, count, matrix.columns,
                       target);
}

} // namespace ponder::engine
