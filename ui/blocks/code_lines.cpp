#include "ui/blocks/code_lines.h"

namespace ponder::ui {

namespace {

CodeLines usual = CodeLines::Scroll;

} // namespace

CodeLines usualCodeLines() {
    return usual;
}

void setUsualCodeLines(CodeLines lines) {
    usual = lines;
}

} // namespace ponder::ui
