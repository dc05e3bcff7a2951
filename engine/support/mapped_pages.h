#pragma once

#include <cstddef>
#include <cstdint>

namespace ponder::engine {

constexpr std::uint64_t kPageBytes = 4096;

/// The system begins to read these mapped bytes, and nobody waits for it. Any thread.
void askForMappedPages(const std::byte* bytes, std::uint64_t count);

/// Every page of these mapped bytes becomes part of this process, read from the disk where it must be. Any
/// thread.
void readMappedPages(const std::byte* bytes, std::uint64_t count);

} // namespace ponder::engine
