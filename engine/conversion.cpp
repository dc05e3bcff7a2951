#include "engine/conversion.h"

#include "engine/convert/file_type.h"
#include "engine/convert/model_folder.h"
#include "engine/convert/tensor_rows.h"
#include "engine/convert/tokenizer_metadata.h"
#include "engine/format/gguf_file.h"
#include "engine/format/gguf_problem.h"
#include "engine/format/gguf_writer.h"
#include "engine/support/thread_pool.h"
#include "kernels/quantize.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>

namespace ponder::engine {

namespace {

constexpr std::uint32_t kQuantizationVersion = 2; // of the block formats, as GGUF numbers them
constexpr std::int64_t kNumbersOfAThread = 16 << 10;

/// A stop request on its way out of nested loops.
struct Stopped {};

const FileType& fileTypeOf(const std::string& name) {
    if (const FileType* type = findFileType(name)) return *type;
    std::string known;
    for (const std::string& each : conversionTypes()) known += (known.empty() ? "" : ", ") + each;
    throw Error("There is no type " + engine::quoted(name) + ". Choose one of: " + known + ".");
}

std::vector<TensorDescription> describe(const std::vector<PlannedTensor>& plan, const FileType& type,
                                        const FamilySettings& family) {
    const bool hasHead = std::any_of(
        plan.begin(), plan.end(), [](const PlannedTensor& tensor) { return tensor.name == "output.weight"; });
    const MixtureOfTypes model{.layers = family.layers,
                               .experts = family.experts,
                               .headsPerKeyValue = family.heads / family.keyValueHeads,
                               .headIsTied = !hasHead};
    std::vector<TensorDescription> tensors;
    for (const PlannedTensor& tensor : plan)
        tensors.push_back({tensor.name, chooseTensorType(type, tensor, model), tensor.shape});
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

/// One conversion, from the plan on.
class Conversion {
public:
    Conversion(const FolderTensors& folder, GgufWriter& writer, int threads)
        : folder_(folder), writer_(writer), pool_(threads) {}

    void convert(const PlannedTensor& tensor, const TensorDescription& description,
                 const ConversionSink& sink, const std::stop_token& stop) {
        ConversionProgress progress{.tensorsDone = writer_.tensorsDone(),
                                    .tensors = 0,
                                    .bytesWritten = 0,
                                    .sizeBytes = writer_.sizeBytes(),
                                    .tensor = tensor.name};
        readPlannedRows(tensor, folder_, [&](std::span<const float> rows) {
            if (stop.stop_requested()) throw Stopped();
            checkNumbers(rows, description);
            writer_.append(blocksOf(rows, description));
            progress.bytesWritten = writer_.bytesWritten();
            if (sink) sink(progress);
        });
    }

private:
    static void checkNumbers(std::span<const float> rows, const TensorDescription& tensor) {
        constexpr float kLargestHalf = 65504;
        float largest = 0;
        for (const float value : rows) {
            if (!std::isfinite(value))
                throw Error("The tensor " + engine::quoted(tensor.name) +
                            " has numbers in it that are none (NaN or infinity). The folder is damaged; "
                            "download it again.");
            largest = std::max(largest, std::abs(value));
        }
        if (tensor.type == kernels::TensorType::F16 && largest > kLargestHalf)
            throw Error("The tensor " + engine::quoted(tensor.name) +
                        " has numbers that F16 cannot hold. Choose BF16 or another type.");
    }

    std::span<const std::byte> blocksOf(std::span<const float> rows, const TensorDescription& description) {
        const kernels::TypeLayout& layout = kernels::typeLayout(description.type);
        const auto blocks = static_cast<std::int64_t>(rows.size()) / layout.elements;
        blocks_.resize(static_cast<std::size_t>(blocks * layout.bytes));
        const std::int64_t grain = std::max<std::int64_t>(1, kNumbersOfAThread / layout.elements);
        pool_.forRanges(blocks, grain, [&](std::int64_t begin, std::int64_t end) {
            kernels::quantizeRow(description.type, rows.data() + begin * layout.elements,
                                 blocks_.data() + begin * layout.bytes, (end - begin) * layout.elements);
        });
        return blocks_;
    }

    const FolderTensors& folder_;
    GgufWriter& writer_;
    ThreadPool pool_;
    std::vector<std::byte> blocks_;
};

} // namespace

std::vector<std::string> conversionTypes() {
    std::vector<std::string> names;
    for (const FileType& type : fileTypes()) names.emplace_back(type.name);
    return names;
}

ConversionReport convertModel(const ConversionRequest& request, const ConversionSink& sink,
                              std::stop_token stop) {
    const FileType& type = fileTypeOf(request.type);
    const ModelFolder folder(request.folder);
    const FamilySettings family = readFamilySettings(folder.config);
    const std::vector<PlannedTensor> plan = planTensors(family, folder.tensors);
    const std::vector<TensorDescription> tensors = describe(plan, type, family);
    const GgufMetadata metadata = metadataOf(folder, family, type, plan.front().shape.back());
    GgufWriter writer(request.outPath, metadata, tensors);

    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    Conversion conversion(folder.tensors, writer, request.threads > 0 ? request.threads : cores);
    const auto countDone = [&](ConversionProgress progress) {
        progress.tensors = plan.size();
        if (sink) sink(progress);
    };
    ConversionReport report{.tensors = plan.size(), .notices = family.notices};
    try {
        for (std::size_t i = 0; i < plan.size(); ++i)
            conversion.convert(plan[i], tensors[i], countDone, stop);
    } catch (const Stopped&) {
        report.cancelled = true;
        return report;
    }
    folder.tensors.checkUnchanged();
    writer.finish();
    report.sizeBytes = writer.bytesWritten();
    const std::int64_t numbers = std::accumulate(
        tensors.begin(), tensors.end(), std::int64_t{0},
        [](std::int64_t sum, const TensorDescription& tensor) { return sum + tensor.elements(); });
    report.bitsPerWeight = 8.0 * static_cast<double>(report.sizeBytes) / static_cast<double>(numbers);
    return report;
}

} // namespace ponder::engine
