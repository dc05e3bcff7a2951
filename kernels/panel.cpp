#include "kernels/panel.h"

#include "kernels/panel_shape.h"
#include "kernels/panel_words.h"

#include <algorithm>
#include <cstring>

namespace ponder::kernels {

namespace {

constexpr auto kRows = static_cast<std::size_t>(kPanelRows);
constexpr std::size_t kWord = 4;
constexpr std::size_t kMostWords = 64;
constexpr std::size_t kMostBlockBytes = 4 * kMostWords;
constexpr std::size_t kLanes = 4; // rows of which words change places together

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

/// Asks, while a block's words change places, for as many bytes of the sixteen rows behind: the next panel is
/// made of them. A processor does not fetch ahead of sixteen places at once by itself.
inline void askForNext(const std::byte* rows, std::int64_t block, std::size_t blockBytes) {
    const std::size_t bytes = kRows * blockBytes;
    const std::byte* from = rows + static_cast<std::size_t>(block) * bytes;
    for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(from + at);
}

/// Of four rows four words each: from a row's words to a word's rows.
inline void transpose(FourRows* x) {
    const FourRows ab = __builtin_shufflevector(x[0], x[1], 0, 4, 1, 5);
    const FourRows cd = __builtin_shufflevector(x[2], x[3], 0, 4, 1, 5);
    const FourRows abBehind = __builtin_shufflevector(x[0], x[1], 2, 6, 3, 7);
    const FourRows cdBehind = __builtin_shufflevector(x[2], x[3], 2, 6, 3, 7);
    x[0] = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
    x[1] = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
    x[2] = __builtin_shufflevector(abBehind, cdBehind, 0, 1, 4, 5);
    x[3] = __builtin_shufflevector(abBehind, cdBehind, 2, 3, 6, 7);
}

/// Words of a block of four rows, a row after the other, to [word][row].
inline void readWords(const std::byte* const* rows, std::size_t words, FourRows* word) {
    std::size_t first = 0;
    for (; first + 4 <= words; first += 4) {
        for (std::size_t row = 0; row < 4; ++row)
            std::memcpy(word + first + row, rows[row] + first * kWord, sizeof(FourRows));
        transpose(word + first);
    }
    if (first == words) return;
    for (std::size_t row = 0; row < 4; ++row) {
        word[first + row] = FourRows{};
        std::memcpy(word + first + row, rows[row] + first * kWord, (words - first) * kWord);
    }
    transpose(word + first);
}

// Segment by segment, while as many bytes of the rows behind are asked for.
void packHalves(TensorType type, const void* rows, std::int64_t count, std::int64_t columns,
                std::byte* panel) {
    const std::size_t rowSize = rowBytes(type, columns), size = panelBytes(type, columns);
    const auto* from = static_cast<const std::byte*>(rows);
    std::memset(panel + size - 64, 0, 64); // what the last columns do not fill
    for (std::int64_t segment = 0; segment < wordSegments(columns); ++segment) {
        const std::int64_t column = segment * kWordSegment;
        askForNext(from + kRows * rowSize, segment, 2 * kWordSegment);
        if (segment % 2 == 0) std::memset(panel + halvesMagnitudesAt(segment), 0, 64);
        turnHalves(from + 2 * column, rowSize, count, std::min(kWordSegment, columns - column),
                   panel + halvesColumnsAt(segment), panel + halvesMagnitudesAt(segment));
    }
}

} // namespace

std::size_t panelBytes(TensorType type, std::int64_t columns) {
    if (holdsHalves(type)) return static_cast<std::size_t>(halvesPanelBytes(columns));
    const Places places(type, columns);
    return static_cast<std::size_t>(places.shape.bytes(places.blocks));
}

std::size_t panelsBytes(TensorType type, std::int64_t columns, std::int64_t rows) {
    return static_cast<std::size_t>((rows + kPanelRows - 1) / kPanelRows) * panelBytes(type, columns);
}

void packPanel(TensorType type, const void* rows, std::int64_t count, std::int64_t columns, void* panel) {
    if (holdsHalves(type)) return packHalves(type, rows, count, columns, static_cast<std::byte*>(panel));
    static constexpr std::byte kNoBlock[kMostBlockBytes]{};
    const Places places(type, columns);
    auto* to = static_cast<std::byte*>(panel);
    const std::size_t rowSize = rowBytes(type, columns);
    const auto given = static_cast<std::size_t>(count);
    const auto words = static_cast<std::size_t>(places.shape.words);
    const auto restBytes = static_cast<std::size_t>(places.shape.restBytes);
    if (given < kRows) std::memset(to, 0, panelBytes(type, columns));
    // Block by block, so that what is written stays in the nearest cache.
    for (std::int64_t block = 0; block < places.blocks; ++block) {
        const std::byte* from =
            static_cast<const std::byte*>(rows) + static_cast<std::size_t>(block) * places.blockBytes;
        askForNext(static_cast<const std::byte*>(rows) + kRows * rowSize, block, places.blockBytes);
        for (std::size_t first = 0; first < given; first += kLanes) {
            const std::byte* lanes[kLanes];
            for (std::size_t row = 0; row < kLanes; ++row)
                lanes[row] =
                    (first + row < given ? from + (first + row) * rowSize : kNoBlock) + places.firstWord();
            FourRows word[kMostWords];
            readWords(lanes, words, word);
            turnForPanel(type, word);
            std::byte* target = to + places.words(block, first);
            for (std::size_t i = 0; i < words; ++i)
                std::memcpy(target + i * kRows * kWord, word + i, sizeof(FourRows));
        }
        const std::byte* rest = from + places.shape.restAt;
        std::byte* target = to + places.rest(block, 0);
        if (restBytes == 2)
            for (std::size_t row = 0; row < given; ++row)
                std::memcpy(target + row * 2, rest + row * rowSize, 2);
        else if (restBytes == 1)
            for (std::size_t row = 0; row < given; ++row) target[row] = rest[row * rowSize];
    }
}

void unpackPanelRow(TensorType type, const void* panel, std::int64_t row, std::int64_t columns, void* bytes) {
    const auto* from = static_cast<const std::byte*>(panel);
    auto* to = static_cast<std::byte*>(bytes);
    if (holdsHalves(type)) {
        for (std::int64_t column = 0; column < columns; ++column)
            std::memcpy(to + 2 * column,
                        from + halvesColumnsAt(column / kWordSegment) +
                            column % kWordSegment * kHalvesColumnBytes + 2 * row,
                        2);
        return;
    }
    const Places places(type, columns);
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
