#pragma once

#include "engine/backend/backend.h"
#include "engine/format/gguf_file.h"
#include "engine/weights/panel_matrix.h"

#include <functional>
#include <span>
#include <stop_token>

namespace ponder::engine {

/// A piece of a matrix that is to be made.
struct WantedPiece {
    PanelMatrix* matrix = nullptr;
    std::int64_t piece = 0;

    std::size_t fileBytes() const { return matrix->pieceInFile(piece).fileBytes(); }
};

/// Makes the panels of pieces, all threads of the backend sharing the work, and gives the file's bytes back
/// as they are done: no weight is in memory twice. `progress` hears the share of the bytes, 0…1. Throws
/// Error: cancelled, heard within some milliseconds; the pieces are then not whole.
void loadPieces(std::span<const WantedPiece> pieces, const GgufFile& file, Backend& backend,
                const std::function<void(double)>& progress, const std::stop_token& stop);

/// The same by the calling thread alone, for a few pieces.
void loadPieces(std::span<const WantedPiece> pieces, const GgufFile& file);

/// Has the file's rows of pieces read from the disk. As loadPieces with a backend.
void readRows(std::span<const WantedPiece> pieces, Backend& backend,
              const std::function<void(double)>& progress, const std::stop_token& stop);

} // namespace ponder::engine
