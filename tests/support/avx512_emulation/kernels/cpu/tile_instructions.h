#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

/// AMX's instructions in plain C++, after their operation sections in Intel's manual: in the place of
/// kernels/cpu/tile_instructions.h. What a processor answers with an exception ends the test.
namespace ponder::emulation {

struct Tile {
    int rows = 0;
    int rowBytes = 0;
    std::uint8_t bytes[16][64] = {};
};

inline thread_local Tile tiles[8];
inline thread_local bool areConfigured = false;

inline void demand(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "tile instruction: %s\n", what);
    std::abort();
}

inline Tile& tile(int number) {
    demand(areConfigured, "no configuration is loaded");
    demand(number >= 0 && number < 8, "there are eight tiles");
    return tiles[number];
}

/// Rows behind the configured ones are zero after every instruction that writes a tile.
inline void clear(Tile& tile) {
    std::memset(tile.bytes, 0, sizeof tile.bytes);
}

template <class OfB>
void addProducts(int sums, int first, int second) {
    Tile &c = tile(sums), &a = tile(first), &b = tile(second);
    demand(sums != first && sums != second && first != second, "the three tiles are different ones");
    demand(a.rowBytes % 4 == 0 && b.rowBytes % 4 == 0 && c.rowBytes % 4 == 0, "columns are four bytes");
    demand(c.rows == a.rows && c.rowBytes == b.rowBytes && a.rowBytes / 4 == b.rows, "shapes do not fit");
    for (int m = 0; m < c.rows; ++m) {
        for (int n = 0; n < c.rowBytes / 4; ++n) {
            std::int32_t sum;
            std::memcpy(&sum, c.bytes[m] + 4 * n, sizeof sum);
            std::int64_t wide = sum;
            for (int k = 0; k < a.rowBytes; ++k) {
                OfB ofB;
                std::memcpy(&ofB, b.bytes[k / 4] + 4 * n + k % 4, 1);
                wide += static_cast<std::int8_t>(a.bytes[m][k]) * ofB;
            }
            sum = static_cast<std::int32_t>(wide);
            std::memcpy(c.bytes[m] + 4 * n, &sum, sizeof sum);
        }
    }
}

} // namespace ponder::emulation

namespace ponder::kernels {
namespace {

inline void configureTiles(const void* configuration) {
    const auto* bytes = static_cast<const std::uint8_t*>(configuration);
    emulation::demand(bytes[0] == 1, "the palette is 1");
    for (int i = 2; i < 16; ++i) emulation::demand(bytes[i] == 0, "reserved bytes are zero");
    emulation::areConfigured = true;
    for (int i = 0; i < 8; ++i) {
        emulation::Tile& tile = emulation::tile(i);
        tile.rowBytes = bytes[16 + 2 * i] + 256 * bytes[17 + 2 * i];
        tile.rows = bytes[48 + i];
        emulation::demand(tile.rows <= 16 && tile.rowBytes <= 64, "a tile has 16 rows of 64 bytes at most");
        emulation::clear(tile);
    }
    for (int i = 8; i < 16; ++i) {
        emulation::demand(bytes[16 + 2 * i] == 0 && bytes[17 + 2 * i] == 0 && bytes[48 + i] == 0,
                          "there are eight tiles");
    }
}
inline void releaseTiles() {
    emulation::areConfigured = false;
}

template <int number>
void clearTile() {
    emulation::clear(emulation::tile(number));
}
template <int number>
void loadTile(const void* rows, std::size_t bytesBetweenRows) {
    emulation::Tile& tile = emulation::tile(number);
    emulation::clear(tile);
    for (int row = 0; row < tile.rows; ++row) {
        std::memcpy(tile.bytes[row],
                    static_cast<const std::byte*>(rows) + static_cast<std::size_t>(row) * bytesBetweenRows,
                    static_cast<std::size_t>(tile.rowBytes));
    }
}
template <int number>
void storeTile(void* rows, std::size_t bytesBetweenRows) {
    const emulation::Tile& tile = emulation::tile(number);
    for (int row = 0; row < tile.rows; ++row) {
        std::memcpy(static_cast<std::byte*>(rows) + static_cast<std::size_t>(row) * bytesBetweenRows,
                    tile.bytes[row], static_cast<std::size_t>(tile.rowBytes));
    }
}
template <int sums, int a, int b>
void addSignedProducts() {
    emulation::addProducts<std::int8_t>(sums, a, b);
}
template <int sums, int a, int b>
void addUnsignedProducts() {
    emulation::addProducts<std::uint8_t>(sums, a, b);
}

} // namespace
} // namespace ponder::kernels
