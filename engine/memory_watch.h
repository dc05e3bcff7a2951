#pragma once

#include <cstdint>

namespace ponder::engine {

/// Tells when memory runs short while weights that nobody asked for yet are read. Looks at the machine once
/// in a while, for that takes time.
class MemoryWatch {
public:
    /// Whether reading should end, after so many bytes more.
    bool isShort(std::uint64_t bytesRead);

private:
    std::uint64_t unlooked_ = 0;
    bool looked_ = false;
};

} // namespace ponder::engine
