#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/file_stamp.h"
#include "app/library/model_source.h"

namespace ponder::app {

/// One file of a model.
struct ModelFile {
    std::string path;
    FileStamp stamp;

    bool operator==(const ModelFile&) const = default;
};

enum class ModelState {
    Ready,        ///< nothing speaks against it so far
    BeingWritten, ///< a program is still downloading or copying it
    Incomplete,   ///< a part, or the end of a file, is missing
    Unusable,     ///< Ponder cannot run it
};

/// "ready", "beingWritten", "incomplete", "unusable": as JSON has them.
std::string_view stateName(ModelState state);

/// A model found; nothing of it has been read yet but where it lies.
struct FoundModel {
    std::string name;           ///< unique in the list; what `-m` takes
    std::filesystem::path path; ///< the first part, as the person would name it: links are not followed
    ModelSource source = ModelSource::Folder;
    std::uint64_t sizeBytes = 0; ///< of all parts
    std::string problem;         ///< empty, or why it cannot be used: a part is missing
    ModelState state = ModelState::Ready;
    std::vector<ModelFile> files;        ///< all parts, the first one first
    std::vector<std::string> otherNames; ///< of the same files; `-m` takes them, too
    std::vector<std::string> otherPaths; ///< the same files by other links, the first part of each

    /// Are these the same files with the same content as far as the file system can tell?
    bool isUnchangedSince(const FoundModel& earlier) const;
    bool operator==(const FoundModel&) const = default;
};

} // namespace ponder::app
