#pragma once

#include "kernels/activation.h"
#include "kernels/rope.h"

#include <span>
#include <string_view>

namespace ponder::engine {

/// How a layer looks back. Latent: DeepSeek-V2's compressed keys and values (arXiv 2405.04434, §2.1).
/// Compressed: DeepSeek-V4's window of rows and one row for each block of older positions.
enum class AttentionKind { Grouped, Latent, Compressed };

/// RMS norm of queries and keys: of each head, or of the whole vector before it is cut into heads.
enum class HeadNorm { None, PerHead, WholeVector };
enum class HeadNormOrder { BeforeRope, AfterRope };

/// Which layers see only the last `sliding_window` positions.
enum class SlidingPattern { None, EveryLayer, EvenLayers, FiveOfSix };

/// Router scores → expert weights; values as `expert_gating_func` has them. SoftmaxOfChosen: softmax over the
/// chosen experts' logits only. RootOfSoftplus: √ln(1 + eˣ).
enum class RouterGate { Softmax = 1, Sigmoid = 2, SoftmaxOfChosen = 3, RootOfSoftplus = 4 };

enum class Switch { Off, On };

/// Which value heads of a delta rule share a key head, where there are more of them: neighbours, or those a
/// number of key heads apart.
enum class ValueHeads { Neighbours, InTurn };

/// What tells one architecture from another, beyond the numbers in its file. A new family is a new row in
/// model_families.cpp, at most with a new attention kind, and golden logits.
struct ModelFamily {
    std::string_view architecture; ///< `general.architecture`
    kernels::RopeStyle ropeStyle = kernels::RopeStyle::Halves;
    AttentionKind attention = AttentionKind::Grouped;
    int layersPerAttention = 0; ///< only every n-th layer attends, unless the file says otherwise; the others
                                ///< are Gated DeltaNets. 0: no such layers
    ValueHeads valueHeads = ValueHeads::Neighbours; ///< of the delta rule
    Switch gatedAttention = Switch::Off;            ///< queries come with a gate of what was seen
    HeadNorm headNorm = HeadNorm::None;
    HeadNormOrder headNormOrder = HeadNormOrder::BeforeRope;
    SlidingPattern sliding = SlidingPattern::None;
    int layersPerUnrotated = 0; ///< every n-th layer has no rotary embedding; 0: all rotate
    kernels::Activation activation = kernels::Activation::Silu;
    RouterGate gate = RouterGate::Softmax;
    Switch sharedGate = Switch::Off;       ///< a sigmoid of the input scales the shared expert
    Switch normaliseWeights = Switch::Off; ///< chosen weights sum to one, unless the file says otherwise
    std::string_view feedForwardNorm = "ffn_norm";
    std::string_view outputNorm = "output_norm";
    Switch draftHead = Switch::Off; ///< a block behind the trunk may guess one token further
    Switch sparse = Switch::Off;    ///< an indexer chooses the positions that latent attention reads
    Switch embeddingTimesRootWidth = Switch::Off;
    Switch yarnRangeRounded = Switch::On; ///< gpt-oss does not round (golden logits)
    Switch yarnScalesRotation =
        Switch::On; ///< cos and sin times 1 + 0.1 ln(factor); DeepSeek scales scores instead
};

/// The supported families, in the order they are listed to people.
std::span<const ModelFamily> modelFamilies();
/// Null: not supported.
const ModelFamily* findModelFamily(std::string_view architecture);

} // namespace ponder::engine
