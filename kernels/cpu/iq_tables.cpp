#include "kernels/cpu/iq_tables.h"

#include "kernels/reference/iq_grids.h"

#include <cstddef>

namespace ponder::kernels {

namespace {

// Writes out entries of `bits`-bit indices into `values`, each value times `factor` plus `moved`.
template <int bits, class Entry, std::size_t n, class Value>
void expand(const std::uint16_t (&grid)[n], const Value* values, Entry (&table)[n], int factor = 1,
            int moved = 0) {
    for (std::size_t i = 0; i < n; ++i) {
        Entry entry = 0;
        for (std::size_t j = 0; j < sizeof(Entry); ++j) {
            const auto index = grid[i] >> (bits * j) & ((1 << bits) - 1);
            entry |= static_cast<Entry>(static_cast<std::uint8_t>(values[index] * factor + moved)) << (8 * j);
        }
        table[i] = entry;
    }
}

IqTables expandAll() {
    IqTables tables;
    expand<2>(kGridIq1, kIq1Values, tables.iq1, 8, 8);
    expand<2>(kGridIq2Xxs, kIq2Values, tables.iq2Xxs);
    expand<2>(kGridIq2Xs, kIq2Values, tables.iq2Xs);
    expand<2>(kGridIq2S, kIq2Values, tables.iq2S);
    expand<3>(kGridIq3Xxs, kIq3XxsValues, tables.iq3Xxs);
    expand<3>(kGridIq3S, kIq3SValues, tables.iq3S);
    return tables;
}

} // namespace

const IqTables kIqTables = expandAll();

} // namespace ponder::kernels
