#pragma once

#include <QGlyphRun>
#include <QList>
#include <QPointF>

class QPainter;

namespace ponder::app {

/// Draws the coloured signs among these glyphs as small pictures: Qt leaves glyphs that are pictures in their
/// font out of a PDF. `at`: where the line's layout stands.
void drawEmoji(QPainter& painter, const QList<QGlyphRun>& runs, const QPointF& at);

} // namespace ponder::app
