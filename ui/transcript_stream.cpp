#include "ui/transcript_stream.h"

#include "ui/transcript_layout.h"

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kFrame = 33;           // ms
constexpr int kCostFactor = 3;       // at most a third of the time is spent on showing text
constexpr int kLongParagraph = 8192; // characters; its last piece is broken into lines anew each time
constexpr int kLongParagraphFrame = 250;
constexpr int kSecond = 1000;

} // namespace

TranscriptStream::TranscriptStream(TranscriptLayout& layout, QObject* parent)
    : QObject(parent), layout_(layout) {
    flushTimer_.setSingleShot(true);
    flushTimer_.setTimerType(Qt::PreciseTimer);
    secondTimer_.setInterval(kSecond);
    connect(&flushTimer_, &QTimer::timeout, this, &TranscriptStream::flush);
    connect(&secondTimer_, &QTimer::timeout, this, &TranscriptStream::flush);
}

bool TranscriptStream::isRunning() const {
    return layout_.count() > 0 && layout_.contents().back().state == MessageState::Streaming;
}

MessageContent& TranscriptStream::content() {
    return layout_.content(layout_.count() - 1);
}

void TranscriptStream::begin() {
    abandon();
    if (!content().parts.empty() && content().parts.back().kind == PartKind::Reasoning) startClock();
}

void TranscriptStream::abandon() {
    flushTimer_.stop();
    secondTimer_.stop();
    thinking_.invalidate();
    cost_ = 0;
}

void TranscriptStream::append(PartKind part, const QString& text) {
    if (!isRunning() || text.isEmpty()) return;
    std::vector<MessagePart>& parts = content().parts;
    if (parts.empty() || parts.back().kind != part) {
        stopClock();
        parts.push_back({.kind = part, .text = {}, .elapsed = std::chrono::milliseconds(0)});
        if (part == PartKind::Reasoning) startClock();
    }
    parts.back().text += text;
    schedule();
}

void TranscriptStream::finish(const AnswerEnd& end) {
    if (!isRunning()) return;
    stopClock();
    abandon();
    MessageContent& message = content();
    message.state = end.state;
    message.figures = end.figures;
    message.failure = end.failure;
    auto time = end.reasoningTimes.begin();
    for (MessagePart& part : message.parts) {
        if (part.kind == PartKind::Reasoning && time != end.reasoningTimes.end()) part.elapsed = *time++;
    }
    flush();
}

int TranscriptStream::interval() {
    const int last = layout_.count() - 1;
    const bool longParagraph =
        layout_.isLive(last) && layout_.live(last).lastParagraphLength() > kLongParagraph;
    return std::max({kFrame, int(kCostFactor * cost_), longParagraph ? kLongParagraphFrame : 0});
}

void TranscriptStream::schedule() {
    if (flushTimer_.isActive()) return;
    const qint64 waited = sinceFlush_.isValid() ? sinceFlush_.elapsed() : interval();
    flushTimer_.start(int(std::max<qint64>(0, interval() - waited)));
}

void TranscriptStream::flush() {
    QElapsedTimer timer;
    timer.start();
    readClock();
    layout_.takeUp(layout_.count() - 1);
    cost_ = double(timer.nsecsElapsed()) / 1e6;
    sinceFlush_.start();
    emit grown();
}

void TranscriptStream::startClock() {
    thoughtBefore_ = content().parts.back().elapsed;
    thinking_.start();
    secondTimer_.start();
}

void TranscriptStream::readClock() {
    if (!thinking_.isValid()) return;
    content().parts.back().elapsed = thoughtBefore_ + std::chrono::milliseconds(thinking_.elapsed());
}

void TranscriptStream::stopClock() {
    readClock();
    thinking_.invalidate();
    secondTimer_.stop();
}

} // namespace ponder::ui
