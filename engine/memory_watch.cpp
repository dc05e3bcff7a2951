#include "engine/memory_watch.h"

#include "engine/machine.h"

namespace ponder::engine {

namespace {

// Less than this left in the machine is short.
constexpr std::uint64_t kLeastFree = std::uint64_t{256} << 20;
constexpr std::uint64_t kLooksAtMachine = std::uint64_t{256} << 20; // once in so many bytes

} // namespace

bool MemoryWatch::isShort(std::uint64_t bytesRead) {
    unlooked_ += bytesRead;
    if (looked_ && unlooked_ < kLooksAtMachine) return false;
    looked_ = true;
    unlooked_ = 0;
    return lookAtMachine().freeBytes < kLeastFree;
}

} // namespace ponder::engine
