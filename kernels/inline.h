#pragma once

// Files built for different instruction sets include the same headers, and the linker keeps one copy of an
// inline function: perhaps the one that the processor at hand cannot run. What is always inlined has no such
// copy.
#ifndef PONDER_INLINE // a build that would take hours with it says something else
#define PONDER_INLINE [[gnu::always_inline]] inline
#endif
