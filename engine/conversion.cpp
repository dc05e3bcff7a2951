#include "engine/conversion.h"

#include "engine/convert/converted_model.h"
#include "engine/convert/tensor_converter.h"
#include "engine/format/gguf_problem.h"
#include "engine/format/gguf_writer.h"
#include "engine/processor_cores.h"
#include "engine/support/error.h"

#include <algorithm>

namespace ponder::engine {

namespace {

/// A stop request on its way out of nested loops.
struct Stopped {};

const FileType& fileTypeOf(const std::string& name) {
    if (const FileType* type = findFileType(name)) return *type;
    std::string known;
    for (const std::string& each : conversionTypes()) known += (known.empty() ? "" : ", ") + each;
    throw Error("There is no type " + engine::quoted(name) + ". Choose one of: " + known + ".");
}

double numbersOf(const std::vector<TensorDescription>& tensors) {
    double numbers = 0;
    for (const TensorDescription& tensor : tensors) numbers += static_cast<double>(tensor.elements());
    return numbers;
}

} // namespace

std::vector<std::string> conversionTypes() {
    std::vector<std::string> names;
    for (const FileType& type : fileTypes()) names.emplace_back(type.name);
    return names;
}

ConversionReport convertModel(const ConversionRequest& request, const ConversionSink& sink,
                              std::stop_token stop) {
    const ConvertedModel model(request.folder, &fileTypeOf(request.type));
    GgufWriter writer(request.outPath, model.metadata, model.tensors);
    const int threads = request.threads > 0 ? request.threads : defaultThreads();
    TensorConverter converter(model.folder.tensors, threads);
    ConversionReport report{.tensors = model.plan.size(), .notices = model.family.notices};
    ConversionProgress progress{.tensors = model.plan.size(), .sizeBytes = writer.sizeBytes(), .tensor = {}};
    try {
        for (std::size_t i = 0; i < model.plan.size(); ++i) {
            progress.tensorsDone = i;
            progress.tensor = model.plan[i].name;
            converter.convert(model.plan[i], model.tensors[i], [&](std::span<const std::byte> blocks) {
                if (stop.stop_requested()) throw Stopped();
                writer.append(blocks);
                progress.bytesWritten = writer.bytesWritten();
                if (sink) sink(progress);
            });
        }
    } catch (const Stopped&) {
        report.cancelled = true;
        return report;
    }
    model.folder.tensors.checkUnchanged();
    writer.finish();
    report.sizeBytes = writer.bytesWritten();
    report.bitsPerWeight = 8.0 * static_cast<double>(report.sizeBytes) / numbersOf(model.tensors);
    return report;
}

} // namespace ponder::engine
