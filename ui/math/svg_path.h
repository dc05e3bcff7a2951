#pragma once

#include <QPainterPath>
#include <QStringView>

#include <optional>

namespace ponder::ui {

/// The path of an SVG's "d" attribute, filled by the winding rule. Knows every command but arcs; nothing
/// where the text is not a path.
std::optional<QPainterPath> parseSvgPath(QStringView text);

} // namespace ponder::ui
