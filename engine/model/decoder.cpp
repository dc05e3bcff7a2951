#include "engine/model/decoder.h"

#include "engine/support/check.h"
#include "kernels/norm.h"

#include <algorithm>

namespace ponder::engine {

Decoder::Decoder(const Model& model, Backend& backend, int contextTokens)
    : model_(model), config_(model.config()), backend_(backend), attention_(model, backend),
      latentAttention_(model, backend), compressedAttention_(model, backend), hyper_(model, backend),
      convolution_(model, backend), delta_(model, backend), dense_(model, backend), mixture_(model, backend),
      rope_(config_.rope, model.ropeFactors(contextTokens)), localRope_(config_.localRope, {}) {}

StepResult Decoder::forward(std::span<const TokenId> tokens, KvCache& cache, LogitsOf wanted,
                            std::stop_token stop) {
    CHECK(!tokens.empty());
    const Step step{
        .position = cache.length(), .tokens = static_cast<std::int64_t>(tokens.size()), .ids = tokens.data()};
    rope_.prepare(step.position, step.tokens);
    localRope_.prepare(step.position, step.tokens);

    embed(tokens);
    for (int layer = 0; layer < config_.layers; ++layer) {
        if (stop.stop_requested()) return StepResult::Stopped;
        const LayerWeights& weights = model_.layer(layer);
        enter(weights.attentionMix, weights.attentionNorm, step);
        attend(layer, step, cache);
        leave(weights.postAttentionNorm, step);
        enter(weights.feedForwardMix, weights.feedForwardNorm, step);
        feedForward(layer, step);
        leave(weights.postFeedForwardNorm, step);
    }
    computeLogits(step, wanted);
    cache.commit(static_cast<int>(tokens.size()));
    return StepResult::Done;
}

void Decoder::embed(std::span<const TokenId> tokens) {
    const std::int64_t streams = config_.hyper.streams;
    answer_.resize(tokens.size() * static_cast<std::size_t>(config_.width));
    normed_.resize(answer_.size());
    stream_.resize(answer_.size() * static_cast<std::size_t>(streams));
    eachToken(backend_, static_cast<std::int64_t>(tokens.size()), [&](std::int64_t t) {
        float* row = stream_.data() + t * streams * config_.width;
        backend_.readRow(model_.embedding(), tokens[static_cast<std::size_t>(t)], row);
        for (std::int64_t i = 1; i < streams; ++i) std::copy_n(row, config_.width, row + i * config_.width);
    });
    if (config_.embeddingScale != 1) {
        for (float& number : stream_) number *= config_.embeddingScale;
    }
}

void Decoder::attend(int layer, Step step, KvCache& cache) {
    const LayerSettings& settings = config_.layer[static_cast<std::size_t>(layer)];
    step.rope = settings.localRope ? &localRope_ : &rope_;
    if (settings.kind == LayerKind::Convolution) {
        convolution_.forward(layer, step, normed_.data(), answer_.data(), cache);
    } else if (settings.kind == LayerKind::Delta) {
        delta_.forward(layer, step, normed_.data(), answer_.data(), cache);
    } else if (config_.family->attention == AttentionKind::Latent) {
        latentAttention_.forward(layer, step, normed_.data(), answer_.data(), cache);
    } else if (config_.family->attention == AttentionKind::Compressed) {
        compressedAttention_.forward(layer, step, normed_.data(), answer_.data(), cache);
    } else {
        attention_.forward(layer, step, normed_.data(), answer_.data(), cache);
    }
}

void Decoder::feedForward(int layer, const Step& step) {
    if (config_.layer[static_cast<std::size_t>(layer)].mixture) {
        mixture_.forward(layer, step, normed_.data(), answer_.data());
    } else {
        dense_.forward(model_.layer(layer).dense, step.tokens, normed_.data(), answer_.data());
    }
}

void Decoder::norm(const std::vector<float>& weight, const std::vector<float>& input,
                   std::vector<float>& output) const {
    const std::int64_t width = config_.width;
    eachToken(backend_, static_cast<std::int64_t>(input.size()) / width, [&](std::int64_t t) {
        kernels::rmsNorm(input.data() + t * width, weight.data(), config_.normEpsilon, width,
                         output.data() + t * width);
    });
}

/// A sublayer's input from the residual: `normed_`.
void Decoder::enter(const HyperConnectionWeights& mix, const std::vector<float>& weight, const Step& step) {
    if (config_.hyper.streams == 1) {
        norm(weight, stream_, normed_);
        return;
    }
    hyper_.enter(mix, step.tokens, stream_.data(), answer_.data());
    norm(weight, answer_, normed_);
}

/// A sublayer's `answer_` into the residual.
void Decoder::leave(const std::vector<float>& postNorm, const Step& step) {
    if (!postNorm.empty()) norm(postNorm, answer_, answer_);
    if (config_.hyper.streams == 1) {
        const std::int64_t width = config_.width;
        eachToken(backend_, step.tokens, [&](std::int64_t t) {
            kernels::addScaled(config_.residualScale, answer_.data() + t * width, stream_.data() + t * width,
                               width);
        });
    } else {
        hyper_.leave(step.tokens, answer_.data(), stream_.data());
    }
}

void Decoder::computeLogits(const Step& step, LogitsOf wanted) {
    if (wanted == LogitsOf::NoToken) return;
    const std::int64_t rows = wanted == LogitsOf::LastToken ? 1 : step.tokens;
    stream_.erase(stream_.begin(), stream_.end() - rows * config_.hyper.streams * config_.width);
    if (config_.hyper.streams > 1) {
        answer_.resize(static_cast<std::size_t>(rows * config_.width));
        hyper_.finish(model_.outputMix(), rows, stream_.data(), answer_.data());
        stream_ = answer_;
    }
    norm(model_.outputNorm(), stream_, normed_);
    const MatrixProduct product = productOf(model_.head(), rows, normed_.data(), logits_);
    backend_.multiply({&product, 1});
    if (config_.logitScale != 1) {
        for (float& logit : logits_) logit *= config_.logitScale;
    }
}

} // namespace ponder::engine
