#include "kernels/panel.h"

#include "kernels/panel_shape.h"

#include <cstring>

namespace ponder::kernels {

namespace {

constexpr auto kRows = static_cast<std::size_t>(kPanelRows);
constexpr std::size_t kWord = 4;

/// Where the parts of a panel lie, and those of a row.
struct Places {
    std::size_t words, restAt, restBytes, blockBytes, blocks;

    Places(TensorType type, std::int64_t columns) {
        const PanelShape shape = panelShape(type);
        const TypeLayout& layout = typeLayout(type);
        words = static_cast<std::size_t>(shape.words);
        restAt = static_cast<std::size_t>(shape.restAt);
        restBytes = static_cast<std::size_t>(shape.restBytes);
        blockBytes = static_cast<std::size_t>(layout.bytes);
        blocks = static_cast<std::size_t>(columns / layout.elements);
    }
    std::size_t word(std::size_t block, std::size_t word, std::size_t row) const {
        return ((block * words + word) * kRows + row) * kWord;
    }
    std::size_t rest(std::size_t block, std::size_t row) const {
        return blocks * words * kRows * kWord + (block * kRows + row) * restBytes;
    }
    /// In a block of a row: the words lie behind the rest, where that comes first.
    std::size_t wordInBlock(std::size_t word) const {
        return kWord * word + (restBytes > 0 && restAt == 0 ? restBytes : 0);
    }
};

} // namespace

std::size_t panelBytes(TensorType type, std::int64_t columns) {
    return kRows * rowBytes(type, columns);
}

std::size_t panelsBytes(TensorType type, std::int64_t columns, std::int64_t rows) {
    return static_cast<std::size_t>((rows + kPanelRows - 1) / kPanelRows) * panelBytes(type, columns);
}

void packPanel(TensorType type, const void* rows, std::int64_t count, std::int64_t columns, void* panel) {
    const Places places(type, columns);
    auto* to = static_cast<std::byte*>(panel);
    const std::size_t rowSize = rowBytes(type, columns);
    const auto given = static_cast<std::size_t>(count);
    if (given < kRows) std::memset(to, 0, panelBytes(type, columns));
    // Block by block, so that what is written stays in the nearest cache.
    for (std::size_t block = 0; block < places.blocks; ++block) {
        for (std::size_t row = 0; row < given; ++row) {
            const std::byte* from =
                static_cast<const std::byte*>(rows) + row * rowSize + block * places.blockBytes;
            const std::byte* word = from + places.wordInBlock(0);
            std::byte* target = to + places.word(block, 0, row);
            for (std::size_t i = 0; i < places.words; ++i)
                std::memcpy(target + i * kRows * kWord, word + i * kWord, kWord);
            if (places.restBytes == 2)
                std::memcpy(to + places.rest(block, row), from + places.restAt, 2);
            else if (places.restBytes == 1)
                to[places.rest(block, row)] = from[places.restAt];
        }
    }
}

void unpackPanelRow(TensorType type, const void* panel, std::int64_t row, std::int64_t columns, void* bytes) {
    const Places places(type, columns);
    const auto* from = static_cast<const std::byte*>(panel);
    auto* to = static_cast<std::byte*>(bytes);
    const auto r = static_cast<std::size_t>(row);
    for (std::size_t block = 0; block < places.blocks; ++block, to += places.blockBytes) {
        for (std::size_t word = 0; word < places.words; ++word)
            std::memcpy(to + places.wordInBlock(word), from + places.word(block, word, r), kWord);
        std::memcpy(to + places.restAt, from + places.rest(block, r), places.restBytes);
    }
}

} // namespace ponder::kernels
