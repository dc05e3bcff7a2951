#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ponder::app {

/// Who may read the file: only its owner, or whoever the umask lets.
enum class FileReaders { Owner, Everybody };

/// Replaces the file's content or leaves it as it was, also on a full disk and across a power cut: written
/// beside it, synced, renamed, folder synced. Throws Error.
void writeFileAtomically(const std::filesystem::path& path, std::string_view content,
                         FileReaders readers = FileReaders::Owner);

/// The whole file. Throws Error, also for more than `limit` bytes.
std::string readFile(const std::filesystem::path& path, std::size_t limit);

} // namespace ponder::app
