#include "tests/ui/transcript/stage.h"

#include "ui/transcript_layout.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QScrollBar>

namespace ponder::ui {

namespace {

constexpr int kFrames = 60; // ms, a frame of the stream and some

} // namespace

MessageContent prompt(int id, const QString& text) {
    MessageContent message;
    message.id = id;
    message.role = Role::User;
    message.parts = {{.kind = PartKind::Text, .text = text, .elapsed = {}}};
    return message;
}

MessageContent answer(int id, const QString& text) {
    MessageContent message = prompt(id, text);
    message.role = Role::Assistant;
    if (text.isEmpty()) message.parts.clear();
    return message;
}

MessageContent thoughtfulAnswer(int id, const QString& thoughts, const QString& text) {
    MessageContent message = answer(id, text);
    message.parts.insert(message.parts.begin(),
                         {.kind = PartKind::Reasoning, .text = thoughts, .elapsed = std::chrono::seconds(6)});
    return message;
}

std::vector<MessageContent> chatOf(int messages) {
    std::vector<MessageContent> chat;
    for (int id = 1; id <= messages; ++id) {
        if (id % 2 == 1)
            chat.push_back(prompt(id, QString("Question number %1?").arg(id)));
        else
            chat.push_back(answer(id, QString("Answer number %1.\n\n").arg(id) +
                                          QString("It has several lines. ").repeated(20) +
                                          "\n\n- one\n- two\n"));
    }
    return chat;
}

TranscriptStage::TranscriptStage() {
    view_.setFrameShape(QFrame::NoFrame);
    view_.resize(kSize);
    view_.QWidget::show();
    view_.activateWindow();
    view_.setFocus();
    settle();
}

void TranscriptStage::settle() {
    for (int i = 0; i < 3; ++i) QApplication::processEvents();
}

void TranscriptStage::waitForFrame() {
    QTest::qWait(kFrames);
}

int TranscriptStage::scrollTop() const {
    return view_.verticalScrollBar()->value();
}

int TranscriptStage::scrollEnd() const {
    return view_.verticalScrollBar()->maximum();
}

void TranscriptStage::wheel(int notches, const QPoint& at) {
    QWheelEvent event(at, view_.viewport()->mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view_.viewport(), &event);
    settle();
}

void TranscriptStage::key(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(&view_, key, modifiers);
    settle();
}

void TranscriptStage::click(const QPoint& at, Qt::KeyboardModifiers modifiers) {
    QTest::mouseMove(view_.viewport(), at);
    QTest::mouseClick(view_.viewport(), Qt::LeftButton, modifiers, at);
    settle();
}

void TranscriptStage::drag(const QPoint& from, const QPoint& to) {
    QTest::mousePress(view_.viewport(), Qt::LeftButton, {}, from);
    for (const QPoint& at : {(from + to) / 2, to}) {
        QMouseEvent move(QEvent::MouseMove, at, view_.viewport()->mapToGlobal(at), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view_.viewport(), &move);
    }
    QTest::mouseRelease(view_.viewport(), Qt::LeftButton, {}, to);
    settle();
}

QPoint TranscriptStage::inViewport(const QPointF& inLayout) const {
    const int left = (view_.width() - TranscriptLayout::kReadingWidth) / 2;
    return (inLayout + QPointF(left, -scrollTop())).toPoint();
}

QPoint TranscriptStage::placeOf(TargetKind kind, int message) const {
    TranscriptLayout layout(theme_);
    layout.setContents(view_.messages());
    layout.realize(0, 1e9);
    for (const Control& control : layout.live(message).controls()) {
        if (control.target.kind == kind)
            return inViewport(control.box.center() + QPointF(0, layout.topOf(message)));
    }
    ADD_FAILURE() << "message " << message << " has no such control";
    return {};
}

QPoint TranscriptStage::placeOf(int message, int block, int offset) const {
    TranscriptLayout layout(theme_);
    layout.setContents(view_.messages());
    layout.realize(0, 1e9);
    return inViewport(layout.caretAt({message, block, offset}).center());
}

int TranscriptStage::topOf(int message) const {
    TranscriptLayout layout(theme_);
    layout.setContents(view_.messages());
    layout.realize(0, 1e9);
    return inViewport({0, layout.topOf(message)}).y();
}

} // namespace ponder::ui
