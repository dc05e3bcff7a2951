// Files that llama-quantize wrote: ours would have the same types for the same tensors, and lose no more.

#include "engine/convert/file_type.h"
#include "engine/format/gguf_file.h"
#include "kernels/dequantize.h"
#include "kernels/quantize.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include "tests/places.h"

namespace ponder::engine {
namespace {

namespace fs = std::filesystem;

struct QuantisedFile {
    std::string model; ///< "qwen3moe"
    std::string type;  ///< "Q4_K_M"
    fs::path path;
};

std::vector<QuantisedFile> quantisedFiles() {
    const char* named = std::getenv("PONDER_GOLDEN");
    const fs::path folder = fs::path(named ? named : PONDER_GOLDEN_DEFAULT) / "models_quantised";
    std::vector<QuantisedFile> files;
    if (!fs::is_directory(folder)) return files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const std::size_t mark = name.rfind('-');
        if (mark == std::string::npos || !fs::exists(entry.path() / "model.gguf")) continue;
        files.push_back({name.substr(0, mark), name.substr(mark + 1), entry.path() / "model.gguf"});
    }
    return files;
}

std::vector<float> valuesOf(const Tensor& tensor) {
    std::vector<float> values(static_cast<std::size_t>(tensor.elements()));
    kernels::dequantizeRow(tensor.type, tensor.bytes, values.data(), tensor.elements());
    return values;
}

PlannedTensor planned(const Tensor& tensor) {
    PlannedTensor result{.name = tensor.name, .shape = {}, .sources = {}};
    for (int i = 0; i < tensor.dimensions; ++i)
        result.shape.push_back(tensor.shape[static_cast<std::size_t>(i)]);
    if (tensor.name.starts_with("blk.")) result.layer = std::atoi(tensor.name.c_str() + 4);
    return result;
}

MixtureOfTypes mixtureOf(const GgufFile& file) {
    const std::string name(*file.string("general.architecture"));
    const auto count = [&](const char* key) {
        return static_cast<int>(file.integer(name + "." + key, 0, 1 << 20).value_or(0));
    };
    return {.layers = count("block_count"),
            .experts = count("expert_count"),
            .headsPerKeyValue = count("attention.head_count") / std::max(1, count("attention.head_count_kv")),
            .headIsTied = !file.findTensor("output.weight")};
}

TEST(LlamaQuantize, ChoosesTheSameTypes) {
    const auto files = quantisedFiles();
    if (files.empty()) std::cout << "PONDER_GOLDEN is not there: 20 files were not compared\n";
    for (const QuantisedFile& each : files) {
        const auto file = GgufFile::open(each.path.string(), GgufFile::Access::Header);
        const FileType* type = findFileType(each.type);
        ASSERT_TRUE(type) << each.type;
        EXPECT_EQ(file.integer("general.file_type", 0, 100), static_cast<std::int64_t>(type->id))
            << each.type;
        for (const Tensor& tensor : file.tensors()) {
            const auto chosen = chooseTensorType(*type, planned(tensor), mixtureOf(file));
            EXPECT_EQ(kernels::typeLayout(chosen).name, kernels::typeLayout(tensor.type).name)
                << each.path << " " << tensor.name;
        }
    }
}

// The unquantised numbers are not there; those of the Q8_0 file stand in for them.
TEST(LlamaQuantize, LosesNoLess) {
    struct Losses {
        double ours = 0, theirs = 0;
    };
    std::map<std::string_view, Losses> losses;
    const auto files = quantisedFiles();
    for (const QuantisedFile& each : files) {
        if (each.type == "q8_0") continue;
        const fs::path finest = each.path.parent_path().parent_path() / (each.model + "-q8_0") / "model.gguf";
        if (!fs::exists(finest)) continue;
        const auto theirs = GgufFile::open(each.path.string(), GgufFile::Access::Weights);
        const auto truth = GgufFile::open(finest.string(), GgufFile::Access::Weights);
        for (const Tensor& tensor : theirs.tensors()) {
            if (tensor.dimensions < 2 || tensor.type == kernels::TensorType::Q8_0 ||
                kernels::typeLayout(tensor.type).elements == 1)
                continue;
            const std::vector<float> wanted = valuesOf(*truth.findTensor(tensor.name));
            const std::vector<float> got = valuesOf(tensor);
            std::vector<std::uint8_t> blocks(tensor.sizeBytes);
            std::vector<float> back(wanted.size());
            kernels::quantizeRow(tensor.type, wanted.data(), blocks.data(), tensor.elements());
            kernels::dequantizeRow(tensor.type, blocks.data(), back.data(), tensor.elements());
            Losses& sum = losses[kernels::typeLayout(tensor.type).name];
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                sum.theirs += std::pow(static_cast<double>(got[i]) - wanted[i], 2);
                sum.ours += std::pow(static_cast<double>(back[i]) - wanted[i], 2);
            }
        }
    }
    for (const auto& [type, sum] : losses) {
        const double ratio = std::sqrt(sum.ours / sum.theirs);
        std::printf("%-7s error %.4f of llama-quantize's\n", std::string(type).c_str(), ratio);
        EXPECT_LE(ratio, 1.01) << type;
    }
}

} // namespace
} // namespace ponder::engine
