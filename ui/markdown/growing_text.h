#pragma once

#include <QString>

namespace ponder::ui {

/// What can be shown of a text that is still being written. A last line of nothing but marks ("=", "--",
/// "``", "#") waits for what follows: "=" makes the line above it a heading until it turns out to begin
/// "= 935". So does what may become the reference to a footnote, or the beginning of one.
QString settledText(const QString& text);

} // namespace ponder::ui
