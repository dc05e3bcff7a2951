#pragma once

namespace ponder::kernels {

/// Whether AMX's tiles can be used for bytes: the processor has them, and the system keeps them from now on
/// for each thread of this process. Linux wants to be asked before the first use (arch_prctl(2)): 8 KB more
/// to keep for each thread that uses them.
bool tilesAreKept();

} // namespace ponder::kernels
