#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "app/library/file_stamp.h"

namespace ponder::app {

/// A file's SHA-256 and what the file was like when it was computed.
struct FileHash {
    std::string sha256; ///< 64 hex digits
    FileStamp stamp;
};

/// Called with the bytes read so far, a few times a second.
using HashProgress = std::function<void(std::uint64_t done)>;

/// Reads the whole file. What was not in memory before is let go again, so that a model in use keeps its
/// place. Empty after a stop request, within some milliseconds. Throws Error: unreadable, changed meanwhile.
std::optional<FileHash> hashFile(const std::string& path, const HashProgress& progress, std::stop_token stop);

/// The SHA-256 a file should have, from where it lies: a blob of the Hugging Face cache or of Ollama is named
/// by it. Links are followed by one step. Empty: nothing to compare with.
std::string expectedHash(const std::string& path);

enum class HashVerdict {
    Unknown,   ///< not computed yet
    Verified,  ///< it is what its name or manifest says
    Differs,   ///< damaged or changed
    Unchecked, ///< computed, nothing to compare with
};
HashVerdict compareHash(const std::string& sha256, const std::string& expected);

} // namespace ponder::app
