#include "engine/convert/converted_model.h"

#include "engine/convert/tokenizer_metadata.h"

#include <algorithm>

namespace ponder::engine {

namespace {

constexpr std::uint32_t kQuantizationVersion = 2; // of the block formats, as GGUF numbers them

/// The type that a tensor's numbers have in the folder, for all tensors of the same.
const FileType& storedType(const PlannedTensor& tensor) {
    const bool isFolders = !tensor.sources.empty();
    const SafetensorsType type = isFolders ? tensor.sources.front()->type : SafetensorsType::F32;
    return *findFileType(type == SafetensorsType::F32   ? "F32"
                         : type == SafetensorsType::F16 ? "F16"
                                                        : "BF16");
}

std::vector<TensorDescription> describe(const std::vector<PlannedTensor>& plan, const FileType* type,
                                        const FamilySettings& family) {
    const bool hasHead = std::any_of(
        plan.begin(), plan.end(), [](const PlannedTensor& tensor) { return tensor.name == "output.weight"; });
    const MixtureOfTypes model{.layers = family.layers,
                               .experts = family.experts,
                               .headsPerKeyValue = family.heads / family.keyValueHeads,
                               .headIsTied = !hasHead};
    std::vector<TensorDescription> tensors;
    for (const PlannedTensor& tensor : plan)
        tensors.push_back(
            {tensor.name, chooseTensorType(type ? *type : storedType(tensor), tensor, model), tensor.shape});
    return tensors;
}

void addSampling(const SettingsFile& generation, GgufMetadata& metadata) {
    if (!generation.flag("do_sample").value_or(true)) return;
    const auto addNumber = [&](const char* theirs, const char* ours) {
        if (const auto value = generation.number(theirs))
            metadata.addNumber(std::string("general.sampling.") + ours, static_cast<float>(*value));
    };
    addNumber("temperature", "temp");
    if (const auto most = generation.count("top_k", 0, INT32_MAX))
        metadata.addInteger("general.sampling.top_k", static_cast<std::int32_t>(*most));
    addNumber("top_p", "top_p");
    addNumber("min_p", "min_p");
    addNumber("repetition_penalty", "penalty_repeat");
}

GgufMetadata metadataOf(const ModelFolder& folder, const FamilySettings& family, const FileType& type,
                        std::int64_t vocabulary) {
    GgufMetadata metadata;
    metadata.addText("general.architecture", family.architecture);
    metadata.addText("general.type", "model");
    metadata.addText("general.name", folder.name);
    metadata.addCount("general.file_type", type.id);
    metadata.addCount("general.quantization_version", kQuantizationVersion);
    addSampling(folder.generation, metadata);
    addFamilyMetadata(folder.config, family, metadata);
    metadata.addCount(family.architecture + ".vocab_size", static_cast<std::uint32_t>(vocabulary));
    addTokenizerMetadata({.tokenizer = folder.tokenizer,
                          .tokenizerConfig = folder.tokenizerConfig,
                          .generation = folder.generation,
                          .config = folder.config,
                          .chatTemplate = folder.chatTemplate},
                         vocabulary, metadata);
    return metadata;
}

} // namespace

ConvertedModel::ConvertedModel(const std::string& path, const FileType* type)
    : folder(path), family(readFamilySettings(folder.config)), plan(planTensors(family, folder.tensors)),
      tensors(describe(plan, type, family)),
      metadata(
          metadataOf(folder, family, type ? *type : storedType(plan.front()), plan.front().shape.back())) {}

} // namespace ponder::engine
