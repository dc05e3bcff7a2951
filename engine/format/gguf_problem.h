#pragma once

#include "engine/support/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ponder::engine {

/// Why a model file was refused. The words follow the checklist that the tests go through.
enum class GgufProblem {
    NotRegular,
    Truncated,
    Magic,
    Version,
    Count,
    Length,
    Limit,
    KeyEmpty,
    KeyTooLong,
    KeyCharacters,
    KeyDuplicate,
    Type,
    Value,
    Nested,
    Alignment,
    Name,
    Dimensions,
    Dimension,
    Overflow,
    Block,
    TensorType,
    Offset,
    Bounds,
    Overlap,
    Layout,
    Changed,
    Trailing,
    NoTensors,
    Split,
};

/// A file that is not a whole, sound GGUF model. The text names field, value, limit and byte offset.
class GgufError : public Error {
public:
    GgufError(GgufProblem problem, const std::string& message) : Error(message), problem_(problem) {}
    GgufProblem problem() const { return problem_; }

private:
    GgufProblem problem_;
};

/// Where in which file something is wrong.
struct FilePlace {
    std::string_view path;
    std::uint64_t sizeBytes = 0;
    std::uint64_t offset = 0;
};

/// Throws the refusal of `what`, with file, byte offset and what to do.
[[noreturn]] void refuseFile(const FilePlace& place, GgufProblem problem, const std::string& what,
                             std::string_view advice = "Download it again.");

/// `text` in quotes for a message: control and non-ASCII bytes as \xNN, clipped at 80.
std::string quoted(std::string_view text);

} // namespace ponder::engine
