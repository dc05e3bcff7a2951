#include "app/setting_rows.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include "ui/theme.h"
#include "ui/translations.h"

namespace ponder::app {

namespace {

using ui::Setting;
using ui::SettingKind;
using ui::SettingsSection;

/// Gives the words of the rows a context.
struct SettingRows {
    Q_DECLARE_TR_FUNCTIONS(SettingRows)
};

// A value travels as JSON, the way the file spells it: one list of names, limits and words for both.
QVariant valueOf(const Settings& settings, const QString& id) {
    const std::string text = "[" + settingText(settings, id.toStdString()) + "]";
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).array().at(0).toVariant();
}

std::vector<Setting> generalRows() {
    return {
        {.id = "language",
         .section = SettingsSection::General,
         .title = SettingRows::tr("Language"),
         .explanation = SettingRows::tr("Of Ponder's words; models answer in the language you write. Takes "
                                        "effect at the next start."),
         .words = SettingRows::tr("translation"),
         .choices = {{"system", SettingRows::tr("As the desktop")},
                     {"en", ui::nameOf(ui::Language::English)},
                     {"de", ui::nameOf(ui::Language::German)},
                     {"zh_CN", ui::nameOf(ui::Language::SimplifiedChinese)}}},
        {.id = "sendKey",
         .section = SettingsSection::General,
         .title = SettingRows::tr("Send with"),
         .explanation = SettingRows::tr("The other key begins a new line."),
         .words = SettingRows::tr("enter key"),
         .choices = {{"enter", SettingRows::tr("Enter")}, {"ctrl+enter", SettingRows::tr("Ctrl+Enter")}}},
        {.id = "notify",
         .section = SettingsSection::General,
         .title = SettingRows::tr("Notify me of long answers"),
         .explanation =
             SettingRows::tr("When an answer took over ten seconds and the window is not in front."),
         .words = SettingRows::tr("notification alert"),
         .kind = SettingKind::Switch,
         .choices = {{"long answers", {}}, {"never", {}}}},
    };
}

std::vector<Setting> appearanceRows() {
    return {
        {.id = "theme",
         .section = SettingsSection::Appearance,
         .title = SettingRows::tr("Colours"),
         .explanation = SettingRows::tr("The desktop's choice is followed while Ponder runs."),
         .words = SettingRows::tr("theme appearance dark mode"),
         .choices = {{"system", SettingRows::tr("As the desktop")},
                     {"light", SettingRows::tr("Light")},
                     {"dark", SettingRows::tr("Dark")},
                     {"high contrast", SettingRows::tr("High contrast")}}},
        {.id = "fontPixels",
         .section = SettingsSection::Appearance,
         .title = SettingRows::tr("Text size"),
         .explanation = SettingRows::tr("In pixels, from 12 to 24. Everything else grows along."),
         .words = SettingRows::tr("font letters zoom"),
         .kind = SettingKind::Number,
         .least = ui::Theme::kSmallestText,
         .most = ui::Theme::kLargestText},
        {.id = "motion",
         .section = SettingsSection::Appearance,
         .title = SettingRows::tr("Motion"),
         .explanation = SettingRows::tr("Reduced: nothing slides or pulses."),
         .words = SettingRows::tr("animation"),
         .choices = {{"system", SettingRows::tr("As the desktop")},
                     {"full", SettingRows::tr("Full")},
                     {"reduced", SettingRows::tr("Reduced")}}},
        {.id = "codeLines",
         .section = SettingsSection::Appearance,
         .title = SettingRows::tr("Wrap long lines of code"),
         .explanation = SettingRows::tr("Otherwise they scroll sideways; each block also has a switch."),
         .kind = SettingKind::Switch,
         .choices = {{"wrap", {}}, {"scroll", {}}}},
    };
}

std::vector<Setting> chatRows() {
    return {
        {.id = "chatTitles",
         .section = SettingsSection::Chats,
         .title = SettingRows::tr("Let the model name chats"),
         .explanation =
             SettingRows::tr("After the first answer, in the background. Otherwise your first words "
                             "are the title."),
         .words = SettingRows::tr("title rename"),
         .kind = SettingKind::Switch,
         .choices = {{"by model", {}}, {"from prompt", {}}}},
        {.id = "pastThoughts",
         .section = SettingsSection::Chats,
         .title = SettingRows::tr("Show the model its earlier thoughts"),
         .explanation = SettingRows::tr("Most models answer better, and longer, without them."),
         .words = SettingRows::tr("reasoning"),
         .kind = SettingKind::Switch,
         .choices = {{"keep", {}}, {"leave out", {}}}},
        {.id = "whenFull",
         .section = SettingsSection::Chats,
         .title = SettingRows::tr("When a chat becomes too long"),
         .explanation =
             SettingRows::tr("What is done when it no longer fits into the model's context. Nothing is "
                             "deleted from the chat."),
         .choices = {{"ask", SettingRows::tr("Ask me")},
                     {"drop oldest", SettingRows::tr("Leave out the oldest messages")},
                     {"summarise", SettingRows::tr("Summarise the oldest messages")},
                     {"stop", SettingRows::tr("Stop")}}},
        {.id = "snapshots",
         .section = SettingsSection::Chats,
         .title = SettingRows::tr("Go on with long chats at once"),
         .explanation =
             SettingRows::tr("What a model has worked out of a chat stays on the disk, so that it need "
                             "not read it again. It can be read back like the chat; it goes with the "
                             "chat, and all of it when this is switched off."),
         .words = SettingRows::tr("snapshot cache disk privacy"),
         .kind = SettingKind::Switch,
         .choices = {{"keep", {}}, {"none", {}}}},
        {.id = "systemPrompt",
         .section = SettingsSection::Chats,
         .title = SettingRows::tr("Instructions for every chat"),
         .explanation = SettingRows::tr("What the model is told before a chat begins."),
         .words = SettingRows::tr("system prompt"),
         .kind = SettingKind::Text,
         .usualText = SettingRows::tr("For example: Answer briefly.")},
    };
}

std::vector<Setting> modelRows() {
    constexpr double kMostTokens = 1 << 24;
    return {
        {.id = "modelFolders",
         .section = SettingsSection::Models,
         .title = SettingRows::tr("Folders with models"),
         .explanation =
             SettingRows::tr("Beside those of LM Studio, Ollama and Hugging Face, which are found by "
                             "themselves. Nothing is copied or moved."),
         .words = SettingRows::tr("directory path"),
         .kind = SettingKind::Folders},
        {.id = "temperature",
         .section = SettingsSection::Models,
         .title = SettingRows::tr("Temperature"),
         .explanation = SettingRows::tr("Higher answers vary more; 0 always takes the likeliest word."),
         .words = SettingRows::tr("randomness sampling"),
         .kind = SettingKind::Decimal,
         .most = 5,
         .step = 0.1,
         .usualText = SettingRows::tr("As the model wants")},
        {.id = "topP",
         .section = SettingsSection::Models,
         .title = SettingRows::tr("Top P"),
         .explanation = SettingRows::tr("Only the likeliest words that make up this share are considered."),
         .words = SettingRows::tr("nucleus sampling"),
         .kind = SettingKind::Decimal,
         .most = 1,
         .step = 0.05,
         .usualText = SettingRows::tr("As the model wants")},
        {.id = "maximumTokens",
         .section = SettingsSection::Models,
         .title = SettingRows::tr("Longest answer"),
         .explanation = SettingRows::tr("In tokens, thoughts included; a token is about four letters."),
         .words = SettingRows::tr("limit length"),
         .kind = SettingKind::Number,
         .most = kMostTokens,
         .step = 256,
         .usualText = SettingRows::tr("Until it is done")},
        {.id = "contextTokens",
         .section = SettingsSection::Models,
         .title = SettingRows::tr("Context"),
         .explanation = SettingRows::tr("How many tokens of a chat the model sees. More needs more memory."),
         .words = SettingRows::tr("context length window memory"),
         .kind = SettingKind::Number,
         .most = kMostTokens,
         .step = 1024,
         .usualText = SettingRows::tr("As memory allows")},
        {.id = "threads",
         .section = SettingsSection::Models,
         .title = SettingRows::tr("Processor threads"),
         .explanation = SettingRows::tr("Fewer leave more of the computer for other programs."),
         .words = SettingRows::tr("CPU cores"),
         .kind = SettingKind::Number,
         .most = 1024,
         .usualText = SettingRows::tr("One a core")},
        {.id = "unloadMinutes",
         .section = SettingsSection::Models,
         .title = SettingRows::tr("Free the memory when idle"),
         .explanation = SettingRows::tr("After this many minutes; the next message loads the model again."),
         .words = SettingRows::tr("unload RAM"),
         .kind = SettingKind::Number,
         .most = 24 * 60,
         .step = 5,
         .usualText = SettingRows::tr("Never")},
    };
}

} // namespace

std::vector<Setting> settingRows(const Settings& settings) {
    std::vector<Setting> rows;
    for (std::vector<Setting> part : {generalRows(), appearanceRows(), chatRows(), modelRows()}) {
        for (Setting& row : part) {
            row.value = valueOf(settings, row.id);
            row.usual = valueOf(Settings(), row.id);
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

const std::vector<std::string>& settingsWithoutRow() {
    static const std::vector<std::string> names{
        "defaultModel", // the model picker's
        "shortcuts",    // the dialog's page of keys
        "windowLayout",
    };
    return names;
}

bool applySetting(Settings& settings, const QString& id, const QVariant& value) {
    const QByteArray list =
        QJsonDocument(QJsonArray{QJsonValue::fromVariant(value)}).toJson(QJsonDocument::Compact);
    const std::string text = list.mid(1, list.size() - 2).toStdString();
    return readSetting(settings, id.toStdString(), text);
}

} // namespace ponder::app
