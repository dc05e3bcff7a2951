#pragma once

#include "engine/format/gguf_file.h"
#include "engine/format/gguf_problem.h"
#include "tests/support/gguf_image.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace ponder::tests {

/// A file of a few hundred bytes with every kind of metadata and two tensors, "a.weight" of 8 × 2 and
/// "b.weight" of 8.
GgufImage soundImage();

struct BrokenFile {
    std::string name; ///< of the test: the row of the checklist, then what is wrong
    engine::GgufProblem problem;
    std::string mentions; ///< by the message
    std::function<void(GgufImage&)> breakIt;
};

inline void PrintTo(const BrokenFile& file, std::ostream* stream) {
    *stream << file.name;
}

/// What opening did: why it was refused and what that cost.
struct Refusal {
    engine::GgufProblem problem;
    std::string message;
    std::chrono::milliseconds time{};
    std::uint64_t extraBytes = 0; ///< of resident memory, at the highest
};

/// Nothing if the file was accepted.
std::optional<Refusal> refusalOf(const std::filesystem::path& path,
                                 engine::GgufFile::Access access = engine::GgufFile::Access::Header);

/// The resident memory that `work` needed at the highest, beyond what was in use before.
std::uint64_t extraMemory(const std::function<void()>& work);

/// Expects a refusal for this reason, within 100 ms and 64 MiB, in words that are safe to print.
void expectRefused(const std::filesystem::path& path, engine::GgufProblem problem,
                   const std::string& mentions);
/// The same of a sound file with this one thing broken.
void expectRefused(const BrokenFile& file);

/// Sanitizers make times and memory meaningless.
extern const bool measuresCost;

} // namespace ponder::tests
