#include "app/settings.h"

#include <functional>
#include <nlohmann/json.hpp>

#include "app/atomic_file.h"
#include "app/paths.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::size_t kLargestFile = 1 << 20;

/// A setting's name in the file, how it is read and how it is written. `read` is false for a senseless value.
struct Row {
    const char* name;
    std::function<bool(const json&, Settings&)> read;
    std::function<json(const Settings&)> write;
};

Row numberRow(const char* name, int Settings::*member, int least, int most) {
    return {name,
            [=](const json& value, Settings& settings) {
                if (!value.is_number_integer()) return false;
                const auto number = value.get<std::int64_t>();
                if (number < least || number > most) return false;
                settings.*member = static_cast<int>(number);
                return true;
            },
            [=](const Settings& settings) { return json(settings.*member); }};
}

Row numberRow(const char* name, std::optional<float> Settings::*member, float least, float most) {
    return {name,
            [=](const json& value, Settings& settings) {
                if (value.is_null()) {
                    settings.*member = std::nullopt;
                    return true;
                }
                if (!value.is_number()) return false;
                const auto number = value.get<float>();
                if (!(number >= least && number <= most)) return false;
                settings.*member = number;
                return true;
            },
            [=](const Settings& settings) {
                const std::optional<float>& value = settings.*member;
                return value ? json(*value) : json();
            }};
}

Row textRow(const char* name, std::string Settings::*member) {
    return {name,
            [=](const json& value, Settings& settings) {
                if (!value.is_string()) return false;
                settings.*member = value.get<std::string>();
                return true;
            },
            [=](const Settings& settings) { return json(settings.*member); }};
}

Row listRow(const char* name, std::vector<std::string> Settings::*member) {
    return {name,
            [=](const json& value, Settings& settings) {
                if (!value.is_array()) return false;
                std::vector<std::string> list;
                for (const json& entry : value) {
                    if (!entry.is_string()) return false;
                    list.push_back(entry.get<std::string>());
                }
                settings.*member = std::move(list);
                return true;
            },
            [=](const Settings& settings) { return json(settings.*member); }};
}

Row mapRow(const char* name, std::map<std::string, std::string> Settings::*member) {
    return {name,
            [=](const json& value, Settings& settings) {
                if (!value.is_object()) return false;
                std::map<std::string, std::string> map;
                for (const auto& [key, entry] : value.items()) {
                    if (!entry.is_string()) return false;
                    map.emplace(key, entry.get<std::string>());
                }
                settings.*member = std::move(map);
                return true;
            },
            [=](const Settings& settings) { return json(settings.*member); }};
}

template <typename Choice>
Row choiceRow(const char* name, Choice Settings::*member,
              std::vector<std::pair<Choice, std::string>> choices) {
    return {name,
            [=](const json& value, Settings& settings) {
                for (const auto& [choice, word] : choices) {
                    if (value != word) continue;
                    settings.*member = choice;
                    return true;
                }
                return false;
            },
            [=](const Settings& settings) {
                for (const auto& [choice, word] : choices)
                    if (settings.*member == choice) return json(word);
                return json();
            }};
}

const std::vector<Row>& rows() {
    static const std::vector<Row> table{
        choiceRow<ThemeChoice>("theme", &Settings::theme,
                               {{ThemeChoice::System, "system"},
                                {ThemeChoice::Light, "light"},
                                {ThemeChoice::Dark, "dark"},
                                {ThemeChoice::HighContrast, "high contrast"}}),
        numberRow("fontPixels", &Settings::fontPixels, 12, 24),
        choiceRow<LanguageChoice>("language", &Settings::language,
                                  {{LanguageChoice::System, "system"},
                                   {LanguageChoice::English, "en"},
                                   {LanguageChoice::German, "de"},
                                   {LanguageChoice::SimplifiedChinese, "zh_CN"}}),
        choiceRow<Motion>("motion", &Settings::motion,
                          {{Motion::System, "system"}, {Motion::Full, "full"}, {Motion::Reduced, "reduced"}}),
        choiceRow<LongLines>("codeLines", &Settings::codeLines,
                             {{LongLines::Scroll, "scroll"}, {LongLines::Wrap, "wrap"}}),
        choiceRow<SendKey>("sendKey", &Settings::sendKey,
                           {{SendKey::Enter, "enter"}, {SendKey::ControlEnter, "ctrl+enter"}}),
        choiceRow<Notify>("notify", &Settings::notify,
                          {{Notify::LongAnswers, "long answers"}, {Notify::Never, "never"}}),
        textRow("systemPrompt", &Settings::systemPrompt),
        textRow("defaultModel", &Settings::defaultModel),
        listRow("modelFolders", &Settings::modelFolders),
        numberRow("contextTokens", &Settings::contextTokens, 0, 1 << 24),
        numberRow("threads", &Settings::threads, 0, 1024),
        numberRow("maximumTokens", &Settings::maximumTokens, 0, 1 << 24),
        numberRow("temperature", &Settings::temperature, 0.0f, 5.0f),
        numberRow("topP", &Settings::topP, 0.0f, 1.0f),
        choiceRow<PastThoughts>("pastThoughts", &Settings::pastThoughts,
                                {{PastThoughts::LeaveOut, "leave out"}, {PastThoughts::Keep, "keep"}}),
        choiceRow<ContextPolicy>("whenFull", &Settings::whenFull,
                                 {{ContextPolicy::Ask, "ask"},
                                  {ContextPolicy::DropOldest, "drop oldest"},
                                  {ContextPolicy::Summarise, "summarise"},
                                  {ContextPolicy::Stop, "stop"}}),
        choiceRow<ChatTitles>("chatTitles", &Settings::chatTitles,
                              {{ChatTitles::ByModel, "by model"}, {ChatTitles::FromPrompt, "from prompt"}}),
        choiceRow<Snapshots>("snapshots", &Settings::snapshots,
                             {{Snapshots::Keep, "keep"}, {Snapshots::None, "none"}}),
        numberRow("unloadMinutes", &Settings::unloadMinutes, 0, 24 * 60),
        mapRow("shortcuts", &Settings::shortcuts),
        textRow("windowLayout", &Settings::windowLayout),
    };
    return table;
}

/// The file as an object; empty where there is none, discarded where it is not one.
json readObject(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return json::object();
    try {
        json object = json::parse(readFile(file, kLargestFile), nullptr, false);
        return object.is_object() ? object : json(json::value_t::discarded);
    } catch (const engine::Error&) {
        return json(json::value_t::discarded);
    }
}

} // namespace

LoadedSettings loadSettings(const std::filesystem::path& file) {
    LoadedSettings loaded;
    const json object = readObject(file);
    if (object.is_discarded()) {
        loaded.notices.push_back("The settings in " + file.string() +
                                 " cannot be read; the defaults are used. Mend the file or delete it.");
        return loaded;
    }
    for (const Row& row : rows()) {
        const auto value = object.find(row.name);
        if (value == object.end() || row.read(*value, loaded.settings)) continue;
        loaded.notices.push_back("The setting \"" + std::string(row.name) + "\" in " + file.string() +
                                 " makes no sense; its default is used.");
    }
    return loaded;
}

std::vector<std::string> settingNames() {
    std::vector<std::string> names;
    for (const Row& row : rows()) names.emplace_back(row.name);
    return names;
}

std::string settingText(const Settings& settings, const std::string& name) {
    for (const Row& row : rows())
        if (row.name == name) return row.write(settings).dump(-1, ' ', false, json::error_handler_t::replace);
    return "null";
}

bool readSetting(Settings& settings, const std::string& name, const std::string& text) {
    const json value = json::parse(text, nullptr, false);
    if (value.is_discarded()) return false;
    for (const Row& row : rows())
        if (row.name == name) return row.read(value, settings);
    return false;
}

void saveSettings(const std::filesystem::path& file, const Settings& settings) {
    json object = readObject(file);
    if (object.is_discarded())
        throw engine::Error("The settings in " + file.string() +
                            " cannot be read and are not overwritten. Mend the file or delete it.");
    const Settings defaults;
    for (const Row& row : rows()) {
        const json value = row.write(settings);
        if (value == row.write(defaults))
            object.erase(row.name);
        else
            object[row.name] = value;
    }
    makePrivateFolder(file.parent_path());
    writeFileAtomically(file, object.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

} // namespace ponder::app
