#include "engine/backend/cpu_backend.h"

#include "kernels/activation.h"
#include "kernels/dequantize.h"

#include <algorithm>

namespace ponder::engine {

namespace {

// Rows a thread takes at a time: enough to hide the hand-over, few enough to share a small matrix.
constexpr std::int64_t kRowGrain = kernels::kPanelRows;
constexpr std::size_t kAlignment = 64;
// So many numbers are converted sooner than a second thread wakes.
constexpr std::int64_t kFewNumbers = 16384;

} // namespace

void CpuBackend::multiply(std::span<const MatrixProduct> products) {
    conversions_.clear();
    conversionOf_.clear();
    firstRow_.clear();
    convertedBytes_ = 0;
    std::int64_t rows = 0;
    for (const MatrixProduct& product : products) {
        conversionOf_.push_back(static_cast<std::size_t>(&conversionFor(product) - conversions_.data()));
        firstRow_.push_back(rows);
        // Panels are not cut apart, whatever comes before them.
        rows += (product.weights.rows + kRowGrain - 1) / kRowGrain * kRowGrain;
    }
    convertInputs();

    pool_.forRanges(rows, kRowGrain, [&](std::int64_t begin, std::int64_t end) {
        auto at = static_cast<std::size_t>(std::upper_bound(firstRow_.begin(), firstRow_.end(), begin) -
                                           firstRow_.begin() - 1);
        for (; begin < end; ++at) {
            const MatrixProduct& product = products[at];
            const std::int64_t from = begin - firstRow_[at];
            const std::int64_t next = at + 1 < products.size() ? firstRow_[at + 1] : rows;
            const std::int64_t to = std::min(product.weights.rows, end - firstRow_[at]);
            kernels::matmul({.type = product.weights.type,
                             .weights = product.weights.bytes,
                             .inPanels = product.weights.inPanels,
                             .columns = product.weights.columns,
                             .rowBegin = from,
                             .rowEnd = to,
                             .activations = converted_.data() + conversions_[conversionOf_[at]].offset,
                             .tokens = product.tokens,
                             .output = product.output,
                             .outputStride = product.outputStride});
            if (product.bias) {
                for (std::int64_t t = 0; t < product.tokens; ++t) {
                    float* row = product.output + t * product.outputStride;
                    for (std::int64_t r = from; r < to; ++r) row[r] += product.bias[r];
                }
            }
            begin = std::min(end, next);
        }
    });
}

const CpuBackend::Conversion& CpuBackend::conversionFor(const MatrixProduct& product) {
    const kernels::ActivationFormat format = kernels::activationFormat(product.weights.type);
    for (const Conversion& known : conversions_) {
        if (known.input == product.input && known.inputRows == product.inputRows && known.format == format &&
            known.tokens == product.tokens && known.columns == product.weights.columns) {
            return known;
        }
    }
    conversions_.push_back({.input = product.input,
                            .inputStride = product.inputStride,
                            .inputRows = product.inputRows,
                            .columns = product.weights.columns,
                            .tokens = product.tokens,
                            .format = format,
                            .offset = convertedBytes_});
    const std::size_t bytes = kernels::activationRowBytes(format, product.weights.columns) *
                              static_cast<std::size_t>(product.tokens);
    convertedBytes_ += (bytes + kAlignment - 1) / kAlignment * kAlignment;
    return conversions_.back();
}

void CpuBackend::convertInputs() {
    if (converted_.size() < convertedBytes_) converted_.resize(convertedBytes_);
    // All rows of all inputs in one loop.
    std::int64_t rows = 0;
    std::int64_t numbers = 0;
    for (Conversion& conversion : conversions_) {
        numbers += conversion.tokens * conversion.columns;
        conversion.firstRow = rows;
        rows += conversion.tokens;
    }
    const auto convert = [&](std::int64_t begin, std::int64_t end) {
        auto conversion =
            std::upper_bound(conversions_.begin(), conversions_.end(), begin,
                             [](std::int64_t row, const Conversion& each) { return row < each.firstRow; });
        --conversion;
        for (std::int64_t row = begin; row < end; ++row) {
            while (row >= conversion->firstRow + conversion->tokens) ++conversion;
            const std::int64_t t = row - conversion->firstRow;
            const std::int64_t from = conversion->inputRows ? conversion->inputRows[t] : t;
            const std::size_t bytes = kernels::activationRowBytes(conversion->format, conversion->columns);
            kernels::convertActivations(
                conversion->format, conversion->input + from * conversion->inputStride, conversion->columns,
                converted_.data() + conversion->offset + static_cast<std::size_t>(t) * bytes);
        }
    };
    if (numbers <= kFewNumbers)
        convert(0, rows);
    else
        pool_.forRanges(rows, 1, convert);
}

void CpuBackend::multiplyTransposed(std::span<const MatrixProduct> products) {
    pool_.forRanges(static_cast<std::int64_t>(products.size()), 1, [&](std::int64_t begin, std::int64_t end) {
        thread_local std::vector<float> numbers;
        for (std::int64_t i = begin; i < end; ++i) {
            const MatrixProduct& product = products[static_cast<std::size_t>(i)];
            const Matrix& weights = product.weights;
            numbers.resize(static_cast<std::size_t>(weights.rows * weights.columns));
            for (std::int64_t r = 0; r < weights.rows; ++r)
                readRow(weights, r, numbers.data() + r * weights.columns);
            kernels::multiplyTransposed({.weights = numbers.data(),
                                         .rows = weights.rows,
                                         .columns = weights.columns,
                                         .input = product.input,
                                         .inputStride = product.inputStride,
                                         .tokens = product.tokens,
                                         .output = product.output,
                                         .outputStride = product.outputStride});
        }
    });
}

void CpuBackend::attend(std::span<const kernels::AttentionHead> heads, std::int64_t sharing) {
    if (heads.empty()) return;
    const auto count = static_cast<std::int64_t>(heads.size());
    if (HeadGroups::inSteps(count, sharing, pool_.threads(), heads.front().positions)) {
        const HeadRuns runs(heads, sharing, HeadGroups::of(count, sharing, 0));
        if (kernels::sharesRows(heads.front()))
            attendInSplits(runs);
        else
            attendInSteps(runs);
        return;
    }
    const HeadRuns runs(heads, sharing, HeadGroups::of(count, sharing, pool_.threads()));
    attendRuns(runs, kernels::attentionScratch, kernels::attendHeads);
}

void CpuBackend::attendMany(std::span<const kernels::AttentionHead> heads, std::int64_t sharing) {
    const HeadRuns runs(heads, sharing, HeadGroups::ofMany(sharing));
    attendRuns(runs, kernels::manyScratch, kernels::attendMany);
}

void CpuBackend::attendRuns(const HeadRuns& runs, Scratch scratchOf, Attend attend) {
    pool_.forRanges(runs.count(), 1, [&](std::int64_t begin, std::int64_t end) {
        thread_local std::vector<float> scratch;
        for (std::int64_t i = begin; i < end; ++i) {
            const std::span<const kernels::AttentionHead> run = runs[i];
            const auto some = static_cast<std::int64_t>(run.size());
            const auto room = static_cast<std::size_t>(scratchOf(run.data(), some));
            if (scratch.size() < room) scratch.resize(room);
            attend(run.data(), some, scratch.data());
        }
    });
}

void CpuBackend::attendInSteps(const HeadRuns& runs) {
    const auto each = [&](std::int64_t parts, const auto& work) {
        pool_.forRanges(runs.count() * parts, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) {
                const std::span<const kernels::AttentionHead> run = runs[i / parts];
                work(run.data(), static_cast<std::int64_t>(run.size()), i % parts,
                     scores_.data() + scoresFrom_[static_cast<std::size_t>(i / parts)]);
            }
        });
    };
    const auto partOf = [](std::int64_t numbers, std::int64_t part, std::int64_t parts) {
        const std::int64_t even = (numbers + parts - 1) / parts;
        const std::int64_t grains = (even + kernels::kAttentionGrain - 1) / kernels::kAttentionGrain;
        const std::int64_t length = grains * kernels::kAttentionGrain;
        return kernels::AttentionRange{part * length, (part + 1) * length};
    };
    std::int64_t numbers = 0;
    std::int64_t most = 0;
    scoresFrom_.clear();
    for (std::int64_t i = 0; i < runs.count(); ++i) {
        const auto some = static_cast<std::int64_t>(runs[i].size());
        const std::int64_t room = kernels::attentionScratch(runs[i].data(), some);
        scoresFrom_.push_back(numbers);
        numbers += room;
        most = std::max(most, room / some);
    }
    if (scores_.size() < static_cast<std::size_t>(numbers)) scores_.resize(static_cast<std::size_t>(numbers));

    const std::int64_t parts = (2 * pool_.threads() + runs.count() - 1) / runs.count();
    each(parts, [&](const kernels::AttentionHead* heads, std::int64_t count, std::int64_t part,
                    float* scores) { kernels::scoreHeads(heads, count, partOf(most, part, parts), scores); });
    each(kernels::kMostHeads,
         [](const kernels::AttentionHead* heads, std::int64_t count, std::int64_t part, float* scores) {
             if (part < count) kernels::weighHeads(heads, count, {part, part + 1}, scores);
         });
    each(parts,
         [&](const kernels::AttentionHead* heads, std::int64_t count, std::int64_t part, float* scores) {
             kernels::mixHeads(heads, count, partOf(heads->valueLength, part, parts), scores);
         });
}

void CpuBackend::attendInSplits(const HeadRuns& runs) {
    std::int64_t numbers = 0;
    splits_.clear();
    scoresFrom_.clear();
    for (std::int64_t run = 0; run < runs.count(); ++run) {
        const auto some = static_cast<std::int64_t>(runs[run].size());
        const std::int64_t splits = kernels::attentionSplits(runs[run].data(), some);
        scoresFrom_.push_back(numbers);
        for (std::int64_t i = 0; i < splits; ++i) splits_.push_back({run, i});
        numbers += splits * kernels::splitNumbers(runs[run].data(), some);
    }
    if (scores_.size() < static_cast<std::size_t>(numbers)) scores_.resize(static_cast<std::size_t>(numbers));
    const auto answersOf = [&](std::int64_t run) {
        return scores_.data() + scoresFrom_[static_cast<std::size_t>(run)];
    };

    pool_.forRanges(static_cast<std::int64_t>(splits_.size()), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const Split& split = splits_[static_cast<std::size_t>(i)];
            const std::span<const kernels::AttentionHead> heads = runs[split.run];
            const auto some = static_cast<std::int64_t>(heads.size());
            kernels::attendSplit(heads.data(), some, split.index,
                                 answersOf(split.run) +
                                     split.index * kernels::splitNumbers(heads.data(), some));
        }
    });
    pool_.forRanges(runs.count() * kernels::kMostHeads, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t run = i / kernels::kMostHeads, head = i % kernels::kMostHeads;
            const std::span<const kernels::AttentionHead> heads = runs[run];
            kernels::joinSplits(heads.data(), static_cast<std::int64_t>(heads.size()), {head, head + 1},
                                answersOf(run));
        }
    });
}

void CpuBackend::share(std::int64_t count, const std::function<void(std::int64_t)>& work) {
    pool_.forRanges(count, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) work(i);
    });
}

void CpuBackend::readRow(const Matrix& matrix, std::int64_t row, float* values) {
    const std::byte* bytes = matrix.bytes + static_cast<std::size_t>(row) * matrix.rowBytes();
    thread_local std::vector<std::byte> inFileOrder;
    if (matrix.inPanels) {
        inFileOrder.resize(matrix.rowBytes());
        const std::int64_t within = row % kernels::kPanelRows;
        kernels::unpackPanelRow(matrix.type, matrix.rowsFrom(row - within, 1).bytes, within, matrix.columns,
                                inFileOrder.data());
        bytes = inFileOrder.data();
    }
    kernels::dequantizeRow(matrix.type, bytes, values, matrix.columns);
}

} // namespace ponder::engine
