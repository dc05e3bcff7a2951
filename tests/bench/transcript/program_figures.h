#pragma once

#include "tests/bench/transcript/figure.h"

#include <string>
#include <vector>

namespace ponder::bench {

/// Starts the program on a folder with the long chat in it, and measures the start and what it keeps in
/// memory. `self` is this benchmark, which is the program where it is started with the words below.
std::vector<Figure> measureProgram(const std::string& self);

constexpr const char* kBeTheProgram = "--be-the-program";
/// The program: shows the chat of `folder`, says how long after `startedMs` (of the steady clock) it could be
/// used and how much memory it keeps, and ends.
int beTheProgram(int argumentCount, char** arguments, const std::string& folder, double startedMs);

} // namespace ponder::bench
