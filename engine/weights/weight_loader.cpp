#include "engine/weights/weight_loader.h"

#include "engine/support/error.h"
#include "engine/support/mapped_pages.h"

#include <algorithm>
#include <vector>

namespace ponder::engine {

namespace {

// What a thread makes at a time: long enough for a disk, short enough to share and to cancel.
constexpr std::size_t kStretchBytes = std::size_t{1} << 20;
constexpr std::size_t kStretchesAtOnce = 32;
// Asked of the disk while others are made: a disk that is asked for one piece at a time is slow.
constexpr std::size_t kStretchesAhead = 24;

/// Some panels of a piece.
struct Stretch {
    WantedPiece of;
    std::int64_t first = 0;
    std::int64_t end = 0;
    Matrix rows; ///< in the file
};

void ask(const Stretch& stretch) {
    askForMappedPages(stretch.rows.bytes, stretch.rows.fileBytes());
}

void read(const Stretch& stretch) {
    readMappedPages(stretch.rows.bytes, stretch.rows.fileBytes());
}

/// Makes the panels, and gives the file's bytes back.
void make(const Stretch& stretch, const GgufFile& file) {
    read(stretch);
    for (std::int64_t panel = stretch.first; panel < stretch.end; ++panel)
        stretch.of.matrix->make(stretch.of.piece, panel);
    file.release(stretch.rows.bytes, stretch.rows.fileBytes());
}

std::vector<Stretch> stretchesOf(std::span<const WantedPiece> pieces) {
    std::vector<Stretch> stretches;
    for (const WantedPiece& wanted : pieces) {
        const Matrix rows = wanted.matrix->pieceInFile(wanted.piece);
        const auto panel = static_cast<std::int64_t>(kernels::panelBytes(rows.type, rows.columns));
        const std::int64_t count =
            std::max<std::int64_t>(1, static_cast<std::int64_t>(kStretchBytes) / panel);
        for (std::int64_t first = 0; first < wanted.matrix->panelsOfPiece(); first += count) {
            const std::int64_t end = std::min(first + count, wanted.matrix->panelsOfPiece());
            const std::int64_t row = first * kernels::kPanelRows;
            stretches.push_back({wanted, first, end,
                                 rows.rowsFrom(row, std::min(end * kernels::kPanelRows, rows.rows) - row)});
        }
    }
    return stretches;
}

/// Calls `work` for every stretch, asking the disk for those ahead.
template <typename Work>
void forEachStretch(const std::vector<Stretch>& stretches, Backend& backend,
                    const std::function<void(double)>& progress, const std::stop_token& stop,
                    const Work& work) {
    std::size_t total = 0;
    for (const Stretch& stretch : stretches) total += stretch.rows.fileBytes();
    std::size_t done = 0;
    for (std::size_t i = 0; i < std::min(kStretchesAhead, stretches.size()); ++i) ask(stretches[i]);
    for (std::size_t at = 0; at < stretches.size(); at += kStretchesAtOnce) {
        const std::size_t count = std::min(kStretchesAtOnce, stretches.size() - at);
        backend.share(static_cast<std::int64_t>(count), [&](std::int64_t i) {
            if (stop.stop_requested()) return;
            const std::size_t index = at + static_cast<std::size_t>(i);
            if (index + kStretchesAhead < stretches.size()) ask(stretches[index + kStretchesAhead]);
            work(stretches[index]);
        });
        if (stop.stop_requested()) throw Error("Loading was cancelled.");
        for (std::size_t i = at; i < at + count; ++i) done += stretches[i].rows.fileBytes();
        if (progress) progress(static_cast<double>(done) / static_cast<double>(total));
    }
}

} // namespace

void loadPieces(std::span<const WantedPiece> pieces, const GgufFile& file, Backend& backend,
                const std::function<void(double)>& progress, const std::stop_token& stop) {
    forEachStretch(stretchesOf(pieces), backend, progress, stop,
                   [&](const Stretch& stretch) { make(stretch, file); });
}

void readRows(std::span<const WantedPiece> pieces, Backend& backend,
              const std::function<void(double)>& progress, const std::stop_token& stop) {
    forEachStretch(stretchesOf(pieces), backend, progress, stop, read);
}

void loadPieces(std::span<const WantedPiece> pieces, const GgufFile& file) {
    std::vector<Stretch> wholes;
    for (const WantedPiece& piece : pieces) {
        wholes.push_back({piece, 0, piece.matrix->panelsOfPiece(), piece.matrix->pieceInFile(piece.piece)});
        ask(wholes.back());
    }
    for (const Stretch& whole : wholes) make(whole, file);
}

} // namespace ponder::engine
