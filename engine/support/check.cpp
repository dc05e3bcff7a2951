#include "engine/support/check.h"

#include <cstdio>
#include <cstdlib>

namespace ponder::engine {

void checkFailed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "ponder: internal mistake, %s does not hold at %s:%d\n", condition, file, line);
    std::abort();
}

} // namespace ponder::engine
