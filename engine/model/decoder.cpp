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
                            std::stop_token stop, const std::function<void(int layer)>& entering) {
    CHECK(!tokens.empty());
    const Step step{
        .position = cache.length(), .tokens = static_cast<std::int64_t>(tokens.size()), .ids = tokens.data()};
    rope_.prepare(step.position, step.tokens);
    localRope_.prepare(step.position, step.tokens);
    model_.beginPass(step.tokens);

    embed(tokens);
    for (int layer = 0; layer < config_.layers; ++layer) {
        if (stop.stop_requested()) return StepResult::Stopped;
        if (entering) entering(layer);
        evaluateLayer(layer, step, cache);
    }
    computeLogits(step, wanted);
    cache.commit(static_cast<int>(tokens.size()));
    return StepResult::Done;
}

void Decoder::evaluateLayer(int layer, const Step& step, KvCache& cache) {
    model_.prepare(layer, backend_);
    const LayerWeights& weights = model_.layer(layer);
    enter(weights.attentionMix, weights.attentionNorm, step);
    attend(layer, step, cache);
    leave(weights.postAttentionNorm, step);
    enter(weights.feedForwardMix, weights.feedForwardNorm, step);
    feedForward(layer, step);
    leave(weights.postFeedForwardNorm, step);
}

void Decoder::remember(std::span<const TokenId> following, std::span<const float> hidden, KvCache& cache) {
    Step step = draftStep(following, cache);
    step.rope = &rope_;
    join(following, hidden);
    normed_.resize(answer_.size());
    norm(model_.layer(config_.layers).attentionNorm, answer_, normed_);
    if (config_.family->attention == AttentionKind::Latent)
        latentAttention_.remember(config_.layers, step, normed_.data(), cache);
    else
        attention_.remember(config_.layers, step, normed_.data(), cache);
    cache.commit(static_cast<int>(following.size()));
}

std::span<const float> Decoder::guess(TokenId following, std::span<const float> hidden, KvCache& cache) {
    const Step step = draftStep({&following, 1}, cache);
    join({&following, 1}, hidden);
    stream_ = answer_;
    normed_.resize(answer_.size());
    evaluateLayer(config_.layers, step, cache);
    norm(model_.draftNorm(), stream_, normed_);
    const MatrixProduct product = productOf(model_.draftHead(), 1, normed_.data(), guessed_);
    backend_.multiply({&product, 1});
    cache.commit(1);
    return guessed_;
}

Step Decoder::draftStep(std::span<const TokenId> following, const KvCache& cache) {
    CHECK(config_.draftHead && config_.hyper.streams == 1 && !following.empty());
    const Step step{.position = cache.length(),
                    .tokens = static_cast<std::int64_t>(following.size()),
                    .ids = following.data()};
    rope_.prepare(step.position, step.tokens);
    return step;
}

/// The draft block's input: `answer_`.
void Decoder::join(std::span<const TokenId> following, std::span<const float> hidden) {
    const std::int64_t width = config_.width;
    const auto pairs = static_cast<std::int64_t>(following.size());
    const DraftWeights& weights = model_.draft();
    joined_.resize(static_cast<std::size_t>(2 * pairs * width));
    eachToken(backend_, pairs, [&](std::int64_t t) {
        float* row = joined_.data() + 2 * t * width;
        backend_.readRow(model_.draftEmbedding(), following[static_cast<std::size_t>(t)], row);
        kernels::rmsNorm(row, weights.embeddingNorm.data(), config_.normEpsilon, width, row);
        kernels::rmsNorm(hidden.data() + t * width, weights.hiddenNorm.data(), config_.normEpsilon, width,
                         row + width);
    });
    answer_.resize(static_cast<std::size_t>(pairs * width));
    const MatrixProduct product = productOf(weights.join, pairs, joined_.data(), answer_);
    backend_.multiply({&product, 1});
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

void Decoder::norm(const std::vector<float>& weight, std::span<const float> input,
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
    std::span<const float> last =
        std::span(stream_).last(static_cast<std::size_t>(rows * config_.hyper.streams * config_.width));
    if (config_.hyper.streams > 1) {
        answer_.resize(static_cast<std::size_t>(rows * config_.width));
        hyper_.finish(model_.outputMix(), rows, last.data(), answer_.data());
        last = answer_;
    }
    norm(model_.outputNorm(), last, normed_);
    model_.prepare(model_.headPart(), backend_);
    const MatrixProduct product = productOf(model_.head(), rows, normed_.data(), logits_);
    backend_.multiply({&product, 1});
    if (config_.logitScale != 1) {
        for (float& logit : logits_) logit *= config_.logitScale;
    }
}

} // namespace ponder::engine
