#pragma once

#include "kernels/inline.h"

#include <utility>

namespace ponder::kernels {
namespace {

template <int n>
using Number = std::integral_constant<int, n>;

template <class Function, int... i>
PONDER_INLINE void forEach(std::integer_sequence<int, i...>, Function function) {
    (function(Number<i>()), ...);
}
/// Calls function(Number<i>()) for i = 0 to n - 1.
template <int n, class Function>
PONDER_INLINE void forEach(Function function) {
    forEach(std::make_integer_sequence<int, n>(), function);
}

} // namespace
} // namespace ponder::kernels
