#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "app/answer_dialogs.h"
#include "app/answer_watch.h"
#include "app/branch_dialogs.h"
#include "app/chat_controller.h"
#include "app/chat_exporter.h"
#include "app/chat_importer.h"
#include "app/chat_options_controller.h"
#include "app/desktop_notification.h"
#include "app/engine_client.h"
#include "app/finding_controller.h"
#include "app/library_controller.h"
#include "app/model_controller.h"
#include "app/paths.h"
#include "app/settings_controller.h"
#include "app/settings_keeper.h"
#include "app/sidebar_controller.h"
#include "app/store_thread.h"
#include "app/title_writer.h"
#include "ui/main_window.h"
#include "ui/script/typesetter.h"
#include "ui/theme.h"
#include "ui/translations.h"

namespace ponder::app {

class DesktopAppearance;

/// Ponder with a window: all its parts, built in the order in which they need each other. Window's thread.
class WindowProgram : public QObject {
    Q_OBJECT
public:
    WindowProgram(Paths paths, EngineOpener open);
    ~WindowProgram() override;

    /// Shows the window as it was left and reads chats and models. `modelFile`: the model to begin with;
    /// empty: the one last chosen.
    void start(const std::string& modelFile);
    /// Brings the window to the front, with another model unless `modelFile` is empty.
    void comeForward(const std::string& modelFile);

    /// Brings the window to the front with a new chat.
    void beginChat();

    ui::MainWindow& window() { return window_; }
    ChatController& chats() { return chats_; }
    ModelController& models() { return models_; }
    LibraryKeeper& found() { return found_; }
    ChatExporter& exporter() { return exporter_; }
    ChatImporter& importer() { return importer_; }
    SettingsKeeper& settings() { return settings_; }

private:
    void keepChoices();
    void tellOfLongAnswers();
    void keepSnapshotsOfChatsAlone();
    void showNotices(const std::vector<std::string>& notices);
    void chooseFirstModel(const std::string& modelFile);
    void end();

    Paths paths_;
    SettingsKeeper settings_;
    ui::Translations translations_; // before anything that has words
    ui::Theme theme_;
    ui::Typesetter typesetter_{theme_};
    std::unique_ptr<DesktopAppearance>
        desktop_; // before the window, which gives the program a palette of its own
    StoreThread store_;
    EngineClient engine_;
    ui::MainWindow window_;
    SettingsController choices_;
    LibraryKeeper found_;
    RunChoices runChoices_;
    ModelController models_;
    SidebarController sidebar_;
    ChatController chats_;
    TitleWriter titles_;
    LibraryController library_;
    FindingController finding_;
    ChatExporter exporter_;
    ChatImporter importer_;
    BranchDialogs branches_;
    AnswerDialogs answerDialogs_;
    ChatOptionsController options_;
    DesktopNotification notification_;
    AnswerWatch answers_;
};

/// Opens the window and returns the exit code when it is closed. `arguments` are those of the program, with
/// its name.
int runWindow(int argumentCount, char** arguments);

} // namespace ponder::app
