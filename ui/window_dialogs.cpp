#include "ui/window_dialogs.h"

#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcut_sheet.h"
#include "ui/dialogs/text_viewer.h"
#include "ui/finding/palette.h"

namespace ponder::ui {

WindowDialogs::WindowDialogs(Theme& theme, QWidget* window)
    : QObject(window), theme_(theme), window_(window) {}

void WindowDialogs::setSettings(std::vector<Setting> settings) {
    settings_ = std::move(settings);
    if (open_) open_->setSettings(settings_);
}

void WindowDialogs::setDataPlaces(std::vector<DataPlace> places) {
    places_ = std::move(places);
}

void WindowDialogs::setOfflineFacts(const OfflineFacts& facts) {
    if (open_) open_->setOfflineFacts(facts);
}

void WindowDialogs::openSettings(SettingsSection section) {
    if (!open_) {
        open_ = new SettingsDialog(theme_, settings_, places_, window_);
        open_->setAttribute(Qt::WA_DeleteOnClose);
        connect(open_, &SettingsDialog::chosen, this, &WindowDialogs::settingChosen);
        connect(open_, &SettingsDialog::resetAllRequested, this, &WindowDialogs::resetAllRequested);
        connect(open_, &SettingsDialog::offlineFactsWanted, this, &WindowDialogs::offlineFactsWanted);
    }
    open_->showSection(section);
    open_->show();
    open_->raise();
    open_->activateWindow();
}

void WindowDialogs::openSetting(const QString& id) {
    openSettings();
    open_->showSetting(id);
}

std::vector<PaletteEntry> WindowDialogs::entries() {
    std::vector<PaletteEntry> entries;
    for (const Setting& setting : settings_) {
        QStringList words{setting.words};
        for (const SettingChoice& choice : setting.choices) words << choice.text;
        entries.push_back({.text = setting.title,
                           .detail = SettingsDialog::titleOf(setting.section),
                           .words = words.join(u' '),
                           .icon = Icon::Settings,
                           .run = [this, id = setting.id] { openSetting(id); }});
    }
    for (const SettingsSection page :
         {SettingsSection::Shortcuts, SettingsSection::Offline, SettingsSection::About})
        entries.push_back({.text = SettingsDialog::titleOf(page),
                           .detail = {},
                           .words = {},
                           .icon = Icon::Settings,
                           .run = [this, page] { openSettings(page); }});
    return entries;
}

void WindowDialogs::openShortcuts() {
    auto* sheet = new ShortcutSheet(theme_, window_);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(sheet, &ShortcutSheet::changeRequested, this,
            [this] { openSettings(SettingsSection::Shortcuts); });
    sheet->open();
}

TextViewer* WindowDialogs::openText(const ViewedText& viewed) {
    auto* viewer = new TextViewer(theme_, viewed, window_);
    viewer->setAttribute(Qt::WA_DeleteOnClose);
    viewer->open();
    return viewer;
}

} // namespace ponder::ui
