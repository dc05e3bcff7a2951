#pragma once

#include "kernels/cpu/tile_instructions.h"

#include <cstdint>

namespace ponder::kernels {
namespace {

constexpr int kTileRows = 16;
constexpr int kTileRowBytes = 64;

/// Sixteen results for each of sixteen tokens, as a tile is stored.
struct alignas(64) TileSums {
    std::int32_t tokens[kTileRows][kTileRowBytes / 4];
};

/// The shapes of the tiles for products of `tokens` activation rows (at most 16) with sixteen weight rows,
/// `columns` columns (at most 64) at a time: registers 0 to 3 are sums, 4 and 5 activations, 6 and 7 weights,
/// whose rows are words of four columns. In force until the end of its life, for its thread.
class TileShapes {
public:
    TileShapes(int tokens, int columns) {
        Configuration shapes{};
        shapes.palette = 1;
        for (int i = 0; i < 8; ++i) {
            const bool areWeights = i >= 6, areActivations = i == 4 || i == 5;
            shapes.rows[i] = static_cast<std::uint8_t>(areWeights ? columns / 4 : tokens);
            shapes.rowBytes[i] = static_cast<std::uint16_t>(areActivations ? columns : kTileRowBytes);
        }
        configureTiles(&shapes);
    }
    ~TileShapes() { releaseTiles(); }
    TileShapes(const TileShapes&) = delete;
    TileShapes& operator=(const TileShapes&) = delete;

private:
    /// As ldtilecfg reads it (Intel's manual, volume 2).
    struct alignas(64) Configuration {
        std::uint8_t palette;
        std::uint8_t startRow;
        std::uint8_t reserved[14];
        std::uint16_t rowBytes[16];
        std::uint8_t rows[16];
    };
    static_assert(sizeof(Configuration) == 64);
};

} // namespace
} // namespace ponder::kernels
