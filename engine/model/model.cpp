#include "engine/model/model.h"

#include "engine/model/tensor_binder.h"
#include "engine/support/error.h"

#include <charconv>
#include <utility>

namespace ponder::engine {

namespace {

using enum Presence;

void checkVocabulary(const GgufFile& file, std::string_view architecture, std::int64_t rows) {
    const auto require = [rows](std::int64_t count, const std::string& what) {
        if (count == rows) return;
        throw Error("The tensor \"token_embd.weight\" has " + std::to_string(rows) + " rows, but " + what +
                    " " + std::to_string(count) + " tokens. The model file is damaged; download it again.");
    };
    const MetadataEntry* tokens = file.find("tokenizer.ggml.tokens");
    if (tokens && tokens->type == MetadataType::Array) {
        require(static_cast<std::int64_t>(tokens->count), "the vocabulary has");
    }
    const std::string key = std::string(architecture) + ".vocab_size";
    if (const auto size = file.integer(key, 0, INT64_MAX)) require(*size, "\"" + key + "\" claims");
}

} // namespace

Model::Model(GgufFile file) : file_(std::move(file)), config_(readModelConfig(file_)) {
    TensorBinder binder(file_);
    const Tensor* embedding = file_.findTensor("token_embd.weight");
    config_.vocabulary = embedding ? static_cast<int>(embedding->rows()) : 0;
    embedding_ = binder.matrix("token_embd", config_.width, config_.vocabulary);
    checkVocabulary(file_, config_.family->architecture, config_.vocabulary);
    head_ = projection(binder, "output", config_.width, config_.vocabulary, Optional);
    if (!head_) head_.matrix = embedding_;
    outputNorm_ = binder.vector(std::string(config_.family->outputNorm) + ".weight", config_.width);
    const int pairs = config_.rope.dimensions / 2;
    ropeFactors_ = binder.vector("rope_freqs.weight", pairs, Optional);
    if (config_.rope.scaling == RopeScaling::LongRope) {
        ropeFactors_ = binder.vector("rope_factors_short.weight", pairs);
        longRopeFactors_ = binder.vector("rope_factors_long.weight", pairs);
    }

    if (config_.hyper.streams > 1)
        outputMix_ = bindHyperConnection(binder, "output_hc", config_, config_.hyper.streams, 1);

    std::vector<ExpertStack> stacks(config_.layer.size());
    for (std::size_t i = 0; i < stacks.size(); ++i)
        layers_.push_back(bindLayer(binder, config_, static_cast<int>(i), stacks[i]));
    if (config_.draftHead) draft_ = bindDraft(binder, config_);
    experts_ = std::make_unique<ExpertStore>(std::move(stacks));
    inMemory_ = binder.converted();
}

TensorUse Model::useOf(const Tensor& tensor) const {
    constexpr std::string_view kBlock = "blk.";
    if (!tensor.name.starts_with(kBlock)) return TensorUse::Trunk;
    int block = 0;
    const char* end = tensor.name.data() + tensor.name.size();
    if (std::from_chars(tensor.name.data() + kBlock.size(), end, block).ec != std::errc{})
        return TensorUse::Trunk;
    if (block < config_.layers) return TensorUse::Trunk;
    return config_.draftHead && block == config_.layers ? TensorUse::DraftHead : TensorUse::None;
}

void Model::keepInMemory(bool experts) {
    const auto add = [&](Matrix& matrix) {
        const MatrixPieces whole{.inFile = matrix, .rows = matrix.rows};
        if (!PanelMatrix::suits(whole)) return;
        panels_.emplace_back(whole);
        inMemory_.insert(matrix.bytes);
        matrix = panels_.back().piece(0);
    };
    const std::size_t blocks = experts ? layers_.size() : static_cast<std::size_t>(config_.layers);
    for (std::size_t i = 0; i < blocks; ++i) forEachMatrix(layers_[i], config_, add);
    if (experts && config_.draftHead) add(draft_.join.matrix);
    if (experts && draft_.head) add(draft_.head.matrix);
    const bool isTied = head_.matrix.bytes == embedding_.bytes;
    add(head_.matrix);
    if (isTied) embedding_ = head_.matrix;
    if (!experts) return;
    for (const std::byte* bytes : experts_->keepInMemory(file_)) inMemory_.insert(bytes);
}

std::uint64_t Model::panelBytes() const {
    std::uint64_t bytes = 0;
    for (const PanelMatrix& panels : panels_) bytes += panels.pieceInFile(0).fileBytes();
    return bytes;
}

void Model::loadPanels(Backend& backend, const std::function<void(double)>& progress,
                       const std::stop_token& stop) {
    std::vector<WantedPiece> pieces;
    for (PanelMatrix& panels : panels_) pieces.push_back({.matrix = &panels});
    loadPieces(pieces, file_, backend, progress, stop);
}

bool Model::isInMemory(const Tensor& tensor) const {
    return inMemory_.contains(tensor.bytes);
}

const std::vector<float>& Model::ropeFactors(int contextTokens) const {
    const bool isLong = !longRopeFactors_.empty() && contextTokens > config_.rope.originalContext;
    return isLong ? longRopeFactors_ : ropeFactors_;
}

} // namespace ponder::engine
