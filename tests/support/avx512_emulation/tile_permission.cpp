#include "kernels/cpu/tile_permission.h"

namespace ponder::kernels {

bool tilesAreKept() {
    return true;
}

} // namespace ponder::kernels
