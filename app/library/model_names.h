#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponder::app {

/// `text` with ASCII letters small: names of files and models are compared in any case.
std::string lowered(std::string text);

/// "name-00002-of-00003.gguf" is part 2 of 3 of "name"; any other model file is part 1 of 1.
struct PartName {
    std::string stem;
    int number = 1;
    int count = 1;

    /// The file name of another part.
    std::string fileName(int other) const;
};
PartName partNameOf(const std::string& fileName);

/// Is this the name of a file that holds a model, or a part of one, and not the vision half of another?
bool isModelFileName(const std::string& fileName);

/// The name the file will have once it is whole, where its name says that a program is still writing it:
/// "model.gguf.part" → "model.gguf". Empty for all other names.
std::string finalNameOf(const std::string& fileName);

/// The digest in "sha256-<64 hex digits>" or "sha256:<64 hex digits>", or the 64 digits themselves; empty for
/// anything else.
std::string sha256In(std::string_view text);

} // namespace ponder::app
