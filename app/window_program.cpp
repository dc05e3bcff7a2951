#include "app/window_program.h"

#include <cstdio>

#include <QApplication>
#include <QByteArray>
#include <QFileInfo>
#include <QMessageBox>

#include "app/cli.h"
#include "app/desktop_appearance.h"
#include "app/desktop_service.h"
#include "app/quit_signals.h"
#include "app/shown_message.h"
#include "app/single_window.h"
#include "ui/commands.h"
#include "ui/window_style.h"

namespace ponder::app {

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;

constexpr const char* kNoAnswer =
    "Ponder is open already but does not answer. Close its window, or wait a moment, and start it again.";

/// Says why there is no window: where a person looks who clicked on an icon, and in the terminal.
int refuse(const std::string& message) {
    std::fprintf(stderr, "ponder: %s\n", message.c_str());
    QMessageBox::critical(nullptr, QApplication::applicationDisplayName(), QString::fromStdString(message));
    return kFailed;
}

ui::Language languageFor(LanguageChoice language) {
    switch (language) {
    case LanguageChoice::System:
        return ui::Language::System;
    case LanguageChoice::English:
        return ui::Language::English;
    case LanguageChoice::German:
        return ui::Language::German;
    case LanguageChoice::SimplifiedChinese:
        return ui::Language::SimplifiedChinese;
    }
    return ui::Language::System;
}

} // namespace

WindowProgram::WindowProgram(Paths paths, EngineOpener open)
    : paths_(std::move(paths)), settings_(paths_.settingsFile()),
      translations_(languageFor(settings_.settings().language)),
      desktop_(std::make_unique<DesktopAppearance>(theme_)), store_(paths_.chatFile().string()),
      engine_(std::move(open)), window_(theme_), choices_(settings_, paths_, theme_, window_),
      found_({.starter = starterModel(), .cacheFile = paths_.modelCards()}), runChoices_(paths_.runChoices()),
      models_(engine_, found_, runChoices_, settings_.settings(), paths_, window_), sidebar_(store_, window_),
      chats_(store_, engine_, models_, sidebar_, settings_.settings(), window_),
      titles_(engine_, models_, settings_.settings()),
      library_(found_, models_, runChoices_, chats_, settings_, paths_, theme_, window_),
      finding_(store_, chats_, window_), exporter_(store_, paths_.home, window_),
      importer_(store_, chats_, window_), branches_(chats_, theme_, window_),
      answerDialogs_(engine_, models_, chats_, theme_, window_),
      options_(store_, models_, chats_, theme_, window_) {
    window_.restoreLayout(
        QByteArray::fromBase64(QByteArray::fromStdString(settings_.settings().windowLayout)));
    keepChoices();
    tellOfLongAnswers();
    keepSnapshotsOfChatsAlone();
    connect(&window_, &ui::MainWindow::closing, this, &WindowProgram::end);
    connect(&chats_, &ChatController::answered, &titles_, &TitleWriter::consider);
    connect(&titles_, &TitleWriter::written, &chats_, &ChatController::takeTitle);
    connect(&store_, &StoreThread::noticed, this, [this](const QString& notice) {
        window_.showNotice(ui::NoticeKind::Information, shownFailure(notice));
    });
}

WindowProgram::~WindowProgram() = default;

void WindowProgram::keepChoices() {
    connect(&models_, &ModelController::picked, this, [this](const std::string& path) {
        settings_.change(
            [&](Settings& settings) { settings.defaultModel = models_.isStarter() ? "" : path; });
    });
    connect(&chats_, &ChatController::policyChosen, this, [this](ContextPolicy policy) {
        settings_.change([policy](Settings& settings) { settings.whenFull = policy; });
    });
    connect(&models_, &ModelController::confined, &choices_, &SettingsController::setConfinement);
    connect(&settings_, &SettingsKeeper::failed, this, [this](const QString& message) {
        window_.showNotice(ui::NoticeKind::Error, shownFailure(message));
    });
}

void WindowProgram::tellOfLongAnswers() {
    connect(&sidebar_, &SidebarController::generatingChanged, &answers_, &AnswerWatch::take);
    connect(&answers_, &AnswerWatch::longAnswerEnded, this, [this](const std::string& chat) {
        if (window_.isActiveWindow() || settings_.settings().notify == Notify::Never) return;
        notification_.tell(tr("The answer is there"), sidebar_.titleOf(chat), QString::fromStdString(chat));
    });
    connect(&notification_, &DesktopNotification::chosen, this, [this](const QString& chat) {
        comeForward({});
        chats_.openChat(chat.toStdString());
    });
}

/// What a model has worked out of a chat goes when the chat does, to the trash even: were it restored, it
/// would be worked out again. What a crash left behind goes at the start.
void WindowProgram::keepSnapshotsOfChatsAlone() {
    const std::string folder = paths_.snapshots().string();
    connect(&sidebar_, &SidebarController::trashed, this,
            [this, folder](const std::string& chat) { engine_.forgetSnapshots(folder, {chat}); });
    connect(&settings_, &SettingsKeeper::changed, this, [this, folder] {
        if (settings_.settings().snapshots == Snapshots::None) engine_.forgetOtherSnapshots(folder, {});
    });
    if (settings_.settings().snapshots == Snapshots::None) return engine_.forgetOtherSnapshots(folder, {});
    store_.ask<std::vector<ChatHeader>>(
        this, [](ChatStore& store) { return store.chats(); },
        [this, folder](const std::vector<ChatHeader>& headers) {
            std::vector<std::string> chats;
            for (const ChatHeader& header : headers) chats.push_back(header.id);
            engine_.forgetOtherSnapshots(folder, std::move(chats));
        });
}

void WindowProgram::start(const std::string& modelFile) {
    window_.show();
    showNotices(settings_.notices());
    chats_.begin();
    chooseFirstModel(modelFile);
    library_.begin();
}

void WindowProgram::chooseFirstModel(const std::string& modelFile) {
    if (!modelFile.empty()) return models_.choose(modelFile);
    const std::string& last = settings_.settings().defaultModel;
    if (last.empty()) return models_.choose(starterModel().string());
    if (QFileInfo::exists(QString::fromStdString(last))) return models_.choose(last);
    showNotices({"The model " + last + " is not there any more. Choose another one, or put it back."});
    models_.choose(starterModel().string());
}

void WindowProgram::comeForward(const std::string& modelFile) {
    if (window_.isMinimized()) window_.showNormal();
    window_.show();
    window_.raise();
    window_.activateWindow();
    if (!modelFile.empty()) models_.choose(modelFile);
}

void WindowProgram::beginChat() {
    comeForward({});
    window_.run(ui::Command::NewChat);
}

void WindowProgram::showNotices(const std::vector<std::string>& notices) {
    for (const std::string& notice : notices)
        window_.showNotice(ui::NoticeKind::Information, shownFailure(QString::fromStdString(notice)));
}

void WindowProgram::end() {
    const std::string layout = window_.saveLayout().toBase64().toStdString();
    settings_.change([&](Settings& settings) { settings.windowLayout = layout; });
    settings_.flush();
    chats_.finish();
}

int runWindow(int argumentCount, char** arguments) {
    const StartLine line = readStartLine({arguments + 1, arguments + argumentCount});
    const std::string modelFile =
        line.words.empty() ? std::string() : std::filesystem::absolute(line.words.front()).string();
    QApplication application(argumentCount, arguments);
    QApplication::setApplicationName(QStringLiteral("ponder"));
    QApplication::setApplicationDisplayName(QStringLiteral("Ponder"));
    QApplication::setApplicationVersion(QStringLiteral(PONDER_VERSION));
    QGuiApplication::setDesktopFileName(DesktopService::applicationId());
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/%1.svg").arg(DesktopService::applicationId())));
    QApplication::setStyle(new ui::WindowStyle);
    try {
        const Paths paths = Paths::find(line.dataFolder);
        SingleWindow single(paths);
        const WindowClaim claim = single.claim(line.newChat ? SingleWindow::kNewChat : modelFile);
        if (claim == WindowClaim::HandedOver) {
            std::fputs("Ponder is open already; its window comes to the front.\n", stderr);
            return kDone;
        }
        if (claim == WindowClaim::NoAnswer) return refuse(kNoAnswer);
        WindowProgram program(paths, engine::openEngine);
        QObject::connect(&single, &SingleWindow::asked, &program,
                         [&](const QString& model) { program.comeForward(model.toStdString()); });
        QObject::connect(&single, &SingleWindow::newChatAsked, &program, &WindowProgram::beginChat);
        const DesktopService service;
        QObject::connect(&service, &DesktopService::activated, &program, [&] { program.comeForward({}); });
        QObject::connect(&service, &DesktopService::opened, &program,
                         [&](const QString& file) { program.comeForward(file.toStdString()); });
        QObject::connect(&service, &DesktopService::newChatAsked, &program, &WindowProgram::beginChat);
        const QuitSignals quitSignals;
        QObject::connect(&quitSignals, &QuitSignals::quitAsked, &program, [&] {
            program.window().close();
            QCoreApplication::quit();
        });
        program.start(modelFile);
        return QApplication::exec();
    } catch (const engine::Error& error) {
        return refuse(error.what());
    }
}

} // namespace ponder::app
