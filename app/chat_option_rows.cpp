#include "app/chat_option_rows.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

namespace ponder::app {

namespace {

using engine::ReasoningMode;
using nlohmann::json;
using ui::Setting;
using ui::SettingKind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ChatOptions)
};

QVariant decimal(const std::optional<float>& value) {
    return value ? QVariant(double(*value)) : QVariant();
}

Setting rowOf(SettingKind kind, const char* id, const QString& title, const QString& explanation) {
    Setting row;
    row.id = id;
    row.section = ui::SettingsSection::Chats;
    row.title = title;
    row.explanation = explanation;
    row.kind = kind;
    return row;
}

Setting decimalRow(const char* id, const QString& title, const QString& explanation, double most, double step,
                   const std::optional<float>& value) {
    Setting row = rowOf(SettingKind::Decimal, id, title, explanation);
    row.most = most;
    row.step = step;
    row.usualText = Words::tr("As the model wants");
    row.value = decimal(value);
    return row;
}

Setting numberRow(const char* id, const QString& title, const QString& explanation, const QString& usual,
                  int value) {
    Setting row = rowOf(SettingKind::Number, id, title, explanation);
    row.most = 1 << 20;
    row.step = 64;
    row.usualText = usual;
    row.value = value;
    row.usual = 0;
    return row;
}

Setting choiceRow(const char* id, const QString& title, const QString& explanation,
                  std::vector<ui::SettingChoice> choices, const QString& value) {
    Setting row = rowOf(SettingKind::Choice, id, title, explanation);
    row.usual = choices.front().value;
    row.choices = std::move(choices);
    row.value = value;
    return row;
}

QString reasoningWord(ReasoningMode mode) {
    return mode == ReasoningMode::On ? "on" : mode == ReasoningMode::Off ? "off" : "usual";
}

/// The word the store has for a choice.
QString wordOf(const ChatSettings& settings, const char* name) {
    const json object = json::parse(chatSettingsText(settings), nullptr, false);
    return object.is_object() ? QString::fromStdString(object.value(name, "usual")) : "usual";
}

void takeWord(ChatSettings& settings, const std::string& name, const QString& word) {
    json object = json::parse(chatSettingsText(settings), nullptr, false);
    if (!object.is_object()) object = json::object();
    if (word == "usual")
        object.erase(name);
    else
        object[name] = word.toStdString();
    settings = chatSettingsFrom(object.dump());
}

void addThinking(std::vector<Setting>& rows, const ChatSettings& settings,
                 const std::optional<engine::ModelInfo>& model) {
    if (!model || model->reasoningSwitchable)
        rows.push_back(choiceRow("reasoning", Words::tr("Thinking"),
                                 Words::tr("Whether the model thinks before it answers."),
                                 {{"usual", Words::tr("As the model wants")},
                                  {"on", Words::tr("Think first")},
                                  {"off", Words::tr("Answer at once")}},
                                 reasoningWord(settings.reasoning)));
    if (model && !model->reasoningEfforts.empty()) {
        std::vector<ui::SettingChoice> efforts{{"", Words::tr("As the model wants")}};
        for (const std::string& effort : model->reasoningEfforts)
            efforts.push_back({QString::fromStdString(effort), QString::fromStdString(effort)});
        rows.push_back(choiceRow("effort", Words::tr("Effort"), Words::tr("How hard the model thinks."),
                                 std::move(efforts), QString::fromStdString(settings.reasoningEffort)));
    }
    if (!model || model->reasoningBudgetable)
        rows.push_back(numberRow("budget", Words::tr("Thinking budget"),
                                 Words::tr("After so many tokens of thought the model has to answer."),
                                 Words::tr("None"), settings.reasoningBudget));
    rows.push_back(
        choiceRow("pastThoughts", Words::tr("Earlier thoughts"),
                  Words::tr("Whether the model sees again what it thought before earlier answers."),
                  {{"usual", Words::tr("As in the settings")},
                   {"leave out", Words::tr("Leave them out")},
                   {"keep", Words::tr("Show them again")}},
                  wordOf(settings, "pastThoughts")));
}

} // namespace

std::vector<Setting> chatOptionRows(const ChatOptions& options,
                                    const std::optional<engine::ModelInfo>& model) {
    const ChatSettings& settings = options.settings;
    std::vector<Setting> rows;
    Setting system = rowOf(SettingKind::Text, "system", Words::tr("System prompt"),
                           Words::tr("What the model is told before the first message."));
    system.usualText = Words::tr("Nothing");
    system.value = QString::fromStdString(options.system);
    system.usual = QString();
    rows.push_back(system);
    addThinking(rows, settings, model);
    rows.push_back(decimalRow("temperature", Words::tr("Temperature"),
                              Words::tr("0 takes the likeliest word, more makes answers more varied."), 5,
                              0.1, settings.temperature));
    rows.push_back(
        decimalRow("topP", Words::tr("Top p"),
                   Words::tr("Only words that together make up this much of the likelihood; 1 is off."), 1,
                   0.05, settings.topP));
    Setting topK = numberRow("topK", Words::tr("Top k"), Words::tr("Only so many of the likeliest words."),
                             Words::tr("As the model wants"), settings.topK.value_or(0));
    topK.step = 1;
    rows.push_back(topK);
    rows.push_back(
        decimalRow("minP", Words::tr("Min p"),
                   Words::tr("Only words at least this likely compared to the likeliest; 0 is off."), 1, 0.01,
                   settings.minP));
    rows.push_back(decimalRow("repetitionPenalty", Words::tr("Repetition penalty"),
                              Words::tr("Makes words that were there already less likely; 1 is off."), 5,
                              0.05, settings.repetitionPenalty));
    rows.push_back(numberRow("maximumTokens", Words::tr("Longest answer"),
                             Words::tr("In tokens, thoughts included."), Words::tr("As in the settings"),
                             settings.maximumTokens));
    rows.push_back(choiceRow("whenFull", Words::tr("When the chat becomes too long"),
                             Words::tr("What is done when it no longer fits into the model's context."),
                             {{"usual", Words::tr("As in the settings")},
                              {"ask", Words::tr("Ask me")},
                              {"drop oldest", Words::tr("Leave out the oldest messages")},
                              {"summarise", Words::tr("Summarise the oldest messages")},
                              {"stop", Words::tr("Stop")}},
                             wordOf(settings, "whenFull")));
    return rows;
}

bool applyChatOption(ChatOptions& options, const QString& id, const QVariant& value) {
    ChatSettings& settings = options.settings;
    const auto takeDecimal = [&](std::optional<float>& member) {
        member = value.isNull() ? std::nullopt : std::optional(value.toFloat());
        return true;
    };
    const QString word = value.toString();
    if (id == "system")
        options.system = word.toStdString();
    else if (id == "reasoning")
        settings.reasoning = word == "on"    ? ReasoningMode::On
                             : word == "off" ? ReasoningMode::Off
                                             : ReasoningMode::ModelDefault;
    else if (id == "effort")
        settings.reasoningEffort = word.toStdString();
    else if (id == "budget")
        settings.reasoningBudget = value.toInt();
    else if (id == "pastThoughts" || id == "whenFull")
        takeWord(settings, id.toStdString(), word);
    else if (id == "temperature")
        return takeDecimal(settings.temperature);
    else if (id == "topP")
        return takeDecimal(settings.topP);
    else if (id == "minP")
        return takeDecimal(settings.minP);
    else if (id == "repetitionPenalty")
        return takeDecimal(settings.repetitionPenalty);
    else if (id == "topK")
        settings.topK = value.toInt() > 0 ? std::optional(value.toInt()) : std::nullopt;
    else if (id == "maximumTokens")
        settings.maximumTokens = value.toInt();
    else
        return false;
    return true;
}

std::string presetsText(const std::vector<Preset>& presets) {
    json list = json::array();
    for (const Preset& preset : presets)
        list.push_back({{"name", preset.name},
                        {"system", preset.options.system},
                        {"settings", chatSettingsText(preset.options.settings)}});
    return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<Preset> presetsFrom(std::string_view text) {
    std::vector<Preset> presets;
    const json list = json::parse(text, nullptr, false);
    if (!list.is_array()) return presets;
    for (const json& entry : list) {
        if (!entry.is_object()) continue;
        const auto word = [&](const char* name) {
            const auto found = entry.find(name);
            return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        if (const std::string name = word("name"); !name.empty())
            presets.push_back({name, {word("system"), chatSettingsFrom(word("settings"))}});
    }
    return presets;
}

} // namespace ponder::app
