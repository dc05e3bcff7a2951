#pragma once

#include "engine/model/delta_settings.h"
#include "engine/model/model_families.h"

#include <string>
#include <vector>

namespace ponder::engine {

class GgufFile;

enum class RopeScaling { None, Linear, Yarn, LongRope };

/// Rotary embedding: angle of pair i at position p is p · base^(-2i/dimensions), changed by the scaling.
struct RopeSettings {
    int dimensions = 0; ///< leading numbers of a head that rotate, even
    double base = 10000;
    RopeScaling scaling = RopeScaling::None;
    double factor = 1; ///< context extension, ≥ 1
    int originalContext = 0;
    double betaFast = 32;
    double betaSlow = 1;
    double magnitude = 1; ///< cos and sin are multiplied by this
    Switch rangeRounded = Switch::On;
};

struct MixtureSettings {
    int experts = 0; ///< 0: a dense model
    int used = 0;
    int groups = 1;
    int groupsUsed = 1;
    RouterGate gate = RouterGate::Softmax;
    Switch normalise = Switch::Off;
    float scale = 1;
    int hidden = 0; ///< rows of an expert's gate
};

/// How a layer mixes positions: it attends, it has LFM2's short convolution, or it is a Gated DeltaNet.
enum class LayerKind { Attention, Convolution, Delta };

struct LayerSettings {
    LayerKind kind = LayerKind::Attention;
    int keyValueHeads = 0; ///< of attention
    int window = 0;        ///< positions seen, 0: all
    bool rotates = true;
    bool localRope = false; ///< uses ModelConfig::localRope
    bool mixture = false;
};

/// Dimensions and switches of a model, read from metadata and validated once.
struct ModelConfig {
    const ModelFamily* family = nullptr;
    int layers = 0;
    int width = 0;
    int vocabulary = 0;
    int feedForward = 0; ///< of dense layers
    int trainedContext = 0;
    int heads = 0;
    int keyLength = 0;   ///< of one head's query and key; latent attention: unrotated + rotated part
    int valueLength = 0; ///< of one head
    int queryRank = 0;   ///< latent attention with compressed queries
    int latentRank = 0;  ///< latent attention: numbers cached for a token beside the rotated key
    int convolutionLength = 0;
    DeltaSettings delta;
    float normEpsilon = 0;
    float attentionScale = 0; ///< of query · key
    float embeddingScale = 1;
    float residualScale = 1;
    float logitScale = 1; ///< logits are multiplied by this
    RopeSettings rope;
    RopeSettings localRope; ///< of sliding layers where they differ
    MixtureSettings mixture;
    std::vector<LayerSettings> layer;
    std::vector<std::string> notices;

    /// How many numbers a layer hands on from one step to the next, however long the conversation is; of a
    /// Gated DeltaNet the convolution's inputs, then the states. 0: it looks back at every position instead.
    std::int64_t carriedNumbers(LayerKind kind) const;
    int unrotatedLength() const { return keyLength - rope.dimensions; } ///< latent attention
};

/// Throws Error that names key, value and limit.
ModelConfig readModelConfig(const GgufFile& file);

} // namespace ponder::engine
