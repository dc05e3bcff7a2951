#pragma once

#include "tests/support/safetensors_image.h"

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace ponder::tests {

/// A golden model whose folder, as Hugging Face's programs would have saved it, can be made again from its
/// GGUF file, which another program wrote.
struct GoldenFolder {
    std::string golden; ///< in tests/golden/models
    std::string
        config; ///< config.json, as transformers wrote it for this model (its keys without effect left out)
};

/// For messages of tests.
void PrintTo(const GoldenFolder& model, std::ostream* stream);

const std::vector<GoldenFolder>& goldenFolders();
const GoldenFolder& goldenFolder(const std::string& golden);

/// The model's tensors under transformers' names, undoing by hand what the usual converter does.
std::vector<SafetensorsTensor> tensorsOf(const GoldenFolder& model);

/// Writes config.json, tokenizer.json and the weights in two files with their index. `change` may alter a
/// tensor before it is written.
void writeFolder(const GoldenFolder& model, const std::filesystem::path& folder,
                 const std::function<void(SafetensorsTensor&)>& change = {});

/// The GGUF file that the usual converter wrote.
std::filesystem::path goldenFile(const GoldenFolder& model);

} // namespace ponder::tests
