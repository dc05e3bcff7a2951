#include "kernels/cpu/iq_tables.h"

#include "kernels/reference/iq_grids.h"

#include <cstddef>

namespace ponder::kernels {

namespace {

// Writes out entries of `bits`-bit indices into `values`, each value times `factor`.
template <int bits, class Entry, std::size_t n, class Value>
void expand(const std::uint16_t (&grid)[n], const Value* values, int factor, Entry (&table)[n]) {
    for (std::size_t i = 0; i < n; ++i) {
        Entry entry = 0;
        for (std::size_t j = 0; j < sizeof(Entry); ++j) {
            const auto index = grid[i] >> (bits * j) & ((1 << bits) - 1);
            entry |= static_cast<Entry>(static_cast<std::uint8_t>(values[index] * factor)) << (8 * j);
        }
        table[i] = entry;
    }
}

IqTables expandAll() {
    IqTables tables;
    expand<2>(kGridIq1, kIq1Values, 8, tables.iq1);
    expand<2>(kGridIq2Xxs, kIq2Values, 1, tables.iq2Xxs);
    expand<2>(kGridIq2Xs, kIq2Values, 1, tables.iq2Xs);
    expand<2>(kGridIq2S, kIq2Values, 1, tables.iq2S);
    expand<3>(kGridIq3Xxs, kIq3XxsValues, 1, tables.iq3Xxs);
    expand<3>(kGridIq3S, kIq3SValues, 1, tables.iq3S);
    return tables;
}

} // namespace

const IqTables kIqTables = expandAll();

} // namespace ponder::kernels
