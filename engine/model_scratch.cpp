#include "engine/model_scratch.h"

#include "engine/model/latent_attention.h"
#include "engine/model/layer_cache_shape.h"
#include "engine/model/position_chooser.h"
#include "engine/timeline/drafter.h"
#include "engine/timeline/timeline.h"
#include "kernels/matmul.h"

#include <algorithm>

namespace ponder::engine {

namespace {

/// Grows as the engine's vectors do: to the largest size asked for, once.
class Scratch {
public:
    explicit Scratch(const Model& model) : model_(model), config_(model.config()) {}

    std::uint64_t bytes() {
        for (int i = 0; i < config_.layers; ++i) {
            const LayerWeights& weights = model_.layer(i);
            const LayerSettings& settings = config_.layer[static_cast<std::size_t>(i)];
            if (settings.kind == LayerKind::Convolution) {
                largest(convolution_, 5 * config_.width);
                convert(weights.convolution.input.matrix, 1);
            } else if (settings.kind == LayerKind::Delta) {
                delta(weights.delta);
            } else if (config_.family->attention == AttentionKind::Latent) {
                latent(weights.latent);
            } else if (config_.family->attention == AttentionKind::Compressed) {
                compressed(weights.compressed, settings);
            } else {
                grouped(weights.grouped);
            }
            if (settings.mixture)
                mixture(weights.mixture, model_.experts().stack(i));
            else
                feedForward(weights.dense, dense_);
        }
        const std::int64_t numbers = 2 * config_.width + hyper() + attention_ + indexer_ + convolution_ +
                                     delta_ + dense_ + mixture_ + shared_;
        const std::int64_t once = config_.vocabulary + once_;
        return static_cast<std::uint64_t>(kTokens * (4 * numbers + heads_) + 4 * once) + converted_ +
               choice_ + read_;
    }

private:
    static constexpr std::int64_t kTokens = Timeline::kChunkTokens;

    static void largest(std::int64_t& most, std::int64_t numbers) { most = std::max(most, numbers); }

    /// `inputs` inputs a token, converted side by side for one loop.
    void convert(const Matrix& matrix, std::int64_t inputs, std::int64_t tokens = kTokens) {
        const auto format = kernels::activationFormat(matrix.type);
        const std::uint64_t row = kernels::activationRowBytes(format, matrix.columns);
        converted_ = std::max(converted_, row * static_cast<std::uint64_t>(tokens * inputs));
    }

    void grouped(const GroupedAttentionWeights& weights) {
        largest(attention_, weights.query.matrix.rows + weights.key.matrix.rows + weights.value.matrix.rows +
                                weights.output.matrix.columns);
        // Queries and gates, parted.
        if (config_.family->gatedAttention == Switch::On)
            largest(attention_, 2 * weights.query.matrix.rows + weights.key.matrix.rows +
                                    weights.value.matrix.rows + weights.output.matrix.columns);
        largest(heads_, config_.heads * static_cast<std::int64_t>(sizeof(kernels::AttentionHead)));
        convert(weights.query.matrix, 1);
        convert(weights.output.matrix, 1);
    }

    void latent(const LatentAttentionWeights& weights) {
        const std::int64_t heads = config_.heads;
        const std::int64_t row = config_.latentRank + config_.rope.dimensions;
        largest(attention_,
                config_.queryRank + heads * config_.keyLength + row + heads * config_.valueLength);
        // Absorbed queries and mixed latents, of few tokens.
        largest(once_, LatentAttention::kAbsorbedTogether * heads * (row + config_.latentRank) +
                           ExpandedLatents::workingNumbers(config_, kTokens));
        largest(heads_, heads * static_cast<std::int64_t>(sizeof(kernels::AttentionHead)));
        const Matrix& values = weights.valueUp ? weights.valueUp : weights.keyValueUp;
        if (weights.keyUp) convert(weights.keyUp, heads, LatentAttention::kAbsorbedTogether);
        convert(values, heads, LatentAttention::kAbsorbedTogether);
        convert(values, 1, ExpandedLatents::kPositions);
        convert(weights.output.matrix, 1);
        if (weights.indexer.key) indexer(weights.indexer, row);
    }

    void indexer(const IndexerWeights& weights, std::int64_t latentRow) {
        const IndexerSettings& settings = config_.indexer;
        largest(indexer_,
                (1 + settings.heads) * static_cast<std::int64_t>(settings.keyLength) + settings.heads);
        convert(weights.queryUp.matrix, 1);
        choose(1, settings.chosen, latentRow);
    }

    /// What a token chooses from, blocks of so many positions, and the rows that it reads: both of one token
    /// at a time.
    void choose(int positions, std::int64_t rowsRead, std::int64_t rowNumbers) {
        const IndexerSettings& settings = config_.indexer;
        const std::int64_t seen = std::max<std::int64_t>(settings.chosen, config_.trainedContext / positions);
        const std::int64_t working = PositionChooser::workingNumbers(settings.heads, seen);
        choice_ = std::max(choice_, static_cast<std::uint64_t>(4 * working));
        read(rowsRead, rowNumbers);
    }

    void read(std::int64_t rows, std::int64_t rowNumbers) {
        const kernels::CacheType type = rowType(config_, kernels::CacheType::F16);
        read_ = std::max(read_, static_cast<std::uint64_t>(rows) * kernels::cacheRowBytes(type, rowNumbers));
    }

    void compressed(const CompressedAttentionWeights& weights, const LayerSettings& settings) {
        const std::int64_t headNumbers = static_cast<std::int64_t>(config_.heads) * config_.keyLength;
        largest(attention_, config_.queryRank + 2 * headNumbers + config_.keyLength +
                                2 * weights.compressor.gates.matrix.rows + weights.groupedOutput.rows);
        largest(heads_, config_.heads * static_cast<std::int64_t>(sizeof(kernels::AttentionHead)));
        convert(weights.queryDown.matrix, 1);
        convert(weights.queryUp.matrix, 1);
        convert(weights.groupedOutput, config_.outputGroups);
        convert(weights.output.matrix, 1);
        if (settings.indexed) {
            largest(indexer_, 2 * weights.indexCompressor.gates.matrix.rows + config_.indexer.heads +
                                  weights.indexer.queryUp.matrix.rows);
            choose(settings.compression, settings.window + config_.indexer.chosen, config_.keyLength);
        } else if (settings.compression > 0) {
            const std::int64_t blocks = config_.trainedContext / settings.compression;
            read(settings.window + blocks, config_.keyLength);
        }
    }

    /// The residual and what mixes its streams.
    std::int64_t hyper() const {
        const std::int64_t streams = config_.hyper.streams;
        if (streams == 1) return config_.width;
        return 2 * streams * config_.width + 2 * streams * (2 + streams);
    }

    void delta(const DeltaWeights& weights) {
        const DeltaSettings& shapes = config_.delta;
        largest(delta_, 2 * shapes.channels() + 2 * shapes.valueNumbers() + 2 * shapes.valueHeads +
                            weights.channelsAndGate.matrix.rows + weights.writeAndDecay.matrix.rows);
        largest(once_, shapes.inputNumbers());
        convert(weights.channels ? weights.channels.matrix : weights.channelsAndGate.matrix, 1);
        convert(weights.output.matrix, 1);
    }

    void feedForward(const FeedForwardWeights& weights, std::int64_t& numbers) {
        largest(numbers, 2 * weights.gate.matrix.rows);
        convert(weights.gate.matrix, 1);
        convert(weights.down.matrix, 1);
    }

    void mixture(const MixtureWeights& weights, const ExpertStack& stack) {
        const std::int64_t used = config_.mixture.used;
        largest(mixture_, config_.mixture.experts + used * (config_.width + 2 * stack.hidden + 6));
        convert(stack.gate, used);
        convert(stack.down, used);
        if (!weights.shared.gate) return;
        feedForward(weights.shared, shared_);
        largest(shared_, 2 * weights.shared.gate.matrix.rows + config_.width);
    }

    const Model& model_;
    const ModelConfig& config_;
    // Numbers a token.
    std::int64_t attention_ = 0;
    std::int64_t indexer_ = 0;
    std::int64_t convolution_ = 0;
    std::int64_t delta_ = 0;
    std::int64_t dense_ = 0;
    std::int64_t mixture_ = 0;
    std::int64_t shared_ = 0;
    std::int64_t heads_ = 0; // bytes a token
    std::int64_t once_ = 0;  // numbers, however many tokens
    std::uint64_t converted_ = 0;
    std::uint64_t choice_ = 0;
    std::uint64_t read_ = 0;
};

} // namespace

std::uint64_t scratchBytes(const Model& model) {
    return Scratch(model).bytes();
}

std::uint64_t draftScratchBytes(const Model& model) {
    const Matrix& join = model.draft().join.matrix;
    const std::int64_t pairs = Timeline::kChunkTokens + Drafter::kPairsTogether;
    // Its own numbers for the next token, and those behind a guess.
    const std::int64_t numbers =
        pairs * (join.rows + join.columns) + 2 * std::int64_t{model.config().vocabulary};
    return 4 * static_cast<std::uint64_t>(numbers);
}

} // namespace ponder::engine
