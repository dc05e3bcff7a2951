#include "kernels/cpu/tile_permission.h"

#ifdef PONDER_X86

#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ponder::kernels {

namespace {

// __builtin_cpu_supports of clang 14 does not know AMX by name.
bool processorHasTiles() {
    constexpr unsigned kTile = 1u << 24, kInt8 = 1u << 25;
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d & kTile) != 0 && (d & kInt8) != 0;
}

} // namespace

bool tilesAreKept() {
#ifdef __linux__
    constexpr long kAskForState = 0x1023; // ARCH_REQ_XCOMP_PERM, newer than Debian 12's headers
    constexpr long kTileData = 18;
    return processorHasTiles() && ::syscall(SYS_arch_prctl, kAskForState, kTileData) == 0;
#else
    return false;
#endif
}

} // namespace ponder::kernels

#endif
