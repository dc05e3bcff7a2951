#include "app/answer_builder.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/sampling_members.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr const char* kLeftOut = "leftOut";

constexpr std::array<std::pair<LeftOutWay, const char*>, 3> kWays{{
    {LeftOutWay::Dropped, "dropped"},
    {LeftOutWay::Summarised, "summarised"},
    {LeftOutWay::NotSummarised, "not summarised"},
}};

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
    const bool isWhole =
        summary.stop != engine::StopReason::Cancelled && summary.stop != engine::StopReason::ContextFull;
    endAnswer(turn, isWhole ? TurnState::Complete : TurnState::Stopped);
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
    recordLeftOut(turn, std::nullopt);
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

void recordLeftOut(Turn& turn, const std::optional<LeftOut>& leftOut) {
    json settings = json::parse(turn.answer.settings, nullptr, false);
    if (!settings.is_object()) settings = json::object();
    if (!leftOut) {
        if (settings.erase(kLeftOut) == 0) return;
    } else {
        json& object = settings[kLeftOut] = {
            {"through", leftOut->through}, {"messages", leftOut->messages}, {"tokens", leftOut->tokens}};
        for (const auto& [way, word] : kWays)
            if (leftOut->way == way) object["way"] = word;
    }
    turn.answer.settings = settings.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<LeftOut> recordedLeftOut(const Turn& turn) {
    const json settings = json::parse(turn.answer.settings, nullptr, false);
    if (!settings.is_object()) return std::nullopt;
    const auto object = settings.find(kLeftOut);
    if (object == settings.end() || !object->is_object()) return std::nullopt;
    const auto number = [&](const char* name) {
        const auto value = object->find(name);
        return value != object->end() && value->is_number_integer() ? value->get<int>() : 0;
    };
    LeftOut leftOut{number("through"), number("messages"), number("tokens"), LeftOutWay::Dropped};
    for (const auto& [way, word] : kWays)
        if (object->value("way", json()) == word) leftOut.way = way;
    if (leftOut.through <= 0 || leftOut.messages <= 0) return std::nullopt;
    return leftOut;
}

std::string settingsJson(const engine::ChatRequest& request) {
    json object = json::object();
    const engine::SamplingSettings& sampling = request.sampling;
    eachSamplingMember(sampling, [&](const char* name, const auto& value) { put(object, name, value); });
    put(object, "seed", sampling.seed);
    if (!sampling.stopTexts.empty()) object["stopTexts"] = sampling.stopTexts;
    if (request.maximumTokens > 0) object["maximumTokens"] = request.maximumTokens;
    if (request.reasoning != engine::ReasoningMode::ModelDefault)
        object["reasoning"] = request.reasoning == engine::ReasoningMode::On;
    if (request.reasoningBudget > 0) object["reasoningBudget"] = request.reasoningBudget;
    if (!request.reasoningEffort.empty()) object["reasoningEffort"] = request.reasoningEffort;
    if (!request.jsonSchema.empty()) object["jsonSchema"] = request.jsonSchema;
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
