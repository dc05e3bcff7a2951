#include "kernels/panel.h"

#include "kernels/panel_shape.h"
#include "kernels/panel_words.h"

#include <cstring>

namespace ponder::kernels {

namespace {

constexpr auto kRows = static_cast<std::size_t>(kPanelRows);
constexpr std::size_t kWord = 4;
constexpr std::size_t kMostWords = 64;

/// Where the parts of a panel lie, and those of a row.
struct Places {
    PanelShape shape;
    std::size_t blockBytes;
    std::int64_t blocks;

    Places(TensorType type, std::int64_t columns) : shape(panelShape(type)) {
        const TypeLayout& layout = typeLayout(type);
        blockBytes = static_cast<std::size_t>(layout.bytes);
        blocks = columns / layout.elements;
    }
    std::size_t words(std::int64_t block, std::size_t row) const {
        return static_cast<std::size_t>(shape.wordsAt(block)) + row * kWord;
    }
    std::size_t rest(std::int64_t block, std::size_t row) const {
        return static_cast<std::size_t>(shape.restsAt(block)) +
               row * static_cast<std::size_t>(shape.restBytes);
    }
    /// In a block of a row: the words lie behind the rest, where that comes first.
    std::size_t firstWord() const {
        return shape.restAt == 0 ? static_cast<std::size_t>(shape.restBytes) : 0;
    }
};

} // namespace

std::size_t panelBytes(TensorType type, std::int64_t columns) {
    const Places places(type, columns);
    return static_cast<std::size_t>(places.shape.bytes(places.blocks));
}

std::size_t panelsBytes(TensorType type, std::int64_t columns, std::int64_t rows) {
    return static_cast<std::size_t>((rows + kPanelRows - 1) / kPanelRows) * panelBytes(type, columns);
}

void packPanel(TensorType type, const void* rows, std::int64_t count, std::int64_t columns, void* panel) {
    const Places places(type, columns);
    auto* to = static_cast<std::byte*>(panel);
    const std::size_t rowSize = rowBytes(type, columns);
    const auto given = static_cast<std::size_t>(count);
    const auto words = static_cast<std::size_t>(places.shape.words);
    if (given < kRows) std::memset(to, 0, panelBytes(type, columns));
    // Block by block, so that what is written stays in the nearest cache.
    for (std::int64_t block = 0; block < places.blocks; ++block) {
        for (std::size_t row = 0; row < given; ++row) {
            const std::byte* from = static_cast<const std::byte*>(rows) + row * rowSize +
                                    static_cast<std::size_t>(block) * places.blockBytes;
            std::uint32_t word[kMostWords];
            std::memcpy(word, from + places.firstWord(), words * kWord);
            turnForPanel(type, word);
            std::byte* target = to + places.words(block, row);
            for (std::size_t i = 0; i < words; ++i) std::memcpy(target + i * kRows * kWord, word + i, kWord);
            if (places.shape.restBytes == 2)
                std::memcpy(to + places.rest(block, row), from + places.shape.restAt, 2);
            else if (places.shape.restBytes == 1)
                to[places.rest(block, row)] = from[places.shape.restAt];
        }
    }
}

void unpackPanelRow(TensorType type, const void* panel, std::int64_t row, std::int64_t columns, void* bytes) {
    const Places places(type, columns);
    const auto* from = static_cast<const std::byte*>(panel);
    auto* to = static_cast<std::byte*>(bytes);
    const auto r = static_cast<std::size_t>(row);
    const auto words = static_cast<std::size_t>(places.shape.words);
    for (std::int64_t block = 0; block < places.blocks; ++block, to += places.blockBytes) {
        std::uint32_t word[kMostWords];
        for (std::size_t i = 0; i < words; ++i)
            std::memcpy(word + i, from + places.words(block, r) + i * kRows * kWord, kWord);
        turnForFile(type, word);
        std::memcpy(to + places.firstWord(), word, words * kWord);
        std::memcpy(to + places.shape.restAt, from + places.rest(block, r),
                    static_cast<std::size_t>(places.shape.restBytes));
    }
}

} // namespace ponder::kernels
