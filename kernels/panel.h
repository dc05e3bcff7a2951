#pragma once

#include "kernels/quant_blocks.h"

#include <cstddef>
#include <cstdint>

namespace ponder::kernels {

/// Rows of a panel. A panel holds the bytes of sixteen rows in another order: words of four bytes take turns,
/// one of each row, so that one vector holds the same columns of all rows and no sum crosses lanes. Blocks
/// that are no multiple of four bytes have a rest (their scale); the rests of as many blocks as fill a line
/// of 64 bytes lie in front of those blocks' words:
///     lines of blocks { rests[block][row], words[block][word][row] }
/// That is one stream for the processor to fetch ahead, and every vector lies in a line of its own. The bits
/// of some types change places within a block first: see panel_words.h. Numbers of 16 bits lie column by
/// column instead: see panel_halves.h.
constexpr std::int64_t kPanelRows = 16;

/// Whether products with this type are faster from panels, on this processor. Types with codebooks
/// and F32 are not.
bool hasPanels(TensorType type);

/// Bytes of a panel of rows with `columns` numbers: those of the rows, or up to 48 more where the last blocks
/// do not fill their line, and those of halves by 1/64 more. A multiple of 64. Requires: columns is a
/// multiple of the type's block.
std::size_t panelBytes(TensorType type, std::int64_t columns);

/// Bytes of all panels of a matrix; the last is filled up with rows of zeros.
std::size_t panelsBytes(TensorType type, std::int64_t columns, std::int64_t rows);

/// Turns `count` rows (1 to 16) in file order, rowBytes(type, columns) apart, into a panel; missing rows are
/// zero. The two must not overlap. Any alignment.
void packPanel(TensorType type, const void* rows, std::int64_t count, std::int64_t columns, void* panel);

/// Row `row` (0 to 15) of a panel in file order: rowBytes(type, columns) bytes.
void unpackPanelRow(TensorType type, const void* panel, std::int64_t row, std::int64_t columns, void* bytes);

} // namespace ponder::kernels
