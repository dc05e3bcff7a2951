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

/// DeepSeek-V3.2's lightning indexer: the small heads that choose the positions worth attending to.
struct IndexerSettings {
    int heads = 0; ///< 0: none
    int keyLength = 0;
    int chosen = 0; ///< positions a token attends to, at most
};

/// DeepSeek-V4's residual (arXiv 2512.24880): several streams side by side, mixed before and after each
/// sublayer by matrices whose rows and columns sum to one.
struct HyperConnectionSettings {
    int streams = 1;
    int iterations = 0; ///< of the normalisation (Sinkhorn and Knopp 1967)
    float epsilon = 0;
};

/// DeepSeek-V4's compression: positions to a row. Rows of the first kind also hold a share of the block
/// before, and an indexer chooses among them.
constexpr int kOverlappingRatio = 4;
constexpr int kPlainRatio = 128;

struct LayerSettings {
    LayerKind kind = LayerKind::Attention;
    int keyValueHeads = 0; ///< of attention
    int window = 0;        ///< positions seen, 0: all
    bool rotates = true;
    bool localRope = false; ///< uses ModelConfig::localRope
    bool mixture = false;
    bool indexed = false;  ///< attends to what the indexer chooses
    int compression = 0;   ///< positions to a compressed row, 0: none
    bool hashed = false;   ///< the token alone tells its experts
    float branchLimit = 0; ///< of the experts' gate and linear branch, 0: none
    float sharedBranchLimit = 0;
};

/// Dimensions and switches of a model, read from metadata and validated once.
struct ModelConfig {
    const ModelFamily* family = nullptr;
    int layers = 0; ///< of the trunk
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
    IndexerSettings indexer;
    HyperConnectionSettings hyper;
    int outputGroups = 0; ///< compressed attention: heads projected together, to outputRank numbers each
    int outputRank = 0;
    std::vector<LayerSettings> layer; ///< the trunk's, then the draft head's where there is one
    bool draftHead = false;           ///< the file holds a block that guesses one token further
    std::vector<std::string> notices;

    /// How many numbers a layer hands on from one step to the next, however long the conversation is; of a
    /// Gated DeltaNet the convolution's inputs, then the states. 0: it looks back at every position instead.
    std::int64_t carriedNumbers(LayerKind kind) const;
    int unrotatedLength() const { return keyLength - rope.dimensions; } ///< latent attention
};

/// Throws Error that names key, value and limit.
ModelConfig readModelConfig(const GgufFile& file);

} // namespace ponder::engine
