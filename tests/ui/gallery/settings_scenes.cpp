#include "tests/ui/gallery/settings_scenes.h"

#include "app/data_places.h"
#include "app/setting_rows.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/key_bindings.h"
#include "ui/widgets/text_field.h"
#include "ui/window_dialogs.h"

namespace ponder::ui {

namespace {

OfflineFacts sampleFacts() {
    return {.time = "14:05:31",
            .processes = {{.name = "Window",
                           .number = 4711,
                           .may = {"It reads and writes your chats, settings and exports. It "
                                   "is not confined, but none "
                                   "of its code opens an internet connection; the list would "
                                   "show one."},
                           .internetSockets = {},
                           .localSockets = {"@/tmp/.X11-unix/X0", "without a name (3 times)"},
                           .files = {"/home/ada/.local/share/ponder/chats.db",
                                     "/home/ada/.local/share/ponder/chats.db-wal"}},
                          {.name = "Engine",
                           .number = 4714,
                           .may = {"The engine cannot reach the network, start programs or "
                                   "write files, and reads no "
                                   "file but the model.",
                                   "The kernel confirms it: system calls are filtered, and the "
                                   "process can gain no "
                                   "rights."},
                           .hidden = true,
                           .internetSockets = {},
                           .localSockets = {},
                           .files = {}}}};
}

SettingsDialog& openAt(Stage& stage, SettingsSection section) {
    app::Settings settings;
    settings.fontPixels = 16;
    settings.temperature = 0.7f;
    settings.modelFolders = {"/home/ada/models", "/mnt/large/gguf"};
    WindowDialogs& dialogs = stage.window().dialogs();
    dialogs.setSettings(app::settingRows(settings));
    dialogs.setDataPlaces(app::dataPlaces({.data = "/home/ada/.local/share/ponder",
                                           .config = "/home/ada/.config/ponder",
                                           .cache = "/home/ada/.cache/ponder",
                                           .state = "/home/ada/.local/state/ponder",
                                           .home = "/home/ada"}));
    dialogs.openSettings(section);
    dialogs.setOfflineFacts(sampleFacts());
    return *stage.window().findChild<SettingsDialog*>();
}

void search(Stage& stage) {
    openAt(stage, SettingsSection::General)
        .findChild<TextField*>()
        ->setText(said("model", "modell", "模型", "model"));
}

void ownKeys(Stage& stage) {
    KeyBindings::ofProgram().choose(Command::ExportChat, {QKeySequence("Ctrl+Shift+X")});
    openAt(stage, SettingsSection::Shortcuts);
}

} // namespace

std::vector<Scene> settingsScenes() {
    using Set = std::function<void(Stage&)>;
    const auto page = [](SettingsSection section) -> Set {
        return [section](Stage& stage) { openAt(stage, section); };
    };
    return {
        {"settings_general", page(SettingsSection::General)},
        {"settings_appearance", page(SettingsSection::Appearance), Stage::kUsual, Showing::Every},
        {"settings_chats", page(SettingsSection::Chats)},
        {"settings_models", page(SettingsSection::Models)},
        {"settings_shortcuts", ownKeys},
        {"settings_offline", page(SettingsSection::Offline), Stage::kUsual, Showing::Every},
        {"settings_data", page(SettingsSection::About)},
        {"settings_search", search},
        {"settings_search_nothing",
         [](Stage& stage) {
             openAt(stage, SettingsSection::General).findChild<TextField*>()->setText("zzz");
         }},
        {"settings_large_text",
         [](Stage& stage) {
             stage.theme().setTextSize(Theme::kLargestText);
             openAt(stage, SettingsSection::Chats);
         }},
        {"shortcuts", [](Stage& stage) { stage.window().dialogs().openShortcuts(); }},
    };
}

} // namespace ponder::ui
