#include "app/answer_reproduction.h"

#include <QCoreApplication>
#include <QLocale>

#include <nlohmann/json.hpp>

#include "app/exchange/import_value.h"
#include "app/sampling_members.h"

namespace ponder::app {

namespace {

using nlohmann::json;
using ui::Failure;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AnswerReproduction)
};

json settingsOf(const Turn& answer) {
    return json::parse(answer.answer.settings, nullptr, false);
}

std::uint64_t seedOf(const json& settings) {
    return settings.at("seed").get<std::uint64_t>();
}

template <typename Value>
void read(const json& settings, const char* name, std::optional<Value>& value) {
    const json& member = memberOf(settings, name);
    value = member.is_number() ? std::optional(member.get<Value>()) : std::nullopt;
}

Failure said(const QString& what, const QString& next) {
    return {what, next, {}};
}

QString shownCount(int tokens) {
    return QLocale().toString(tokens);
}

bool isAlike(const Turn& a, const Turn& b) {
    return joinedText(a, PartKind::Reasoning) == joinedText(b, PartKind::Reasoning) &&
           joinedText(a, PartKind::Text) == joinedText(b, PartKind::Text) &&
           a.answer.answerTokens == b.answer.answerTokens &&
           a.answer.reasoningTokens == b.answer.reasoningTokens;
}

} // namespace

bool askAgainAs(const Turn& answer, engine::ChatRequest& request) {
    const json settings = settingsOf(answer);
    if (answer.state != TurnState::Complete || !memberOf(settings, "seed").is_number_unsigned() ||
        memberOf(settings, "continued") == json(true))
        return false;
    engine::SamplingSettings sampling;
    eachSamplingMember(sampling, [&](const char* name, auto& value) { read(settings, name, value); });
    sampling.seed = seedOf(settings);
    for (const json& text : memberOf(settings, "stopTexts"))
        if (text.is_string()) sampling.stopTexts.push_back(text.get<std::string>());
    request.sampling = std::move(sampling);
    request.maximumTokens = static_cast<int>(numberOf(settings, "maximumTokens"));
    request.reasoningBudget = static_cast<int>(numberOf(settings, "reasoningBudget"));
    request.reasoningEffort = textOf(settings, "reasoningEffort");
    request.jsonSchema = textOf(settings, "jsonSchema");
    const json& reasoning = memberOf(settings, "reasoning");
    request.reasoning = !reasoning.is_boolean()   ? engine::ReasoningMode::ModelDefault
                        : reasoning == json(true) ? engine::ReasoningMode::On
                                                  : engine::ReasoningMode::Off;
    return true;
}

std::optional<Failure> verdictOn(const Turn& answer, const Turn& again) {
    if (again.state != TurnState::Complete) return std::nullopt;
    const AnswerRecord& then = answer.answer;
    const AnswerRecord& now = again.answer;
    if (isAlike(answer, again))
        return said(Words::tr("The answer came out alike, token for token."),
                    Words::tr("%1 tokens, seed %2.")
                        .arg(shownCount(now.answerTokens))
                        .arg(seedOf(settingsOf(again))));
    QString why = Words::tr("“Compare versions…” in its menu shows where.");
    if (then.modelIdentity != now.modelIdentity)
        why = Words::tr("The file of the model is not the same any more.");
    else if (then.promptTokens != now.promptTokens)
        why = Words::tr(
                  "Tokens of the prompt: %1 then, %2 now. The chat's instructions, or what is kept of its "
                  "thoughts, have changed.")
                  .arg(shownCount(then.promptTokens), shownCount(now.promptTokens));
    else if (then.engineVersion != now.engineVersion)
        why = Words::tr("It was written with version %1 of Ponder; this is %2.")
                  .arg(QString::fromStdString(then.engineVersion), QString::fromStdString(now.engineVersion));
    return said(Words::tr("The answer came out different."), why);
}

Failure notReproducible() {
    return said(
        Words::tr("This answer cannot be reproduced."),
        Words::tr("It has to be known how it was drawn, and it has to be written in one go: not stopped, "
                  "continued, edited or imported. Choose “Answer again” instead."));
}

Failure writtenByAnother(const Turn& answer) {
    return said(Words::tr("This answer was written by another model, %1.")
                    .arg(QString::fromStdString(answer.answer.modelName)),
                Words::tr("Choose it, and try again."));
}

} // namespace ponder::app
