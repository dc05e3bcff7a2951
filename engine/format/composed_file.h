#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace ponder::engine {

/// A file that is nowhere as a whole: its beginning is at hand, the rest is put together from other files
/// when it is mapped into memory. Before that the rest reads as zeros.
struct ComposedFile {
    std::string path; ///< what messages call it
    std::string beginning;
    std::uint64_t sizeBytes = 0;
    /// Writes what lies behind the beginning into the whole file's bytes, all zeros. Throws Error.
    std::function<void(std::span<std::byte> file)> fill;
    /// Throws Error where one of the other files was changed.
    std::function<void()> checkUnchanged;
};

} // namespace ponder::engine
