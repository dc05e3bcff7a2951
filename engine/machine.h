#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ponder::engine {

/// How fast products with weights of one type are here, with all threads. A matrix takes its bytes' time and
/// its rows'.
struct ProductSpeed {
    std::string type = {};         ///< "Q4_K"
    double cachedSeconds = 0;      ///< for a byte of weights that lies in the processor's cache
    double cachedRowSeconds = 0;   ///< for a row there
    double streamedSeconds = 0;    ///< for a byte that comes from memory
    double streamedRowSeconds = 0; ///< for a row from there
};

/// How fast memory is read again and again, when so many bytes take turns.
struct ReadSpeed {
    double bytes = 0;
    double bytesPerSecond = 0;
};

/// What looking back costs one thread, in a cache that lies in memory.
struct AttentionSpeed {
    double numberSeconds = 0; ///< a number of a key or value, for a head
    double rowSeconds = 0;    ///< a position, for a head, beside its numbers
};

/// The same for a head alone and for each of four that look at the same rows together.
struct AttentionSpeeds {
    AttentionSpeed alone = {};
    AttentionSpeed amongFour = {};
};

/// What was measured of this machine's speed; empty where nothing was. Plain values, to be kept.
struct MachineSpeed {
    std::string processor = {};      ///< as the system names it
    std::string instructionSet = {}; ///< the kernels in use
    int threads = 0;                 ///< measured with
    std::int64_t measuredAt = 0;     ///< seconds since 1970
    std::vector<ProductSpeed> products = {};
    std::vector<ReadSpeed> reads = {}; ///< smallest first; the last is memory itself
    double loopSeconds = 0;            ///< to hand a loop to the threads and wait for the last
    double normSeconds = 0;            ///< a number, by one thread
    double activationSeconds = 0;      ///< a number, by one thread
    double conversionSeconds = 0;      ///< a number, by one thread
    AttentionSpeeds attentionF16 = {};
    AttentionSpeeds attentionQ8_0 = {};
    double drawFewSeconds = 0; ///< a number of the vocabulary, by kind of drawing
    double drawLikelySeconds = 0;
    double drawAllSeconds = 0;
    double diskBytesPerSecond = 0; ///< 0: not measured

    bool measured() const { return !products.empty(); }
    double memoryBytesPerSecond() const { return reads.empty() ? 0 : reads.back().bytesPerSecond; }
};

/// The state of a machine, as far as a plan needs it.
struct Machine {
    std::uint64_t memoryBytes = 0; ///< this computer has, or this program may use
    /// Can be had without pushing other programs out: swap does not count, files that were read do.
    std::uint64_t freeBytes = 0;
    bool isLimited = false; ///< a limit on this program, not the computer, decides what is free
    /// Addresses left to this process where they are limited (`ulimit -v`).
    std::optional<std::uint64_t> freeAddresses = {};
    int threads = 0; ///< to compute with when nobody chose: see ProcessorCores
    MachineSpeed speed = {};

    /// What other programs and this one hold.
    std::uint64_t heldBytes() const {
        return memoryBytes - (freeBytes < memoryBytes ? freeBytes : memoryBytes);
    }
};

/// Looks at memory, limits of control groups (both versions) and of this process. Takes a fraction of a
/// millisecond; `speed` stays empty. Any thread.
Machine lookAtMachine();

/// Files that `lookAtMachine` reads: to be asked before a process gives up reading files.
std::vector<std::string> machineFiles();

/// What a measurement holds for.
struct MachineIdentity {
    std::string processor = {};
    std::string instructionSet = {};
    int threads = 0; ///< the same
};
MachineIdentity machineIdentity();

struct SpeedProbe {
    int threads = 0; ///< 0: one a core
    std::string diskFile =
        {}; ///< a large file, read past the system's cache; empty: the disk is not measured
};

/// Bytes of memory that so many threads (0: one a core) read in a second, beyond any cache. Takes some tens
/// of milliseconds. Throws Error: no memory for it.
double readSpeed(int threads);

/// Times this machine's memory, disk and the engine's own kernels for two seconds at most. Takes all threads
/// while it runs. Throws Error: no memory for it.
MachineSpeed measureMachine(const SpeedProbe& probe);

} // namespace ponder::engine
