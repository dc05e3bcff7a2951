#pragma once

#include <span>

namespace ponder::engine {

/// e^x for x <= 0, to a relative 1e-14 and to the same last bit everywhere: the C library's may differ from
/// one version or processor to the next. 0 below -700.
double portableExp(double x);

/// `portableExp` of each, in its place.
void portableExp(std::span<double> values);

} // namespace ponder::engine
