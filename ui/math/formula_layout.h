#pragma once

#include "ui/math/formula.h"
#include "ui/math/formula_tree.h"

namespace ponder::ui {

/// Places the boxes of a tree: gives each text its glyphs, each stack the width of its widest child and
/// stretches what has to be as wide as that. Null where the tree shows nothing.
Formula layOutFormula(FormulaTree tree, const std::shared_ptr<FormulaFonts>& fonts);

} // namespace ponder::ui
