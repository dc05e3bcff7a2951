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

/// All that panels may suit; those of experts aside.
void Model::forEachMatrixOf(int part, const std::function<void(Matrix&)>& visit) const {
    if (part == headPart()) return visit(head_.matrix);
    forEachMatrix(layers_[static_cast<std::size_t>(part)], config_, visit);
    if (part < config_.layers || !config_.draftHead) return;
    visit(draft_.join.matrix);
    if (draft_.head) visit(draft_.head.matrix);
}

void Model::keepInMemory(bool experts) {
    for (int part = 0; part <= headPart(); ++part) {
        if (part >= config_.layers && part != headPart() && !experts) continue;
        forEachMatrixOf(part, [&](Matrix& matrix) {
            if (!PanelMatrix::suits({.inFile = matrix, .rows = matrix.rows})) return;
            dense_.add(static_cast<std::size_t>(part), matrix);
            inMemory_.insert(matrix.bytes);
        });
    }
    for (std::size_t part = 0; part < dense_.parts(); ++part) isTurned_.push_back(dense_.isEmpty(part));
    if (!experts) return;
    for (const std::byte* bytes : experts_->keepInMemory(file_)) inMemory_.insert(bytes);
}

void Model::loadDense(Backend& backend, const std::function<void(double)>& progress,
                      const std::stop_token& stop) {
    if (!file_.canBeReadAgain()) return loadPanels(backend, progress, stop);
    dense_.readRows(backend, progress, stop);
}

void Model::loadPanels(Backend& backend, const std::function<void(double)>& progress,
                       const std::stop_token& stop) {
    dense_.makeAll(file_, backend, progress, stop);
    for (std::size_t part = 0; part < dense_.parts(); ++part)
        if (!isTurned_[part]) turn(static_cast<int>(part));
}

void Model::prepare(int part, Backend& backend) const {
    const auto index = static_cast<std::size_t>(part);
    if (index >= isTurned_.size() || isTurned_[index]) return;
    if (dense_.hasPanels(index, file_, backend)) turn(part);
}

void Model::turn(int part) const {
    const auto index = static_cast<std::size_t>(part);
    const bool isTied = part == headPart() && head_.matrix.bytes == embedding_.bytes;
    std::size_t next = 0;
    forEachMatrixOf(part, [&](Matrix& matrix) {
        if (PanelMatrix::suits({.inFile = matrix, .rows = matrix.rows}))
            matrix = dense_.panels(index, next++);
    });
    if (isTied) embedding_ = head_.matrix;
    isTurned_[index] = true;
}

bool Model::isInMemory(const Tensor& tensor) const {
    return inMemory_.contains(tensor.bytes);
}

const std::vector<float>& Model::ropeFactors(int contextTokens) const {
    const bool isLong = !longRopeFactors_.empty() && contextTokens > config_.rope.originalContext;
    return isLong ? longRopeFactors_ : ropeFactors_;
}

} // namespace ponder::engine
