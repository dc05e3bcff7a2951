#pragma once

namespace ponder::ui {

/// What becomes of lines of code that are too long.
enum class CodeLines { Scroll, Wrap };

/// How code blocks begin, one choice for the program; each block can be switched. Holds for blocks made from
/// then on. UI thread only.
CodeLines usualCodeLines();
void setUsualCodeLines(CodeLines lines);

} // namespace ponder::ui
