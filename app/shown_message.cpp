#include "app/shown_message.h"

#include <algorithm>
#include <unordered_map>

#include <QCoreApplication>
#include <QRegularExpression>

#include "app/answer_builder.h"

namespace ponder::app {

namespace {

struct ShownMessage {
    Q_DECLARE_TR_FUNCTIONS(ShownMessage)
};

ui::PartKind shownKind(PartKind kind) {
    switch (kind) {
    case PartKind::Reasoning:
        return ui::PartKind::Reasoning;
    case PartKind::Attachment:
        return ui::PartKind::Attachment;
    case PartKind::Text:
    case PartKind::Tool:
        break;
    }
    return ui::PartKind::Text;
}

ui::MessageState shownState(TurnState state) {
    switch (state) {
    case TurnState::Complete:
        return ui::MessageState::Done;
    case TurnState::Streaming:
        return ui::MessageState::Streaming;
    case TurnState::Stopped:
        return ui::MessageState::Stopped;
    case TurnState::Interrupted:
        return ui::MessageState::Interrupted;
    case TurnState::Failed:
        return ui::MessageState::Failed;
    }
    return ui::MessageState::Done;
}

std::chrono::milliseconds elapsed(const Part& part) {
    if (part.startedMs == 0) return std::chrono::milliseconds(0);
    const std::int64_t end = part.endedMs == 0 ? nowMilliseconds() : part.endedMs;
    return std::chrono::milliseconds(std::max<std::int64_t>(end - part.startedMs, 0));
}

ui::MessagePart shownPart(const Part& part) {
    ui::MessagePart shown;
    shown.kind = shownKind(part.kind);
    shown.text = QString::fromStdString(part.kind == PartKind::Attachment ? part.name : part.text);
    if (part.kind == PartKind::Reasoning) shown.elapsed = elapsed(part);
    return shown;
}

QString whyStopped(const AnswerRecord& answer) {
    return answer.stop == engine::stopReasonName(engine::StopReason::ContextFull)
               ? ShownMessage::tr("Stopped: the model's context is full.")
               : QString();
}

ui::Failure failureOf(const Turn& turn) {
    if (turn.state == TurnState::Failed) return shownFailure(QString::fromStdString(turn.answer.failure));
    if (turn.state == TurnState::Stopped) return {whyStopped(turn.answer), {}, {}};
    return {};
}

ui::MessageContent shownAmong(const std::vector<int>& siblings, const Turn& turn) {
    ui::MessageContent shown;
    shown.id = turn.number;
    shown.role = turn.role == engine::Role::User ? ui::Role::User : ui::Role::Assistant;
    for (const Part& part : turn.parts) shown.parts.push_back(shownPart(part));
    shown.state = shownState(turn.state);
    shown.branchCount = static_cast<int>(siblings.size());
    shown.branch =
        static_cast<int>(std::find(siblings.begin(), siblings.end(), turn.number) - siblings.begin()) + 1;
    shown.modelName = QString::fromStdString(turn.answer.modelName);
    shown.figures = shownFigures(turn.answer);
    shown.failure = failureOf(turn);
    return shown;
}

QString cutWords(const LeftOut& leftOut) {
    switch (leftOut.way) {
    case LeftOutWay::Dropped:
        break;
    case LeftOutWay::Summarised:
        return ShownMessage::tr("Above this line, the model sees a summary of %n message(s).", nullptr,
                                leftOut.messages);
    case LeftOutWay::NotSummarised:
        return ShownMessage::tr(
            "%n message(s) above this line are not sent to the model: no summary could be written.", nullptr,
            leftOut.messages);
    }
    return ShownMessage::tr("%n message(s) above this line are not sent to the model.", nullptr,
                            leftOut.messages);
}

} // namespace

ui::MessageContent shownMessage(const Conversation& conversation, const Turn& turn) {
    return shownAmong(conversation.siblings(turn.number), turn);
}

std::vector<ui::MessageContent> shownMessages(const Conversation& conversation) {
    std::unordered_map<int, std::vector<int>> children;
    for (const Turn& turn : conversation.turns()) children[turn.parent].push_back(turn.number);
    std::vector<ui::MessageContent> shown;
    for (const int number : conversation.activePath()) {
        const Turn& turn = conversation.turn(number);
        shown.push_back(shownAmong(children[turn.parent], turn));
    }
    if (const ShownCut cut = shownCut(conversation); cut.below != 0)
        for (ui::MessageContent& message : shown)
            if (message.id == cut.below) message.cutBelow = cut.words;
    return shown;
}

ShownCut shownCut(const Conversation& conversation) {
    const std::vector<int> path = conversation.activePath();
    for (auto number = path.rbegin(); number != path.rend(); ++number) {
        const Turn& turn = conversation.turn(*number);
        if (turn.role != engine::Role::Assistant) continue;
        if (const auto leftOut = recordedLeftOut(turn)) return {leftOut->through, cutWords(*leftOut)};
        if (!turn.parts.empty()) break; // of an answer that has not begun nothing is known yet
    }
    return {};
}

ui::AnswerEnd shownEnd(const Turn& turn) {
    ui::AnswerEnd end;
    end.state = shownState(turn.state);
    end.figures = shownFigures(turn.answer);
    end.failure = failureOf(turn);
    for (const Part& part : turn.parts)
        if (part.kind == PartKind::Reasoning) end.reasoningTimes.push_back(elapsed(part));
    return end;
}

ui::AnswerFigures shownFigures(const AnswerRecord& answer) {
    ui::AnswerFigures figures;
    figures.tokens = answer.answerTokens;
    if (answer.answerSeconds > 0) figures.tokensPerSecond = answer.answerTokens / answer.answerSeconds;
    figures.secondsToFirstToken = answer.promptSeconds;
    return figures;
}

QString shownBeginning(const std::string& text, int characters) {
    // No character of UTF-8 is longer than four bytes.
    return QString::fromStdString(text.substr(0, 4 * std::size_t(characters))).simplified().left(characters);
}

ui::Failure shownFailure(const QString& message) {
    ui::Failure failure;
    static const QRegularExpression kEndOfSentence(QStringLiteral("[.] |。"));
    const qsizetype end = message.indexOf(kEndOfSentence);
    failure.what = end < 0 ? message : message.left(end + 1);
    if (end >= 0) failure.next = message.mid(end + 1).trimmed();
    return failure;
}

} // namespace ponder::app
