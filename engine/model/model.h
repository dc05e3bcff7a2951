#pragma once

#include "engine/backend/backend.h"
#include "engine/experts/expert_store.h"
#include "engine/format/gguf_file.h"
#include "engine/model/delta_weights.h"
#include "engine/model/draft_weights.h"
#include "engine/model/model_config.h"
#include "engine/model/projection.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <unordered_set>
#include <vector>

namespace ponder::engine {

/// Attention with grouped queries; `keyValueHeads` of the layer share the query heads among them.
struct GroupedAttentionWeights {
    Projection query, key, value, output;  ///< a gated family's query has a head's gate behind each head
    std::vector<float> queryNorm, keyNorm; ///< empty: none
    std::vector<float> sinks;              ///< [heads], empty: none
};

/// DeepSeek-V3.2's lightning indexer; no key: the layer has none.
struct IndexerWeights {
    Projection queryUp;                      ///< heads × keyLength rows of [queryRank]
    Projection key;                          ///< [keyLength] rows of [width]
    std::vector<float> keyNorm, keyNormBias; ///< [keyLength]
    Projection headWeight;                   ///< [heads] rows of [width]
};

/// Latent attention (DeepSeek-V2, arXiv 2405.04434 §2.1). keyUp is stored per head as [latentRank] rows of
/// [unrotated] (split layout) or, in older files, as rows of [latentRank] before each head's value rows.
struct LatentAttentionWeights {
    Projection query;              ///< without query compression
    Projection queryDown, queryUp; ///< with it
    std::vector<float> queryDownNorm;
    Projection latent; ///< [latentRank + rotated] rows
    std::vector<float> latentNorm;
    Matrix keyUp;      ///< heads × latentRank rows of [unrotated]; empty in the old layout
    Matrix valueUp;    ///< heads × valueLength rows of [latentRank]; empty in the old layout
    Matrix keyValueUp; ///< old layout: per head [unrotated] + [valueLength] rows of [latentRank]
    Projection output;
    IndexerWeights indexer;
};

/// What makes one row of a block of positions: rows of [width], as many as RowCompressor asks for.
struct CompressorWeights {
    Projection values, gates;
    std::vector<float> placeBias; ///< [place in the block][rows of gates]
    std::vector<float> norm;      ///< [length of a row]
};

/// DeepSeek-V4's attention: one row a position is key and value of all heads.
struct CompressedAttentionWeights {
    Projection queryDown, queryUp;
    std::vector<float> queryDownNorm;
    Projection row; ///< [keyLength] rows of [width]
    std::vector<float> rowNorm;
    std::vector<float> sinks;          ///< [heads]
    CompressorWeights compressor;      ///< of compressed layers
    IndexerWeights indexer;            ///< of indexed ones, without what makes keys
    CompressorWeights indexCompressor; ///< of indexed ones: makes a key for each block
    Matrix groupedOutput;              ///< outputGroups × outputRank rows of [numbers of a group's heads]
    Projection output;                 ///< rows of [outputGroups × outputRank]
};

/// How streams are mixed around a sublayer, or before the head: from all streams at once, normed, to the
/// sublayer's mix and, not before the head, the answer's shares and the mixing of the streams themselves.
struct HyperConnectionWeights {
    Matrix projection;        ///< [streams] (+ [streams] + [streams × streams]) rows of [streams × width]
    std::vector<float> base;  ///< [rows]
    std::vector<float> scale; ///< of the three parts, before the head of the first
};

/// LFM2's gated convolution over the last few positions.
struct ConvolutionWeights {
    Projection input;          ///< [3 × width] rows: gate before, gate after, values
    std::vector<float> kernel; ///< [width][length]
    Projection output;
};

struct FeedForwardWeights {
    Projection gate, up, down;
    float branchLimit = 0; ///< gate at most this, up within ± this; 0: no limit
};

struct MixtureWeights {
    Projection router;
    std::vector<float> selectionBias;              ///< [experts], moves the choice and not the weights
    std::vector<float> gateBias, upBias, downBias; ///< [experts][rows], empty: none
    std::vector<std::int32_t> expertsOfToken;      ///< [vocabulary][used], empty: the router chooses
    float branchLimit = 0;                         ///< of the experts; as FeedForwardWeights has it
    FeedForwardWeights shared;                     ///< no gate: none
    std::vector<float> sharedGate; ///< [width], its sigmoid scales the shared expert; empty: none
};

struct LayerWeights {
    std::vector<float> attentionNorm, postAttentionNorm, feedForwardNorm, postFeedForwardNorm;
    GroupedAttentionWeights grouped;
    LatentAttentionWeights latent;
    CompressedAttentionWeights compressed;
    HyperConnectionWeights attentionMix, feedForwardMix;
    ConvolutionWeights convolution;
    DeltaWeights delta;
    FeedForwardWeights dense;
    MixtureWeights mixture;
};

/// What a tensor of a file is for: some files hold blocks that nothing here computes with.
enum class TensorUse { Trunk, DraftHead, None };

/// Config and weights of a model, bound by name and checked against the config's shapes. Big matrices lie in
/// the file's memory map until keepInMemory; only vectors (norms, biases) are copied as float32. Const after
/// that, so timelines share it without locks.
class Model {
public:
    /// Throws Error that names the tensor: missing, or of another shape than the config asks for. A file
    /// opened for its header only can be bound too: everything is checked, nothing can be computed.
    explicit Model(GgufFile file);

    /// From now on the weights that products are fastest with from panels have memory of their own: what
    /// every token needs, which `loadPanels` has to read, and, if `experts` says so, the draft head, and
    /// experts, which are read when they are first asked for. Nothing else changes, not by a bit. Before the
    /// model is used. Throws Error: no memory.
    void keepInMemory(bool experts);
    /// Bytes that loadPanels reads.
    std::uint64_t panelBytes() const;
    /// Reads them with all threads of `backend`; `progress` hears the share of the bytes. Throws Error:
    /// cancelled.
    void loadPanels(Backend& backend, const std::function<void(double)>& progress,
                    const std::stop_token& stop);
    /// Whether nothing reads the file's bytes of this tensor any more: it was converted to numbers, or
    /// keepInMemory has taken it.
    bool isInMemory(const Tensor& tensor) const;

    const GgufFile& file() const { return file_; }
    const ModelConfig& config() const { return config_; }
    /// Of the trunk; behind them, at config().layers, of the draft head where there is one.
    const LayerWeights& layer(int index) const { return layers_[static_cast<std::size_t>(index)]; }
    /// Of the draft head, its block aside.
    const DraftWeights& draft() const { return draft_; }
    const Matrix& draftEmbedding() const { return draft_.embedding ? draft_.embedding : embedding_; }
    const Projection& draftHead() const { return draft_.head ? draft_.head : head_; }
    const std::vector<float>& draftNorm() const {
        return draft_.outputNorm.empty() ? outputNorm_ : draft_.outputNorm;
    }
    /// What a tensor of the file is for. The draft head is of use only where all experts are in memory: two
    /// tokens together read the experts of both.
    TensorUse useOf(const Tensor& tensor) const;
    const ExpertStore& experts() const { return *experts_; }

    const Matrix& embedding() const { return embedding_; }
    const Projection& head() const { return head_; }
    const std::vector<float>& outputNorm() const { return outputNorm_; }
    /// Of a model with hyper-connections.
    const HyperConnectionWeights& outputMix() const { return outputMix_; }
    /// Divisors of the rotary frequencies for a context of this length; empty: none.
    const std::vector<float>& ropeFactors(int contextTokens) const;

private:
    LayerWeights bindLayer(TensorBinder& binder, int index, ExpertStack& experts) const;

    GgufFile file_;
    ModelConfig config_;
    Matrix embedding_;
    Projection head_;
    std::vector<float> outputNorm_;
    HyperConnectionWeights outputMix_;
    std::vector<float> ropeFactors_, longRopeFactors_;
    std::vector<LayerWeights> layers_;
    DraftWeights draft_;
    std::unique_ptr<ExpertStore> experts_;
    std::vector<PanelMatrix> panels_;               ///< that matrices of the layers and the head are in
    std::unordered_set<const std::byte*> inMemory_; ///< where in the file what isInMemory began
};

} // namespace ponder::engine
