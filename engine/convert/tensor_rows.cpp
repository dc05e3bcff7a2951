#include "engine/convert/tensor_rows.h"

#include <algorithm>
#include <vector>

namespace ponder::engine {

namespace {

constexpr std::int64_t kNumbersAtOnce = 2 << 20;

void readPlain(const SafetensorsEntry& entry, const FolderTensors& folder, const RowSink& sink) {
    const std::int64_t columns = entry.columns();
    const std::int64_t rows = entry.elements() / columns;
    const std::int64_t step = std::clamp<std::int64_t>(kNumbersAtOnce / columns, 1, rows);
    std::vector<float> values(static_cast<std::size_t>(step * columns));
    for (std::int64_t row = 0; row < rows; row += step) {
        const std::int64_t count = std::min(step, rows - row);
        folder.readRows(entry, row, count, values.data());
        sink(std::span(values).first(static_cast<std::size_t>(count * columns)));
    }
}

/// GGUF's rows 2i and 2i + 1 of a head are rows i and half + i of Hugging Face's.
void pairRows(const float* rows, std::int64_t rowsOfHead, std::int64_t columns, float* paired) {
    const std::int64_t half = rowsOfHead / 2;
    for (std::int64_t i = 0; i < rowsOfHead; ++i) {
        const float* row = rows + (i % 2 * half + i / 2) * columns;
        std::copy(row, row + columns, paired + i * columns);
    }
}

void readPaired(const PlannedTensor& tensor, const FolderTensors& folder, const RowSink& sink) {
    const SafetensorsEntry& entry = *tensor.sources.front();
    if (entry.shape.size() == 1) { // a bias: one number stands for each row
        std::vector<float> values(static_cast<std::size_t>(entry.elements()));
        std::vector<float> paired(values.size());
        folder.readRows(entry, 0, 1, values.data());
        const std::int64_t rowsOfHead = entry.elements() / tensor.heads;
        for (std::int64_t head = 0; head < tensor.heads; ++head)
            pairRows(values.data() + head * rowsOfHead, rowsOfHead, 1, paired.data() + head * rowsOfHead);
        sink(paired);
        return;
    }
    const std::int64_t rowsOfHead = entry.shape[0] / tensor.heads;
    std::vector<float> values(static_cast<std::size_t>(rowsOfHead * entry.columns()));
    std::vector<float> paired(values.size());
    for (std::int64_t head = 0; head < tensor.heads; ++head) {
        folder.readRows(entry, head * rowsOfHead, rowsOfHead, values.data());
        pairRows(values.data(), rowsOfHead, entry.columns(), paired.data());
        sink(paired);
    }
}

/// A head's keys are rows of the latent here, and columns of it in GGUF.
void readKeyUp(const PlannedTensor& tensor, const FolderTensors& folder, const RowSink& sink) {
    const SafetensorsEntry& entry = *tensor.sources.front();
    const std::int64_t columns = entry.columns();
    std::vector<float> values(static_cast<std::size_t>(tensor.keyRows * columns));
    std::vector<float> transposed(values.size());
    for (std::int64_t head = 0; head < tensor.heads; ++head) {
        folder.readRows(entry, head * (tensor.keyRows + tensor.valueRows), tensor.keyRows, values.data());
        for (std::int64_t row = 0; row < tensor.keyRows; ++row)
            for (std::int64_t column = 0; column < columns; ++column)
                transposed[static_cast<std::size_t>(column * tensor.keyRows + row)] =
                    values[static_cast<std::size_t>(row * columns + column)];
        sink(transposed);
    }
}

void readValueUp(const PlannedTensor& tensor, const FolderTensors& folder, const RowSink& sink) {
    const SafetensorsEntry& entry = *tensor.sources.front();
    std::vector<float> values(static_cast<std::size_t>(tensor.valueRows * entry.columns()));
    for (std::int64_t head = 0; head < tensor.heads; ++head) {
        folder.readRows(entry, head * (tensor.keyRows + tensor.valueRows) + tensor.keyRows, tensor.valueRows,
                        values.data());
        sink(values);
    }
}

} // namespace

void readPlannedRows(const PlannedTensor& tensor, const FolderTensors& folder, const RowSink& sink) {
    switch (tensor.arrangement) {
    case Arrangement::Plain:
    case Arrangement::Stacked:
        for (const SafetensorsEntry* source : tensor.sources) readPlain(*source, folder, sink);
        return;
    case Arrangement::PairedRows:
        return readPaired(tensor, folder, sink);
    case Arrangement::KeyUp:
        return readKeyUp(tensor, folder, sink);
    case Arrangement::ValueUp:
        return readValueUp(tensor, folder, sink);
    case Arrangement::Constants:
        return sink(tensor.values);
    }
}

} // namespace ponder::engine
