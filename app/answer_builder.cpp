#include "app/answer_builder.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ponder::app {

namespace {

using nlohmann::json;

template <typename Value>
void put(json& object, const char* name, const std::optional<Value>& value) {
    if (value) object[name] = *value;
}

/// What was taken for the answer was the thought.
void turnTextIntoThought(Turn& turn, const std::string& thought) {
    Part part = reasoningPart(thought);
    part.startedMs = nowMilliseconds();
    part.endedMs = part.startedMs;
    for (const Part& text : turn.parts) {
        if (text.kind != PartKind::Text) continue;
        part.startedMs = std::min(part.startedMs, text.startedMs);
        part.tokens += text.tokens;
    }
    std::erase_if(turn.parts, [](const Part& each) { return each.kind == PartKind::Text; });
    turn.parts.push_back(std::move(part));
}

} // namespace

void appendPiece(Turn& turn, const engine::AnswerPiece& piece) {
    if (piece.kind == engine::PieceKind::TextWasReasoning) return turnTextIntoThought(turn, piece.text);
    const PartKind kind = piece.kind == engine::PieceKind::Reasoning ? PartKind::Reasoning : PartKind::Text;
    if (turn.parts.empty() || turn.parts.back().kind != kind) {
        const std::int64_t now = nowMilliseconds();
        if (!turn.parts.empty() && turn.parts.back().endedMs == 0) turn.parts.back().endedMs = now;
        Part part;
        part.kind = kind;
        part.startedMs = now;
        turn.parts.push_back(std::move(part));
    }
    Part& part = turn.parts.back();
    part.text += piece.text;
    part.tokens += piece.tokens;
    part.endedMs = 0;
}

void endAnswer(Turn& turn, TurnState state) {
    turn.state = state;
    turn.finishedMs = nowMilliseconds();
    if (!turn.parts.empty() && turn.parts.back().endedMs == 0) turn.parts.back().endedMs = turn.finishedMs;
}

void finishAnswer(Turn& turn, const engine::AnswerSummary& summary) {
    endAnswer(turn, summary.stop == engine::StopReason::Cancelled ? TurnState::Stopped : TurnState::Complete);
    AnswerRecord& answer = turn.answer;
    answer.stop = engine::stopReasonName(summary.stop);
    answer.failure.clear();
    answer.promptTokens = summary.promptTokens;
    answer.reusedTokens = summary.reusedTokens;
    answer.promptSeconds = summary.promptSeconds;
    // A continued answer was paid for in several instalments.
    answer.reasoningTokens += summary.reasoningTokens;
    answer.answerTokens += summary.answerTokens;
    answer.answerSeconds += summary.answerSeconds;
    if (json settings = json::parse(answer.settings, nullptr, false); settings.is_object()) {
        settings["seed"] = summary.seed;
        if (summary.reasoningCut) settings["reasoningCut"] = true;
        answer.settings = settings.dump();
    }
}

void reopenAnswer(Turn& turn) {
    turn.state = TurnState::Streaming;
    turn.finishedMs = 0;
    turn.answer.failure.clear();
    turn.answer.stop.clear();
    if (turn.parts.empty() || turn.parts.back().endedMs == 0) return;
    Part& part = turn.parts.back();
    const std::int64_t now = nowMilliseconds();
    part.startedMs += now - part.endedMs;
    part.endedMs = 0;
}

void failAnswer(Turn& turn, const std::string& message) {
    endAnswer(turn, TurnState::Failed);
    turn.answer.failure = message;
}

void recordModel(Turn& turn, const engine::ModelInfo& info, double loadSeconds) {
    turn.answer.modelName = info.name;
    turn.answer.modelIdentity = info.identity;
    turn.answer.modelPath = info.path;
    turn.answer.engineVersion = PONDER_VERSION;
    turn.answer.loadSeconds = loadSeconds;
}

std::string settingsJson(const engine::ChatRequest& request) {
    json object = json::object();
    const engine::SamplingSettings& sampling = request.sampling;
    put(object, "temperature", sampling.temperature);
    put(object, "topK", sampling.topK);
    put(object, "topP", sampling.topP);
    put(object, "minP", sampling.minP);
    put(object, "repetitionPenalty", sampling.repetitionPenalty);
    put(object, "presencePenalty", sampling.presencePenalty);
    put(object, "frequencyPenalty", sampling.frequencyPenalty);
    put(object, "penaltyTokens", sampling.penaltyTokens);
    put(object, "seed", sampling.seed);
    if (!sampling.stopTexts.empty()) object["stopTexts"] = sampling.stopTexts;
    if (request.maximumTokens > 0) object["maximumTokens"] = request.maximumTokens;
    if (request.reasoning != engine::ReasoningMode::ModelDefault)
        object["reasoning"] = request.reasoning == engine::ReasoningMode::On;
    if (request.reasoningBudget > 0) object["reasoningBudget"] = request.reasoningBudget;
    if (!request.reasoningEffort.empty()) object["reasoningEffort"] = request.reasoningEffort;
    if (request.continued) object["continued"] = true; // its beginning was not drawn with this seed
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

engine::PartialAnswer partialAnswer(const Turn& turn) {
    engine::PartialAnswer partial;
    partial.reasoning = joinedText(turn, PartKind::Reasoning);
    partial.text = joinedText(turn, PartKind::Text);
    partial.reasoningClosed = !partial.reasoning.empty() && !partial.text.empty();
    return partial;
}

} // namespace ponder::app
