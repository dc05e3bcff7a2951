#pragma once

#include "engine/backend/backend.h"
#include "engine/experts/expert_store.h"
#include "engine/format/gguf_file.h"
#include "engine/model/draft_weights.h"
#include "engine/model/layer_weights.h"
#include "engine/model/model_config.h"
#include "engine/model/projection.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <unordered_set>
#include <vector>

namespace ponder::engine {

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
