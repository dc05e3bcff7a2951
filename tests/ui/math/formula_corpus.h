#pragma once

#include "ui/math/formulas.h"

#include <vector>

namespace ponder::ui {

/// Formulas of the kind that models write; all of them can be drawn.
std::vector<FormulaSource> formulaCorpus();

} // namespace ponder::ui
