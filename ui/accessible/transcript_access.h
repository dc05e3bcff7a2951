#pragma once

#include <QPointF>
#include <QRectF>

#include <functional>

class QWidget;

namespace ponder::ui {

class TranscriptActions;
class TranscriptFocus;
class TranscriptLayout;
class TranscriptSelection;

/// What of a TranscriptView the screen reader's side of it works with.
struct TranscriptAccess {
    QWidget& view;
    TranscriptLayout& layout;
    TranscriptSelection& selection;
    TranscriptFocus& focus;
    TranscriptActions& actions;
    /// A place in the layout, on the screen.
    std::function<QPointF(const QPointF&)> toScreen;
    std::function<QPointF(const QPointF&)> fromScreen;
    /// This box of the layout is scrolled out of sight.
    std::function<bool(const QRectF&)> isOffscreen;
    /// Messages have been laid out that were not: heights may have changed.
    std::function<void()> settle;
    /// Scrolls as little as shows this stretch of the layout.
    std::function<void(qreal from, qreal to)> reveal;
};

} // namespace ponder::ui
