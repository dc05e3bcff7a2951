#pragma once

#include "ui/markdown/markdown_block.h"
#include "ui/theme.h"

#include <QPointF>

class QPainter;

namespace ponder::ui {

/// What stands beside a block in a list or a quote: where its text begins.
void paintQuoteBar(QPainter& painter, const Theme& theme, const QPointF& edge, qreal height,
                   Qt::LayoutDirection direction);
/// `corner`: the edge at which the item's text begins, top of its first line.
void paintListMarker(QPainter& painter, const Theme& theme, TextStyle style, const ListMarker& marker,
                     const QPointF& corner, Qt::LayoutDirection direction);

/// The marker as it is heard.
QString spokenMarker(const ListMarker& marker);

} // namespace ponder::ui
