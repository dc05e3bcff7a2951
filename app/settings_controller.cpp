#include "app/settings_controller.h"

#include <QLocale>
#include <QTime>

#include "app/data_places.h"
#include "app/offline_facts.h"
#include "app/setting_rows.h"
#include "ui/blocks/code_lines.h"
#include "ui/key_bindings.h"
#include "ui/run_later.h"
#include "ui/window_dialogs.h"
#include "ui/window_style.h"

namespace ponder::app {

namespace {

// The two lists of the same names are one value apart: the window's and the file's.
constexpr std::pair<ThemeChoice, ui::Appearance> kAppearances[] = {
    {ThemeChoice::System, ui::Appearance::System},
    {ThemeChoice::Light, ui::Appearance::Light},
    {ThemeChoice::Dark, ui::Appearance::Dark},
    {ThemeChoice::HighContrast, ui::Appearance::HighContrast},
};

ui::Appearance appearanceFor(ThemeChoice theme) {
    for (const auto& [choice, appearance] : kAppearances)
        if (choice == theme) return appearance;
    return ui::Appearance::System;
}

ThemeChoice choiceOf(ui::Appearance appearance) {
    for (const auto& [choice, look] : kAppearances)
        if (look == appearance) return choice;
    return ThemeChoice::System;
}

ui::MotionChoice motionFor(Motion motion) {
    switch (motion) {
    case Motion::System:
        return ui::MotionChoice::System;
    case Motion::Full:
        return ui::MotionChoice::Full;
    case Motion::Reduced:
        return ui::MotionChoice::Reduced;
    }
    return ui::MotionChoice::System;
}

QMap<QString, QString> keysOf(const Settings& settings) {
    QMap<QString, QString> keys;
    for (const auto& [id, text] : settings.shortcuts)
        keys.insert(QString::fromStdString(id), QString::fromStdString(text));
    return keys;
}

} // namespace

SettingsController::SettingsController(SettingsKeeper& keeper, const Paths& paths, ui::Theme& theme,
                                       ui::MainWindow& window)
    : keeper_(keeper), theme_(theme), window_(window), reader_([](const std::exception&) {}) {
    ui::KeyBindings& bindings = ui::KeyBindings::ofProgram();
    bindings.setOwn(keysOf(keeper.settings()));
    connect(&bindings, &ui::KeyBindings::changed, this, [this, &bindings] {
        keeper_.change([&](Settings& settings) {
            settings.shortcuts.clear();
            for (const auto& [id, text] : bindings.own().toStdMap())
                settings.shortcuts.emplace(id.toStdString(), text.toStdString());
        });
    });
    ui::WindowDialogs& dialogs = window.dialogs();
    dialogs.setDataPlaces(dataPlaces(paths));
    connect(&dialogs, &ui::WindowDialogs::settingChosen, this,
            [this](const QString& id, const QVariant& value) {
                keeper_.change([&](Settings& settings) { applySetting(settings, id, value); });
                takeOver(); // also where nothing changed: the control shows what holds
            });
    connect(&dialogs, &ui::WindowDialogs::resetAllRequested, this, [this] {
        keeper_.change([](Settings& settings) {
            for (const ui::Setting& row : settingRows(Settings())) applySetting(settings, row.id, row.usual);
        });
    });
    connect(&dialogs, &ui::WindowDialogs::offlineFactsWanted, this, &SettingsController::readOfflineFacts);
    connect(&window, &ui::MainWindow::appearanceChosen, this, [this](ui::Appearance appearance) {
        keeper_.change([&](Settings& settings) { settings.theme = choiceOf(appearance); });
    });
    connect(&window, &ui::MainWindow::textSizeChosen, this, [this](int pixels) {
        keeper_.change([&](Settings& settings) { settings.fontPixels = pixels; });
    });
    connect(&keeper, &SettingsKeeper::changed, this, &SettingsController::takeOver);
    takeOver();
}

void SettingsController::takeOver() {
    const Settings& settings = keeper_.settings();
    theme_.setAppearance(appearanceFor(settings.theme));
    theme_.setTextSize(settings.fontPixels);
    if (ui::WindowStyle* style = ui::WindowStyle::ofProgram()) style->setMotion(motionFor(settings.motion));
    ui::setUsualCodeLines(settings.codeLines == LongLines::Wrap ? ui::CodeLines::Wrap
                                                                : ui::CodeLines::Scroll);
    window_.composer().setSendKey(settings.sendKey == SendKey::Enter ? ui::SendKey::Enter
                                                                     : ui::SendKey::ControlEnter);
    window_.dialogs().setSettings(settingRows(settings));
}

void SettingsController::setConfinement(const std::string& sentence) {
    confinement_ = QString::fromStdString(sentence);
}

void SettingsController::readOfflineFacts() {
    reader_.post([this, confinement = confinement_] {
        ui::OfflineFacts facts = offlineFacts(confinement);
        facts.time = QLocale().toString(QTime::currentTime(), QLocale::LongFormat);
        ui::runLater(this, [this, facts = std::move(facts)] { window_.dialogs().setOfflineFacts(facts); });
    });
}

} // namespace ponder::app
