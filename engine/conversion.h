#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace ponder::engine {

struct ConversionRequest {
    std::string folder;  ///< with config.json, tokenizer.json and *.safetensors
    std::string type;    ///< one of conversionTypes(), in upper or lower case
    std::string outPath; ///< of the GGUF file to be written; nothing may be there yet
    int threads = 0;     ///< 0: as many as there are cores
};

struct ConversionProgress {
    std::uint64_t tensorsDone = 0;
    std::uint64_t tensors = 0;
    std::uint64_t bytesWritten = 0;
    std::uint64_t sizeBytes = 0; ///< of the whole file
    std::string tensor;          ///< the one being converted, as GGUF calls it
};

/// Told several times a tensor, on the caller's thread.
using ConversionSink = std::function<void(const ConversionProgress& progress)>;

struct ConversionReport {
    std::uint64_t sizeBytes = 0;
    std::uint64_t tensors = 0;
    double bitsPerWeight = 0;
    bool cancelled = false;           ///< then nothing is left of the file
    std::vector<std::string> notices; ///< what a person should know of the result
};

/// Converts a folder of safetensors files to one GGUF file. Holds a few MiB of numbers at a time, or one
/// attention head's. The file gets its name when it is whole and on the disk; whatever goes wrong, nothing is
/// left of it. A stop request takes effect within a few MiB. Throws Error: a model, type or file that cannot
/// be converted, a file of that name, a full disk.
ConversionReport convertModel(const ConversionRequest& request, const ConversionSink& sink,
                              std::stop_token stop);

/// The names of the types, from large to small.
std::vector<std::string> conversionTypes();

} // namespace ponder::engine
