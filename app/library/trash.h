#pragma once

#include <optional>
#include <string>

namespace ponder::app {

/// The trash that a file can go to without being copied, by the freedesktop.org Trash specification 1.0: the
/// home trash, or that of the file's own disk. Empty where there is none and none can be made. Makes nothing.
std::optional<std::string> trashFor(const std::string& path);

/// Moves a file or a link into a trash that trashFor named, with a note of where it was, so that a file
/// manager can put it back. Throws Error, and then the file is where it was.
void moveToTrash(const std::string& path, const std::string& trash);

} // namespace ponder::app
