#pragma once

#include "kernels/matmul.h"

/// Products for processors with AMX (TILE and INT8) besides what avx512.h asks for, once the system keeps
/// tiles (tile_permission.h). Call only there. Everything else is that of AVX-512.
namespace ponder::kernels::amx {

void matmul(const MatmulRange& range);

} // namespace ponder::kernels::amx
