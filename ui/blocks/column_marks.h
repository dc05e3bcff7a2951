#pragma once

#include "ui/markdown/markdown_block.h"
#include "ui/theme.h"

#include <QPointF>

class QPainter;

namespace ponder::ui {

/// What stands at the left of a block in a list or a quote.
void paintQuoteBar(QPainter& painter, const Theme& theme, const QPointF& top, qreal height);
/// `corner`: left edge of the item's text, top of its first line.
void paintListMarker(QPainter& painter, const Theme& theme, TextStyle style, const ListMarker& marker,
                     const QPointF& corner);

/// The marker as it is heard.
QString spokenMarker(const ListMarker& marker);

} // namespace ponder::ui
