#pragma once

#include "ui/blocks/block.h"
#include "ui/transcript_selection.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>

class QMouseEvent;

namespace ponder::ui {

/// What the mouse does in the transcript: hovers, presses controls, drags scroll bars, selects.
class TranscriptPointer : public QObject {
    Q_OBJECT
public:
    /// `toChat` turns a place in the viewport into one in the layout.
    TranscriptPointer(TranscriptLayout& layout, TranscriptSelection& selection,
                      std::function<QPointF(const QPointF&)> toChat, QObject* parent);

    void press(const QMouseEvent& event);
    void doubleClick(const QMouseEvent& event);
    void move(const QMouseEvent& event, int viewportHeight);
    void release(const QMouseEvent& event);
    void leave();
    /// The chat has moved or changed under the pointer.
    void lookAgain();
    /// Blocks have gone: nothing must point at them.
    void forget();

    const Target& hovered() const { return hovered_; }
    const Target& pressed() const { return pressed_; }
    /// The message under the pointer, -1: none.
    int hoveredMessage() const { return hoveredMessage_; }
    Qt::CursorShape cursor() const;

signals:
    void activated(const Target& target);
    void hoverChanged();
    void selectionDrawn();
    void selectionFinished();
    /// The pointer is dragged beyond an edge.
    void scrollWanted(int pixels);
    void barDragged();

private:
    void hover(const QPointF& at);
    void drawSelection();
    void scrollOn();

    TranscriptLayout& layout_;
    TranscriptSelection& selection_;
    std::function<QPointF(const QPointF&)> toChat_;
    Target hovered_;
    Target pressed_;
    int hoveredMessage_ = -1;
    bool inside_ = false;
    bool selecting_ = false;
    QPointF at_; ///< in the viewport
    QPointF pressedAt_;
    int beyond_ = 0; ///< pixels the pointer is above or below the viewport
    QTimer scrolling_;
    QElapsedTimer sinceDoubleClick_;
    QPointF doubleClickedAt_;
};

} // namespace ponder::ui
