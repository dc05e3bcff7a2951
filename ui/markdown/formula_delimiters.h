#pragma once

#include <QByteArray>

namespace ponder::ui {

/// Prepares TeX for md4c, outside code: `\(…\)` becomes `$…$`, `\[…\]` becomes `$$…$$`, and a dollar that is
/// money is escaped. A formula in single dollars has no space inside them and no digit after the closing one.
QByteArray withDollarFormulas(const QByteArray& markdown);

} // namespace ponder::ui
