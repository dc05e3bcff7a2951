#pragma once

#include "engine/backend/backend.h"
#include "engine/experts/expert_store.h"
#include "engine/format/gguf_file.h"
#include "engine/model/draft_weights.h"
#include "engine/model/layer_weights.h"
#include "engine/model/model_config.h"
#include "engine/model/projection.h"
#include "engine/weights/dense_store.h"

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
/// that but for where its matrices lie, so timelines of one thread share it without locks.
class Model {
public:
    /// Throws Error that names the tensor: missing, or of another shape than the config asks for. A file
    /// opened for its header only can be bound too: everything is checked, nothing can be computed.
    explicit Model(GgufFile file);

    /// From now on the weights that products are fastest with from panels enter memory of their own, one
    /// after the other, while the model is used: what every token needs, and, if `experts` says so, the draft
    /// head and experts. Nothing else changes, not by a bit. Before the model is used. Throws Error: no
    /// memory.
    void keepInMemory(bool experts);
    /// Bytes that loadDense reads.
    std::uint64_t denseBytes() const { return dense_.fileBytes(); }
    /// Reads of these weights what every token needs, with all threads of `backend`; where the file cannot be
    /// read again, into panels. `progress` hears the share of the bytes. Throws Error: cancelled.
    void loadDense(Backend& backend, const std::function<void(double)>& progress,
                   const std::stop_token& stop);
    /// The same into panels, always.
    void loadPanels(Backend& backend, const std::function<void(double)>& progress,
                    const std::stop_token& stop);
    /// Whether keepInMemory has taken this tensor, or it was converted to numbers: its bytes in the file need
    /// not stay in memory.
    bool isInMemory(const Tensor& tensor) const;
    /// Of what enters memory of its own, the bytes that have not. Any thread.
    std::uint64_t unreadBytes() const { return dense_.unmadeBytes() + experts_->unreadBytes(); }

    /// A pass of so many tokens begins. Engine thread.
    void beginPass(std::int64_t tokens) const { dense_.beginPass(tokens); }
    /// To be called before matrices of a part are used: `layer` of the trunk or, at config().layers, the
    /// draft head, or `headPart`. They may turn into panels. Engine thread.
    void prepare(int part, Backend& backend) const;
    int headPart() const { return static_cast<int>(layers_.size()); }

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
    const DenseStore& dense() const { return dense_; }

    const Matrix& embedding() const { return embedding_; }
    const Projection& head() const { return head_; }
    const std::vector<float>& outputNorm() const { return outputNorm_; }
    /// Of a model with hyper-connections.
    const HyperConnectionWeights& outputMix() const { return outputMix_; }
    /// Divisors of the rotary frequencies for a context of this length; empty: none.
    const std::vector<float>& ropeFactors(int contextTokens) const;

private:
    void forEachMatrixOf(int part, const std::function<void(Matrix&)>& visit) const;
    void turn(int part) const;

    // Mutable: where matrices lie changes while the model is used, their numbers never do.
    GgufFile file_;
    ModelConfig config_;
    mutable Matrix embedding_;
    mutable Projection head_;
    std::vector<float> outputNorm_;
    HyperConnectionWeights outputMix_;
    std::vector<float> ropeFactors_, longRopeFactors_;
    mutable std::vector<LayerWeights> layers_;
    mutable DraftWeights draft_;
    std::unique_ptr<ExpertStore> experts_;
    mutable DenseStore dense_;
    mutable std::vector<bool> isTurned_;            ///< [part]: its matrices are in panels
    std::unordered_set<const std::byte*> inMemory_; ///< where in the file what isInMemory began
};

} // namespace ponder::engine
