#include "engine/convert/model_folder.h"

#include "engine/format/gguf_problem.h"
#include "engine/support/error.h"

#include <filesystem>

namespace ponder::engine {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostConfigBytes = 16u << 20;
constexpr std::uint64_t kMostTokenizerBytes = 256u << 20;
constexpr std::uint64_t kMostTemplateBytes = 4u << 20;

/// `models--ORG--NAME/snapshots/COMMIT` of the cache is called NAME, other folders have their own name.
std::string nameOf(const std::string& path) {
    fs::path folder = fs::absolute(path).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    if (folder.parent_path().filename() == "snapshots") {
        const std::string repository = folder.parent_path().parent_path().filename().string();
        if (const std::size_t mark = repository.rfind("--"); mark != std::string::npos)
            return repository.substr(mark + 2);
    }
    return folder.filename().string();
}

void requireFolder(const std::string& path) {
    if (!fs::is_directory(path))
        throw Error(engine::quoted(path) +
                    " is not a folder. Name the folder that holds config.json and the .safetensors files.");
    if (!fs::exists(fs::path(path) / "config.json"))
        throw Error("The folder " + engine::quoted(path) +
                    " has no config.json, so it is not known what its weights are. Name the folder that "
                    "holds config.json and the .safetensors files.");
}

SettingsFile optionalFile(const std::string& folder, const char* name, std::uint64_t mostBytes) {
    const fs::path path = fs::path(folder) / name;
    return fs::exists(path) ? SettingsFile(path.string(), mostBytes) : SettingsFile(path.string());
}

std::string templateOf(const std::string& folder) {
    const fs::path path = fs::path(folder) / "chat_template.jinja";
    if (!fs::exists(path)) return {};
    const InputFile file(path.string());
    if (file.sizeBytes() > kMostTemplateBytes)
        throw Error("The file " + engine::quoted(path.string()) +
                    " is too large for a template. Download it again.");
    std::string text(file.sizeBytes(), '\0');
    file.read(0, std::as_writable_bytes(std::span(text)));
    return text;
}

/// Weights of another kind than plain numbers would be converted into noise.
void checkPacking(const SettingsFile& config, FolderTensors& tensors) {
    if (!config.has("quantization_config")) return;
    const SettingsFile packing = config.object("quantization_config");
    const std::string method = packing.text("quant_method").value_or("");
    if (method != "fp8")
        throw Error("The weights of this folder are packed by " + engine::quoted(method) +
                    ", which Ponder cannot unpack. Choose the model's own repository, with BF16 or FP8 "
                    "weights.");
    const nlohmann::json* block = packing.find("weight_block_size");
    if (!block) return;
    const auto isSize = [](const nlohmann::json& size) {
        return size.is_number_unsigned() && size.get<std::uint64_t>() > 0 &&
               size.get<std::uint64_t>() <= 1u << 20;
    };
    if (!block->is_array() || block->size() != 2 || !isSize((*block)[0]) || !isSize((*block)[1]))
        packing.refuse("weight_block_size", "two numbers, rows and columns");
    tensors.setScaleBlock((*block)[0].get<std::int64_t>(), (*block)[1].get<std::int64_t>());
}

} // namespace

ModelFolder::ModelFolder(const std::string& folder)
    : path((requireFolder(folder), folder)), name(nameOf(folder)),
      config((fs::path(folder) / "config.json").string(), kMostConfigBytes),
      generation(optionalFile(folder, "generation_config.json", kMostConfigBytes)),
      tokenizer(optionalFile(folder, "tokenizer.json", kMostTokenizerBytes)),
      tokenizerConfig(optionalFile(folder, "tokenizer_config.json", kMostConfigBytes)),
      chatTemplate(templateOf(folder)), tensors(folder) {
    checkPacking(config, tensors);
}

} // namespace ponder::engine
