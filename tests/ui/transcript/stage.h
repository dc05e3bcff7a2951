#pragma once

#include "ui/blocks/block.h"
#include "ui/theme.h"
#include "ui/transcript_view.h"

#include <QTest>

namespace ponder::ui {

MessageContent prompt(int id, const QString& text);
/// Without text: an answer that has not begun.
MessageContent answer(int id, const QString& text);
MessageContent thoughtfulAnswer(int id, const QString& thoughts, const QString& text);
/// Prompts and answers in turn, ids from 1, each answer of several lines.
std::vector<MessageContent> chatOf(int messages);

/// A transcript on the screen, and a person in front of it. Places are worked out with a layout of its own,
/// so they hold as long as nothing has been opened or closed by hand.
class TranscriptStage {
public:
    static constexpr QSize kSize{800, 600};

    TranscriptStage();

    TranscriptView& view() { return view_; }
    Theme& theme() { return theme_; }
    void settle();
    /// Lets pending frames of the stream be shown.
    void waitForFrame();

    int scrollTop() const;
    int scrollEnd() const;
    void wheel(int notches, const QPoint& at = {400, 300});
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void click(const QPoint& at, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void drag(const QPoint& from, const QPoint& to);

    /// The middle of a control, in the viewport.
    QPoint placeOf(TargetKind kind, int message) const;
    /// Before a character of a message's block, in the viewport.
    QPoint placeOf(int message, int block, int offset) const;
    /// The top of a message, from the top of the viewport.
    int topOf(int message) const;

private:
    QPoint inViewport(const QPointF& inLayout) const;

    Theme theme_;
    TranscriptView view_{theme_};
};

} // namespace ponder::ui
