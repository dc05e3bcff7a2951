#include "engine/model/model_families.h"

namespace ponder::engine {

namespace {

using kernels::Activation;
using kernels::RopeStyle;

constexpr ModelFamily kFamilies[] = {
    {.architecture = "deepseek2",
     .ropeStyle = RopeStyle::Pairs,
     .attention = AttentionKind::Latent,
     .draftHead = Switch::On,
     .yarnScalesRotation = Switch::Off},
    {.architecture = "deepseek32",
     .ropeStyle = RopeStyle::Pairs,
     .attention = AttentionKind::Latent,
     .gate = RouterGate::Sigmoid,
     .sparse = Switch::On,
     .yarnScalesRotation = Switch::Off},
    {.architecture = "deepseek4",
     .ropeStyle = RopeStyle::Pairs,
     .attention = AttentionKind::Compressed,
     .gate = RouterGate::RootOfSoftplus,
     .normaliseWeights = Switch::On,
     .yarnScalesRotation = Switch::Off},
    {.architecture = "llama", .ropeStyle = RopeStyle::Pairs, .normaliseWeights = Switch::On},
    {.architecture = "qwen2"},
    {.architecture = "qwen2moe", .sharedGate = Switch::On},
    {.architecture = "qwen3", .headNorm = HeadNorm::PerHead},
    {.architecture = "qwen3moe", .headNorm = HeadNorm::PerHead, .normaliseWeights = Switch::On},
    {.architecture = "qwen3next",
     .layersPerAttention = 4,
     .gatedAttention = Switch::On,
     .headNorm = HeadNorm::PerHead,
     .sharedGate = Switch::On,
     .normaliseWeights = Switch::On,
     .feedForwardNorm = "post_attention_norm"},
    {.architecture = "qwen35moe",
     .layersPerAttention = 4,
     .valueHeads = ValueHeads::InTurn,
     .gatedAttention = Switch::On,
     .headNorm = HeadNorm::PerHead,
     .sharedGate = Switch::On,
     .normaliseWeights = Switch::On,
     .feedForwardNorm = "post_attention_norm"},
    {.architecture = "qwen35",
     .layersPerAttention = 4,
     .valueHeads = ValueHeads::InTurn,
     .gatedAttention = Switch::On,
     .headNorm = HeadNorm::PerHead,
     .feedForwardNorm = "post_attention_norm"},
    {.architecture = "olmoe", .headNorm = HeadNorm::WholeVector},
    {.architecture = "gemma3",
     .headNorm = HeadNorm::PerHead,
     .sliding = SlidingPattern::FiveOfSix,
     .activation = Activation::GeluTanh,
     .embeddingTimesRootWidth = Switch::On},
    {.architecture = "gpt-oss",
     .sliding = SlidingPattern::EvenLayers,
     .activation = Activation::SwigluOai,
     .gate = RouterGate::SoftmaxOfChosen,
     .feedForwardNorm = "post_attention_norm",
     .yarnRangeRounded = Switch::Off},
    {.architecture = "lfm2", .headNorm = HeadNorm::PerHead, .outputNorm = "token_embd_norm"},
    {.architecture = "lfm2moe",
     .headNorm = HeadNorm::PerHead,
     .gate = RouterGate::Sigmoid,
     .normaliseWeights = Switch::On,
     .outputNorm = "token_embd_norm"},
    {.architecture = "smollm3", .ropeStyle = RopeStyle::Pairs, .layersPerUnrotated = 4},
    {.architecture = "phi3", .sliding = SlidingPattern::EveryLayer},
    {.architecture = "granite", .ropeStyle = RopeStyle::Pairs, .normaliseWeights = Switch::On},
    {.architecture = "granitemoe", .ropeStyle = RopeStyle::Pairs, .normaliseWeights = Switch::On},
    {.architecture = "ernie4_5", .ropeStyle = RopeStyle::Pairs},
    {.architecture = "ernie4_5-moe", .ropeStyle = RopeStyle::Pairs, .normaliseWeights = Switch::On},
    {.architecture = "glm4moe",
     .headNorm = HeadNorm::PerHead,
     .gate = RouterGate::Sigmoid,
     .feedForwardNorm = "post_attention_norm",
     .draftHead = Switch::On},
    {.architecture = "hunyuan-dense",
     .headNorm = HeadNorm::PerHead,
     .headNormOrder = HeadNormOrder::AfterRope},
    {.architecture = "hunyuan-moe",
     .headNorm = HeadNorm::PerHead,
     .headNormOrder = HeadNormOrder::AfterRope,
     .normaliseWeights = Switch::On},
    {.architecture = "bailingmoe", .ropeStyle = RopeStyle::Pairs},
    {.architecture = "bailingmoe2", .headNorm = HeadNorm::PerHead, .gate = RouterGate::Sigmoid},
    {.architecture = "minimax-m2",
     .headNorm = HeadNorm::WholeVector,
     .gate = RouterGate::Sigmoid,
     .normaliseWeights = Switch::On},
};

} // namespace

std::span<const ModelFamily> modelFamilies() {
    return kFamilies;
}

const ModelFamily* findModelFamily(std::string_view architecture) {
    for (const ModelFamily& family : kFamilies) {
        if (family.architecture == architecture) return &family;
    }
    return nullptr;
}

} // namespace ponder::engine
