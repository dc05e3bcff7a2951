#pragma once

#include <filesystem>
#include <vector>

namespace ponder::engine {

/// The processors that this program may use, by the cores they belong to.
struct ProcessorCores {
    int processors = 0;  ///< as the system counts: two threads of a core are two
    int cores = 0;       ///< each counted once
    int performance = 0; ///< of them, of the fastest kind; all where they are alike

    /// How many threads compute best: a core's second thread shares its units and its way to memory, and a
    /// slow core makes the fast ones wait at the end of every loop. Few fast ones leave memory idle, though:
    /// then all cores take part.
    int threads() const;
};

/// Looks at `devices` (sysfs) for the processors `allowed`. What the system does not tell counts as a core of
/// its own, and all as alike.
ProcessorCores coresOf(const std::vector<int>& allowed, const std::filesystem::path& devices);

/// Threads to compute with when the user did not choose. A process that gave up reading files counts
/// processors: ask before.
int defaultThreads();

} // namespace ponder::engine
