#include "engine/convert/model_file.h"

#include "engine/convert/converted_model.h"
#include "engine/convert/tensor_converter.h"
#include "engine/format/gguf_problem.h"
#include "engine/format/input_file.h"
#include "engine/machine.h"
#include "engine/support/check.h"
#include "engine/support/error.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <memory>
#include <thread>

namespace ponder::engine {

namespace {

void requireMemory(const std::string& path, std::uint64_t bytes) {
    constexpr double kGigabyte = 1e9;
    const std::uint64_t free = lookAtMachine().freeBytes;
    if (bytes < free) return;
    const auto gigabytes = [](std::uint64_t count) {
        return std::to_string(static_cast<double>(count) / kGigabyte).substr(0, 5) + " GB";
    };
    throw Error("The weights in " + engine::quoted(path) + " take " + gigabytes(bytes) + " of memory, and " +
                gigabytes(free) +
                " are free. Make a GGUF file of them, which need not fit: ponder convert FOLDER --out "
                "FILE.gguf");
}

void readWeights(const ConvertedModel& model, std::span<std::byte> file) {
    requireMemory(model.folder.path, file.size());
    TensorConverter converter(model.folder.tensors,
                              std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    std::uint64_t at = file.size() - ggufDataBytes(model.tensors);
    for (std::size_t i = 0; i < model.plan.size(); ++i) {
        std::uint64_t end = at;
        converter.convert(model.plan[i], model.tensors[i], [&](std::span<const std::byte> blocks) {
            CHECK(blocks.size() <= file.size() - end);
            std::memcpy(file.data() + end, blocks.data(), blocks.size());
            end += blocks.size();
        });
        at += ggufAligned(model.tensors[i].sizeBytes());
    }
}

} // namespace

GgufFile openModelFile(const std::string& path, GgufFile::Access access) {
    if (!std::filesystem::is_directory(path)) return GgufFile::open(path, access);
    const auto model = std::make_shared<const ConvertedModel>(path, nullptr);
    ComposedFile file{.path = path,
                      .beginning = ggufHeader(model->metadata, model->tensors),
                      .fill = [model](std::span<std::byte> bytes) { readWeights(*model, bytes); },
                      .checkUnchanged = [model] { model->folder.tensors.checkUnchanged(); }};
    file.sizeBytes = file.beginning.size() + ggufDataBytes(model->tensors);
    return GgufFile::open(std::move(file), access);
}

} // namespace ponder::engine
