#pragma once

#include "ui/transcript_position.h"

#include <QPointF>

class QScrollBar;

namespace ponder::ui {

class TranscriptLayout;

/// What part of the chat is seen. It either follows the end, or holds a place in the text where it is on the
/// screen while heights above it change.
class TranscriptScroll {
public:
    /// A person this near to the end (px) is at the end.
    static constexpr int kNearEnd = 64;

    TranscriptScroll(QScrollBar& bar, TranscriptLayout& layout) : bar_(bar), layout_(layout) {}

    int top() const;
    bool followsEnd() const { return followsEnd_; }
    bool isNearEnd() const;
    void followEnd() { followsEnd_ = true; }
    void goToStart() { goTo(0); }
    /// The message stands at the top.
    void goTo(int message);
    /// What is seen now is being read: the end is not followed.
    void stay();
    /// The scroll bar has been moved by someone else than this class.
    void takeUserMove();
    bool isAdjusting() const { return adjusting_; }
    /// Holds what is at the top of the viewport now; `y` (from the viewport's top) instead where something
    /// there is about to change.
    void hold(qreal y = 0);
    /// Holds the top of a message, whatever changes inside it.
    void holdMessage(int message, qreal at);
    int heldMessage() const { return held_.place.message; }
    /// What is held is now in this message.
    void moveHold(int message);
    /// Place: also where the end was followed, what is read stays; the end is followed again where it is
    /// seen.
    enum class Keep { EndOrPlace, Place };
    /// Lays out what is seen and puts the scroll bar where it belongs.
    void settle(int viewportHeight, Keep keep);
    /// Scrolls as little as shows the stretch; it is held from then on.
    void reveal(qreal from, qreal to);

private:
    struct Held {
        TranscriptPosition place;
        bool inText = false; ///< else the block's top
        qreal at = 0;        ///< from the viewport's top
    };

    qreal heldTop() const;
    void moveTo(int top);

    QScrollBar& bar_;
    TranscriptLayout& layout_;
    Held held_;
    bool followsEnd_ = true;
    bool adjusting_ = false;
    int lastTop_ = 0;
    int viewportHeight_ = 0;
};

} // namespace ponder::ui
